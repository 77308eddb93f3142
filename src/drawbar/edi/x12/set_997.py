"""The 997: a partner's receipt for a group of messages, as X12 writes it.

Source: X12 transaction set 997, release 004010, restated.
"""

from collections.abc import Iterable, Iterator

from drawbar.edi.acknowledgement import Acknowledgement, ElementError, SegmentError, SetReceipt
from drawbar.edi.place import Place
from drawbar.edi.segment import Segment, segment
from drawbar.edi.value import read_whole, write_whole
from drawbar.edi.x12 import detail_reader as read
from drawbar.edi.x12.structure import Loop
from drawbar.edi.x12.wrap import Body


def parse_acknowledgement(root: Loop, *, component: str = ":") -> Acknowledgement:
    """Return the receipt that a 997 states. ``component`` separates parts of a position."""
    start, verdict = root.first("AK1"), root.first("AK9")
    at = read.places(start, group_code=1, group_control_number=2)
    return Acknowledgement(
        group_code=start.get(1),
        group_control_number=start.get(2),
        verdict=verdict.get(1),
        included=read_whole(verdict.get(2)),
        received=read_whole(verdict.get(3)),
        accepted=read_whole(verdict.get(4)),
        errors=_filled(verdict.elements[4:]),
        sets=tuple(_set(loop, component) for loop in root.inside("set")),
        at={**at, **read.places(verdict, verdict=1, included=2, received=3, accepted=4)},
    )


def _filled(elements: Iterable[str]) -> tuple[str, ...]:
    return tuple(element for element in elements if element)


def _set(loop: Loop, component: str) -> SetReceipt:
    header, verdict = loop.first("AK2"), loop.first("AK5")
    at: dict[str, Place] = read.places(header, code=1, control_number=2)
    return SetReceipt(
        code=header.get(1),
        control_number=header.get(2),
        verdict=verdict.get(1),
        errors=_filled(verdict.elements[1:]),
        segments=tuple(_segment(inner, component) for inner in loop.inside("segment")),
        at={**at, **read.places(verdict, verdict=1)},
    )


def _segment(loop: Loop, component: str) -> SegmentError:
    item = loop.first("AK3")
    return SegmentError(
        tag=item.get(1),
        position=read_whole(item.get(2)),
        loop=item.get(3),
        code=item.get(4),
        elements=tuple(_element(each, component) for each in loop.every("AK4")),
        at=read.places(item, tag=1, position=2, loop=3, code=4),
    )


def _element(item: Segment, component: str) -> ElementError:
    position = item.get(1).split(component, 2) if component else [item.get(1)]
    element, part, repetition = (*map(read_whole, position), None, None)[:3]
    return ElementError(
        element=element,
        component=part,
        repetition=repetition,
        number=item.get(2),
        code=item.get(3),
        bad_data=item.get(4),
        at=read.places(item, element=1, number=2, code=3, bad_data=4),
    )


def build_acknowledgement(receipt: Acknowledgement, *, component: str = ":") -> Body:
    """Return the segments of a 997."""
    return Body("997", tuple(_build(receipt, component)))


def _build(receipt: Acknowledgement, component: str) -> Iterator[Segment]:
    yield segment("AK1", receipt.group_code, receipt.group_control_number)
    for item in receipt.sets:
        yield segment("AK2", item.code, item.control_number)
        for error in item.segments:
            yield from _build_segment(error, component)
        yield segment("AK5", item.verdict, *item.errors[:5])
    counts = (receipt.included, receipt.received, receipt.accepted)
    yield segment("AK9", receipt.verdict, *map(write_whole, counts), *receipt.errors[:5])


def _build_segment(error: SegmentError, component: str) -> Iterator[Segment]:
    yield segment("AK3", error.tag, write_whole(error.position), error.loop, error.code)
    for item in error.elements:
        parts = [item.element, item.component, item.repetition]
        while parts and parts[-1] is None:
            parts.pop()
        position = component.join(write_whole(part) for part in parts)
        yield segment("AK4", position, item.number, item.code, item.bad_data)
