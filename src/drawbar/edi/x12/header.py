"""The ISA: sixteen elements that say who writes to whom, and with which delimiters.

It is 106 bytes wide by the standard and often not in life; then its separators are counted.
Source: X12.5 interchange control structure, restated.
"""

import re
from itertools import pairwise

from msgspec import Struct

from drawbar.edi.finding import Finding, FindingCode
from drawbar.edi.meaning import found
from drawbar.edi.segment import Dialect, Segment
from drawbar.edi.x12.terminator import find_terminator

WIDTHS = (2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1)
_CONTENT = 4 + sum(WIDTHS) + 15  # "ISA" and a separator, elements, separators between them
_LOOKAHEAD = 400  # the sixteen separators of a header that is not of fixed width stand within this
_CANDIDATE = re.compile(r"ISA([^A-Za-z0-9 \r\n])")
_FIRST_VERSION_WITH_REPETITION = "00402"


class Header(Struct, frozen=True, kw_only=True):
    """An ISA as found: ``start`` and ``end`` are offsets of its text, terminator excluded."""

    start: int
    end: int
    segment: Segment
    dialect: Dialect
    findings: tuple[Finding, ...]
    is_terminated: bool
    is_cut: bool = False  # then no whole header follows


def find_header(text: str, start: int) -> Header | None:
    """Return the first interchange header from ``start`` on, or None when there is none.

    A header that is cut off is returned only when no whole one follows it.
    """
    cut: Header | None = None
    for match in _CANDIDATE.finditer(text, start):
        at, separator = match.start(), match[1]
        marks = _separators(text, at + 3, separator)
        if len(marks) < len(WIDTHS) or _runs_into_group(text[at : marks[-1]], separator):
            cut = cut or _cut_header(text, at, separator, marks)
        elif "ISA" + separator not in text[at + 4 : marks[-1]]:
            return _whole_header(text, at, separator, marks)
    return cut


def unwrapped(text: str) -> str:
    """Return text without the line breaks that a transport put into it."""
    return text.replace("\r", "").replace("\n", "")


def _separators(text: str, start: int, separator: str) -> list[int]:
    """Return the offsets of up to sixteen separators, near to each other."""
    marks: list[int] = []
    limit = start + _LOOKAHEAD
    while len(marks) < len(WIDTHS) and (at := text.find(separator, start, limit)) >= 0:
        marks.append(at)
        start = at + 1
    return marks


def _runs_into_group(header: str, separator: str) -> bool:
    """Say whether a header has too few elements, so that counting went on into the GS."""
    return re.search(rf"[^A-Za-z0-9 ]GS{re.escape(separator)}", header) is not None


def _whole_header(text: str, start: int, separator: str, marks: list[int]) -> Header:
    last = marks[-1] + 1
    ending = find_terminator(text, last, separator)
    end = ending.offset
    elements = [text[a + 1 : b] for a, b in pairwise(marks)]
    elements.extend(text[last:end].split(separator))
    if not ending.is_line_end:
        elements = [unwrapped(element) for element in elements]
    isa = Segment("ISA", tuple(elements), offset=start, index=0)
    wrapped = not ending.is_line_end and unwrapped(text[start:end]) != text[start:end]
    wraps = (found(FindingCode.LINE_WRAP, isa),) if wrapped else ()
    dialect = Dialect(
        element=separator,
        component=text[last:end][:1].strip("\r\n"),
        repetition=_repetition(isa),
        terminator=ending.terminator or "~",
        line_end=ending.line_end,
    )
    return Header(
        start=start,
        end=end,
        segment=isa,
        dialect=dialect,
        findings=(*wraps, *_header_findings(isa, dialect, is_terminated=bool(ending.terminator))),
        is_terminated=bool(ending.terminator),
    )


def _cut_header(text: str, start: int, separator: str, marks: list[int]) -> Header:
    """Keep what there is of a header that ends too early; nothing after it can be read."""
    end = min(len(text), start + _LOOKAHEAD)
    isa = Segment("ISA", tuple(text[marks[0] + 1 : end].split(separator)), offset=start, index=0)
    finding = found(FindingCode.HEADER_CUT, isa, expected=16, actual=len(isa.elements))
    return Header(
        start=start,
        end=end,
        segment=isa,
        dialect=Dialect(element=separator),
        findings=(finding,),
        is_terminated=False,
        is_cut=True,
    )


def _repetition(isa: Segment) -> str:
    """ISA11 was a standard's name (U) until 00401 and is the repetition separator since."""
    mark = isa.get(11)
    used = isa.get(12) >= _FIRST_VERSION_WITH_REPETITION and len(mark) == 1
    return mark if used and not mark.isalnum() and not mark.isspace() else ""


def _header_findings(isa: Segment, dialect: Dialect, *, is_terminated: bool) -> list[Finding]:
    findings = [
        found(FindingCode.HEADER_NOT_FIXED, isa, number, expected=width, actual=len(element))
        for number, (width, element) in enumerate(zip(WIDTHS, isa.elements, strict=False), start=1)
        if len(element) != width and not (number == 16 and not element)
    ]
    if len(isa.elements) > len(WIDTHS):
        surplus = found(FindingCode.ELEMENT_SURPLUS, isa, 17, actual=isa.get(17))
        findings.append(surplus)
    if not dialect.component:
        findings.append(found(FindingCode.COMPONENT_SEPARATOR_MISSING, isa, 16))
    if isa.get(12) >= _FIRST_VERSION_WITH_REPETITION and not dialect.repetition:
        findings.append(
            found(FindingCode.REPETITION_SEPARATOR_MISSING, isa, 11, actual=isa.get(11))
        )
    if not is_terminated:
        findings.append(found(FindingCode.TERMINATOR_MISSING, isa))
    marks = (dialect.element, dialect.component, dialect.repetition, dialect.terminator)
    used = [mark for mark in marks if mark]
    if len(set(used)) < len(used):
        findings.append(found(FindingCode.DELIMITER_CLASH, isa, actual=" ".join(used)))
    return findings
