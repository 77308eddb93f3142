"""A changed order: the plan follows it, and a carrier that has the load must agree again.

Only what is material to the carrier asks it again; a note goes nowhere but into the order.
"""

from typing import assert_never

from msgspec import structs

from drawbar.dispatch.change import Immaterial, Material, OldRevision, compare
from drawbar.dispatch.offering import change
from drawbar.flow import account, names, planning, pricing, reassessment
from drawbar.flow import order as ordering
from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.needs import customer, found_by, order, shipment
from drawbar.flow.order_state import OrderState, OrderStatus, state_of
from drawbar.flow.problem import raised
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.wait import waiting
from drawbar.freight.case import CaseKind
from drawbar.freight.order import Goods, Order, OrderChanged


def decide(fact: OrderChanged, known: Known, company: Company) -> Decision:
    """Return the new plan; a change that comes before its order waits for it."""
    before = state_of(fact.order.order_ref, known)
    if before is None:
        return waiting(fact, found_by(fact, company), days=company.policy.event_waits_days)
    if before.status is OrderStatus.CANCELLED:
        return _too_late(fact, "it was cancelled")
    match compare(before.order, fact.order):
        case OldRevision():
            return NOTHING  # a newer revision is in force; this one came late
        case Immaterial(differences=differences):
            return _applied(before, fact, differences, known, company, material=False)
        case Material(differences=differences):
            return _applied(before, fact, differences, known, company, material=True)
        case outcome:
            assert_never(outcome)


def _applied(
    before: OrderState,
    fact: OrderChanged,
    differences: tuple[str, ...],
    known: Known,
    company: Company,
    *,
    material: bool,
) -> Decision:
    changed = structs.replace(before, order=fact.order)
    said = "; ".join(differences) or "nothing that matters"
    noted = Decision(
        notes=((order(fact.order.order_ref), f"Changed by the ERP: {said}"),),
        names=names.of_order(fact.order, before.shipment_ref, company=company),
    )
    if before.status is not OrderStatus.RELEASED:
        return joined(noted, ordering.judged(changed, fact, known, company))
    planned = known.states.get(shipment(before.shipment_ref))
    assert isinstance(planned, ShipmentState)
    revised = _revised(planned, fact.order)
    kept = joined(noted, _revalued(changed, fact, known, company))
    if not material:
        return joined(kept, reassessment.reassessed(planned, revised, fact, company))
    if reassessment.is_picked_up(planned, company):
        return joined(kept, _too_late(fact, "the freight is on the road"))
    return joined(kept, _asked_again(planned, revised, fact, company))


def _revised(planned: ShipmentState, new: Order) -> ShipmentState:
    return structs.replace(planned, order=new)


def _revalued(changed: OrderState, fact: OrderChanged, known: Known, company: Company) -> Decision:
    ref = fact.order.customer_ref
    used = account.account_of(ref, known, currency=company.currency)
    value = pricing.expected_revenue(fact.order, company, known_at=fact.learned_at)
    value = value or changed.value
    assert value is not None
    return Decision(
        states={
            order(fact.order.order_ref): structs.replace(changed, value=value),
            customer(ref): account.with_order(used, fact.order.order_ref, value),
        }
    )


def _asked_again(
    planned: ShipmentState, revised: ShipmentState, fact: OrderChanged, company: Company
) -> Decision:
    """Return the new version of the load, put to whoever has it or was asked about it."""
    if company.policy.wms and _amounts(planned.order.goods) != _amounts(fact.order.goods):
        revised = structs.replace(revised, stocked=False)
    outcome = change(
        planned.waterfall,
        shipment_ref=planned.shipment_ref,
        now=fact.learned_at,
        response_minutes={ref: one.response_minutes for ref, one in company.carriers.items()},
    )
    ended = planning.no_longer_due(planned, *planned.waterfall.open_offers)
    kept = structs.replace(
        revised,
        waterfall=structs.replace(outcome.waterfall, guide=pricing.guide_for(fact.order, company)),
        tendered_at=fact.learned_at if outcome.offers else revised.tendered_at,
    )
    state = Decision(states={shipment(planned.shipment_ref): kept})
    asked = [planning.tendered(kept, offer, fact, company) for offer in outcome.offers]
    stock = NOTHING
    if not kept.stocked:  # the WMS adds reservations up, so the old one goes back first
        stock = joined(planning.stock_back(planned, company), planning.reservation(kept, company))
    onward = NOTHING
    if kept.stocked and not outcome.offers:
        onward = planning.offered(kept, fact, company)
    return joined(state, ended, *asked, stock, onward)


def _amounts(goods: tuple[Goods, ...]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for line in goods:
        sums[line.sku] = sums.get(line.sku, 0) + line.pieces
    return sums


def _too_late(fact: OrderChanged, why: str) -> Decision:
    ref = fact.order.order_ref
    return raised(
        CaseKind.CANCELLED_TOO_LATE,
        order(ref),
        f"Revision {fact.order.revision} of order {ref} changes the load, but {why}.",
        remedy="Agree with the carrier and the customer by hand, then correct the order.",
        now=fact.learned_at,
        item=f"revision {fact.order.revision}",
    )
