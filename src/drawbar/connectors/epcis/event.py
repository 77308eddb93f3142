"""One EPCIS event: what was seen, when and where, in which step, for which transactions."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from drawbar.connectors.json_door import refuse
from drawbar.freight.instant import Instant

Word = Annotated[str, Meta(max_length=1_000)]
Ids = Annotated[tuple[Word, ...], Meta(max_length=20_000)]
TYPES = (
    "ObjectEvent",
    "AggregationEvent",
    "TransactionEvent",
    "TransformationEvent",
    "AssociationEvent",
)
_OFFSET = re.compile(r"[+-](?:0\d|1[0-4]):[0-5]\d|Z")
_OF_TYPE = {
    "ObjectEvent": ("epcList", "quantityList"),
    "AggregationEvent": ("parentID", "childEPCs", "childQuantityList"),
    "TransactionEvent": ("parentID", "epcList", "quantityList"),
    "TransformationEvent": (
        *("inputEPCList", "inputQuantityList", "outputEPCList", "outputQuantityList"),
        "transformationID",
    ),
    "AssociationEvent": ("parentID", "childEPCs", "childQuantityList"),
}
"""Type of event -> fields of which one says what the event is about. Source: EPCIS 2.0, 7.4."""


class Quantity(Struct, frozen=True, rename="camel"):
    """So much of a class of things; without ``uom`` a count."""

    epc_class: Word
    quantity: Decimal | None = None
    uom: Word = ""


class Place(Struct, frozen=True):
    """Where it was seen."""

    id: Word


class Transaction(Struct, frozen=True, rename="camel"):
    """A document that it belongs to."""

    biz_transaction: Word
    type: Word = ""


class Error(Struct, frozen=True, rename="camel"):
    """Whoever told an event says that it did not happen as told."""

    declaration_time: Instant
    reason: Word = ""


class Event(Struct, frozen=True, kw_only=True, rename="camel"):
    """What all types of events say. Sensors, sources and destinations stay in the message."""

    type: Word
    event_time: Instant
    event_time_zone_offset: Word
    event_id: Word = msgspec.field(default="", name="eventID")
    action: Literal["", "ADD", "OBSERVE", "DELETE"] = ""
    biz_step: Word = ""
    read_point: Place | None = None
    biz_location: Place | None = None
    parent: Word = msgspec.field(default="", name="parentID")
    epc_list: Ids = ()
    children: Ids = msgspec.field(default=(), name="childEPCs")
    inputs: Ids = msgspec.field(default=(), name="inputEPCList")
    outputs: Ids = msgspec.field(default=(), name="outputEPCList")
    quantity_list: Annotated[tuple[Quantity, ...], Meta(max_length=20_000)] = ()
    child_quantity_list: Annotated[tuple[Quantity, ...], Meta(max_length=20_000)] = ()
    biz_transaction_list: Annotated[tuple[Transaction, ...], Meta(max_length=1_000)] = ()
    error_declaration: Error | None = None

    @property
    def places(self) -> Iterator[str]:
        """Yield where it was, the read point first."""
        yield from (one.id for one in (self.read_point, self.biz_location) if one)

    @property
    def things(self) -> tuple[str, ...]:
        """Return each thing that was seen, the one that holds the others first."""
        parent = (self.parent,) if self.parent else ()
        return (*parent, *self.epc_list, *self.children)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Return how much was seen of classes of things."""
        return (*self.quantity_list, *self.child_quantity_list)


def read_event(stated: Any, place: str, *, cause: str) -> Event:
    """Return the event that stands at ``place``. Raise ``Unreadable``."""
    if not isinstance(stated, dict):
        refuse("an event is an object with fields", place=place, cause=f"{cause}:event")
    try:
        event = msgspec.convert(stated, Event)
    except msgspec.ValidationError as error:
        text, _, path = str(error).partition(" - at `$")
        path = path.rstrip("`")
        refuse(text, place=place + path, cause=f"{cause}:event:{path}")
    _refuse_unfit(event, stated, place, cause)
    return event


def _refuse_unfit(event: Event, stated: dict[str, Any], place: str, cause: str) -> None:
    if event.type not in TYPES:
        text = f"{event.type[:80]!r} is no type of event"
        refuse(text, place=f"{place}.type", cause=f"{cause}:event:.type")
    if event.type != "TransformationEvent" and not event.action:
        text = "the event lacks its action, which is ADD, OBSERVE or DELETE"
        refuse(text, place=place, cause=f"{cause}:event:.action")
    if not _OFFSET.fullmatch(event.event_time_zone_offset):
        text = f"{event.event_time_zone_offset[:40]!r} is no offset such as +01:00"
        where = f"{place}.eventTimeZoneOffset"
        refuse(text, place=where, cause=f"{cause}:event:.eventTimeZoneOffset")
    fields = _OF_TYPE[event.type]
    if not any(stated.get(name) for name in (*fields, "sensorElementList")):
        text = f"the event names nothing that it is about, in none of {', '.join(fields)}"
        refuse(text, place=place, cause=f"{cause}:event:nothing")
