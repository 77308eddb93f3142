"""The boards: one list per kind of stream, filtered by its columns, a page at a time; one state."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct
from psycopg import sql

from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.codec import state_decoder
from drawbar.records.sheet import Rows
from drawbar.records.streams import BOARDS, TABLES

PAGE = 100
_LIST = (
    "SELECT ref, version, changed_at, {} FROM {} WHERE ref > %(after)s {}"
    " ORDER BY ref LIMIT %(limit)s"
)


class NoSuchColumn(ValueError):
    """A list is filtered by something that its board does not show. Choose one of its columns."""


class BoardRow(Struct, frozen=True):
    """One stream as its board shows it."""

    stream: StreamKey
    version: int
    changed_at: datetime
    columns: dict[str, Any]


def list_streams(
    cursor: Rows,
    kind: StreamKind,
    *,
    where: Mapping[str, object] | None = None,
    after: str = "",
    limit: int = PAGE,
) -> list[BoardRow]:
    """Return streams whose columns equal ``where``, by reference, beginning after ``after``.

    The last reference of a page is where the next one begins. Raise ``NoSuchColumn``.
    """
    where = where or {}
    board = BOARDS[kind]
    if not where.keys() <= board.keys():
        raise NoSuchColumn(
            f"{TABLES[kind]} has no {', '.join(sorted(where.keys() - board.keys()))}"
        )
    rows = cursor.execute(_statement(kind, tuple(where)), {**where, "after": after, "limit": limit})
    return [
        BoardRow(StreamKey(kind, ref), version, changed_at, dict(zip(board, values, strict=True)))
        for ref, version, changed_at, *values in rows
    ]


def state_of(cursor: Rows, key: StreamKey, *, of: Any) -> Any:
    """Return the state of a stream, decoded into ``of``; None where there is no such stream."""
    query = sql.SQL("SELECT body FROM {} WHERE ref = %s").format(sql.Identifier(TABLES[key.kind]))
    row = cursor.execute(query, [key.ref]).fetchone()
    return None if row is None else state_decoder(of).decode(bytes(row[0]))


def _statement(kind: StreamKind, where: tuple[str, ...]) -> sql.Composed:
    conditions = [
        sql.SQL("AND {} = {}").format(sql.Identifier(column), sql.Placeholder(column))
        for column in where
    ]
    return sql.SQL(_LIST).format(
        sql.SQL(", ").join(map(sql.Identifier, BOARDS[kind])),
        sql.Identifier(TABLES[kind]),
        sql.SQL(" ").join(conditions),
    )
