"""Both syntaxes by one door: X12 and EDIFACT are told apart by their headers."""

import re
from enum import StrEnum

from drawbar.edi import (
    Document,
    Finding,
    Interchange,
    TransactionSet,
    Typed,
    Unparsed,
    edifact,
)
from drawbar.edi import parse as parse_x12
from drawbar.edi import read as read_x12
from drawbar.edi import write as write_x12

_X12 = re.compile(rb"ISA[^A-Za-z0-9 \r\n]")
_EDIFACT = re.compile(rb"(?:UNA[^A-Za-z0-9]{4,24})?UNB[^A-Za-z0-9 \t\r\n]")
_BARE = re.compile(rb"UN[GH][^A-Za-z0-9 \t\r\n]")
LATIN = "latin-1"


class Standard(StrEnum):
    """The syntax that an interchange is written in."""

    X12 = "X12"
    EDIFACT = "EDIFACT"


def standard_of(data: bytes) -> Standard | None:
    """Return the standard of the first header in ``data``, None when it has none."""
    found = [
        (match.start(), standard)
        for standard, pattern in ((Standard.X12, _X12), (Standard.EDIFACT, _EDIFACT))
        if (match := pattern.search(data))
    ]
    if found:
        return min(found)[1]
    return Standard.EDIFACT if _BARE.search(data) else None


def read(data: bytes, standard: Standard, *, charset: str = "") -> Document:
    """Read interchanges of one standard; an empty ``charset`` is what the file itself declares."""
    if standard is Standard.X12:
        return read_x12(data, charset=charset or LATIN)
    return edifact.read(data, charset=charset)


def parse(
    item: TransactionSet, standard: Standard
) -> tuple[Typed | edifact.Typed | Unparsed, tuple[Finding, ...]]:
    """Return what a set says, and what is wrong with it by its definition."""
    return parse_x12(item) if standard is Standard.X12 else edifact.parse(item)


def write(written: Document | Interchange, standard: Standard) -> bytes:
    """Return the bytes; raise ``UnableToWrite`` where data would break them."""
    return write_x12(written) if standard is Standard.X12 else edifact.write(written)
