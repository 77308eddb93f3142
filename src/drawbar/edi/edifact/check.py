"""Hold an EDIFACT message against its directory: what is missing, too long, or no number or date.

Directories differ in small things; we hold a message against all of them taken together.
"""

from collections.abc import Iterator
from itertools import chain

from drawbar.edi.component import repetitions, split, unreleased
from drawbar.edi.document import TransactionSet
from drawbar.edi.edifact.definition import Component, Element
from drawbar.edi.edifact.directory.segments import SEGMENTS
from drawbar.edi.edifact.directory.sets import SETS
from drawbar.edi.edifact.number import mark_of, read_number
from drawbar.edi.edifact.stated_time import FORMS, is_stated
from drawbar.edi.finding import Finding, FindingCode
from drawbar.edi.limit import Findings, Limits
from drawbar.edi.meaning import found
from drawbar.edi.segment import Dialect, Segment
from drawbar.edi.x12.definition import LoopUse, Need
from drawbar.edi.x12.definition import SegmentDefinition as PlainSegment
from drawbar.edi.x12.release import Release
from drawbar.edi.x12.structure import Loop, structure

_RELEASE = Release(
    version="UN",
    sets=SETS,
    segments={tag: PlainSegment(tag, ()) for tag in SEGMENTS},
    codes={},
)


def check(item: TransactionSet) -> tuple[Finding, ...]:
    """Return what is wrong with a message by its definition; envelopes are ``read``'s."""
    return structured(item)[1]


def structured(item: TransactionSet) -> tuple[Loop, tuple[Finding, ...]]:
    """Return a message as a tree of groups, with everything that ``check`` finds."""
    findings: list[Finding] = []
    limit = Findings(Limits().findings_max)
    definition = SETS.get(item.code)
    inner = item.segments
    if inner and inner[-1].tag == "UNT":
        inner = inner[:-1]
    if definition is None:
        root = Loop(LoopUse("set", Need.MANDATORY, 1, ()), list(inner))
        unknown = found(FindingCode.SET_UNKNOWN, item.segments[0], 2, actual=item.code)
        placed: tuple[Finding, ...] = (unknown,)
    else:
        tree = structure(inner, definition, _RELEASE)
        root, placed = tree.root, tree.findings
    checked = (each for part in item.segments for each in check_segment(part, item.dialect))
    for finding in chain(placed, checked):
        limit.add(findings, finding)
    return root, tuple(sorted(findings, key=lambda finding: finding.index))


def check_segment(item: Segment, dialect: Dialect) -> Iterator[Finding]:
    """Yield what is wrong with the elements of one segment. An unknown segment has none."""
    definition = SEGMENTS.get(item.tag)
    if definition is None:
        return
    known = len(definition.elements)
    if any(item.elements[known:]):
        number = known + 1
        yield found(FindingCode.ELEMENT_SURPLUS, item, number, actual=item.get(number))
    for number, element in enumerate(definition.elements, start=1):
        if item.get(number):
            yield from _check_element(item, number, element, dialect)
        elif element.is_needed:
            yield found(FindingCode.ELEMENT_MISSING, item, number, expected=element.number)
    if item.tag == "DTM":
        yield from _check_time(item, dialect)


def _check_element(
    item: Segment, number: int, element: Element, dialect: Dialect
) -> Iterator[Finding]:
    for each in repetitions(item, number, dialect):
        parts = split(each, dialect.component, dialect.release)
        known = len(element.components)
        if any(parts[known:]):
            code = FindingCode.ELEMENT_SURPLUS
            yield found(code, item, number, component=known + 1, actual=parts[known])
        for place, component in enumerate(element.components, start=1):
            text = parts[place - 1] if place <= len(parts) else ""
            at = (number, place if known > 1 else 0)
            text = unreleased(text, dialect.release)
            yield from _check_component(item, at, component, text)
            bad = check_number(text, dialect) if text and component.kind == "n" else None
            if bad:
                yield found(bad, item, number, component=at[1], actual=text)


def _check_component(
    item: Segment, at: tuple[int, int], component: Component, text: str
) -> Iterator[Finding]:
    number, place = at
    if not text:
        if component.is_needed:
            code = FindingCode.ELEMENT_MISSING
            yield found(code, item, number, component=place, expected=component.number)
        return
    is_number = component.kind == "n"
    length = len(text) - (text.count("-") + len(mark_of(text)) if is_number else 0)
    if component.longest and length > component.longest:
        code = FindingCode.ELEMENT_TOO_LONG
        yield found(code, item, number, component=place, expected=component.longest, actual=text)
    if not text.isprintable() and text.strip("\r\n"):
        yield found(FindingCode.CHARACTER_BAD, item, number, component=place, actual=text)


def _check_time(item: Segment, dialect: Dialect) -> Iterator[Finding]:
    parts = split(item.get(1), dialect.component, dialect.release)
    text, form = (unreleased(part, dialect.release) for part in (*parts, "", "", "")[1:3])
    if text and not is_stated(text, form):
        is_clock = form in FORMS and not FORMS[form][0]
        code = FindingCode.TIME_BAD if is_clock else FindingCode.DATE_BAD
        yield found(code, item, 1, component=2, expected=f"format {form}", actual=text)


def check_number(text: str, dialect: Dialect) -> FindingCode | None:
    """Return what is wrong with a number, None when nothing is."""
    if read_number(text, dialect.decimal).value is None:
        return FindingCode.NUMBER_BAD
    mark = mark_of(text)
    return FindingCode.DECIMAL_MARK_OTHER if mark and mark not in dialect.decimal else None
