"""A contract's lanes and tables in words: what each costs, how far it is, for whom it holds."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.charge import quantity
from drawbar.freight.contract import Contract
from drawbar.freight.lane import LaneRate, MileageBand, WeightBreak
from drawbar.web.desks.rendering import money

ANY_CLASS = "any"


class LaneSaid(Struct, frozen=True, kw_only=True):
    """One lane as a row; ``table`` are its breaks or bands, each as cells under ``heads``."""

    clause: str
    origin: str
    destination: str
    only_for: str
    rate: str
    distance: str
    less: str
    minimum: str
    heads: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()


def lanes_said(contract: Contract) -> tuple[LaneSaid, ...]:
    """Return the lanes in the order of the contract."""
    return tuple(_lane(lane, contract.currency) for lane in contract.lanes)


def distances_said(contract: Contract) -> tuple[tuple[str, str, str, str], ...]:
    """Return the rows of the contract's mileage guide: clause, from, to, how far."""
    return tuple(
        (row.clause, row.origin.label, row.destination.label, _far(row.mi, row.km))
        for row in contract.distances
    )


def _lane(lane: LaneRate, currency: str) -> LaneSaid:
    heads, table = _table(lane, currency)
    only_for = ", ".join(word for word in (lane.equipment, lane.service) if word)
    less = "" if lane.discount_percent is None else f"{quantity(lane.discount_percent)} %"
    return LaneSaid(
        clause=lane.clause,
        origin=lane.origin.label,
        destination=lane.destination.label,
        only_for=only_for or "any",
        rate=_rate(lane, currency),
        distance=_far(lane.distance_mi, lane.distance_km),
        less=less or "—",
        minimum=money(lane.minimum, currency),
        heads=heads,
        table=table,
    )


def _rate(lane: LaneRate, currency: str) -> str:
    rates = (
        (lane.flat, ""),
        (lane.per_mile, " a mile"),
        (lane.per_km, " a km"),
        (lane.per_cwt, " per cwt"),
        (lane.per_100kg, " per 100 kg"),
    )
    said = [f"{money(rate, currency)}{unit}" for rate, unit in rates if rate is not None]
    if lane.breaks:
        said.append("by weight")
    if lane.bands:
        said.append("by miles and weight")
    return " and ".join(said) or "—"


def _far(mi: Decimal | None, km: Decimal | None) -> str:
    said = [f"{quantity(far)} {unit}" for far, unit in ((mi, "mi"), (km, "km")) if far is not None]
    return ", ".join(said) or "—"


def _table(lane: LaneRate, currency: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    if lane.breaks:
        ordered = sorted(lane.breaks, key=lambda row: (_class(row), row.from_lb))
        rows = tuple(
            (row.freight_class or ANY_CLASS, quantity(row.from_lb), money(row.per_cwt, currency))
            for row in ordered
        )
        return ("Class", "From lb", "Per cwt"), rows
    if lane.bands:
        return ("Miles", "Pounds", "Rate"), tuple(_bands(lane.bands, currency))
    return (), ()


def _class(row: WeightBreak) -> Decimal:
    return Decimal(row.freight_class or 0)


def _bands(bands: tuple[MileageBand, ...], currency: str) -> Iterator[tuple[str, ...]]:
    for band in bands:
        rates = ((band.flat, ""), (band.per_mile, " a mile"), (band.per_cwt, " per cwt"))
        said = (f"{money(rate, currency)}{unit}" for rate, unit in rates if rate is not None)
        yield (
            span(band.from_mi, band.to_mi),
            span(band.from_lb, band.to_lb),
            " and ".join(said) or "—",
        )


def span(begin: Decimal, end: Decimal | None) -> str:
    """Return a half-open span in words: "0 to under 500", "500 and more"."""
    return f"{quantity(begin)} " + ("and more" if end is None else f"to under {quantity(end)}")
