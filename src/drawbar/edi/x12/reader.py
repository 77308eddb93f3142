"""Read a partner's X12 file: every interchange in it, and everything odd about it.

Never raises on data, never guesses, never reads more than its limits; time grows with size only.
"""

from collections.abc import Iterator

from msgspec import Struct

from drawbar.edi.document import Document, Interchange
from drawbar.edi.finding import Finding, FindingCode
from drawbar.edi.limit import Findings, Limits
from drawbar.edi.meaning import found
from drawbar.edi.segment import Dialect, Segment
from drawbar.edi.x12.cut import BLANKS, Cut, Line
from drawbar.edi.x12.envelope import group_segments
from drawbar.edi.x12.header import Header, find_header

_BYTE_ORDER_MARK = "\xef\xbb\xbf"


class Reading(Struct):
    """What is left to read, and how much of it we still may."""

    text: str
    limits: Limits
    findings: Findings
    charset: str
    segments_left: int
    at: int = 0


def read(data: bytes, *, charset: str = "latin-1", limits: Limits | None = None) -> Document:
    """Return every interchange in ``data``, with findings instead of errors.

    ``charset`` is what the partner's profile declares; bytes outside of it are kept and reported.
    """
    limits = limits or Limits()
    text = data[: limits.bytes_max].decode("latin-1")
    reading = Reading(
        text, limits, Findings(limits.findings_max), charset, segments_left=limits.segments_max
    )
    outside: list[Finding] = []
    if len(data) > limits.bytes_max:
        reading.findings.add(outside, found(FindingCode.LIMIT_REACHED, actual="bytes"))
    interchanges = _read_interchanges(reading, outside)
    rest = text[reading.at :]
    _note_outside(reading, rest, outside, has_interchange=bool(interchanges))
    return Document(
        interchanges=tuple(interchanges), findings=tuple(outside), tail=rest.encode("latin-1")
    )


def _read_interchanges(reading: Reading, outside: list[Finding]) -> list[Interchange]:
    interchanges: list[Interchange] = []
    while header := find_header(reading.text, reading.at):
        if len(interchanges) >= reading.limits.interchanges_max or reading.segments_left <= 0:
            reading.findings.add(outside, found(FindingCode.LIMIT_REACHED, actual="interchanges"))
            break
        interchanges.append(read_interchange(reading, header))
    return interchanges


def _note_outside(
    reading: Reading, rest: str, outside: list[Finding], *, has_interchange: bool
) -> None:
    if not has_interchange:
        reading.findings.add(outside, found(FindingCode.NO_INTERCHANGE, actual=rest[:40]))
    elif rest.strip(BLANKS):
        reading.findings.add(outside, found(FindingCode.JUNK, actual=rest.strip(BLANKS)))


def read_interchange(reading: Reading, header: Header) -> Interchange:
    """Return the interchange that begins at ``header``, and go on behind it."""
    lead = reading.text[reading.at : header.start]
    findings: list[Finding] = []
    for finding in (*_lead_findings(lead), *header.findings):
        reading.findings.add(findings, finding)
    cut = Cut(
        reading.text,
        header,
        reading.limits,
        segments_left=reading.segments_left,
        noting=lambda finding: reading.findings.add(findings, finding),
    )
    endings: dict[int, str] = {}
    dialect, isa = _declared(header, reading.charset)
    segments = [isa, *_segments(cut, reading, header, endings)]
    reading.segments_left -= len(segments) - 1
    tree = group_segments(segments, dialect, reading.findings)
    if reading.charset != "latin-1":
        _note_charset(reading, tree.segments, findings)
    raw = reading.text[header.start : cut.content_end] + cut.tail
    reading.at = cut.end
    return Interchange(
        segments=tree.segments,
        groups=tree.groups,
        dialect=dialect,
        lead=lead,
        endings=endings,
        tail=cut.tail,
        raw=raw.encode("latin-1"),
        findings=tuple(findings) + tree.findings,
    )


def _segments(
    cut: Cut, reading: Reading, header: Header, endings: dict[int, str]
) -> Iterator[Segment]:
    """Yield each segment behind the header, one at a time, so that no line is kept beside it.

    What follows a segment where it is not what follows the others is put into ``endings``.
    """
    regular = header.dialect.terminator + header.dialect.line_end
    end = header.end
    for index, line in enumerate(cut.lines(), start=1):
        gap = reading.text[end : line.offset]
        if gap != regular:
            endings[index - 1] = _decode(gap, reading.charset)
        end = line.end
        yield _segment(line, index, header.dialect, reading.charset)


def _lead_findings(lead: str) -> list[Finding]:
    findings = []
    if lead.startswith(_BYTE_ORDER_MARK):
        findings.append(found(FindingCode.BYTE_ORDER_MARK))
        lead = lead.removeprefix(_BYTE_ORDER_MARK)
    if lead.strip(BLANKS):
        findings.append(found(FindingCode.JUNK, actual=lead.strip(BLANKS)))
    return findings


def _declared(header: Header, charset: str) -> tuple[Dialect, Segment]:
    """Return dialect and ISA in the declared character set."""
    plain = header.dialect
    dialect = Dialect(
        element=plain.element,
        component=plain.component,
        repetition=plain.repetition,
        terminator=_decode(plain.terminator, charset),
        line_end=plain.line_end,
        charset=charset,
    )
    isa = header.segment
    elements = tuple(_decode(element, charset) for element in isa.elements)
    return dialect, Segment("ISA", elements, offset=isa.offset, index=0)


def _segment(line: Line, index: int, dialect: Dialect, charset: str) -> Segment:
    tag, *elements = line.text.split(dialect.element)
    if charset != "latin-1":
        elements = [_decode(element, charset) for element in elements]
    return Segment(tag, tuple(elements), line.offset, index=index)


def _decode(text: str, charset: str) -> str:
    """Bytes that the declared set does not have survive as surrogates, so that nothing is lost."""
    return text.encode("latin-1").decode(charset, "surrogateescape")


def _note_charset(reading: Reading, segments: tuple[Segment, ...], findings: list[Finding]) -> None:
    for item in segments:
        for number, element in enumerate(item.elements, start=1):
            if any("\udc80" <= character <= "\udcff" for character in element):
                broken = found(FindingCode.CHARSET_BROKEN, item, number, expected=reading.charset)
                reading.findings.add(findings, broken)
