"""Read a partner's EDIFACT file: every interchange in it, and everything odd about it.

Never raises on data, never guesses, never reads more than its limits; time grows with size only.
"""

from collections.abc import Iterator

from msgspec import Struct

from drawbar.edi.component import component
from drawbar.edi.document import Document, Interchange
from drawbar.edi.edifact.charset import charset_findings, charset_of
from drawbar.edi.edifact.cut import BLANKS, Cut
from drawbar.edi.edifact.envelope import group_segments
from drawbar.edi.edifact.header import Header, find_header
from drawbar.edi.finding import Finding, FindingCode
from drawbar.edi.limit import Findings, Limits
from drawbar.edi.meaning import found
from drawbar.edi.other_standard import other_standard
from drawbar.edi.segment import Dialect, Segment

_BYTE_ORDER_MARK = "\xef\xbb\xbf"


class Reading(Struct):
    """What is left to read, and how much of it we still may."""

    text: str
    limits: Limits
    findings: Findings
    charset: str
    segments_left: int
    at: int = 0
    count: int = 0
    is_bare: bool = False
    is_stopped: bool = False


def read(data: bytes, *, charset: str = "", limits: Limits | None = None) -> Document:
    """Return every interchange in ``data``, with findings instead of errors.

    ``charset`` is what the partner's profile declares; when empty, UNB01 does. Bytes outside of it
    are read as what they are, kept, and reported.
    """
    reading, outside = _begin(data, charset, limits or Limits())
    interchanges = tuple(_interchanges(reading, outside))
    rest = reading.text[reading.at :]
    if not interchanges:
        reading.findings.add(outside, found(FindingCode.NO_INTERCHANGE, actual=rest[:40]))
    elif rest.strip(BLANKS) and not reading.is_stopped:
        reading.findings.add(outside, found(FindingCode.JUNK, actual=rest.strip(BLANKS)[:80]))
    for finding in () if reading.is_stopped else other_standard(rest, reading.at):
        reading.findings.add(outside, finding)
    return Document(interchanges=interchanges, findings=tuple(outside), tail=rest.encode("latin-1"))


def stream(
    data: bytes, *, charset: str = "", limits: Limits | None = None
) -> Iterator[Interchange]:
    """Yield one interchange after the other, so that only one is held; see ``read``.

    What stands behind the last interchange, and what would be said of the whole file, is not told.
    """
    reading, outside = _begin(data, charset, limits or Limits())
    return _interchanges(reading, outside)


def _begin(data: bytes, charset: str, limits: Limits) -> tuple[Reading, list[Finding]]:
    text = data[: limits.bytes_max].decode("latin-1")
    findings = Findings(limits.findings_max)
    outside: list[Finding] = []
    if len(data) > limits.bytes_max:
        findings.add(outside, found(FindingCode.LIMIT_REACHED, actual="bytes"))
    return Reading(text, limits, findings, charset, limits.segments_max), outside


def _interchanges(reading: Reading, outside: list[Finding]) -> Iterator[Interchange]:
    while header := find_header(reading.text, reading.at, is_bare=reading.is_bare):
        reading.is_bare = header.tag != "UNB"
        reading.count += 1
        if reading.count > reading.limits.interchanges_max or reading.segments_left <= 0:
            reading.findings.add(outside, found(FindingCode.LIMIT_REACHED, actual="interchanges"))
            reading.is_stopped = True
            return
        yield read_interchange(reading, header)


def read_interchange(reading: Reading, header: Header) -> Interchange:
    """Return the interchange that begins at ``header``, and go on behind it."""
    findings: list[Finding] = []

    def note(finding: Finding) -> None:
        reading.findings.add(findings, finding)

    for finding in (*_lead_findings(header), *header.findings):
        note(finding)
    cut = Cut(reading.text, header, reading.limits, noting=note)
    endings: dict[int, str] = {}
    plain = _segments(cut, reading, header.dialect, endings)
    reading.segments_left -= len(plain)
    raw = reading.text[header.start : cut.end]
    tail = reading.text[cut.content_end : cut.end]
    identifier = component(plain[0], 1, 1, header.dialect)
    charset = charset_of(raw, identifier=identifier, declared=reading.charset)
    dialect = _declared(header.dialect, charset)
    segments = [_decoded(item, charset) for item in plain] if _is_foreign(raw, charset) else plain
    tree = group_segments(segments, dialect, reading.findings)
    for finding in charset_findings(
        tree.segments, identifier=identifier, declared=reading.charset, actual=charset
    ):
        note(finding)
    reading.at = cut.end
    return Interchange(
        segments=tree.segments,
        groups=tree.groups,
        dialect=dialect,
        lead=header.lead,
        endings={index: _decode(gap, charset) for index, gap in endings.items()},
        wraps={index: _decode(text, charset) for index, text in cut.wraps.items()},
        tail=tail,
        raw=(header.service + raw).encode("latin-1"),
        findings=tuple(findings) + tree.findings,
    )


def _segments(
    cut: Cut, reading: Reading, dialect: Dialect, endings: dict[int, str]
) -> list[Segment]:
    """Return each segment. What follows one where it is not what follows the others is kept."""
    regular = dialect.terminator + dialect.line_end
    segments: list[Segment] = []
    end = 0
    for item, content_end in cut.segments(reading.segments_left):
        if segments and (gap := reading.text[end : item.offset]) != regular:
            endings[len(segments) - 1] = gap
        segments.append(item)
        end = content_end
    return segments


def _lead_findings(header: Header) -> list[Finding]:
    findings = []
    lead = header.lead.removesuffix(header.service)
    if lead.startswith(_BYTE_ORDER_MARK):
        findings.append(found(FindingCode.BYTE_ORDER_MARK))
        lead = lead.removeprefix(_BYTE_ORDER_MARK)
    if lead.strip(BLANKS):
        findings.append(found(FindingCode.JUNK, actual=lead.strip(BLANKS)))
    return findings


def _is_foreign(raw: str, charset: str) -> bool:
    return charset != "latin-1" and not raw.isascii()


def _declared(plain: Dialect, charset: str) -> Dialect:
    """Return the separators in the declared character set, as they stand in its segments."""
    return Dialect(
        element=_decode(plain.element, charset),
        component=_decode(plain.component, charset),
        repetition=_decode(plain.repetition, charset),
        terminator=_decode(plain.terminator, charset),
        line_end=plain.line_end,
        charset=charset,
        release=_decode(plain.release, charset),
        decimal=plain.decimal,
    )


def _decoded(item: Segment, charset: str) -> Segment:
    elements = tuple(_decode(element, charset) for element in item.elements)
    tag = _decode(item.tag, charset)
    return Segment(tag, elements, item.offset, item.position, item.index)


def _decode(text: str, charset: str) -> str:
    """Bytes that the set does not have survive as surrogates, so that nothing is lost."""
    if charset == "latin-1" or text.isascii():
        return text
    return text.encode("latin-1").decode(charset, "surrogateescape")
