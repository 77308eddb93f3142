"""The 990: a carrier's answer to a load tender as X12 writes it.

Source: X12 transaction set 990, release 004010, restated.
"""

from collections.abc import Iterator

from drawbar.edi.segment import Segment, segment
from drawbar.edi.tender_answer import TenderAnswer
from drawbar.edi.value import read_date, write_date
from drawbar.edi.x12 import detail_builder as build
from drawbar.edi.x12 import detail_reader as read
from drawbar.edi.x12.structure import Loop
from drawbar.edi.x12.wrap import Body


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
        notes=read.notes(root),
        at={**at, **stated},
    )


def build_tender_answer(answer: TenderAnswer) -> Body:
    """Return the segments of a 990; references go out as N9, the reason in V9."""
    return Body("990", tuple(_build(answer)))


def _build(answer: TenderAnswer) -> Iterator[Segment]:
    yield segment("B1", answer.scac, answer.shipment_id, write_date(answer.on), answer.action)
    yield from build.build_references(answer.references, "N9")
    yield from build.build_moments(answer.moments)
    if answer.decline_reason:
        yield segment("V9", answer.decline_reason)
    yield from build.build_notes(answer.notes, "K1")
