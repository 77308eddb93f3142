"""An order released with its shipment begun, or put on hold with every reason.

An order on hold is judged again by the same rule when anything changed, and goes by itself, once.
"""

from typing import assert_never

from msgspec import structs

from drawbar.dispatch.credit import Exposure
from drawbar.dispatch.release import OnHold, Released, release
from drawbar.flow import account, names, planning, pricing
from drawbar.flow.account import CustomerState
from drawbar.flow.company import Company
from drawbar.flow.consequence import following
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.index_state import index_state
from drawbar.flow.needs import customer, order
from drawbar.flow.order_state import OrderState, OrderStatus
from drawbar.flow.problem import raised, settled
from drawbar.freight.case import CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.index import IndexAwaited
from drawbar.freight.money import Money, zero


def judged(placed: OrderState, fact: Fact, known: Known, company: Company) -> Decision:
    """Return the order released with its shipment begun, or on hold with its reasons."""
    used = account.account_of(placed.order.customer_ref, known, currency=company.currency)
    value = pricing.expected_revenue(placed.order, company, known_at=fact.learned_at)
    outcome = release(
        placed.order,
        customer=company.customers.get(placed.order.customer_ref),
        exposure=_exposure_without(placed, used),
        order_value=value,
    )
    match outcome:
        case Released(credit=credit):
            assert value is not None
            return _go(placed, used, value, credit.text, fact, company)
        case OnHold():
            lacking = pricing.lacking_for(placed.order, company, known_at=fact.learned_at)
            return joined(
                _hold(placed, used, outcome, fact), _awaited(placed, lacking, fact, known)
            )
        case _:
            assert_never(outcome)


def _exposure_without(placed: OrderState, used: CustomerState) -> Exposure:
    others = account.without_order(used, placed.order.order_ref)
    return Exposure(
        open_receivables=others.open_receivables,
        delivered_unbilled=zero(others.stated.currency),
        in_transit=others.uninvoiced,
    )


def _go(
    placed: OrderState, used: CustomerState, value: Money, why: str, fact: Fact, company: Company
) -> Decision:
    ref = placed.order.order_ref
    going = structs.replace(placed, status=OrderStatus.RELEASED, value=value, reasons=())
    changed = account.with_order(used, ref, value)
    states = {order(ref): going, customer(used.customer_ref): changed}
    return joined(
        Decision(
            states=states,
            names=names.of_load(placed.order, placed.shipment_ref, company=company),
            notes=((order(ref), f"Released: {why}"),),
        ),
        settled(CaseKind.ORDER_ON_HOLD, order(ref), "The order was released."),
        _no_longer_short(placed),
        planning.begun(placed.order, placed.shipment_ref, fact, company),
    )


def _no_longer_short(placed: OrderState) -> Decision:
    if not placed.back_order_of:
        return NOTHING
    because = f"The back-order {placed.order.order_ref} was released."
    return settled(CaseKind.STOCK_SHORT, order(placed.back_order_of), because)


def _awaited(placed: OrderState, lacking: tuple[str, ...], fact: Fact, known: Known) -> Decision:
    """Ask each index that has not said what would price an order: it goes once that is said."""
    ref, payer = placed.order.order_ref, placed.order.customer_ref
    return Decision(
        follows=tuple(
            following(
                IndexAwaited,
                fact,
                about=f"{index}:{ref}",
                index=index,
                shipment_ref=placed.shipment_ref,
                order_ref=ref,
                customer_ref=payer,
                seen=index_state(index, known).figures,
            )
            for index in lacking
        )
    )


def _hold(placed: OrderState, used: CustomerState, why: OnHold, fact: Fact) -> Decision:
    ref = placed.order.order_ref
    reasons = tuple(reason.text for reason in why.reasons)
    waiting = structs.replace(placed, status=OrderStatus.ON_HOLD, reasons=reasons)
    states = {
        order(ref): waiting,
        customer(used.customer_ref): account.with_hold(used, ref),
    }
    case = raised(
        CaseKind.ORDER_ON_HOLD,
        order(ref),
        f"Order {ref} is on hold: {'; '.join(reasons)}.",
        remedy=" ".join(reason.remedy for reason in why.reasons),
        now=fact.learned_at,
        cause=f"hold:{why.reasons[0].code.value}:{placed.order.customer_ref}",
    )
    return joined(Decision(states=states), case)
