"""Sheets: rows that go into tables many at a time, the fastest way Postgres has for so many.

Many go by COPY. A few go by one INSERT, and those of several tables gathered together in one
statement: what a small batch costs is the number of statements, not the number of rows.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from msgspec import Struct
from msgspec.json import Encoder
from psycopg import Connection, Cursor, RawCursor
from psycopg.types.json import Jsonb

Row = tuple[Any, ...]
Rows = Cursor[Row]

FEW = 60
"""Up to so many rows of one table an INSERT is quicker than a COPY; measured on one machine."""


class Sheet(Struct, frozen=True):
    """A table as rows are appended to it: ``columns`` by name, with the type of each."""

    table: str
    columns: dict[str, str]

    def append(self, cursor: Rows, rows: Iterable[Sequence[Any]]) -> None:
        """Append ``rows``, values in the order of ``columns``; no rows cost nothing."""
        leaf = Leaf(self, list(rows))
        if not leaf.rows:
            return
        sheaf = _sheaves.get(cursor.connection)
        if sheaf is not None:
            sheaf.append(leaf)
        elif len(leaf.rows) <= FEW:
            _insert(cursor, [leaf])
        else:
            _copy(cursor, leaf)


class Leaf(NamedTuple):
    """Rows on their way to a table."""

    sheet: Sheet
    rows: list[Sequence[Any]]


_sheaves: WeakKeyDictionary[Connection[Row], list[Leaf]] = WeakKeyDictionary()
"""What is gathered on a connection. A connection is used by one thread at a time."""


@contextmanager
def pipelined(cursor: Rows) -> Iterator[None]:
    """Send the statements within together; their answers are awaited where they are read.

    A statement whose answer is read later, or never, belongs ``aside``.
    """
    with cursor.connection.pipeline():
        yield


@contextmanager
def gathered(cursor: Rows, *, rows: int) -> Iterator[None]:
    """Send what is written within together, where that is about few ``rows`` of a table.

    What is appended within is on file at the end, not before. Nothing is read back within.
    """
    if rows > FEW:
        yield
        return
    leaves = _sheaves[cursor.connection] = []
    try:
        with pipelined(cursor):
            yield
            if leaves:
                _insert(cursor, leaves)
    finally:
        del _sheaves[cursor.connection]


def aside(cursor: Rows) -> Rows:
    """Return a cursor of its own, so that an answer still to come meets no other statement."""
    return cursor.connection.cursor(binary=True)


def numbered(cursor: Rows) -> Rows:
    """Return a cursor aside for statements of ours with $1, $2, … in place of names."""
    return RawCursor(cursor.connection)


def typed(types: Iterable[str], *, first: int = 1) -> list[str]:
    """Return a numbered placeholder for each of ``types`` that says it."""
    return [f"${number}::{of}" for number, of in enumerate(types, first)]


def plain(values: Iterable[Any]) -> list[Any]:
    """Return ``values`` as text without a type, null and bytes apart.

    With types of their own, each mixture of nulls and sizes would be a statement of its own.
    """
    return [one if one is None or isinstance(one, bytes) else str(one) for one in values]


def _insert(cursor: Rows, leaves: Sequence[Leaf]) -> None:
    """Append all in one statement, each table by one INSERT."""
    sheets = tuple((one.sheet.table, tuple(one.sheet.columns.items())) for one in leaves)
    documents = [_document(tuple(leaf.sheet.columns), leaf.rows) for leaf in leaves]
    numbered(cursor).execute(_inserts(sheets), documents)


def _document(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return rows as JSON, bytes in base 64."""
    return _encode([dict(zip(names, row, strict=True)) for row in rows]).decode()


def _inside(value: Any) -> Any:
    assert isinstance(value, Jsonb), f"no row holds a {type(value).__name__}"
    return value.obj


_encode = Encoder(enc_hook=_inside).encode


@cache
def _inserts(sheets: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> bytes:
    parts = [
        f"{_rows_into(table, columns)} FROM {_read(columns, number)}"
        for number, (table, columns) in enumerate(sheets, 1)
    ]
    first = ", ".join(f"part_{at} AS ({part})" for at, part in enumerate(parts[:-1]))
    return (f"WITH {first} {parts[-1]}" if first else parts[-1]).encode()


def _rows_into(table: str, columns: tuple[tuple[str, str], ...]) -> str:
    values = ", ".join(
        f"decode(\"{name}\", 'base64')" if of == "bytea" else f'"{name}"' for name, of in columns
    )
    return f"INSERT INTO {table} ({_names(columns)}) SELECT {values}"


def _read(columns: tuple[tuple[str, str], ...], number: int) -> str:
    types = ", ".join(f'"{name}" {"text" if of == "bytea" else of}' for name, of in columns)
    return f"json_to_recordset(${number}::json) AS ({types})"


def _copy(cursor: Rows, leaf: Leaf) -> None:
    columns = tuple(leaf.sheet.columns.items())
    statement = f"COPY {leaf.sheet.table} ({_names(columns)}) FROM STDIN (FORMAT BINARY)"
    with cursor.copy(statement.encode()) as copy:
        copy.set_types([of for _, of in columns])
        for row in leaf.rows:
            copy.write_row(row)


def _names(columns: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f'"{name}"' for name, _ in columns)
