"""The 214: a carrier's shipment status as X12 writes it.

Source: X12 transaction set 214, release 004010, restated.
"""

from collections.abc import Iterator

from drawbar.edi.detail import Equipment, Moment, Reference
from drawbar.edi.segment import Segment, segment
from drawbar.edi.shipment_status import (
    LadingException,
    ShipmentStatus,
    StatusEvent,
    StatusLine,
    StatusOrder,
    StatusPlace,
)
from drawbar.edi.value import read_date, read_time, read_whole, write_date, write_time, write_whole
from drawbar.edi.x12 import detail_builder as build
from drawbar.edi.x12 import detail_reader as read
from drawbar.edi.x12.detail_general import MAN, marks
from drawbar.edi.x12.structure import Loop
from drawbar.edi.x12.wrap import Body


def parse_shipment_status(root: Loop, *, is_reversed: bool = False) -> ShipmentStatus:
    """Return the status message that a 214 states."""
    item = root.first("B10")
    return ShipmentStatus(
        reference=item.get(1),
        shipment_id=item.get(2),
        scac=item.get(3),
        references=(*_further(item), *read.references(root, is_reversed=is_reversed)),
        marks=marks(root),
        routing=read.routing(root),
        notes=read.notes(root),
        parties=read.parties(root, is_reversed=is_reversed),
        lines=tuple(_line(loop, is_reversed=is_reversed) for loop in root.inside("line")),
        at=read.places(item, reference=1, shipment_id=2, scac=3),
    )


def _further(item: Segment) -> Iterator[Reference]:
    """Yield the third number that a B10 may have; it says what kind it is."""
    if item.get(6):
        at = read.places(item, qualifier=5, value=6)
        yield Reference(qualifier=item.get(5), value=item.get(6), at=at)


def _line(loop: Loop, *, is_reversed: bool) -> StatusLine:
    item = loop.first("LX")
    return StatusLine(
        number=read_whole(item.get(1)),
        events=tuple(_event(inner) for inner in loop.inside("status")),
        references=read.references(loop, is_reversed=is_reversed),
        weights=read.weights(loop.every("AT8")),
        marks=marks(loop),
        exceptions=tuple(_exception(each) for each in loop.every("Q7")),
        handling=read.handling(loop),
        orders=tuple(
            _order(inner, is_reversed=is_reversed)
            for inner in loop.loops
            if inner.use.name in {"order", "purchase_order"}
        ),
        notes=read.notes(loop),
        at=read.places(item, number=1),
    )


def _order(loop: Loop, *, is_reversed: bool) -> StatusOrder:
    item = loop.segments[0]
    references = read.references(loop, is_reversed=is_reversed)
    return StatusOrder(order=item.get(1), references=references, at=read.places(item, order=1))


def _event(loop: Loop) -> StatusEvent:
    item = loop.first("AT7")
    return StatusEvent(
        status=item.get(1),
        reason=item.get(2),
        appointment=item.get(3),
        appointment_reason=item.get(4),
        moment=Moment(
            on=read_date(item.get(5)),
            clock=read_time(item.get(6)),
            zone=item.get(7),
            at=read.places(item, on=5, clock=6, zone=7),
        ),
        place=_place(loop.first("MS1")),
        equipment=_equipment(loop),
        at=read.places(item, status=1, reason=2, appointment=3, appointment_reason=4),
    )


def _place(item: Segment) -> StatusPlace | None:
    if not item.elements:
        return None
    return StatusPlace(
        city=item.get(1),
        state=item.get(2),
        country=item.get(3),
        longitude=item.get(4),
        latitude=item.get(5),
        longitude_direction=item.get(6),
        latitude_direction=item.get(7),
        postal_code=item.get(8),
        at=read.places(item, city=1, state=2, country=3, longitude=4, latitude=5, postal_code=8),
    )


def _equipment(loop: Loop) -> Equipment | None:
    item = loop.first("MS2")
    seals = tuple(seal for each in loop.every("M7") for seal in each.elements[:4] if seal)
    if not item.elements and not seals:
        return None
    return Equipment(
        owner=item.get(1),
        number=item.get(2),
        kind=item.get(3),
        seals=seals,
        at=read.places(item, owner=1, number=2, kind=3),
    )


def _exception(item: Segment) -> LadingException:
    return LadingException(
        code=item.get(1),
        packaging=item.get(2),
        pieces=read_whole(item.get(3)),
        at=read.places(item, code=1, packaging=2, pieces=3),
    )


def build_shipment_status(status: ShipmentStatus) -> Body:
    """Return the segments of a 214."""
    return Body("214", tuple(_build(status)))


def _build(status: ShipmentStatus) -> Iterator[Segment]:
    yield segment("B10", status.reference, status.shipment_id, status.scac)
    yield from build.build_references(status.references)
    yield from map(MAN.write, status.marks)
    yield from build.build_notes(status.notes, "K1")
    yield from build.build_parties(status.parties)
    yield from build.build_routing(status.routing)
    for line in status.lines:
        yield from _build_line(line)


def _build_line(line: StatusLine) -> Iterator[Segment]:
    yield segment("LX", write_whole(line.number))
    for event in line.events:
        yield from _build_event(event)
    yield from build.build_references(line.references)
    yield from map(MAN.write, line.marks)
    for exception in line.exceptions:
        pieces = write_whole(exception.pieces)
        yield segment("Q7", exception.code, exception.packaging, pieces)
    yield from build.build_notes(line.notes, "K1")
    yield from build.build_handling(line.handling)
    yield from build.build_weights(line.weights)
    for order in line.orders:
        yield segment("PRF", order.order)
        yield from build.build_references(order.references)


def _build_event(event: StatusEvent) -> Iterator[Segment]:
    yield segment(
        "AT7",
        event.status,
        event.reason,
        event.appointment,
        event.appointment_reason,
        write_date(event.moment.on),
        write_time(event.moment.clock),
        event.moment.zone,
    )
    if event.place:
        yield _build_place(event.place)
    if event.equipment:
        item = event.equipment
        if item.owner or item.number or item.kind:
            yield segment("MS2", item.owner, item.number, item.kind)
        for start in range(0, len(item.seals), 4):
            yield segment("M7", *item.seals[start : start + 4])


def _build_place(place: StatusPlace) -> Segment:
    return segment(
        "MS1",
        place.city,
        place.state,
        place.country,
        place.longitude,
        place.latitude,
        place.longitude_direction,
        place.latitude_direction,
        place.postal_code,
    )
