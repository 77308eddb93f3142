"""One event of a line's Track & Trace in either version, as far as it says where goods are."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from drawbar.connectors.dcsa.code_map import FIELDS
from drawbar.connectors.json_door import refuse
from drawbar.freight.instant import Instant

Word = Annotated[str, Meta(max_length=500)]
ReferenceList = Annotated[tuple["Named", ...], Meta(max_length=1_000)]


class Named(Struct, frozen=True):
    """A name of something: its type (BKG, TRD, EQ, …) and the name."""

    kind: str
    value: str


class Event(Struct, frozen=True, kw_only=True):
    """What both versions say alike. ``location`` is a UN/LOCODE, empty where none is said.

    ``identity`` is the line's number of the event, empty where it has none; ``retracts`` that of
    an earlier event which did not happen.
    """

    identity: str
    kind: str
    code: str
    classifier: str
    at: Instant
    location: str
    is_empty: bool
    names: tuple[Named, ...]
    reason: str
    retracts: str


class _Place(Struct, frozen=True):
    unlocode: Word | None = msgspec.field(default=None, name="UNLocationCode")


class _Call(Struct, frozen=True):
    unlocode: Word | None = msgspec.field(default=None, name="UNLocationCode")
    location: _Place | None = None


class _Document2(Struct, frozen=True, rename="camel"):
    document_reference_type: Word
    document_reference_value: Word


class _Reference2(Struct, frozen=True, rename="camel"):
    reference_type: Word
    reference_value: Word


class _Version2(Struct, frozen=True, kw_only=True, rename="camel"):
    """An event of version 2: everything stands side by side."""

    event_type: Word
    event_classifier_code: Word
    event_date_time: Instant
    event_id: Word | None = msgspec.field(default=None, name="eventID")
    retracted: Word | None = msgspec.field(default=None, name="retractedEventID")
    equipment_reference: Word | None = None
    empty_indicator_code: Word | None = None
    event_location: _Place | None = None
    transport_call: _Call | None = None
    document_references: Annotated[tuple[_Document2, ...], Meta(max_length=1_000)] | None = None
    references: Annotated[tuple[_Reference2, ...], Meta(max_length=1_000)] | None = None
    document: Word | None = msgspec.field(default=None, name="documentID")
    document_type_code: Word | None = None
    delay_reason_code: Word | None = None
    reason: Word | None = None


class _Class(Struct, frozen=True, rename="camel"):
    event_type_code: Word
    event_classifier_code: Word


class _Reference3(Struct, frozen=True, rename="camel"):
    type_code: Word
    reference: Word


class _Shipment(Struct, frozen=True, rename="camel"):
    document_reference: _Reference3 | None = None
    additional_document_references: (
        Annotated[tuple[_Reference3, ...], Meta(max_length=1_000)] | None
    ) = None
    shipment_references: Annotated[tuple[_Reference3, ...], Meta(max_length=1_000)] | None = None
    reason: Word | None = None


class _Equipment(Struct, frozen=True, rename="camel"):
    equipment_reference: Word | None = None
    empty_indicator_code: Word | None = None


class _Transport(Struct, frozen=True, rename="camel"):
    delay_reason_code: Word | None = None


class _Version3(Struct, frozen=True, kw_only=True, rename="camel"):
    """An event of version 3: what it is, and details by their subject."""

    event_classification: _Class
    event_date_time: Instant
    event_id: Word | None = msgspec.field(default=None, name="eventID")
    retracted: Word | None = msgspec.field(default=None, name="retractedEventID")
    event_location: _Place | None = None
    shipment_details: _Shipment | None = None
    equipment_details: _Equipment | None = None
    transport_details: _Transport | None = None


def read_event(stated: Any, place: str, *, cause: str) -> Event:
    """Return the event that stands at ``place``. Raise ``Unreadable``."""
    if not isinstance(stated, dict):
        refuse("an event is an object with fields", place=place, cause=f"{cause}:event")
    fields = _flat(stated)
    is_third = "eventClassification" in fields
    try:
        if is_third:
            return _of_third(msgspec.convert(fields, _Version3), fields)
        return _of_second(msgspec.convert(fields, _Version2), fields)
    except msgspec.ValidationError as error:
        text, _, path = str(error).partition(" - at `$")
        path = path.rstrip("`")
        refuse(text, place=place + path, cause=f"{cause}:event:{path}")


def code_place(event: Event, place: str, stated: Mapping[str, Any]) -> str:
    """Return where the code of an event stands."""
    inner = ".eventClassification" if "eventClassification" in stated else ""
    return f"{place}{inner}.{FIELDS.get(event.kind, 'eventType')}"


def _flat(stated: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the fields of an event; the beta of version 3 parts them into two halves."""
    metadata, payload = stated.get("metadata"), stated.get("payload")
    if isinstance(metadata, dict) and isinstance(payload, dict):
        return {**metadata, **payload}
    return stated


def _of_second(one: _Version2, stated: Mapping[str, Any]) -> Event:
    called = one.transport_call or _Call()
    places = (one.event_location, _Place(called.unlocode), called.location)
    return Event(
        identity=one.event_id or "",
        kind=one.event_type,
        code=_code(one.event_type, stated),
        classifier=one.event_classifier_code,
        at=one.event_date_time,
        location=_first(place.unlocode for place in places if place),
        is_empty=one.empty_indicator_code == "EMPTY",
        names=tuple(_names_of_second(one)),
        reason=one.delay_reason_code or "",
        retracts=one.retracted or "",
    )


def _names_of_second(one: _Version2) -> Iterator[Named]:
    yield Named("EQ", one.equipment_reference or "")
    for document in one.document_references or ():
        yield Named(document.document_reference_type, document.document_reference_value)
    for reference in one.references or ():
        yield Named(reference.reference_type, reference.reference_value)
    yield Named(one.document_type_code or "", one.document or "")


def _of_third(one: _Version3, stated: Mapping[str, Any]) -> Event:
    kind, box = one.event_classification.event_type_code, one.equipment_details or _Equipment()
    said = stated["eventClassification"]
    return Event(
        identity=one.event_id or "",
        kind=kind,
        code=_code(kind, said),
        classifier=one.event_classification.event_classifier_code,
        at=one.event_date_time,
        location=(one.event_location or _Place()).unlocode or "",
        is_empty=box.empty_indicator_code == "EMPTY",
        names=tuple(_names_of_third(one, box)),
        reason=(one.transport_details or _Transport()).delay_reason_code or "",
        retracts=one.retracted or "",
    )


def _names_of_third(one: _Version3, box: _Equipment) -> Iterator[Named]:
    yield Named("EQ", box.equipment_reference or "")
    details = one.shipment_details or _Shipment()
    main = (details.document_reference,) if details.document_reference else ()
    more = details.additional_document_references or ()
    for each in (*main, *more, *(details.shipment_references or ())):
        yield Named(each.type_code, each.reference)


def _code(kind: str, stated: Mapping[str, Any]) -> str:
    code = stated.get(FIELDS.get(kind, ""), "")
    return code[:80] if isinstance(code, str) else ""


def _first(words: Iterator[str | None]) -> str:
    return next((word for word in words if word), "")
