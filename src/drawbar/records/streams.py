"""Streams on file: their states, locked in one order by all, and the board of the desks."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from msgspec import Struct

from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.sheet import FEW, Rows, Sheet, aside, numbered, plain, typed

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
        "accrued": "numeric",
        "accrued_currency": "text",
        "provisional": "bool",
        "unbilled": "numeric",
        "unbilled_since": "timestamptz",
        "unbilled_because": "text",
        "leaked": "numeric",
        "leaked_at": "timestamptz",
        "leaked_because": "text",
        "leaked_of": "text",
        "bill_missing_at": "timestamptz",
        "bill_missing": "numeric",
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
        "open_amount": "numeric",
        "due_on": "date",
        "payment_run": "text",
    },
    StreamKind.CUSTOMER_INVOICE: {
        "status": "text",
        "customer_ref": "text",
        "shipment_ref": "text",
        "number": "int8",
        "kind": "text",
        "series": "text",
        "invoiced_on": "date",
        "total": "numeric",
        "open": "numeric",
        "contested": "numeric",
        "currency": "text",
        "due_on": "date",
        "shipments": "int4",
        "credits": "text",
    },
    StreamKind.NUMBER_SERIES: {"last": "int8"},
    StreamKind.DISPUTE: {
        "status": "text",
        "carrier_ref": "text",
        "shipment_ref": "text",
        "item": "text",
        "bills": "text",
        "contested": "numeric",
        "disputed": "numeric",
        "paid": "numeric",
        "credited": "numeric",
        "written_off": "numeric",
        "currency": "text",
        "rounds": "int4",
        "waits_for": "text",
        "answer_by": "timestamptz",
        "opened_at": "timestamptz",
    },
    StreamKind.CLAIM: {
        "status": "text",
        "kind": "text",
        "carrier_ref": "text",
        "shipment_ref": "text",
        "bill_ref": "text",
        "claimed": "numeric",
        "open": "numeric",
        "recovered": "numeric",
        "let_go": "numeric",
        "nettable": "numeric",
        "currency": "text",
        "due_at": "timestamptz",
        "found_at": "timestamptz",
    },
    StreamKind.INDEX: {"prices": "int4", "rates": "int4", "last_on": "date", "waiting": "int4"},
    StreamKind.PAYEE: {"open_changes": "int4", "credits": "numeric", "currency": "text"},
    StreamKind.PAYMENT_RUN: {
        "status": "text",
        "until_on": "date",
        "payments": "int4",
        "bills": "int4",
        "total": "numeric",
        "currency": "text",
        "proposed_by": "text",
        "released_at": "timestamptz",
    },
    StreamKind.PERIOD: {
        "status": "text",
        "ends_on": "date",
        "closed_by": "text",
        "closed_at": "timestamptz",
        "first_closed_at": "timestamptz",
    },
}
"""The searchable columns of each kind of stream, with their types."""

TABLES: Mapping[StreamKind, str] = {
    StreamKind.CUSTOMER: "customers",
    StreamKind.ORDER: "orders",
    StreamKind.SHIPMENT: "shipments",
    StreamKind.FREIGHT_BILL: "freight_bills",
    StreamKind.CUSTOMER_INVOICE: "customer_invoices",
    StreamKind.NUMBER_SERIES: "number_series",
    StreamKind.DISPUTE: "disputes",
    StreamKind.CLAIM: "claims",
    StreamKind.INDEX: "indices",
    StreamKind.PAYEE: "payees",
    StreamKind.PAYMENT_RUN: "payment_runs",
    StreamKind.PERIOD: "periods",
}
_LOCK = "SELECT ref, version, body FROM {} WHERE ref = ANY(%s) ORDER BY ref FOR UPDATE"
_READ = "SELECT ref, version, body FROM {} WHERE ref = ANY(%s)"
_UPDATE = "UPDATE {} SET {} WHERE ref = {} AND version = {}"


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


Stored = dict[StreamKey, tuple[int, bytes]]
Written = list[tuple[StreamKind, int, Rows]]
"""Of which kind how many rows were to be changed, and the cursor that counts those that were."""


def lock_streams(cursor: Rows, keys: Iterable[StreamKey]) -> Callable[[], Stored]:
    """Lock those of ``keys`` that exist, in the one order; return what reads them.

    It gives version and body of each. In a pipeline they are locked by the time it is read.
    """
    return _asked(cursor, keys, _LOCK)


def read_streams(cursor: Rows, keys: Iterable[StreamKey]) -> Callable[[], Stored]:
    """Read those of ``keys`` that exist as they stand, without a lock; return what reads them."""
    return _asked(cursor, keys, _READ)


def _asked(cursor: Rows, keys: Iterable[StreamKey], statement: str) -> Callable[[], Stored]:
    refs: dict[StreamKind, set[str]] = {}
    for key in keys:
        refs.setdefault(key.kind, set()).add(key.ref)
    asked = [
        (kind, aside(cursor).execute(_statement(kind, statement), [sorted(refs[kind])]))
        for kind in StreamKind
        if kind in refs
    ]
    return lambda: {
        StreamKey(kind, ref): (version, body)
        for kind, found in asked
        for ref, version, body in found.fetchall()
    }


def write_streams(cursor: Rows, rows: Sequence[StreamRow]) -> Written:
    """Write new and changed streams; hand the answer to ``refuse_overtaken``.

    Raise ``UnknownColumn``. ``UniqueViolation``: another made the same new stream meanwhile.
    """
    by_kind: dict[StreamKind, list[StreamRow]] = {}
    for row in rows:
        by_kind.setdefault(row.key.kind, []).append(row)
    written: Written = []
    for kind in (kind for kind in StreamKind if kind in by_kind):
        _insert(cursor, kind, [row for row in by_kind[kind] if row.is_new])
        changed = [row for row in by_kind[kind] if not row.is_new]
        if changed:
            written.append((kind, len(changed), _update(cursor, kind, changed)))
    return written


def refuse_overtaken(written: Written) -> None:
    """Raise ``Overtaken`` where a row was not as we had locked it. Not within the pipeline."""
    for kind, number, cursor in written:
        if cursor.rowcount != number:
            raise Overtaken(f"{number - cursor.rowcount} rows of {TABLES[kind]} were not ours")


def _insert(cursor: Rows, kind: StreamKind, rows: list[StreamRow]) -> None:
    sheet = Sheet(TABLES[kind], _FIXED | BOARDS[kind])
    sheet.append(cursor, [_values(row) for row in sorted(rows, key=lambda row: row.key.ref)])


def _update(cursor: Rows, kind: StreamKind, rows: list[StreamRow]) -> Rows:
    """Send all updates at once and wait for them together: no scratch table to empty at commit."""
    changes = [[*_values(row)[1:], row.key.ref, row.version - row.steps] for row in rows]
    counting = numbered(cursor)
    counting.executemany(
        _update_statement(kind), map(plain, changes) if len(changes) <= FEW else changes
    )
    return counting


def _columns(kind: StreamKind) -> dict[str, str]:
    """Return what an update changes: every column but the reference."""
    return {name: of for name, of in (_FIXED | BOARDS[kind]).items() if name != "ref"}


@cache
def _statement(kind: StreamKind, statement: str) -> bytes:
    return statement.format(TABLES[kind]).encode()


@cache
def _update_statement(kind: StreamKind) -> bytes:
    columns = _columns(kind)
    places = typed(columns.values())
    changes = ", ".join(f'"{name}" = {place}' for name, place in zip(columns, places, strict=True))
    ref, version = typed(["text", "int8"], first=len(columns) + 1)
    return _UPDATE.format(TABLES[kind], changes, ref, version).encode()


def _values(row: StreamRow) -> list[Any]:
    board = BOARDS[row.key.kind]
    if not row.board.keys() <= board.keys():
        unknown = ", ".join(sorted(row.board.keys() - board.keys()))
        raise UnknownColumn(f"{TABLES[row.key.kind]} has no column {unknown}")
    fixed = [row.key.ref, row.version, row.changed_at, row.body]
    return fixed + [row.board.get(column) for column in board]
