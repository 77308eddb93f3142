"""What people decide about an order over HTTP: to refuse a change; what cancelling would cost."""

from datetime import datetime
from typing import Annotated

from litestar import get, post
from litestar.params import JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED
from msgspec import Meta, Struct

from drawbar.flow.cancellation import Due, Owing, owing
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.identity import key_for, shipment_ref_of
from drawbar.freight.instant import Instant
from drawbar.freight.lineage import Receipt
from drawbar.freight.order import ChangeRefused
from drawbar.freight.reading import Reading
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.stream import stream
from drawbar.web.api.v1.body import decoded
from drawbar.web.api.v1.by_hand_check import refuse_unfit_refusal, was_taken
from drawbar.web.api.v1.finance import Because
from drawbar.web.api.v1.inbound import Arriving, TakenV1
from drawbar.web.api.v1.term import AmountV1, amount_v1
from drawbar.web.api.v1.text import Name, NamePath
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenReads, GivenSettings
from drawbar.web.problem import unknown


class ChangeRefusalV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A revision that dispatch does not follow: the load stops until the ERP sends another."""

    order_ref: Name
    revision: Annotated[int, Meta(ge=2, le=1_000_000)]
    reason: Because


class DueV1(Struct, frozen=True, kw_only=True):
    """What one party would be owed or charged, null for nothing; ``text`` says why."""

    party_ref: str
    money: AmountV1 | None
    text: str


class CancellationCostV1(Struct, frozen=True, kw_only=True):
    """What cancelling the order at ``at`` would cost. ``objection``: it cannot be cancelled."""

    order_ref: str
    at: datetime
    carrier: DueV1
    customer: DueV1
    objection: str


@get(
    "/v1/orders/{order_ref:str}/cancellation",
    **policy(Scope.ORDER_WRITE, writes=False),
)
def read_cancellation_cost(
    order_ref: NamePath, reads: GivenReads, settings: GivenSettings
) -> CancellationCostV1:
    """Read what cancelling an order now would cost, by its contracts. Nothing is decided."""
    with reads.connection() as connection, connection.cursor() as cursor:
        placed = stream(cursor, StreamKey(StreamKind.ORDER, order_ref))
        load = stream(cursor, StreamKey(StreamKind.SHIPMENT, shipment_ref_of(order_ref)))
    if placed is None:
        raise unknown("order")
    at = settings.clock.now()
    planned = load.state if load and isinstance(load.state, ShipmentState) else None
    return _cost(order_ref, owing(planned, at=at, company=settings.company), at)


def _cost(order_ref: str, owed: Owing, at: Instant) -> CancellationCostV1:
    return CancellationCostV1(
        order_ref=order_ref,
        at=at,
        carrier=_due(owed.carrier),
        customer=_due(owed.customer),
        objection=owed.objection,
    )


def _due(due: Due) -> DueV1:
    money = amount_v1(due.money) if due.money else None
    return DueV1(party_ref=due.party_ref, money=money, text=due.text)


@post("/v1/change-refusals", status_code=HTTP_202_ACCEPTED, **policy(Scope.LOAD_DISPATCH))
def refuse_change(data: JSONBody[ChangeRefusalV1], inbound: Arriving) -> TakenV1:
    """Refuse a revision of the ERP; the load stops, and sales settles it with the customer."""
    if not was_taken(inbound, "refuse-change"):
        refuse_unfit_refusal(inbound, data.order_ref, data.revision)
    return inbound.take("refuse-change")


def read_refusal(body: bytes, receipt: Receipt) -> Reading:
    """Read that a revision is refused."""
    told = decoded(body, ChangeRefusalV1)
    fact = ChangeRefused(
        key=key_for("api", "change-refused", told.order_ref, told.revision, receipt.message_ref),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        order_ref=told.order_ref,
        revision=told.revision,
        refused_by=receipt.sender,
        reason=told.reason,
    )
    return Reading(facts=(fact,))
