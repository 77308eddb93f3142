"""Cuts the bytes of a flat file into records, and a delimited record into cells.

Every byte stays in one of the pieces. What is longer than any honest record is not looked into.
"""

import re
from collections import deque
from collections.abc import Iterator

from msgspec import Struct

from drawbar.connectors.flat.layout import Charset, Form, Layout, LineEnd

RECORD_BYTES_MAX = 100_000
QUOTED_LINES_MAX = 50

_ASCII_ENDS = re.compile(rb"\r\n|\n|\r")
_EBCDIC_ENDS = re.compile(rb"\r\x25|\x15|\x25|\r")
EBCDIC = frozenset({Charset.CP037, Charset.CP500})


class Piece(Struct, frozen=True, gc=False):
    """The bytes of a record with their end; ``size`` are those before the end."""

    raw: bytes
    offset: int
    number: int
    size: int

    @property
    def body(self) -> bytes:
        """Return the bytes without the end."""
        return self.raw[: self.size]


def pieces(data: bytes, layout: Layout) -> Iterator[Piece]:
    """Yield the records of a file, the last one also where its end is missing."""
    if layout.line_end is LineEnd.NONE:
        yield from _of_one_length(data, layout.record_length)
        return
    lines = _lines(data, _EBCDIC_ENDS if layout.charset in EBCDIC else _ASCII_ENDS)
    if layout.form is Form.DELIMITED and layout.quote:
        yield from _joined(lines, layout)
    else:
        yield from lines


def _of_one_length(data: bytes, length: int) -> Iterator[Piece]:
    for number, start in enumerate(range(0, len(data), length), start=1):
        raw = data[start : start + length]
        yield Piece(raw, start, number, len(raw))


def _lines(data: bytes, ends: re.Pattern[bytes]) -> Iterator[Piece]:
    start, number = 0, 1
    for end in ends.finditer(data):
        yield Piece(data[start : end.end()], start, number, end.start() - start)
        start, number = end.end(), number + 1
    if start < len(data):
        yield Piece(data[start:], start, number, len(data) - start)


def _joined(lines: Iterator[Piece], layout: Layout) -> Iterator[Piece]:
    """Join lines within a quoted cell; a quote that never closes spoils its own line only."""
    returned: deque[Piece] = deque()
    while (line := returned.popleft() if returned else next(lines, None)) is not None:
        held = [line]
        while _is_open(held, layout) and len(held) < QUOTED_LINES_MAX:
            more = returned.popleft() if returned else next(lines, None)
            if more is None:
                break
            held.append(more)
        if _is_open(held, layout):
            returned.extendleft(reversed(held[1:]))
            held = held[:1]
        yield _one(held)


def _is_open(waiting: list[Piece], layout: Layout) -> bool:
    body = _one(waiting).body
    if len(body) > RECORD_BYTES_MAX:
        return False
    text = body.decode(layout.charset.value, "replace")
    if layout.quote not in text:
        return False
    try:
        cells(text, layout.delimiter, layout.quote)
    except NeverClosed:
        return True
    except UnevenQuotes:
        return False
    return False


def _one(held: list[Piece]) -> Piece:
    if len(held) == 1:
        return held[0]
    raw = b"".join(one.raw for one in held)
    last = held[-1]
    return Piece(raw, held[0].offset, held[0].number, len(raw) - len(last.raw) + last.size)


class UnevenQuotes(ValueError):
    """A quote opens in a record and does not close before a delimiter."""


class NeverClosed(UnevenQuotes):
    """A quote opens and does not close at all; it may on the next line."""


def cells(text: str, delimiter: str, quote: str) -> list[tuple[int, str]]:
    """Return each cell of a record and where it begins. Raise ``UnevenQuotes``."""
    found: list[tuple[int, str]] = []
    at = 0
    while True:
        if quote and text.startswith(quote, at):
            end, cell = _quoted(text, at, delimiter, quote)
        else:
            end = text.find(delimiter, at)
            end = len(text) if end < 0 else end
            cell = text[at:end]
        found.append((at, cell))
        if end >= len(text):
            return found
        at = end + 1


def _quoted(text: str, start: int, delimiter: str, quote: str) -> tuple[int, str]:
    """Return where a quoted cell ends, and what it says."""
    parts: list[str] = []
    at = start + 1
    while True:
        end = text.find(quote, at)
        if end < 0:
            raise NeverClosed("a quote opens and never closes")
        parts.append(text[at:end])
        if not text.startswith(quote, end + 1):
            break
        parts.append(quote)
        at = end + 2
    if end + 1 < len(text) and not text.startswith(delimiter, end + 1):
        raise UnevenQuotes("text follows the closing quote")
    return end + 1, "".join(parts)
