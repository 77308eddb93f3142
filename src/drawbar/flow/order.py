"""An order that the ERP releases: new to us, a newer revision of one we know, or nothing new.

One on hold is looked at again when its customer's account changes.
"""

from typing import assert_never

from msgspec import structs

from drawbar.dispatch.change import Material, compare
from drawbar.flow import back_order, change, names
from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.needs import order
from drawbar.flow.order_state import OrderState, OrderStatus, state_of
from drawbar.flow.problem import raised
from drawbar.flow.release import judged
from drawbar.freight.case import CaseKind
from drawbar.freight.identity import shipment_ref_of
from drawbar.freight.order import HoldReviewed, OrderReleased


def decide(fact: OrderReleased | HoldReviewed, known: Known, company: Company) -> Decision:
    """Release an order that may go; hold one that may not, and say every reason."""
    match fact:
        case OrderReleased():
            return _released(fact, known, company)
        case HoldReviewed():
            return _reviewed(fact, known, company)
        case _:
            assert_never(fact)


def _released(fact: OrderReleased, known: Known, company: Company) -> Decision:
    before = state_of(fact.order.order_ref, known)
    if before is None or back_order.waits(before):
        return _begun(fact, before.back_order_of if before else "", known, company)
    if fact.order.revision == before.order.revision:
        return _said_before(before, fact)
    return change.followed(before, fact, known, company)


def _begun(fact: OrderReleased, back_order_of: str, known: Known, company: Company) -> Decision:
    fresh = OrderState(
        order=fact.order,
        status=OrderStatus.ON_HOLD,
        shipment_ref=shipment_ref_of(fact.order.order_ref),
        back_order_of=back_order_of,
    )
    found = names.of_order(fact.order, fresh.shipment_ref, company=company)
    return joined(Decision(names=found), judged(fresh, fact, known, company))


def _said_before(before: OrderState, fact: OrderReleased) -> Decision:
    """Return nothing for the same order again; a case where it says something else this time."""
    ref, revision = fact.order.order_ref, fact.order.revision
    outcome = compare(before.order, structs.replace(fact.order, revision=revision + 1))
    if before.status is OrderStatus.CANCELLED or not isinstance(outcome, Material):
        return NOTHING
    said = "; ".join(outcome.differences)
    return raised(
        CaseKind.CONFLICTING_FACT,
        order(ref),
        f"Revision {revision} of order {ref} came again and says: {said}.",
        remedy="Ask its sender what is right; a change needs a new revision.",
        now=fact.learned_at,
        item=f"revision {revision}",
    )


def _reviewed(fact: HoldReviewed, known: Known, company: Company) -> Decision:
    held = state_of(fact.order_ref, known)
    if held is None or held.status is not OrderStatus.ON_HOLD:
        return NOTHING  # it went, or was cancelled, in the meantime
    if held.order.customer_ref != fact.customer_ref:
        return NOTHING  # another customer pays for it now
    return judged(held, fact, known, company)
