"""What an order of the ERP says in our words. Pure.

A revision is one fact: the first releases the order, a later one changes it, or cancels it.
"""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Struct, structs

from drawbar.connectors.erp_rest.manifest import Settings
from drawbar.connectors.reading import Said, Unreadable, decoded
from drawbar.connectors.us_zone import us_zone
from drawbar.connectors.wall_clock import NoSuchTime, instant_at
from drawbar.freight.case import CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.figure import of_zero_or_more
from drawbar.freight.identity import key_for
from drawbar.freight.instant import UnknownZone, zone
from drawbar.freight.lineage import Receipt
from drawbar.freight.ltl import freight_class
from drawbar.freight.money import Money
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
from drawbar.freight.reading import Reading
from drawbar.freight.reference import Reference, ReferenceKind

PURPOSES = {"ship_from": StopPurpose.PICKUP, "ship_to": StopPurpose.DELIVERY}


class _Address(Struct, frozen=True, kw_only=True):
    name: str
    street: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str
    timezone: str = ""


class _Leg(Struct, frozen=True, kw_only=True):
    type: str
    address: _Address
    window_from: datetime
    window_to: datetime
    appointment: datetime | None = None


class _Line(Struct, frozen=True, kw_only=True):
    item: str
    description: str = ""
    quantity: int
    weight_lb: Decimal = Decimal(0)
    unit_price: Decimal | None = None
    freight_class: str = ""
    length_in: Decimal | None = None
    width_in: Decimal | None = None
    height_in: Decimal | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a class or a length that cannot be."""
        if self.freight_class:
            freight_class(self.freight_class)
        of_zero_or_more(
            weight_lb=self.weight_lb,
            length_in=self.length_in,
            width_in=self.width_in,
            height_in=self.height_in,
        )


class _Order(Struct, frozen=True, kw_only=True):
    number: str
    customer: str
    customer_po: str = ""
    bill_of_lading: str = ""
    currency: str = ""
    legs: tuple[_Leg, ...] = ()
    lines: tuple[_Line, ...] = ()
    equipment: str = "dry van"
    service: str = "standard"
    handling: str = ""
    memo: str = ""


class _Revision(Struct, frozen=True, kw_only=True):
    number: str
    revision: int
    state: str
    stamp: Annotated[datetime, Meta(tz=True)]
    order: _Order


def read_order(body: bytes, receipt: Receipt, settings: Settings) -> Reading:
    """Return the fact that a revision states. Raise ``Unreadable`` naming what is missing."""
    revision = decoded(body, _Revision, cause="erp_rest:order")
    return Reading(facts=(_fact(revision, receipt, settings),))


def _fact(revision: _Revision, receipt: Receipt, settings: Settings) -> Fact:
    said = Said(
        key=key_for(settings.system, "order", revision.number, revision.revision),
        happened_at=revision.stamp,
        learned_at=receipt.learned_at,
        lineage=receipt.at("$.order"),
    )
    match revision.state:
        case "cancelled":
            return OrderCancelled(order_ref=revision.number, reason=revision.order.memo, **said)
        case "open" if revision.revision == 1:
            return OrderReleased(order=_order(revision, settings), **said)
        case "open":
            return OrderChanged(order=_order(revision, settings), **said)
        case other:
            raise Unreadable(
                f"the ERP calls this order {other!r}",
                place="$.state",
                cause=f"erp_rest:order_state:{other}",
                remedy="Say in the mapping what this state means for us.",
                kind=CaseKind.UNKNOWN_CODE,
            )


def _order(revision: _Revision, settings: Settings) -> Order:
    theirs = revision.order
    try:
        return Order(
            order_ref=theirs.number,
            revision=revision.revision,
            customer_ref=settings.our_party(theirs.customer),
            references=_references(theirs),
            stops=tuple(_stop(number, leg) for number, leg in enumerate(theirs.legs, start=1)),
            goods=tuple(_goods(line, theirs.currency) for line in theirs.lines),
            equipment=theirs.equipment,
            service=theirs.service,
            handling=theirs.handling,
            note=theirs.memo,
        )
    except Unreadable:
        raise
    except ValueError as error:
        raise _incomplete(str(error), "$.order") from error


def _references(theirs: _Order) -> tuple[Reference, ...]:
    named = (
        (ReferenceKind.ORDER, theirs.number),
        (ReferenceKind.PO, theirs.customer_po),
        (ReferenceKind.BOL, theirs.bill_of_lading),
    )
    return tuple(Reference(kind, value) for kind, value in named if value)


def _stop(number: int, leg: _Leg) -> Stop:
    where = f"$.order.legs[{number - 1}]"
    purpose = PURPOSES.get(leg.type)
    if purpose is None:
        raise _incomplete(f"a leg is called {leg.type!r}", f"{where}.type")
    place = _place(leg.address, f"{where}.address")
    appointment = leg.appointment and _instant(leg.appointment, place, f"{where}.appointment")
    return Stop(
        number=number,
        purpose=purpose,
        place=place,
        earliest_at=_instant(leg.window_from, place, f"{where}.window_from"),
        latest_at=_instant(leg.window_to, place, f"{where}.window_to"),
        appointment_at=appointment,
    )


def _place(address: _Address, where: str) -> Place:
    derived = us_zone(address.state, address.zip) if address.country in {"US", "USA"} else None
    try:
        name = zone(address.timezone or derived or "").key
    except UnknownZone as error:
        text = f"the time zone of {address.name} is not known"
        raise _incomplete(text, f"{where}.timezone") from error
    return Place(
        name=address.name,
        street=address.street,
        city=address.city,
        region=address.state,
        postal_code=address.zip,
        country=address.country,
        zone=name,
    )


def _instant(shown: datetime, place: Place, where: str) -> datetime:
    try:
        return instant_at(shown, place.zone)
    except NoSuchTime as error:
        raise _incomplete(str(error), where) from error


def _goods(line: _Line, currency: str) -> Goods:
    price = line.unit_price
    goods = Goods(
        sku=line.item,
        description=line.description,
        pieces=line.quantity,
        weight_lb=line.weight_lb,
        freight_class=line.freight_class,
        length_in=line.length_in,
        width_in=line.width_in,
        height_in=line.height_in,
    )
    if price is None:
        return goods
    if not currency:
        raise _incomplete("a price without a currency", "$.order.currency")
    return structs.replace(goods, unit_value=Money(price, currency))


def _incomplete(text: str, place: str) -> Unreadable:
    return Unreadable(
        text,
        place=place,
        cause=f"erp_rest:order:{place}",
        remedy="Complete the order in the ERP; its next revision is read by itself.",
    )
