"""Which character set an interchange declares, and which its bytes are really in."""

import re
from collections.abc import Iterator

from drawbar.edi.finding import Finding, FindingCode
from drawbar.edi.meaning import found
from drawbar.edi.segment import Segment

CHARSETS = {
    "UNOA": "ascii",
    "UNOB": "ascii",
    "UNOC": "latin-1",
    "UNOD": "iso8859-2",
    "UNOE": "iso8859-5",
    "UNOF": "iso8859-7",
    "UNOG": "iso8859-3",
    "UNOH": "iso8859-4",
    "UNOI": "iso8859-6",
    "UNOJ": "iso8859-8",
    "UNOK": "iso8859-9",
    "UNOL": "iso8859-15",
    "UNOW": "utf-8",
    "UNOX": "latin-1",
    "UNOY": "utf-8",
}
"""Syntax identifier -> charset. UNOX switches sets by escape sequences; its bytes are kept as they
are. Source: ISO 9735 syntax versions 1 to 4, code list 0001, restated."""

_HIGH = re.compile("[\x80-\uffff]")
_SMALL = re.compile("[a-z]")


def charset_of(text: str, *, identifier: str, declared: str) -> str:
    """Return the character set to read ``text`` in: the declared one if its bytes allow that.

    ``text`` holds one byte in each character. ``declared`` is the profile's and may be empty. What
    a header calls 8-bit text and is UTF-8 throughout is read as UTF-8, which writes the same bytes;
    only the profile, who knows the partner, can say that it is not.
    """
    charset = declared or CHARSETS.get(identifier, "latin-1")
    if text.isascii():
        return "latin-1" if charset == "ascii" else charset
    if declared and charset != "ascii" and _fits(text, charset):
        return charset
    is_unicode = _fits(text, "utf-8")
    if charset == "utf-8" or not is_unicode:
        fits = _fits(text, charset)
        return charset if fits and charset != "ascii" else "latin-1"
    return "utf-8"


def _fits(text: str, charset: str) -> bool:
    try:
        text.encode("latin-1").decode(charset)
    except UnicodeDecodeError:
        return False
    return True


def charset_findings(
    segments: tuple[Segment, ...], *, identifier: str, declared: str, actual: str
) -> Iterator[Finding]:
    """Yield where the bytes are not of the declared set: the first element of each segment."""
    stated = declared or CHARSETS.get(identifier, "")
    header = segments[0]
    if not stated and header.tag == "UNB":
        yield found(FindingCode.CHARSET_UNKNOWN, header, 1, component=1, actual=identifier)
    if identifier == "UNOA" and not declared:
        yield from _small_letters(segments)
    if stated and stated not in {actual, "latin-1" if actual == "ascii" else ""}:
        expected = declared or identifier
        for item in segments:
            number = next((n for n, each in enumerate(item.elements, 1) if _HIGH.search(each)), 0)
            if number:
                code = FindingCode.CHARSET_BROKEN
                yield found(code, item, number, expected=expected, actual=actual)


def _small_letters(segments: tuple[Segment, ...]) -> Iterator[Finding]:
    """Name the first of them; a file that has one has many."""
    for item in segments:
        for number, element in enumerate(item.elements, start=1):
            if _SMALL.search(element):
                yield found(FindingCode.CHARSET_LOWER_CASE, item, number, actual=element)
                return
