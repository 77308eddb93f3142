"""A table as text: comma, semicolon, tab or bar between cells, line by line, never at once."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, structs

from drawbar.cli.audit.heading import fit
from drawbar.cli.audit.setting import Habits
from drawbar.cli.audit.unread import Refused, UnreadList
from drawbar.connectors.table.layout import Encoding, Layout, Limits
from drawbar.connectors.table.record import Lines, Record, records, split_lines

DELIMITERS = (",", ";", "\t", "|")
BLOCK_BYTES = 1 << 20
LIMITS = Limits()
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class TextTable(Struct, frozen=True, kw_only=True):
    """A table with its headings; ``lines`` are what follows them."""

    headings: tuple[str, ...]
    lines: Lines
    layout: Layout
    delimiter: str


def open_table(path: Path, kind: str, habits: Habits) -> TextTable:
    """Return a table, its headings read. Raise ``Refused`` for what is no table."""
    lines = Lines(split_lines(_blocks(path), bytes_max=LIMITS.line_bytes))
    layout = Layout(encodings=_encodings(habits))
    first = _first(lines, layout)
    tried = {delimiter: _headings(first, layout, delimiter) for delimiter in DELIMITERS}
    best = max(tried, key=lambda one: (fit(kind, tried[one], habits), len(tried[one])))
    return TextTable(headings=tried[best], lines=lines, layout=layout, delimiter=best)


def rows_of(
    table: TextTable, file: str, unread: UnreadList
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield place and cells of every row that is not blank; a row that is broken is noted."""
    has_odd_letters = False
    for record in records(table.lines, table.layout, table.delimiter):
        place = f"row {record.line}"
        if record.fault is not None:
            fault = record.fault
            error = Refused(fault.text, remedy=fault.remedy, cause=fault.cause)
            unread.add(file, place, error)
        elif not record.is_blank:
            if not has_odd_letters and not record.raw.isascii():
                has_odd_letters = _note_letters(table, record, file, place, unread)
            yield place, record.cells


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        start = file.read(BLOCK_BYTES)
        _refuse_other_kinds(start)
        yield start.removeprefix(_BYTE_ORDER_MARK)
        while block := file.read(BLOCK_BYTES):
            yield block


def _refuse_other_kinds(start: bytes) -> None:
    if start[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise Refused("the file is UTF-16 text", remedy="Save it as CSV UTF-8.")
    if start[:4] in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"}:
        raise Refused("the file is no text", remedy="Give it its right ending, such as .xlsx.")
    if b"\0" in start:
        raise Refused("the file holds NUL bytes, which no text has", remedy="Save it as CSV UTF-8.")


def _encodings(habits: Habits) -> tuple[Encoding, ...]:
    return (habits.encoding,) if habits.encoding else (Encoding.UTF_8, Encoding.WINDOWS_1252)


def _first(lines: Lines, layout: Layout) -> list[bytes]:
    """Take the heading off ``lines``: the first line that is not blank."""
    while (raw := lines.take()) is not None:
        if raw.strip():
            lines.give_back([raw])
            probe = structs.replace(layout)
            record = next(records(lines, probe, ","), None)
            assert record is not None
            if record.fault is not None:
                raise Refused(record.fault.text, remedy=record.fault.remedy)
            return [record.raw]
    raise Refused("the file is empty", remedy="Put a line of headings and rows into it.")


def _headings(first: list[bytes], layout: Layout, delimiter: str) -> tuple[str, ...]:
    record = next(records(Lines(first), layout, delimiter), Record(0, b""))
    return tuple(cell.strip() for cell in record.cells)


def _note_letters(
    table: TextTable, record: Record, file: str, place: str, unread: UnreadList
) -> bool:
    try:
        record.raw.decode("utf-8")
    except UnicodeDecodeError:
        if table.layout.encodings[0] is Encoding.UTF_8:
            error = Refused(
                "it is not UTF-8; its letters are read as Windows-1252",
                remedy="Save it as CSV UTF-8, or say encoding: windows-1252 in columns.yaml.",
            )
            unread.note(file, place, error)
            return True
    return False
