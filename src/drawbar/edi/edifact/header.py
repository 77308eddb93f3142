"""Where an EDIFACT interchange begins, and which characters its partner separates things with.

The service string (UNA) is optional. Without it the separators are the standard's, unless the
header shows others.
"""

import re

from msgspec import Struct

from drawbar.edi.finding import Finding, FindingCode
from drawbar.edi.meaning import found
from drawbar.edi.segment import Dialect, Segment

_BLANKS = " \t\r\n"
LINE_END = re.compile(r"\r\n|\n|\r")
HEADER = re.compile(r"(?:UNA(?P<una>[^A-Za-z0-9]{4,24}))?(?P<tag>UNB)(?P<mark>[^A-Za-z0-9 \t\r\n])")
FOLLOWING = re.compile(
    r"(?:UNA[^A-Za-z0-9]{4,24})?UNB[^A-Za-z0-9 \t\r\n]|ISA[^A-Za-z0-9\s](?=[0-9 ])"
)
"""Where another interchange begins, also one of X12, though no trailer came before."""
_BARE = re.compile(
    r"(?:UNA(?P<una>[^A-Za-z0-9]{4,24}))?(?P<tag>UNG|UNH)(?P<mark>[^A-Za-z0-9 \t\r\n])"
)
_SYNTAX = re.compile(r"[A-Z]{3,4}([^A-Za-z0-9])([0-9])")
_LONGEST = 2_000  # how far behind the header its first message must begin to show a terminator
_PLAIN = Dialect(element="+", component=":", terminator="'", release="?", decimal=".,")
_CONTROL = Dialect(element="\x1d", component="\x1f", terminator="\x1c", decimal=".,")
"""Level B of syntax 1 to 3 without a service string. Source: ISO 9735, clause 5, restated."""


class Header(Struct, frozen=True, kw_only=True):
    """``start`` is where the UNB begins; ``lead`` what stood before, ``service`` the UNA in it."""

    start: int
    lead: str
    service: str
    tag: str
    dialect: Dialect
    findings: tuple[Finding, ...] = ()


def find_header(text: str, at: int, *, is_bare: bool = False) -> Header | None:
    """Return the next interchange. One without UNB is found only where no other is left.

    ``is_bare`` says that no UNB is left, so that nobody looks for one again.
    """
    match = None if is_bare else HEADER.search(text, at)
    match = match or _BARE.search(text, at)
    if match is None:
        return None
    start = match.start("tag")
    service = match["una"] or ""
    lead = text[at:start]
    findings = list(_service_findings(service, match["mark"], match.start()))
    dialect = _from_service(service, match["mark"]) if service else _shown(text, start)
    dialect = _by_syntax(text[start + 4 : start + 16], dialect, has_service=bool(service))
    if _clash(dialect):
        findings.append(found(FindingCode.DELIMITER_CLASH, actual=service or dialect.terminator))
    return Header(
        start=start,
        lead=lead,
        service=f"UNA{service}" if service else "",
        tag=match["tag"],
        dialect=_with_line_end(text, start, dialect),
        findings=tuple(findings),
    )


def _service_findings(service: str, mark: str, offset: int) -> list[Finding]:
    """Trust the element separator in use, whatever the service string says."""
    is_whole = len(service) >= 6 and not service[6:].strip(_BLANKS) and service[1] == mark
    if not service or is_whole:
        return []
    at = Segment("UNA", offset=offset)
    code = FindingCode.SERVICE_STRING_MALFORMED
    return [found(code, at, expected=f"six characters, {mark!r} the second", actual=service)]


def _from_service(service: str, mark: str) -> Dialect:
    """Read component, element, decimal, release, repetition, terminator; blank is not in use."""
    marks = service[:6]
    if len(marks) < 6 or service[6:].strip(_BLANKS):
        return _from_malformed(service, mark)
    return Dialect(
        component=marks[0],
        element=mark,
        decimal=marks[2] if marks[2] in ".," else ".,",
        release=marks[3].strip(_BLANKS),
        repetition=marks[4].strip(_BLANKS),
        terminator=_terminator(service),
    )


def _terminator(service: str) -> str:
    """Return the sixth character; a carriage return there goes with its line feed."""
    return "\r\n" if service[5:7] == "\r\n" else service[5]


def _from_malformed(service: str, mark: str) -> Dialect:
    marks = service.strip(_BLANKS)
    return Dialect(
        component=marks[:1] or ":",
        element=mark,
        decimal=marks[2:3] if marks[2:3] in {".", ","} else ".,",
        release=marks[3:4] if len(marks) > 4 else "",
        terminator=marks[-1:] or "'",
    )


def _shown(text: str, start: int) -> Dialect:
    """Return the separators that a header without service string shows."""
    mark = text[start + 3]
    if mark == _CONTROL.element:
        return _CONTROL
    syntax = _SYNTAX.match(text, start + 4)
    component = syntax[1] if syntax and syntax[1] != mark else _PLAIN.component
    opening = re.compile(rf"([^A-Za-z0-9 \t\r\n]?)([ \t\r\n]{{0,40}})UN[BGH](?={re.escape(mark)})")
    later = opening.search(text, start + 4, start + 4 + _LONGEST)
    terminator = _PLAIN.terminator
    if later and later[1] not in {terminator, mark, component}:
        line_end = LINE_END.search(later[2])
        terminator = line_end[0] if line_end else later[1] or terminator
    release = _PLAIN.release if _PLAIN.release not in {mark, component, terminator} else ""
    return Dialect(
        element=mark, component=component, terminator=terminator, release=release, decimal=".,"
    )


def _by_syntax(beginning: str, dialect: Dialect, *, has_service: bool) -> Dialect:
    """Before syntax 4 nothing is repeated, whatever the service string has in that place."""
    syntax = _SYNTAX.match(beginning)
    is_newer = bool(syntax) and syntax[2] >= "4" if syntax else False
    repetition = (dialect.repetition if has_service else "*") if is_newer else ""
    if repetition in {dialect.element, dialect.component, dialect.terminator, dialect.release}:
        repetition = ""
    return Dialect(
        element=dialect.element,
        component=dialect.component,
        repetition=repetition,
        terminator=dialect.terminator,
        release=dialect.release,
        decimal=".," if is_newer else dialect.decimal,
    )


def _clash(dialect: Dialect) -> bool:
    marks = [dialect.element, dialect.component, dialect.terminator, dialect.release]
    used = [mark for mark in marks if mark]
    return len(set(used)) < len(used)


def _with_line_end(text: str, start: int, dialect: Dialect) -> Dialect:
    """Find what follows the header's terminator, which is what follows the others."""
    at = text.find(dialect.terminator, start, start + _LONGEST)
    while at > 0 and dialect.release and text[at - 1] == dialect.release:
        at = text.find(dialect.terminator, at + 1, start + _LONGEST)
    behind = LINE_END.match(text, at + len(dialect.terminator)) if at > 0 else None
    return Dialect(
        element=dialect.element,
        component=dialect.component,
        repetition=dialect.repetition,
        terminator=dialect.terminator,
        line_end=behind[0] if behind and dialect.terminator.strip(_BLANKS) else "",
        release=dialect.release,
        decimal=dialect.decimal,
    )
