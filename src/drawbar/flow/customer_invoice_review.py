"""Whether a shipment may be invoiced, asked after each fact: the wish, or every reason why not.

What waits for a time to pass has that time as a deadline; nobody has to look after it.
"""

from collections.abc import Iterator

from msgspec import structs

from drawbar.billing.obstacle import NotReadyReason, Obstacle
from drawbar.billing.readiness import NotReady, Ready, Standing, events_until, ready
from drawbar.flow.company import Company
from drawbar.flow.conclusion import Conclusion, contested_costs, standing
from drawbar.flow.consequence import following
from drawbar.flow.decision import NOTHING, Deadline, Decision, Known, joined
from drawbar.flow.needs import shipment
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.supplement import supplement
from drawbar.freight.fact import Fact
from drawbar.freight.identity import key_for
from drawbar.freight.invoice import BillingReviewed, InvoiceReady
from drawbar.freight.party import Customer

WINDOW = "event_window"  # stored


def judged(
    state: ShipmentState, seen: Conclusion, fact: Fact, company: Company
) -> tuple[Decision, ShipmentState]:
    """Return the wish to invoice, once, as soon as nothing stands against it, else what does."""
    stands = standing(state, seen, company)
    lines = supplement(state) if stands.delivered else ()
    if not lines:
        return NOTHING, _idle(state)  # nobody invoices a load that is under way
    payer = company.customers.get(state.order.customer_ref)
    outcome = ready(stands, customer=payer, sell_charges=lines, now=fact.learned_at)
    since = state.unbilled_since or fact.learned_at
    if isinstance(outcome, Ready):
        fit = structs.replace(state, invoice_asked=True, invoice_blocks=(), unbilled_since=since)
        return (NOTHING if state.invoice_asked else _wish(state, fact)), fit
    assert isinstance(outcome, NotReady)
    held = structs.replace(
        state,
        invoice_asked=False,
        invoice_period=None,
        invoice_blocks=outcome.reasons,
        unbilled_since=since,
    )
    return _watch(held, stands, payer, fact), held


def _idle(state: ShipmentState) -> ShipmentState:
    """Return a shipment of which nothing is to be invoiced now."""
    if not (state.invoice_blocks or state.unbilled_since or state.invoice_asked):
        return state
    return structs.replace(
        state, invoice_asked=False, invoice_period=None, invoice_blocks=(), unbilled_since=None
    )


def _wish(state: ShipmentState, fact: Fact) -> Decision:
    wish = following(
        InvoiceReady,
        fact,
        about=state.shipment_ref,
        shipment_ref=state.shipment_ref,
        customer_ref=state.order.customer_ref,
    )
    return Decision(follows=(wish,))


def _watch(state: ShipmentState, stands: Standing, payer: Customer | None, fact: Fact) -> Decision:
    """Look again when late events are waited for no more."""
    waits = any(one.code is Obstacle.EVENTS_OPEN for one in state.invoice_blocks)
    until = events_until(stands, payer.billing) if payer and waits else None
    if until is None:
        return NOTHING
    ref = state.shipment_ref
    review = BillingReviewed(
        key=key_for(BillingReviewed.__name__, ref, f"{until:%Y%m%dT%H%M%S}", WINDOW),
        happened_at=until,
        learned_at=until,
        lineage=fact.lineage,
        shipment_ref=ref,
        why="no late event is waited for any more",
    )
    return Decision(
        deadlines=(Deadline(stream=shipment(ref), name=WINDOW, due_at=until, fact=review),)
    )


def woken(decision: Decision, fact: Fact, known: Known) -> Decision:
    """Return a decision, and the wish to look again at what waited for a cost that it settled."""
    wishes = [_woken(state, fact) for state in _freed(decision, known)]
    return joined(decision, *wishes) if wishes else decision


def _freed(decision: Decision, known: Known) -> Iterator[ShipmentState]:
    """Yield the shipments whose contested costs became fewer while their invoice waits for it."""
    for key, state in decision.states.items():
        before = known.states.get(key)
        if not isinstance(state, ShipmentState) or not isinstance(before, ShipmentState):
            continue
        if _waits_for_cost(state.invoice_blocks):
            was, now = contested_costs(before), contested_costs(state)
            if set(was) - set(now):
                yield state


def _waits_for_cost(blocks: tuple[NotReadyReason, ...]) -> bool:
    return any(one.code is Obstacle.COST_CONTESTED for one in blocks)


def _woken(state: ShipmentState, fact: Fact) -> Decision:
    review = following(
        BillingReviewed,
        fact,
        about=state.shipment_ref,
        shipment_ref=state.shipment_ref,
        why="a cost that is passed on is settled",
    )
    return Decision(follows=(review,))
