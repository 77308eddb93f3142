"""The 997 and the 999: a partner's receipt for a group of messages, as X12 writes it.

Source: X12 transaction sets 997, release 004010, and 999, release 005010, restated. They differ in
the names of their segments, and in that a 999 may say what an error is about.
"""

from collections.abc import Iterable, Iterator

from drawbar.edi.acknowledgement import (
    Acknowledgement,
    ElementError,
    ErrorContext,
    SegmentError,
    SetReceipt,
)
from drawbar.edi.place import Place
from drawbar.edi.segment import Segment, segment
from drawbar.edi.value import read_whole, write_whole
from drawbar.edi.x12 import detail_reader as read
from drawbar.edi.x12.line import Line
from drawbar.edi.x12.structure import Loop
from drawbar.edi.x12.wrap import Body

CTX = Line("CTX", "name tag position:whole loop element number")


def parse_acknowledgement(root: Loop, *, component: str = ":") -> Acknowledgement:
    """Return the receipt that a 997 or 999 states. ``component`` separates parts of a position."""
    start, verdict = root.first("AK1"), root.first("AK9")
    at = read.places(start, group_code=1, group_control_number=2, version=3)
    return Acknowledgement(
        group_code=start.get(1),
        group_control_number=start.get(2),
        verdict=verdict.get(1),
        included=read_whole(verdict.get(2)),
        received=read_whole(verdict.get(3)),
        accepted=read_whole(verdict.get(4)),
        errors=_filled(verdict.elements[4:]),
        sets=tuple(_set(loop, component) for loop in root.inside("set")),
        version=start.get(3),
        receipt=root.first("ST").get(1) or "997",
        at={**at, **read.places(verdict, verdict=1, included=2, received=3, accepted=4)},
    )


def _filled(elements: Iterable[str]) -> tuple[str, ...]:
    return tuple(element for element in elements if element)


def _set(loop: Loop, component: str) -> SetReceipt:
    header, verdict = loop.first("AK2"), _either(loop, "AK5", "IK5")
    at: dict[str, Place] = read.places(header, code=1, control_number=2, version=3)
    return SetReceipt(
        code=header.get(1),
        control_number=header.get(2),
        verdict=verdict.get(1),
        errors=_filled(verdict.elements[1:]),
        segments=tuple(_segment(inner, component) for inner in loop.inside("segment")),
        version=header.get(3),
        at={**at, **read.places(verdict, verdict=1)},
    )


def _segment(loop: Loop, component: str) -> SegmentError:
    item = _either(loop, "AK3", "IK3")
    noted = loop.every("AK4")
    inner = tuple(loop.inside("element"))
    return SegmentError(
        tag=item.get(1),
        position=read_whole(item.get(2)),
        loop=item.get(3),
        code=item.get(4),
        elements=(
            *(_element(each, component) for each in noted),
            *(_element(each.first("IK4"), component, _contexts(each)) for each in inner),
        ),
        contexts=_contexts(loop),
        at=read.places(item, tag=1, position=2, loop=3, code=4),
    )


def _either(loop: Loop, *tags: str) -> Segment:
    """Return the first of these segments in this loop: a 997 and a 999 name it differently."""
    return next(loop.every(*tags), Segment(tags[0]))


def _contexts(loop: Loop) -> tuple[ErrorContext, ...]:
    return tuple(ErrorContext(**CTX.read(item)) for item in loop.every("CTX"))


def _element(
    item: Segment, component: str, contexts: tuple[ErrorContext, ...] = ()
) -> ElementError:
    position = item.get(1).split(component, 2) if component else [item.get(1)]
    element, part, repetition = (*map(read_whole, position), None, None)[:3]
    return ElementError(
        element=element,
        component=part,
        repetition=repetition,
        number=item.get(2),
        code=item.get(3),
        bad_data=item.get(4),
        contexts=contexts,
        at=read.places(item, element=1, number=2, code=3, bad_data=4),
    )


def build_acknowledgement(receipt: Acknowledgement, *, component: str = ":") -> Body:
    """Return the segments of a 997, or of a 999 when that is what the receipt is."""
    return Body(receipt.receipt, tuple(_build(receipt, component)))


def _build(receipt: Acknowledgement, component: str) -> Iterator[Segment]:
    letter = "I" if receipt.receipt == "999" else "A"
    yield segment("AK1", receipt.group_code, receipt.group_control_number, receipt.version)
    for item in receipt.sets:
        yield segment("AK2", item.code, item.control_number, item.version)
        for error in item.segments:
            yield from _build_segment(error, component, letter)
        yield segment(f"{letter}K5", item.verdict, *item.errors[:5])
    counts = (receipt.included, receipt.received, receipt.accepted)
    yield segment("AK9", receipt.verdict, *map(write_whole, counts), *receipt.errors[:5])


def _build_segment(error: SegmentError, component: str, letter: str) -> Iterator[Segment]:
    yield segment(f"{letter}K3", error.tag, write_whole(error.position), error.loop, error.code)
    yield from _build_contexts(error.contexts, letter)
    for item in error.elements:
        parts = [item.element, item.component, item.repetition]
        while parts and parts[-1] is None:
            parts.pop()
        position = component.join(write_whole(part) for part in parts)
        yield segment(f"{letter}K4", position, item.number, item.code, item.bad_data)
        yield from _build_contexts(item.contexts, letter)


def _build_contexts(contexts: Iterable[ErrorContext], letter: str) -> Iterator[Segment]:
    """Build CTX segments; a 997 has no place for them."""
    return map(CTX.write, contexts if letter == "I" else ())
