"""Whose business a stream is: all of ours for us, only its own for a carrier."""

from collections.abc import Iterable

from drawbar.flow.bill_state import BillState
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.reference import ReferenceKey
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.stream import shipments_named, stream, touched_by
from drawbar.records.sheet import Rows
from drawbar.web.auth.caller import Caller


def streams_of(cursor: Rows, message_ref: str, caller: Caller) -> list[StreamKey]:
    """Return the streams that a message touched and ``caller`` may know of, in key order."""
    return [key for key in touched_by(cursor, message_ref) if _may_know(cursor, key, caller)]


def may_speak_for(cursor: Rows, names: Iterable[ReferenceKey], *, carrier_ref: str) -> bool:
    """Say whether these names lead to shipments that a carrier was asked to take, and no others."""
    shipments = shipments_named(cursor, names)
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
