"""A stream as it stands, and who may know of it."""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from psycopg import sql

from drawbar.flow.bill_state import BillState
from drawbar.flow.run import STATES
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.reference import ReferenceKey
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.codec import state_decoder
from drawbar.records.names import look_up
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows
from drawbar.records.streams import BOARDS, TABLES
from drawbar.web.auth.caller import Caller

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


def streams_of(cursor: Rows, message_ref: str, caller: Caller) -> list[StreamKey]:
    """Return the streams that a message touched and ``caller`` may know of, in key order."""
    rows = cursor.execute(_SQL["touched_by_message"], {"message_ref": message_ref}).fetchall()
    keys = sorted(StreamKey(StreamKind(kind), ref) for kind, ref in rows)
    return [key for key in keys if _may_know(cursor, key, caller)]


def may_speak_for(cursor: Rows, names: Iterable[ReferenceKey], *, carrier_ref: str) -> bool:
    """Say whether these names lead to shipments that a carrier was asked to take, and no others."""
    found = {key for keys in look_up(cursor, names).values() for key in keys}
    shipments = [key for key in found if key.kind is StreamKind.SHIPMENT]
    return bool(shipments) and all(_was_asked(cursor, key, carrier_ref) for key in shipments)


def _may_know(cursor: Rows, key: StreamKey, caller: Caller) -> bool:
    if not caller.carrier_ref:
        return True
    if key.kind is StreamKind.SHIPMENT:
        return _was_asked(cursor, key, caller.carrier_ref)
    if key.kind is StreamKind.FREIGHT_BILL:
        found = stream(cursor, key)
        state = found.state if found else None
        return isinstance(state, BillState) and state.bill.carrier_ref == caller.carrier_ref
    return False


def _was_asked(cursor: Rows, key: StreamKey, carrier_ref: str) -> bool:
    found = stream(cursor, key)
    state = found.state if found else None
    return isinstance(state, ShipmentState) and any(
        offer.carrier_ref == carrier_ref for offer in state.waterfall.offers
    )
