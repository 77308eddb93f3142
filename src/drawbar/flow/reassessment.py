"""Everything that follows from a shipment's facts, drawn anew after each: charges, ledger, cases.

Nothing here depends on the order in which the facts came; only what changed leaves a trace.
"""

from msgspec import structs

from drawbar.billing.readiness import Ready, ready
from drawbar.flow import accrual, flags, silence
from drawbar.flow.company import Company
from drawbar.flow.conclusion import Conclusion, charged, concluded, standing
from drawbar.flow.consequence import following
from drawbar.flow.decision import NOTHING, Decision, joined
from drawbar.flow.needs import shipment
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.supplement import supplement
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import BillReviewed
from drawbar.freight.invoice import InvoiceReady


def is_picked_up(state: ShipmentState, company: Company) -> bool:
    """Return whether the freight has left its pickup."""
    return concluded(state, company).picked_up


def reassessed(
    before: ShipmentState, state: ShipmentState, fact: Fact, company: Company
) -> Decision:
    """Return the shipment with all that is derived in it, and what that brings about.

    ``before`` is the shipment as it was before the fact, ``state`` with what the fact says.
    """
    seen = concluded(state, company)
    priced = charged(state, seen, company, known_at=fact.learned_at)
    booked, entries = accrual.accrued(priced.state, seen, fact, company)
    heard, watch = silence.listened(booked, seen, fact, company)
    flagged, cases = flags.raised_and_settled(heard, seen, priced, fact, company)
    invoice, asked = _invoice(flagged, seen, fact, company)
    last = seen.account.actuals[-1] if seen.account.actuals else None
    kept = structs.replace(
        asked, status=seen.status, last_event=last, contradiction=seen.contradiction
    )
    return joined(
        entries,
        watch,
        cases,
        invoice,
        _bills(before, kept, fact),
        Decision(states={shipment(state.shipment_ref): kept}),
    )


def _invoice(
    state: ShipmentState, seen: Conclusion, fact: Fact, company: Company
) -> tuple[Decision, ShipmentState]:
    """Return the wish to invoice, once, as soon as nothing stands against it."""
    stands = standing(state, seen)
    if state.invoice_asked or not stands.delivered:
        return NOTHING, state  # nobody invoices a load that is under way
    lines = supplement(state)
    if not lines:
        return NOTHING, state
    payer = company.customers.get(state.order.customer_ref)
    outcome = ready(stands, customer=payer, sell_charges=lines)
    if not isinstance(outcome, Ready):
        return NOTHING, state
    wish = following(
        InvoiceReady,
        fact,
        about=state.shipment_ref,
        shipment_ref=state.shipment_ref,
        customer_ref=state.order.customer_ref,
    )
    return Decision(follows=(wish,)), structs.replace(state, invoice_asked=True)


def _bills(before: ShipmentState, after: ShipmentState, fact: Fact) -> Decision:
    """Return the wish to judge again every bill that waits or was not paid in full."""
    if _for_bills(before) == _for_bills(after):
        return NOTHING
    reviews = tuple(
        following(
            BillReviewed,
            fact,
            about=ref,
            bill_ref=ref,
            shipment_ref=after.shipment_ref,
            why="the shipment's charges or events changed",
        )
        for ref in after.open_bills
    )
    return Decision(follows=reviews)


def _for_bills(state: ShipmentState) -> object:
    pods = {pod.reported_by for pod in state.pods}
    events = state.delivered, state.contradiction, pods
    return state.buy, events, state.cancelled_at, state.payee_ref
