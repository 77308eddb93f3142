"""Everything that follows from a shipment's facts, drawn anew after each: charges, ledger, cases.

Nothing here depends on the order in which the facts came; only what changed leaves a trace.
"""

from msgspec import structs

from drawbar.flow import (
    accrual,
    awaiting,
    customer_invoice_review,
    flags,
    margin_leak,
    silence,
    turn,
)
from drawbar.flow.claim_watch import osd_of
from drawbar.flow.company import Company
from drawbar.flow.conclusion import charged, concluded
from drawbar.flow.consequence import following
from drawbar.flow.decision import NOTHING, Decision, joined
from drawbar.flow.needs import shipment
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import BillReviewed


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
    awaits, questions = awaiting.asked(priced.state, priced, fact)
    priced = structs.replace(priced, state=awaits)
    billable, leaked = margin_leak.noted(priced.state, fact, company)
    booked, entries = accrual.accrued(before, billable, seen, fact, company)
    heard, watch = silence.listened(booked, seen, fact, company)
    flagged, cases = flags.raised_and_settled(heard, seen, priced, fact, company)
    invoice, asked = customer_invoice_review.judged(flagged, seen, fact, company)
    last = seen.account.actuals[-1] if seen.account.actuals else None
    kept = structs.replace(
        asked, status=seen.status, last_event=last, contradiction=seen.contradiction
    )
    kept = structs.replace(kept, osd=osd_of(kept, seen))
    reviews = _bills(before, kept, fact)
    if reviews is not NOTHING:
        kept = turn.due(kept, kept.open_bills)
    return joined(
        questions,
        awaiting.named_by(kept, before),
        leaked,
        entries,
        watch,
        cases,
        invoice,
        reviews,
        Decision(states={shipment(state.shipment_ref): kept}),
    )


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
