"""A changed order: whether the carrier must agree again, and what changed, in words.

Where, when, how much, with what and how are material; an internal note is not.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.charge import quantity
from drawbar.freight.instant import Instant, utc, zone
from drawbar.freight.order import Order, Stop
from drawbar.freight.place import Place


class Difference(Struct, frozen=True):
    """One thing that changed: what it is, what it was and what it is now, in words."""

    what: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.what}: {self.old} -> {self.new}"


class Material(Struct, frozen=True, kw_only=True, tag=True):
    """The carrier must agree again to ``material``, never empty. ``other`` concerns only us."""

    material: tuple[Difference, ...]
    other: tuple[str, ...] = ()

    @property
    def differences(self) -> tuple[str, ...]:
        """Return all that changed, in words."""
        return (*map(str, self.material), *self.other)


class Immaterial(Struct, frozen=True, kw_only=True, tag=True):
    """The carrier need not agree again. ``differences`` may be empty: nothing changed at all."""

    differences: tuple[str, ...]


class OldRevision(Struct, frozen=True, kw_only=True, tag=True):
    """What came is not newer than what we have; what we have stands."""

    text: str


def compare(old: Order, new: Order) -> Material | Immaterial | OldRevision:
    """Return what ``new`` changes of ``old``; blanks, capitals and order of goods do not count."""
    if new.revision <= old.revision:
        return OldRevision(
            text=f"revision {new.revision} of order {new.order_ref} came after {old.revision}"
        )
    material = (*_stops(old, new), *_goods(old, new), *_terms(old, new))
    other = tuple(_immaterial(old, new))
    if material:
        return Material(material=material, other=other)
    return Immaterial(differences=other)


def amended(before: tuple[Difference, ...], now: tuple[Difference, ...]) -> tuple[Difference, ...]:
    """Return two changes as one, for who has seen neither; what is as before is left out."""
    first = {one.what: one for one in before}
    for one in now:
        old = first[one.what].old if one.what in first else one.old
        first[one.what] = Difference(one.what, old, one.new)
    return tuple(one for one in first.values() if one.old != one.new)


def _stops(old: Order, new: Order) -> Iterator[Difference]:
    if [stop.purpose for stop in old.stops] != [stop.purpose for stop in new.stops]:
        yield Difference("stops", _route(old), _route(new))
        return
    for before, after in zip(old.stops, new.stops, strict=True):
        yield from _stop(before, after)


def _route(order: Order) -> str:
    return ", ".join(f"{stop.purpose.value} {stop.place.label}" for stop in order.stops)


def _stop(before: Stop, after: Stop) -> Iterator[Difference]:
    name = f"{after.purpose.value} at stop {after.number}"
    if _plain_place(before.place) != _plain_place(after.place):
        yield Difference(f"place of {name}", _address(before.place), _address(after.place))
    if (before.earliest_at, before.latest_at) != (after.earliest_at, after.latest_at):
        yield Difference(f"window of {name}", _window(before), _window(after))
    if before.appointment_at != after.appointment_at:
        yield Difference(f"appointment of {name}", _appointment(before), _appointment(after))


def _plain_place(place: Place) -> tuple[str, ...]:
    parts = (place.name, place.street, place.city, place.region, place.postal_code, place.country)
    return tuple(_plain(part) for part in parts)


def _address(place: Place) -> str:
    parts = (place.name, place.street, place.city, place.region, place.postal_code, place.country)
    return ", ".join(part.strip() for part in parts if part.strip())


def _window(stop: Stop) -> str:
    return f"{_local(stop.earliest_at, stop)} to {_local(stop.latest_at, stop)}"


def _appointment(stop: Stop) -> str:
    return _local(stop.appointment_at, stop) if stop.appointment_at else "none"


def _local(moment: Instant, stop: Stop) -> str:
    local: datetime = utc(moment).astimezone(zone(stop.place.zone))
    return f"{local:%Y-%m-%d %H:%M}"


def _goods(old: Order, new: Order) -> Iterator[Difference]:
    before, after = _by_sku(old), _by_sku(new)
    nothing = (0, Decimal(0))
    for sku in {**before, **after}:
        was, now = before.get(sku, nothing), after.get(sku, nothing)
        if was[0] != now[0]:
            yield Difference(f"pieces of {sku}", str(was[0]), str(now[0]))
        if was[1] != now[1]:
            yield Difference(f"weight of {sku}", f"{quantity(was[1])} lb", f"{quantity(now[1])} lb")


def _by_sku(order: Order) -> dict[str, tuple[int, Decimal]]:
    sums: dict[str, tuple[int, Decimal]] = {}
    for line in order.goods:
        pieces, weight = sums.get(line.sku, (0, Decimal(0)))
        sums[line.sku] = (pieces + line.pieces, weight + line.weight_lb)
    return sums


def _terms(old: Order, new: Order) -> Iterator[Difference]:
    for field in ("equipment", "service", "handling"):
        was, now = getattr(old, field), getattr(new, field)
        if _plain(was) != _plain(now):
            yield Difference(field, was or "none", now or "none")


def _immaterial(old: Order, new: Order) -> Iterator[str]:
    if old.note != new.note:
        yield "note"
    if sorted(old.references) != sorted(new.references):
        yield "references"
    if old.customer_ref != new.customer_ref:
        yield f"customer: {old.customer_ref} -> {new.customer_ref}"
    for field in ("description", "unit_value"):
        was, now = _known(old, field), _known(new, field)
        if any(was[sku] != now[sku] for sku in was.keys() & now.keys()):
            yield f"{field.replace('_', ' ')} of goods"


def _known(order: Order, field: str) -> dict[str, set[object]]:
    found: dict[str, set[object]] = {}
    for line in order.goods:
        found.setdefault(line.sku, set()).add(getattr(line, field))
    return found


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
