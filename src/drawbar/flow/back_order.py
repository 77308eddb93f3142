"""A back-order: goods of an order that the warehouse did not have, to be released when it does.

It is an order of its own, found by its order's name too; what waits in it moves once or not at all.
"""

from collections.abc import Iterator

from msgspec import structs

from drawbar.flow import names
from drawbar.flow.company import Company
from drawbar.flow.consequence import following
from drawbar.flow.decision import Decision, Known, joined
from drawbar.flow.needs import back_order_ref, order
from drawbar.flow.order_state import OrderState, OrderStatus, state_of
from drawbar.flow.problem import raised, settled
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.case import CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.identity import shipment_ref_of
from drawbar.freight.order import Goods, OrderDropped, StockReserved
from drawbar.freight.reference import Reference, ReferenceKind


def waits(placed: OrderState) -> bool:
    """Return whether this is a back-order that nobody has released yet."""
    return bool(placed.back_order_of) and placed.status is OrderStatus.BACK_ORDERED


def moving(order_ref: str, known: Known) -> tuple[str, ...]:
    """Return the back-orders of an order that were released: each moves as a load of its own."""
    mine = _of(order_ref, known)
    return tuple(one.order.order_ref for one in mine if one.status is OrderStatus.RELEASED)


def short(
    planned: ShipmentState, missing: tuple[Goods, ...], fact: StockReserved, company: Company
) -> Decision:
    """Return the back-order of what is missing, and the case that waits for its release."""
    ref = planned.order.order_ref
    back_ref = back_order_ref(ref, fact.revision)
    stream = order(back_ref)
    waiting = OrderState(
        order=structs.replace(planned.order, order_ref=back_ref, revision=1, goods=missing),
        status=OrderStatus.BACK_ORDERED,
        shipment_ref=shipment_ref_of(back_ref),
        back_order_of=ref,
    )
    found_by = (Reference(ReferenceKind.ORDER, one) for one in (ref, back_ref))
    what = ", ".join(f"{line.pieces} of {line.sku}" for line in missing)
    case = raised(
        CaseKind.STOCK_SHORT,
        order(ref),
        f"The warehouse could not set aside {what} for order {ref}.",
        remedy=f"Release the back-order {back_ref} when the stock is there, or cancel it.",
        now=fact.learned_at,
    )
    kept = Decision(states={stream: waiting}, names=names.named(stream, found_by, company=company))
    return joined(kept, case)


def whole(fact: StockReserved, known: Known) -> Decision:
    """Return the order that moves nothing itself: its credit is free until its back-order goes."""
    placed = state_of(fact.order_ref, known)
    assert placed is not None
    waiting = structs.replace(placed, status=OrderStatus.BACK_ORDERED)
    return Decision(states={order(fact.order_ref): waiting}, follows=(_dropped(placed, fact),))


def void(order_ref: str, why: str, fact: Fact, known: Known) -> Decision:
    """Return the back-orders of an order that were not released yet as cancelled."""
    unreleased = (OrderStatus.BACK_ORDERED, OrderStatus.ON_HOLD)
    mine = [one for one in _of(order_ref, known) if one.status in unreleased]
    return joined(*(_void(one, why, fact) for one in mine))


def _void(placed: OrderState, why: str, fact: Fact) -> Decision:
    stream = order(placed.order.order_ref)
    ended = structs.replace(placed, status=OrderStatus.CANCELLED, cancel_reason=why)
    return joined(
        Decision(
            states={stream: ended},
            follows=(_dropped(placed, fact),),
            notes=((stream, f"Cancelled: {why}"),),
        ),
        settled(CaseKind.ORDER_ON_HOLD, stream, f"It was cancelled: {why}."),
        settled(CaseKind.STOCK_SHORT, order(placed.back_order_of), f"{why}."),
    )


def _dropped(placed: OrderState, fact: Fact) -> OrderDropped:
    ref, payer = placed.order.order_ref, placed.order.customer_ref
    return following(OrderDropped, fact, about=ref, customer_ref=payer, order_ref=ref)


def _of(order_ref: str, known: Known) -> Iterator[OrderState]:
    for state in known.states.values():
        if isinstance(state, OrderState) and state.back_order_of == order_ref:
            yield state
