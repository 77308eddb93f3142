"""An order out of a flat file: released, changed or cancelled. Nothing that it lacks is guessed."""

from datetime import datetime
from decimal import Decimal

from drawbar.connectors.flat.heard import Entry
from drawbar.connectors.us_zone import us_zone
from drawbar.freight.delivery import TenderPurpose
from drawbar.freight.fact import Fact
from drawbar.freight.order import (
    Goods,
    Order,
    OrderCancelled,
    OrderChanged,
    OrderReleased,
    Stop,
    StopPurpose,
)
from drawbar.freight.place import Place

KILOGRAMS_IN_A_POUND = Decimal("0.45359237")
"""Source: International yard and pound agreement of 1959."""

NUMBER_LONGEST = 40
AMERICAN = frozenset({"", "US", "USA"})


def read_order(main: int, entry: Entry) -> Fact:
    """Return the order released, changed or cancelled. Raise ``Unreadable``."""
    ref, purpose, revision = _number(entry), _purpose(entry), entry.count("revision") or 1
    sent_at = entry.heard.receipt.learned_at
    if purpose is TenderPurpose.CANCEL:
        return OrderCancelled(order_ref=ref, **entry.said(sent_at, "cancelled", ref))
    if purpose is TenderPurpose.CHANGE and revision < 2:
        entry.refuse("revision", "a changed order needs its revision, from 2 on", "revision")
    order = Order(
        order_ref=ref,
        revision=revision,
        customer_ref=entry.heard.profile.party_ref,
        references=entry.names(),
        stops=_stops(main, entry),
        goods=_goods(main, entry),
        equipment=_equipment(entry),
        note=entry.text("note"),
    )
    said = entry.said(sent_at, "order", ref, revision)
    if purpose is TenderPurpose.CHANGE:
        return OrderChanged(order=order, **said)
    return OrderReleased(order=order, **said)


def _number(entry: Entry) -> str:
    said = entry.needed("number")
    if len(said) > NUMBER_LONGEST:
        entry.refuse("number", f"an order number has at most {NUMBER_LONGEST} letters", "long")
    return said


def _purpose(entry: Entry) -> TenderPurpose:
    said = entry.text("purpose")
    purpose = entry.heard.profile.purpose(said) if said else TenderPurpose.OFFER
    if purpose is None:
        raise entry.unknown("purpose", said)
    return purpose


def _equipment(entry: Entry) -> str:
    said = entry.text("equipment")
    if not said:
        entry.refuse("equipment", "it does not say what trailer it needs", "empty")
    heard = {code: ours for ours, code in entry.heard.profile.equipment.items()}
    if said not in heard:
        raise entry.unknown("trailer", said)
    return heard[said]


def _stops(main: int, entry: Entry) -> tuple[Stop, ...]:
    heard = entry.heard
    stated = [(one, StopPurpose.PICKUP) for one in heard.below(main, "pickup")]
    stated += [(one, _stop_purpose(one)) for one in heard.below(main, "stop")]
    stated += [(one, StopPurpose.DELIVERY) for one in heard.below(main, "delivery")]
    return tuple(_stop(number, *one) for number, one in enumerate(stated, start=1))


def _stop_purpose(entry: Entry) -> StopPurpose:
    said = entry.needed("purpose")
    purpose = entry.heard.profile.stops.get(said)
    if purpose is None:
        raise entry.unknown("stop reason", said)
    return purpose


def _stop(number: int, entry: Entry, purpose: StopPurpose) -> Stop:
    place = _place(entry)

    def at(word: str) -> datetime | None:
        return entry.at(word, place.zone) if entry.text(word) else None

    scheduled = at("appointment")
    earliest, latest = at("earliest") or scheduled, at("latest") or scheduled
    if earliest is None or latest is None or earliest > latest:
        entry.refuse("earliest", "it does not say from when to when the stop is open", "window")
    return Stop(
        number=number,
        purpose=purpose,
        place=place,
        earliest_at=earliest,
        latest_at=latest,
        appointment_at=scheduled,
    )


def _place(entry: Entry) -> Place:
    state, postal_code, country = (entry.text(one) for one in ("state", "zip", "country"))
    derived = us_zone(state, postal_code) if country in AMERICAN else None
    zone_name = entry.zone() or derived or entry.heard.profile.zone
    if not zone_name:
        entry.refuse("state", f"the zone of {state} {postal_code} does not follow from it", "zone")
    return Place(
        name=entry.text("name") or entry.text("city"),
        street=entry.text("street"),
        city=entry.text("city"),
        region=state,
        postal_code=postal_code,
        country="US" if country in AMERICAN else country,
        zone=zone_name,
    )


def _goods(main: int, entry: Entry) -> tuple[Goods, ...]:
    goods = tuple(_goods_line(one) for one in entry.heard.below(main, "goods"))
    return goods or entry.refuse("number", "it does not say what is to be moved", "goods")


def _goods_line(entry: Entry) -> Goods:
    pieces = entry.count("pieces")
    if not pieces:
        entry.refuse("pieces", "it does not say how many pieces it is", "pieces")
    return Goods(
        sku=entry.text("sku") or "freight",
        description=entry.text("description"),
        pieces=pieces,
        weight_lb=_pounds(entry),
        freight_class=entry.text("class"),
    )


def _pounds(entry: Entry) -> Decimal:
    pounds, kilograms = entry.figure("weight_lb"), entry.figure("weight_kg")
    if pounds is None and kilograms is not None:
        pounds = (kilograms / KILOGRAMS_IN_A_POUND).quantize(Decimal("0.01"))
    if pounds is not None and pounds < 0:
        entry.refuse("weight_lb", "a weight is below zero", "weight")
    return pounds or Decimal(0)
