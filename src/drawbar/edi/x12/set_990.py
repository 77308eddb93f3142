"""The 990: a carrier's answer to a load tender as X12 writes it.

Source: X12 transaction set 990, release 004010, restated.
"""

from collections.abc import Iterator

from drawbar.edi.detail_general import StatedAmount
from drawbar.edi.segment import Segment, segment
from drawbar.edi.tender_answer import AnswerEvent, AnswerStop, TenderAnswer
from drawbar.edi.value import read_date, read_whole, write_date, write_whole
from drawbar.edi.x12 import detail_builder as build
from drawbar.edi.x12 import detail_reader as read
from drawbar.edi.x12.line import Line
from drawbar.edi.x12.structure import Loop
from drawbar.edi.x12.wrap import Body

V9 = Line("V9", "code text on:date clock:time city state country reason")
L9 = Line("L9", "qualifier amount:decimal")


def parse_tender_answer(root: Loop, *, is_reversed: bool = False) -> TenderAnswer:
    """Return the answer that a 990 states."""
    item, reason = root.first("B1"), root.first("V9")
    at = read.places(item, scac=1, shipment_id=2, on=3, action=4)
    stated = read.places(item, decline_reason=6) or read.places(reason, decline_reason=1)
    return TenderAnswer(
        scac=item.get(1),
        shipment_id=item.get(2),
        on=read_date(item.get(3)),
        action=item.get(4),
        decline_reason=item.get(6) or reason.get(1),
        references=read.references(root, is_reversed=is_reversed),
        moments=read.moments(root.every("G62")),
        routing=read.routing(root),
        equipment=read.equipment(root),
        charges=tuple(StatedAmount(**L9.read(each)) for each in root.every("L9")),
        events=_events(root),
        notes=read.notes(root),
        stops=tuple(_stop(loop, is_reversed=is_reversed) for loop in root.inside("stop")),
        at={**at, **stated},
    )


def _events(root: Loop) -> tuple[AnswerEvent, ...]:
    """Return the V9 segments; one that gives the reason alone is the reason, and no event."""
    events = tuple(AnswerEvent(**V9.read(item)) for item in root.every("V9"))
    says_more = len(events) > 1 or any(any(item.elements[1:]) for item in root.every("V9"))
    return events if says_more or root.first("B1").get(6) else ()


def _stop(loop: Loop, *, is_reversed: bool) -> AnswerStop:
    item = loop.first("S5")
    return AnswerStop(
        number=read_whole(item.get(1)),
        reason=item.get(2),
        references=read.references(loop, is_reversed=is_reversed),
        moments=read.moments(loop.every("G62")),
        notes=read.notes(loop),
        at=read.places(item, number=1, reason=2),
    )


def build_tender_answer(answer: TenderAnswer) -> Body:
    """Return the segments of a 990; references go out as N9, the reason in V9.

    Where events say something of their own, the reason goes into B1-06.
    """
    return Body("990", tuple(_build(answer)))


def _build(answer: TenderAnswer) -> Iterator[Segment]:
    first = answer.events[0].code if answer.events else answer.decline_reason
    reason = "" if first == answer.decline_reason else answer.decline_reason
    on = write_date(answer.on)
    yield segment("B1", answer.scac, answer.shipment_id, on, answer.action, "", reason)
    yield from build.build_references(answer.references, "N9")
    yield from build.build_moments(answer.moments)
    yield from build.build_routing(answer.routing)
    yield from build.build_equipment(answer.equipment)
    yield from map(L9.write, answer.charges)
    if answer.decline_reason and not answer.events:
        yield segment("V9", answer.decline_reason)
    yield from map(V9.write, answer.events)
    yield from build.build_notes(answer.notes, "K1")
    for stop in answer.stops:
        yield segment("S5", write_whole(stop.number), stop.reason)
        yield from build.build_references(stop.references, "N9")
        yield from build.build_moments(stop.moments)
        yield from build.build_notes(stop.notes, "K1")
