"""A cancelled order: carriers and warehouse are told, and only what the contract grants is owed."""

from typing import assert_never

from msgspec import Struct, structs

from drawbar.dispatch.calling_off import call_off
from drawbar.dispatch.cancel import CancelAward, NothingOwed, OnTheRoad, WithdrawTender, cancel
from drawbar.flow import back_order, holding, planning, pricing, reassessment
from drawbar.flow.company import Company
from drawbar.flow.consequence import following
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.driving import on_the_road
from drawbar.flow.needs import found_by, order, shipment
from drawbar.flow.order_state import OrderState, OrderStatus, state_of
from drawbar.flow.problem import raised, settled
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.wait import waiting
from drawbar.freight.case import CaseKind
from drawbar.freight.contract import Side
from drawbar.freight.instant import Instant
from drawbar.freight.lineage import Lineage
from drawbar.freight.money import Money
from drawbar.freight.order import OrderCancelled, OrderDropped


class Due(Struct, frozen=True, kw_only=True):
    """What one party would be owed, None for nothing, with the reason in words."""

    party_ref: str
    money: Money | None
    text: str


class Owing(Struct, frozen=True, kw_only=True):
    """What cancelling would cost: the carrier's TONU, and what we would charge the customer.

    ``objection`` says why it cannot be cancelled any more, empty where it can.
    """

    carrier: Due
    customer: Due
    objection: str = ""


def owing(load: ShipmentState | None, *, at: Instant, company: Company) -> Owing:
    """Return what would be owed if the order were cancelled at ``at``. Nothing is decided."""
    if load is None:
        return _nothing("nothing is planned yet")
    if load.cancelled_at:
        return _nothing("it was cancelled", objection="it was cancelled already")
    outcome = cancel(load.waterfall, picked_up=on_the_road(load, company), reason="")
    if isinstance(outcome, OnTheRoad):
        return _nothing(outcome.text, objection=outcome.text)
    if not isinstance(outcome, CancelAward):
        return _nothing("no carrier has the load")
    asked = OrderCancelled(
        key="preview",
        happened_at=at,
        learned_at=at,
        lineage=Lineage(message_ref=""),
        order_ref=load.order.order_ref,
    )
    return Owing(
        carrier=_due(load, outcome.offer.carrier_ref, Side.BUY, asked, company),
        customer=_due(load, load.order.customer_ref, Side.SELL, asked, company),
    )


def _nothing(text: str, *, objection: str = "") -> Owing:
    nothing = Due(party_ref="", money=None, text=text)
    return Owing(carrier=nothing, customer=nothing, objection=objection)


def _due(
    load: ShipmentState, party_ref: str, side: Side, fact: OrderCancelled, company: Company
) -> Due:
    found = pricing.not_used(load, party_ref, side, fact, company)
    money = found.charges[0].charge.money if found.charges else None
    return Due(party_ref=party_ref, money=money, text=found.text)


def decide(fact: OrderCancelled, known: Known, company: Company) -> Decision:
    """Return what a cancellation undoes; one that comes before its order waits for it."""
    placed = state_of(fact.order_ref, known)
    if placed is None:
        return waiting(fact, found_by(fact, company), days=company.policy.event_waits_days)
    if placed.status is OrderStatus.CANCELLED:
        return NOTHING  # cancelled before
    planned = known.states.get(shipment(placed.shipment_ref))
    rest = _back_orders(fact, known)
    undone = joined(_ended(placed, fact), rest)
    if not isinstance(planned, ShipmentState):
        return undone
    outcome = cancel(planned.waterfall, picked_up=on_the_road(planned, company), reason=fact.reason)
    match outcome:
        case OnTheRoad(text=text):
            return joined(_too_late(fact, text), rest)
        case NothingOwed(waterfall=waterfall):
            gone = _gone(structs.replace(planned, waterfall=waterfall), fact, company)
        case WithdrawTender(waterfall=waterfall, offers=offers):
            over = call_off(waterfall, *offers)
            gone = _gone(structs.replace(planned, waterfall=over.waterfall), fact, company)
            told = planning.called_off(planned, over.offers, fact, company)
            gone = joined(gone, planning.no_longer_due(planned, *offers), told)
        case CancelAward():
            gone = _given_up(outcome, planned, fact, company)
        case _:
            assert_never(outcome)
    return joined(undone, gone)


def _ended(placed: OrderState, fact: OrderCancelled) -> Decision:
    ref = fact.order_ref
    status = OrderStatus.CANCELLED
    state = structs.replace(placed, status=status, cancel_reason=fact.reason)
    dropped = following(
        OrderDropped, fact, about=ref, customer_ref=placed.order.customer_ref, order_ref=ref
    )
    why = f" because {fact.reason}" if fact.reason else ""
    return joined(
        Decision(
            states={order(ref): state},
            follows=(dropped,),
            notes=((order(ref), f"Cancelled{why}"),),
        ),
        settled(CaseKind.ORDER_ON_HOLD, order(ref), "The order was cancelled."),
        settled(CaseKind.STOCK_SHORT, order(ref), "The order was cancelled."),
        _no_longer_short(placed),
    )


def _no_longer_short(placed: OrderState) -> Decision:
    if not placed.back_order_of:
        return NOTHING
    because = f"The back-order {placed.order.order_ref} was cancelled."
    return settled(CaseKind.STOCK_SHORT, order(placed.back_order_of), because)


def _back_orders(fact: OrderCancelled, known: Known) -> Decision:
    """Return the order's back-orders cancelled too; one that moves already is for a person."""
    ref = fact.order_ref
    cases = [
        raised(
            CaseKind.CANCELLED_TOO_LATE,
            order(moving),
            f"Order {ref} was cancelled, but its back-order {moving} was released before.",
            remedy=f"Cancel {moving} too, if its goods are not wanted any more.",
            now=fact.learned_at,
        )
        for moving in back_order.moving(ref, known)
    ]
    return joined(back_order.void(ref, f"order {ref} was cancelled", fact, known), *cases)


def _gone(planned: ShipmentState, fact: OrderCancelled, company: Company) -> Decision:
    """Return the shipment with nothing owed but what cancelling costs, and its stock given back."""
    ended = structs.replace(planned, cancelled_at=fact.happened_at, amended=None)
    stock = planning.stock_back(planned, company) if company.policy.wms else NOTHING
    return joined(
        reassessment.reassessed(planned, ended, fact, company),
        stock,
        settled(CaseKind.UNCOVERED, shipment(planned.shipment_ref), "The order was cancelled."),
        settled(
            CaseKind.CHANGE_UNANSWERED, shipment(planned.shipment_ref), "The order was cancelled."
        ),
        holding.over(planned, "The order was cancelled"),
    )


def _given_up(
    outcome: CancelAward, planned: ShipmentState, fact: OrderCancelled, company: Company
) -> Decision:
    """Return the award taken back; the contracts say what the truck that came for nothing costs."""
    offer = outcome.offer
    cost = pricing.not_used(planned, offer.carrier_ref, Side.BUY, fact, company)
    payer = planned.order.customer_ref
    revenue = pricing.not_used(planned, payer, Side.SELL, fact, company)
    over = call_off(outcome.waterfall, offer)
    ended = structs.replace(
        planned,
        waterfall=over.waterfall,
        cancelled_from=offer.carrier_ref,
        cancel_charges=cost.charges,
        cancel_revenue=revenue.charges,
    )
    stream = shipment(planned.shipment_ref)
    notes = tuple((stream, text) for text in (cost.text, revenue.text))
    return joined(
        Decision(notes=notes),
        _gone(ended, fact, company),
        planning.called_off(planned, over.offers, fact, company),
        planning.no_longer_due(planned, offer),
    )


def _too_late(fact: OrderCancelled, text: str) -> Decision:
    return raised(
        CaseKind.CANCELLED_TOO_LATE,
        order(fact.order_ref),
        f"Order {fact.order_ref} was cancelled, but {text}.",
        remedy="Agree with carrier and customer what happens to the freight.",
        now=fact.learned_at,
    )
