"""The 824: what became of a message's content, as X12 writes it.

Source: X12 transaction set 824, release 004010, restated.
"""

from collections.abc import Iterator

from drawbar.edi.application_advice import AdviceError, AdviceItem, ApplicationAdvice
from drawbar.edi.segment import Segment
from drawbar.edi.x12 import detail_general as general
from drawbar.edi.x12 import detail_reader as read
from drawbar.edi.x12.detail_builder import build_notes
from drawbar.edi.x12.line import Line
from drawbar.edi.x12.structure import Loop
from drawbar.edi.x12.wrap import Body

BGN = Line("BGN", "purpose reference on:date clock:time zone original kind action")
OTI = Line(
    "OTI",
    "verdict reference_qualifier reference sender receiver on:date clock:time "
    "group_control_number set_control_number set_code version purpose",
)
TED = Line("TED", "code text tag position:whole element number bad_data new_data")


def parse_application_advice(root: Loop) -> ApplicationAdvice:
    """Return the advice that an 824 states."""
    return ApplicationAdvice(
        **BGN.read(root.first("BGN")),
        parties=general.parties(root),
        items=tuple(_item(loop) for loop in root.inside("item")),
    )


def _item(loop: Loop) -> AdviceItem:
    return AdviceItem(
        **OTI.read(loop.first("OTI")),
        references=general.references(loop),
        moments=general.moments(loop),
        contacts=general.contacts(loop),
        amounts=general.amounts(loop),
        quantities=general.quantities(loop),
        people=general.people(loop),
        errors=tuple(_error(inner) for inner in loop.inside("error")),
    )


def _error(loop: Loop) -> AdviceError:
    return AdviceError(**TED.read(loop.first("TED")), notes=read.notes(loop))


def build_application_advice(advice: ApplicationAdvice) -> Body:
    """Return the segments of an 824."""
    return Body("824", tuple(_build(advice)))


def _build(advice: ApplicationAdvice) -> Iterator[Segment]:
    yield BGN.write(advice)
    yield from general.build_general_parties(advice.parties)
    for item in advice.items:
        yield from _build_item(item)


def _build_item(item: AdviceItem) -> Iterator[Segment]:
    yield OTI.write(item)
    yield from general.build_references(item.references)
    yield from general.build_moments(item.moments)
    yield from general.build_contacts(item.contacts)
    yield from map(general.AMT.write, item.amounts)
    yield from map(general.QTY.write, item.quantities)
    yield from general.build_people(item.people)
    for error in item.errors:
        yield TED.write(error)
        yield from build_notes(error.notes)
