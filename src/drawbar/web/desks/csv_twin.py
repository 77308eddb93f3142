"""The twin of a list for a spreadsheet: every row, however many, with typed names in its head.

No text of a partner becomes a formula when somebody opens it.
"""

import csv
import io
from collections.abc import AsyncIterator, Generator, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import anyio.to_thread
from litestar.response import Stream
from msgspec import Struct

from drawbar.freight.instant import utc

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
_ROWS_AT_ONCE = 500
_INTEGERS = frozenset({"revision", "version", "attempts", "facts", "times", "shipments", "number"})
_AMOUNTS = frozenset(
    {
        "cost",
        "revenue",
        "billed",
        "payable",
        "disputed",
        "amount",
        "paid",
        "total",
        "contested",
        "unbilled",
        "leaked",
        "open",
    }
)


class Named(Struct, frozen=True):
    """A column of the file: its name, and what its values are."""

    name: str
    kind: str = "text"


def named(name: str) -> Named:
    """Return a column of ours with what its values are, as its name tells."""
    if name in _AMOUNTS:
        return Named(name, "decimal")
    if name in _INTEGERS or name.endswith("_id"):
        return Named(name, "integer")
    for ending, kind in (("_at", "utc"), ("_on", "date")):
        if name.endswith(ending):
            return Named(name, kind)
    return Named(name)


def csv_twin(name: str, columns: Sequence[Named], rows: Iterable[Mapping[str, Any]]) -> Stream:
    """Return the rows as a file that is written while it is read: memory holds a few only."""
    return Stream(
        _sent(csv_bytes(columns, rows)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


async def _sent(pieces: Generator[bytes, None, None]) -> AsyncIterator[bytes]:
    """Yield each piece once it is made in a thread; whoever goes away early leaves nothing open."""
    try:
        while (piece := await anyio.to_thread.run_sync(next, pieces, None)) is not None:
            yield piece
    finally:
        pieces.close()


def csv_bytes(
    columns: Sequence[Named], rows: Iterable[Mapping[str, Any]]
) -> Generator[bytes, None, None]:
    """Yield the file piece by piece, its head first, as in RFC 4180."""
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(f"{column.name}:{column.kind}" for column in columns)
    for number, row in enumerate(rows):
        writer.writerow(safe(row[column.name]) for column in columns)
        if number % _ROWS_AT_ONCE == _ROWS_AT_ONCE - 1:
            yield _taken(page)
    yield _taken(page)


def safe(value: Any) -> str:
    """Return a value as a spreadsheet may have it: a text that looks like a formula is quoted."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal() | int():
            return f"{value:f}" if isinstance(value, Decimal) else str(value)
        case datetime():
            return f"{utc(value):%Y-%m-%dT%H:%M:%SZ}"
        case date():
            return value.isoformat()
        case _:
            told = str(value)
            return f"'{told}" if told.startswith(_FORMULAS) else told


def _taken(page: io.StringIO) -> bytes:
    told = page.getvalue().encode()
    page.seek(0)
    page.truncate()
    return told
