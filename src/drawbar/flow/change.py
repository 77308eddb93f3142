"""A changed order: the plan follows it, and a carrier that has the load must agree again.

Only what is material to the carrier asks it again. A revision that comes too late to be followed is
a case, and what was in force stays in force.
"""

from collections.abc import Iterator
from typing import assert_never

from msgspec import structs

from drawbar.dispatch.change import Immaterial, Material, OldRevision, compare
from drawbar.flow import account, back_order, names, pricing, replanning
from drawbar.flow.company import Company
from drawbar.flow.consequence import following
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.driving import on_the_road
from drawbar.flow.needs import customer, found_by, order, shipment
from drawbar.flow.order_state import OrderState, OrderStatus, state_of
from drawbar.flow.problem import raised, settled
from drawbar.flow.release import judged
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.wait import waiting
from drawbar.freight.case import CaseKind
from drawbar.freight.order import OrderChanged, OrderDropped, OrderReleased

Revised = OrderChanged | OrderReleased


def decide(fact: OrderChanged, known: Known, company: Company) -> Decision:
    """Return the new plan; a change that comes before its order waits for it."""
    before = state_of(fact.order.order_ref, known)
    if before is None:
        return waiting(fact, found_by(fact, company), days=company.policy.event_waits_days)
    return followed(before, fact, known, company)


def followed(before: OrderState, fact: Revised, known: Known, company: Company) -> Decision:
    """Return what a revision changes of a known order; one that is not newer changes nothing."""
    if fact.order.revision <= before.refused_revision:
        return NOTHING  # a newer one is on a person's desk
    match compare(before.order, fact.order):
        case OldRevision():
            return NOTHING  # a newer revision is in force; this one came late
        case Immaterial() | Material() as outcome:
            return _newer(before, fact, outcome, known, company)
        case outcome:
            assert_never(outcome)


def _newer(
    before: OrderState,
    fact: Revised,
    outcome: Immaterial | Material,
    known: Known,
    company: Company,
) -> Decision:
    objections = tuple(_objections(before, fact, outcome, known, company))
    named = _named(before, fact, known, company)
    if objections:
        return joined(named, _refused(before, fact, outcome, objections))
    changed = structs.replace(before, order=fact.order, refused_revision=0)
    noted = joined(named, _noted(before, fact, outcome))
    if back_order.waits(before):
        return joined(noted, Decision(states={order(fact.order.order_ref): changed}))
    if before.status is OrderStatus.ON_HOLD:
        return joined(noted, judged(changed, fact, known, company))
    return joined(noted, _replanned(changed, fact, outcome, known, company))


def _objections(
    before: OrderState,
    fact: Revised,
    outcome: Immaterial | Material,
    known: Known,
    company: Company,
) -> Iterator[str]:
    if before.status is OrderStatus.CANCELLED:
        yield "it was cancelled"
        return
    load = known.states.get(shipment(before.shipment_ref))
    if not isinstance(load, ShipmentState):
        return  # nothing is planned yet
    if before.order.customer_ref != fact.order.customer_ref and (
        load.invoice_asked or load.invoice_refs
    ):
        yield f"it was invoiced to {before.order.customer_ref}"
    if isinstance(outcome, Immaterial):
        return
    if on_the_road(load, company):
        yield "the freight is on the road"
    if replanning.needs_stock(before, fact.order, company):
        for ref in back_order.moving(fact.order.order_ref, known):
            yield f"its back-order {ref} moves a part of the goods"


def _refused(
    before: OrderState,
    fact: Revised,
    outcome: Immaterial | Material,
    objections: tuple[str, ...],
) -> Decision:
    """Return the case of a revision that cannot be followed; it is never compared with."""
    ref, revision = fact.order.order_ref, fact.order.revision
    kept = Decision(states={order(ref): structs.replace(before, refused_revision=revision)})
    case = raised(
        CaseKind.CANCELLED_TOO_LATE,
        order(ref),
        f"Revision {revision} of order {ref} cannot be followed: {' and '.join(objections)}."
        f" It says: {'; '.join(outcome.differences) or 'nothing that matters'}.",
        remedy="Agree with the carrier and the customer by hand, then correct the order.",
        now=fact.learned_at,
        item=f"revision {revision}",
    )
    return joined(kept, _answered(before, fact), case)


def _answered(before: OrderState, fact: Revised) -> Decision:
    """Close the case of an earlier revision that could not be followed: a newer one has come."""
    if not before.refused_revision:
        return NOTHING
    because = f"Revision {fact.order.revision} came since."
    return settled(
        CaseKind.CANCELLED_TOO_LATE,
        order(fact.order.order_ref),
        because,
        item=f"revision {before.refused_revision}",
    )


def _named(before: OrderState, fact: Revised, known: Known, company: Company) -> Decision:
    """Return the names that a revision brings, whether it is followed or not: partners use them."""
    ref = before.shipment_ref
    found = names.of_order(fact.order, ref, company=company)
    if shipment(ref) in known.states:
        found += names.of_load(fact.order, ref, company=company)
    return Decision(names=found)


def _noted(before: OrderState, fact: Revised, outcome: Immaterial | Material) -> Decision:
    """Return the words of a change, and that another customer's credit is free."""
    ref, payer = fact.order.order_ref, before.order.customer_ref
    said = "; ".join(outcome.differences) or "nothing that matters"
    noted = Decision(notes=((order(ref), f"Changed by the ERP: {said}"),))
    dropped = NOTHING
    if fact.order.customer_ref != payer:
        free = following(OrderDropped, fact, about=ref, customer_ref=payer, order_ref=ref)
        dropped = Decision(follows=(free,))
    return joined(noted, dropped, _answered(before, fact))


def _replanned(
    changed: OrderState,
    fact: Revised,
    outcome: Immaterial | Material,
    known: Known,
    company: Company,
) -> Decision:
    planned = known.states[shipment(changed.shipment_ref)]
    assert isinstance(planned, ShipmentState)
    if isinstance(outcome, Immaterial):
        load = replanning.noted(planned, fact, company)
        return joined(_revalued(changed, planned, fact, known, company), load)
    before = state_of(fact.order.order_ref, known)
    assert before is not None
    void = NOTHING
    if replanning.needs_stock(before, fact.order, company):
        why = f"revision {fact.order.revision} asks for other goods"
        void = back_order.void(fact.order.order_ref, why, fact, known)
    going = structs.replace(changed, status=OrderStatus.RELEASED)
    load = replanning.asked_again(before, planned, fact, outcome, company)
    return joined(_revalued(going, planned, fact, known, company), void, load)


def _revalued(
    changed: OrderState, planned: ShipmentState, fact: Revised, known: Known, company: Company
) -> Decision:
    """Return the order with its new value; it counts unless its invoice, or nothing, does."""
    ref, payer = fact.order.order_ref, fact.order.customer_ref
    value = pricing.expected_revenue(fact.order, company, known_at=fact.learned_at)
    value = value or changed.value
    assert value is not None
    kept = Decision(states={order(ref): structs.replace(changed, value=value)})
    if planned.invoice_refs or changed.status is not OrderStatus.RELEASED:
        return kept
    used = account.account_of(payer, known, currency=company.currency)
    counted = account.with_order(used, ref, value)
    return joined(kept, Decision(states={customer(payer): counted}))
