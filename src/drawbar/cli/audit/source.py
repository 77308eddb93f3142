"""Where rows come from: every table of the folder, whatever kind of file it stands in."""

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from msgspec import Struct

from drawbar.cli.audit import book_table, record_table, text_table
from drawbar.cli.audit.heading import kind_by_headings, sheet_of
from drawbar.cli.audit.row import Row, Sheet
from drawbar.cli.audit.setting import Columns
from drawbar.cli.audit.unread import Refused, UnreadList

BOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
RECORDS = frozenset({".json", ".ndjson", ".jsonl", ".yaml", ".yml"})

_WORDS = {
    "shipments": ("shipment", "load", "order"),
    "stops": ("stop",),
    "goods": ("good", "item", "freight line"),
    "events": ("event", "milestone", "status", "tracking", "214"),
    "approvals": ("approval", "receipt", "authorisation", "authorization", "accessorial"),
    "bills": ("bill", "invoice", "210"),
}
"""Parts of a name that say what is in a file; what comes later here wins, as in "load bills"."""


class Source(Struct, frozen=True, kw_only=True):
    """A file that holds a table. ``name`` is its path within the folder."""

    path: Path
    name: str
    kind: str


def rows(source: Source, columns: Columns, unread: UnreadList) -> Iterator[Row]:
    """Yield every row of a file; what cannot be read is noted and stops nothing else."""
    suffix = source.path.suffix.casefold()
    reader = _of_book if suffix in BOOKS else _of_records if suffix in RECORDS else _of_text
    try:
        yield from reader(source, columns, unread)
    except Refused as error:
        unread.add(source.name, "", error)


def kind_by_name(name: str) -> str:
    """Return what a file or a sheet is by its name, empty where the name says nothing."""
    words = "".join(mark if mark.isalnum() else " " for mark in name.casefold())
    kinds = [kind for kind, parts in _WORDS.items() if any(part in words for part in parts)]
    return kinds[-1] if kinds else ""


def _of_text(source: Source, columns: Columns, unread: UnreadList) -> Iterator[Row]:
    habits = columns.of_file(source.name)
    table = text_table.open_table(source.path, source.kind, habits)
    sheet = sheet_of(source.kind, source.name, table.headings, habits=habits, unread=unread)
    for place, cells in text_table.rows_of(table, source.name, unread):
        yield Row(sheet, place, cells)


def _of_book(source: Source, columns: Columns, unread: UnreadList) -> Iterator[Row]:
    habits = columns.of_file(source.name)
    for table in book_table.tables_in(source.path):
        kind = kind_by_name(table.sheet) or source.kind or kind_by_headings(table.headings)
        try:
            sheet = sheet_of(
                kind or _nameless(table.sheet),
                source.name,
                table.headings,
                habits=habits,
                unread=unread,
            )
            for place, cells in book_table.rows_of(table):
                yield Row(sheet, place, cells[: len(table.headings)])
        except Refused as error:
            unread.add(source.name, table.sheet, error)


def _of_records(source: Source, columns: Columns, unread: UnreadList) -> Iterator[Row]:
    """Yield records as rows; records with the same fields share what is known of their sheet."""
    habits = columns.of_file(source.name)
    sheets: dict[tuple[str, tuple[str, ...]], Sheet] = {}
    found = record_table.records_in(source.path, source.kind, unread, source.name)
    for kind, place, fields in found:
        headings = tuple(fields)
        try:
            sheet = sheets.get((kind, headings))
            if sheet is None:
                sheet = sheet_of(kind, source.name, headings, habits=habits, unread=unread)
                sheets[kind, headings] = sheet
            yield Row(sheet, place, tuple(fields.values()))
        except Refused as error:
            unread.add(source.name, place, error)


def _nameless(sheet: str) -> NoReturn:
    raise Refused(
        f"nothing says what is in the sheet {sheet!r}",
        remedy="Call it shipments, stops, goods, events, approvals or bills.",
    )
