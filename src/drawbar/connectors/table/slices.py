"""A file in slices that are messages: line N of a slice is line N of the file.

Each slice begins with the heading, then has an empty line for every line before it. So a slice can
be read alone, and a place in it is the place in the file. A file of one slice is kept byte by byte.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from drawbar.connectors.digest import digest
from drawbar.connectors.table.heading import Heading, plain, read_heading
from drawbar.connectors.table.manifest import OrderTable, Table
from drawbar.connectors.table.record import Lines, Record, records, split_lines

SLICE_BYTES = 500_000


class Slice(Struct, frozen=True, kw_only=True):
    """Some lines of a file with its heading. ``records`` counts those that are not blank."""

    first_line: int
    last_line: int
    records: int
    size: int
    body: bytes

    def key(self, file_name: str) -> str:
        """Return what makes it the same message when the same file comes again."""
        lines = f"{self.first_line}-{self.last_line}"
        return f"{file_name[-80:]}:{lines}:{digest(self.body)}"


class TooManyLines(ValueError):
    """The file is longer than the limit. Cut it into several files with the same heading."""


def slices(
    blocks: Iterable[bytes], table: Table, *, bytes_max: int = SLICE_BYTES
) -> Iterator[Slice]:
    """Return the slices of a file, in order. Raise ``Unreadable`` or ``TooManyLines``."""
    layout = table.file
    lines = Lines(split_lines(blocks, bytes_max=layout.limits.line_bytes))
    heading = read_heading(lines, layout, wanted=table.columns)
    begun = _Begun(heading, lines.next_line)
    for record in records(lines, layout, heading.delimiter):
        if record.line > layout.limits.lines:
            raise TooManyLines(f"the file has more than {layout.limits.lines:,} lines")
        is_full = begun.size and begun.size + len(record.raw) > bytes_max
        if is_full and begun.may_end_before(record, table):
            yield begun.ended()
            begun = _Begun(heading, record.line)
        begun.add(record)
    if begun.records or begun.first_line == heading.lines + 1:
        yield begun.ended()


class _Begun:
    """A slice that is being filled."""

    def __init__(self, heading: Heading, first_line: int) -> None:
        self.heading, self.first_line = heading, first_line
        self.size = self.records = 0
        self._parts: list[bytes] = []
        self._newest: Record | None = None

    def add(self, record: Record) -> None:
        self._parts.append(record.raw)
        self.size += len(record.raw)
        if not record.is_blank:
            self.records += 1
            self._newest = record

    def may_end_before(self, record: Record, table: Table) -> bool:
        """Say whether ``record`` begins something new: lines of one order stay together."""
        if not isinstance(table, OrderTable):
            return True
        at = self.heading.places[plain(table.order_ref.column)]
        newest = self._newest.cells if self._newest else ()
        return newest[at : at + 1] != record.cells[at : at + 1]

    def ended(self) -> Slice:
        lines = b"".join(self._parts)
        return Slice(
            first_line=self.first_line,
            last_line=self.first_line + max(len(lines.splitlines()) - 1, 0),
            records=self.records,
            size=self.size,
            body=self._head() + lines,
        )

    def _head(self) -> bytes:
        if self.first_line == self.heading.lines + 1:
            return self.heading.raw
        own_lines = self.heading.raw.rstrip(b"\r\n")
        return own_lines + b"\n" * (self.first_line - self.heading.lines)
