"""Streams on file: their states, locked in one order by all, and the board of the desks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from msgspec import Struct
from psycopg import sql

from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.sheet import Rows, Sheet

_FIXED = {"ref": "text", "version": "int8", "changed_at": "timestamptz", "body": "bytea"}
BOARDS: Mapping[StreamKind, dict[str, str]] = {
    StreamKind.CUSTOMER: {"exposure": "numeric", "currency": "text", "held": "int4"},
    StreamKind.ORDER: {
        "status": "text",
        "customer_ref": "text",
        "revision": "int4",
        "released_at": "timestamptz",
    },
    StreamKind.SHIPMENT: {
        "status": "text",
        "customer_ref": "text",
        "carrier_ref": "text",
        "order_ref": "text",
        "origin": "text",
        "destination": "text",
        "pickup_due_at": "timestamptz",
        "delivery_due_at": "timestamptz",
        "tender_state": "text",
        "answer_by": "timestamptz",
        "last_event": "text",
        "last_event_at": "timestamptz",
        "cost": "numeric",
        "revenue": "numeric",
        "currency": "text",
        "flags": "text",
    },
    StreamKind.FREIGHT_BILL: {
        "status": "text",
        "carrier_ref": "text",
        "invoice_number": "text",
        "shipment_ref": "text",
        "billed": "numeric",
        "payable": "numeric",
        "disputed": "numeric",
        "currency": "text",
        "decided_at": "timestamptz",
        "recycled": "bool",
        "touchless": "bool",
        "reason": "text",
    },
    StreamKind.CUSTOMER_INVOICE: {
        "status": "text",
        "customer_ref": "text",
        "shipment_ref": "text",
        "number": "int8",
        "total": "numeric",
        "currency": "text",
        "due_on": "date",
    },
    StreamKind.NUMBER_SERIES: {"last": "int8"},
}
"""The searchable columns of each kind of stream, with their types."""

TABLES: Mapping[StreamKind, str] = {
    StreamKind.CUSTOMER: "customers",
    StreamKind.ORDER: "orders",
    StreamKind.SHIPMENT: "shipments",
    StreamKind.FREIGHT_BILL: "freight_bills",
    StreamKind.CUSTOMER_INVOICE: "customer_invoices",
    StreamKind.NUMBER_SERIES: "number_series",
}
_LOCK = "SELECT ref, version, body FROM {} WHERE ref = ANY(%s) ORDER BY ref FOR UPDATE"
_UPDATE = "UPDATE {} SET {} WHERE ref = %s AND version = %s"


class UnknownColumn(ValueError):
    """A run puts something on the board that has no column. Add the column in a migration."""


class Overtaken(RuntimeError):
    """Another wrote a stream that we had locked: the promise of the locks is broken. Try again."""


class StreamRow(Struct, frozen=True, kw_only=True):
    """A stream as it is kept. ``steps`` is by how much ``version`` grew; all of it if it is new."""

    key: StreamKey
    version: int
    steps: int
    changed_at: datetime
    body: bytes
    board: Mapping[str, object]

    @property
    def is_new(self) -> bool:
        """Say whether no row was there before."""
        return self.version == self.steps


def lock_streams(cursor: Rows, keys: Iterable[StreamKey]) -> dict[StreamKey, tuple[int, bytes]]:
    """Lock those of ``keys`` that exist, in the one order; return version and body of each."""
    refs: dict[StreamKind, set[str]] = {}
    for key in keys:
        refs.setdefault(key.kind, set()).add(key.ref)
    found = {}
    for kind in (kind for kind in StreamKind if kind in refs):
        rows = cursor.execute(_lock_statement(kind), [sorted(refs[kind])])
        for ref, version, body in rows:
            found[StreamKey(kind, ref)] = (version, body)
    return found


def write_streams(cursor: Rows, rows: Sequence[StreamRow]) -> None:
    """Write new and changed streams. Raise ``UnknownColumn``, ``Overtaken``.

    ``UniqueViolation``: another made the same new stream meanwhile.
    """
    by_kind: dict[StreamKind, list[StreamRow]] = {}
    for row in rows:
        by_kind.setdefault(row.key.kind, []).append(row)
    for kind in (kind for kind in StreamKind if kind in by_kind):
        _insert(cursor, kind, [row for row in by_kind[kind] if row.is_new])
        _update(cursor, kind, [row for row in by_kind[kind] if not row.is_new])


def _insert(cursor: Rows, kind: StreamKind, rows: list[StreamRow]) -> None:
    sheet = Sheet(TABLES[kind], _FIXED | BOARDS[kind])
    sheet.append(cursor, [_values(row) for row in sorted(rows, key=lambda row: row.key.ref)])


def _update(cursor: Rows, kind: StreamKind, rows: list[StreamRow]) -> None:
    """Send all updates at once and wait for them together: no scratch table to empty at commit."""
    if not rows:
        return
    changes = [(*_values(row)[1:], row.key.ref, row.version - row.steps) for row in rows]
    cursor.executemany(_update_statement(kind), changes)
    if cursor.rowcount != len(rows):
        raise Overtaken(f"{len(rows) - cursor.rowcount} rows of {TABLES[kind]} were not ours")


@cache
def _lock_statement(kind: StreamKind) -> sql.Composed:
    return sql.SQL(_LOCK).format(sql.Identifier(TABLES[kind]))


@cache
def _update_statement(kind: StreamKind) -> sql.Composed:
    columns = [*list(_FIXED)[1:], *BOARDS[kind]]
    changes = [sql.SQL("{} = %s").format(sql.Identifier(column)) for column in columns]
    return sql.SQL(_UPDATE).format(sql.Identifier(TABLES[kind]), sql.SQL(", ").join(changes))


def _values(row: StreamRow) -> list[Any]:
    board = BOARDS[row.key.kind]
    if not row.board.keys() <= board.keys():
        unknown = ", ".join(sorted(row.board.keys() - board.keys()))
        raise UnknownColumn(f"{TABLES[row.key.kind]} has no column {unknown}")
    fixed = [row.key.ref, row.version, row.changed_at, row.body]
    return fixed + [row.board.get(column) for column in board]
