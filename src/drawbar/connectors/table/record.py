"""The lines of a table as their writer meant them: where each begins, its bytes, its cells.

A line that cannot be read is a fault of its own; reading goes on with the line after it.
"""

import csv
from collections import deque
from collections.abc import Iterable, Iterator

from msgspec import Struct

from drawbar.connectors.table.layout import Layout


class Fault(Struct, frozen=True, kw_only=True):
    """Why a line cannot be parted into cells. ``column`` counts from 1, 0 where none is meant."""

    cause: str
    text: str
    remedy: str
    column: int = 0


class Record(Struct, frozen=True):
    """One line of the table; ``line`` counts the file's lines from 1, as an editor shows them."""

    line: int
    raw: bytes
    cells: tuple[str, ...] = ()
    fault: Fault | None = None

    @property
    def is_blank(self) -> bool:
        """Return whether nothing stands on the line, at most delimiters."""
        return self.fault is None and not any(cell.strip() for cell in self.cells)


class _Faulty(ValueError):
    def __init__(self, cause: str, text: str, remedy: str, *, column: int = 0) -> None:
        super().__init__(text)
        self.fault = Fault(cause=cause, text=text, remedy=remedy, column=column)


class Lines:
    """The file's lines with their line ends, counted; lines taken too early can be given back."""

    def __init__(self, lines: Iterable[bytes], *, first: int = 1) -> None:
        """Begin before line ``first``."""
        self._coming = iter(lines)
        self._returned: deque[bytes] = deque()
        self.next_line = first

    def take(self) -> bytes | None:
        """Return the next line, None at the end."""
        line = self._returned.popleft() if self._returned else next(self._coming, None)
        self.next_line += line is not None
        return line

    def give_back(self, lines: list[bytes]) -> None:
        """Put lines back, in their order."""
        self._returned.extendleft(reversed(lines))
        self.next_line -= len(lines)


def split_lines(blocks: Iterable[bytes], *, bytes_max: int) -> Iterator[bytes]:
    """Return lines with their ends, whatever the blocks. An overlong one loses what is too much."""
    left = b""
    for block in blocks:
        lines = (left + block).splitlines(keepends=True)
        left = lines.pop() if lines and not lines[-1].endswith(b"\n") else b""
        left = left[: bytes_max + 1]
        yield from (_cut(line, bytes_max) for line in lines)
    yield from (_cut(line, bytes_max) for line in left.splitlines(keepends=True))


def records(lines: Lines, layout: Layout, delimiter: str) -> Iterator[Record]:
    """Return every line of the table that is left, in order, blank ones too."""
    while (raw := lines.take()) is not None:
        line = lines.next_line - 1
        taken = [raw]
        try:
            cells = _cells(taken, lines, layout, delimiter)
        except _Faulty as error:
            lines.give_back(taken[1:])
            yield Record(line, raw, fault=error.fault)
        else:
            yield Record(line, b"".join(taken), tuple(cells))


def _cells(taken: list[bytes], lines: Lines, layout: Layout, delimiter: str) -> list[str]:
    text = _text(taken[0], layout)
    body = text.rstrip("\r\n")
    if not layout.quote or layout.quote not in body:
        return _bounded(body.split(delimiter), layout)
    whole = _whole(body, delimiter, layout.quote)
    if whole is not None:
        return _bounded(whole, layout)
    cells = _Cells(delimiter, layout.quote)
    cells.feed(text)
    while cells.is_open:
        more = lines.take() if len(taken) < layout.limits.quoted_lines else None
        if more is None:
            raise _never_closed(cells)
        taken.append(more)
        cells.feed(_text(more, layout))
    return _bounded(cells.done, layout)


def _whole(body: str, delimiter: str, quote: str) -> list[str] | None:
    """Return the cells of a line whose quotes all close on it, None for one that needs care."""
    try:
        return next(csv.reader((body,), delimiter=delimiter, quotechar=quote, strict=True))
    except csv.Error:
        return None


class _Cells:
    """Parts quoted text into cells; a quote counts only at the beginning of a cell."""

    def __init__(self, delimiter: str, quote: str) -> None:
        self._delimiter, self._quote = delimiter, quote
        self._open: list[str] | None = None
        self.done: list[str] = []

    @property
    def is_open(self) -> bool:
        return self._open is not None

    def feed(self, text: str) -> None:
        """Read one more line of the file."""
        body = text.rstrip("\r\n")
        at: int | None = 0
        while at is not None:
            at = self._plain(body, at) if self._open is None else self._quoted(text, body, at)

    def _plain(self, body: str, at: int) -> int | None:
        if body.startswith(self._quote, at):
            self._open = []
            return at + 1
        end = body.find(self._delimiter, at)
        if end < 0:
            self.done.append(body[at:])
            return None
        self.done.append(body[at:end])
        return end + 1

    def _quoted(self, text: str, body: str, at: int) -> int | None:
        assert self._open is not None
        end = body.find(self._quote, at)
        if end < 0:
            self._open.append(text[at:])
            return None
        if body.startswith(self._quote, end + 1):  # a doubled quote is a quote
            self._open.append(body[at : end + 1])
            return end + 2
        self._open.append(body[at:end])
        return self._closed(body, end + 1)

    def _closed(self, body: str, at: int) -> int | None:
        assert self._open is not None
        if at < len(body) and not body.startswith(self._delimiter, at):
            raise _Faulty(
                "text_after_quote",
                f"text follows the closing quote: {body[at : at + 20]!r}",
                "Double the quotes inside a quoted cell, or drop the quotes around it.",
                column=len(self.done) + 1,
            )
        self.done.append("".join(self._open))
        self._open = None
        return at + 1 if at < len(body) else None


def _text(raw: bytes, layout: Layout) -> str:
    if len(raw.rstrip(b"\r\n")) > layout.limits.line_bytes:
        text = f"the line is longer than {layout.limits.line_bytes:,} bytes"
        raise _Faulty("line_too_long", text, "Check that the file has line ends.")
    if b"\0" in raw:
        text = "the line holds NUL bytes, which no text has"
        raise _Faulty("nul", text, "Export the file again as text (CSV), encoded as UTF-8.")
    for encoding in layout.encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _repaired(text, layout.repairs)
    tried = " or ".join(layout.encodings)
    raise _Faulty(
        "encoding", f"the line is not written in {tried}", "Name its encoding in the mapping."
    )


def _repaired(text: str, repairs: dict[str, str]) -> str:
    for spoilt, meant in repairs.items():
        if spoilt in text:
            text = text.replace(spoilt, meant)
    return text


def _bounded(cells: list[str], layout: Layout) -> list[str]:
    limits = layout.limits
    if len(cells) > limits.columns:
        text = f"the line has {len(cells):,} cells, more than {limits.columns:,}"
        raise _Faulty("too_many_columns", text, "Check the delimiter that the mapping names.")
    for column, cell in enumerate(cells, start=1):
        if len(cell) > limits.cell_chars:
            text = f"a cell is longer than {limits.cell_chars:,} characters"
            remedy = "Shorten it, or look for a quote that is missing before it."
            raise _Faulty("cell_too_long", text, remedy, column=column)
    return cells


def _never_closed(cells: _Cells) -> _Faulty:
    return _Faulty(
        "quote_never_closed",
        "a quote opens here and is never closed",
        "Close the quote, or double it if it belongs to the text.",
        column=len(cells.done) + 1,
    )


def _cut(line: bytes, bytes_max: int) -> bytes:
    body = line.rstrip(b"\r\n")
    return line if len(body) <= bytes_max else body[: bytes_max + 1] + line[len(body) :]
