"""A stream as it stands, and the streams that a message or a name leads to."""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from psycopg import sql

from drawbar.flow.run import STATES
from drawbar.freight.reference import ReferenceKey
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.codec import state_decoder
from drawbar.records.names import look_up
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows
from drawbar.records.streams import BOARDS, TABLES

_SQL = statements("desk")


class Stream(Struct, frozen=True, kw_only=True):
    """A stream as it stands. ``status`` is empty for a kind that has none."""

    key: StreamKey
    version: int
    status: str
    state: Any


def stream(cursor: Rows, key: StreamKey) -> Stream | None:
    """Return a stream, None where there is none."""
    status = "status" if "status" in BOARDS[key.kind] else "NULL"
    statement = sql.SQL("SELECT version, {}, body FROM {} WHERE ref = %s").format(
        sql.SQL(status), sql.Identifier(TABLES[key.kind])
    )
    row = cursor.execute(statement, [key.ref]).fetchone()
    if row is None:
        return None
    version, status, body = row
    state = state_decoder(STATES[key.kind]).decode(body)
    return Stream(key=key, version=version, status=status or "", state=state)


def touched_by(cursor: Rows, message_ref: str) -> list[StreamKey]:
    """Return the streams that a message became part of, in key order."""
    rows = cursor.execute(_SQL["touched_by_message"], {"message_ref": message_ref}).fetchall()
    return sorted(StreamKey(StreamKind(kind), ref) for kind, ref in rows)


def shipments_named(cursor: Rows, names: Iterable[ReferenceKey]) -> list[StreamKey]:
    """Return the shipments that bear any of these names, in key order."""
    found = {key for keys in look_up(cursor, names).values() for key in keys}
    return sorted(key for key in found if key.kind is StreamKind.SHIPMENT)
