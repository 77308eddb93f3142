"""A freight bill over HTTP, and the packet of evidence that answers a dispute about it."""

from datetime import datetime

from litestar import get
from msgspec import Struct

from drawbar.flow.bill_packet import EventSeen, LineEvidence, Packet, WeakPoint, packet
from drawbar.flow.bill_state import BillState
from drawbar.flow.history import PastBillState
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.stream import stream
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.bill import (
    BillSeenV1,
    EvaluationV1,
    bill_v1,
    evaluation_v1,
    past_bill_v1,
)
from drawbar.web.api.v1.charge import ChargeV1, charge_v1
from drawbar.web.api.v1.term import AmountV1, amount_v1
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenReads, GivenSettings
from drawbar.web.problem import unknown
from drawbar.web.settings import WebSettings


class ApprovalSeenV1(Struct, frozen=True, kw_only=True):
    """What a named person approved; ``fact`` is found under /v1/trace."""

    approved_by: str
    money: AmountV1
    stop: int
    reason: str
    fact: str


class LineEvidenceV1(Struct, frozen=True, kw_only=True):
    """What one contested line is answered with. ``weak_points`` each say what would mend them."""

    line: int
    kind: str
    stop: int
    code: str
    reason: str
    billed: AmountV1
    payable: AmountV1
    disputed: AmountV1
    said: str
    remedy: str
    agreed: tuple[ChargeV1, ...]
    nothing_agreed: str
    events: tuple[EventSeen, ...]
    approvals: tuple[ApprovalSeenV1, ...]
    no_approval: str
    weak_points: tuple[WeakPoint, ...]
    log: tuple[str, ...]


class PacketV1(Struct, frozen=True, kw_only=True):
    """Everything that a dispute about one bill rests on; no line in dispute makes it empty."""

    bill_ref: str
    carrier_ref: str
    invoice_number: str
    shipment_ref: str
    total: AmountV1
    payable: AmountV1
    disputed: AmountV1
    received_at: datetime
    decided_at: datetime | None
    evaluations: tuple[EvaluationV1, ...]
    lines: tuple[LineEvidenceV1, ...]


_reading = policy(Scope.MONEY_READ, writes=False)


@get("/v1/freight-bills/{bill_ref:str}", **_reading)
def read_freight_bill(bill_ref: NamePath, reads: GivenReads) -> BillSeenV1:
    """Read one freight bill: each line with what it is worth, and every comparison behind it."""
    with reads.connection() as connection, connection.cursor() as cursor:
        found = stream(cursor, StreamKey(StreamKind.FREIGHT_BILL, bill_ref))
    match found.state if found else None:
        case BillState() as state:
            return bill_v1(state)
        case PastBillState() as past:
            return past_bill_v1(past)
        case _:
            raise unknown("freight bill")


@get("/v1/freight-bills/{bill_ref:str}/evidence", **_reading)
def read_evidence(bill_ref: NamePath, reads: GivenReads, settings: GivenSettings) -> PacketV1:
    """Read the packet that answers a dispute: clause, events, approvals, and our weak points."""
    with reads.connection() as connection, connection.cursor() as cursor:
        return seen_packet(cursor, bill_ref, settings)


def seen_packet(cursor: Rows, bill_ref: str, settings: WebSettings) -> PacketV1:
    """Return the packet of a bill. Raise ``Refusal`` (404) where nothing of it was judged here."""
    found = stream(cursor, StreamKey(StreamKind.FREIGHT_BILL, bill_ref))
    state = found.state if found else None
    if not isinstance(state, BillState):
        raise unknown("freight bill")
    return packet_v1(packet(state, _load(cursor, state.shipment_ref), settings.company))


def packet_v1(told: Packet) -> PacketV1:
    """Return a packet as version 1 says it."""
    currency = told.total.currency
    return PacketV1(
        bill_ref=told.bill_ref,
        carrier_ref=told.carrier_ref,
        invoice_number=told.invoice_number,
        shipment_ref=told.shipment_ref,
        total=amount_v1(told.total),
        payable=amount_v1(told.payable),
        disputed=amount_v1(told.disputed),
        received_at=told.received_at,
        decided_at=told.decided_at,
        evaluations=tuple(evaluation_v1(one, currency) for one in told.evaluations),
        lines=tuple(_line(one) for one in told.lines),
    )


def _line(one: LineEvidence) -> LineEvidenceV1:
    return LineEvidenceV1(
        line=one.line,
        kind=one.kind,
        stop=one.stop,
        code=one.code,
        reason=one.reason,
        billed=amount_v1(one.billed),
        payable=amount_v1(one.payable),
        disputed=amount_v1(one.disputed),
        said=one.said,
        remedy=one.remedy,
        agreed=tuple(charge_v1(charge) for charge in one.agreed),
        nothing_agreed=one.nothing_agreed,
        events=one.events,
        approvals=tuple(
            ApprovalSeenV1(
                approved_by=approval.approved_by,
                money=amount_v1(approval.money),
                stop=approval.stop,
                reason=approval.reason,
                fact=approval.fact,
            )
            for approval in one.approvals
        ),
        no_approval=one.no_approval,
        weak_points=one.weak_points,
        log=one.log,
    )


def _load(cursor: Rows, shipment_ref: str) -> ShipmentState | None:
    if not shipment_ref:
        return None
    found = stream(cursor, StreamKey(StreamKind.SHIPMENT, shipment_ref))
    return found.state if found and isinstance(found.state, ShipmentState) else None
