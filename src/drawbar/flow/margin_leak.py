"""Margin that leaks: what a customer would owe, but is not asked for any more, with its cause.

A charge that comes after the customer's window is not lost from sight; it stands here, and counts.
"""

from datetime import date

from msgspec import structs

from drawbar.billing.late_charge import Leak, LeakCause, window_ends
from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Deadline, Decision
from drawbar.flow.needs import shipment
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.supplement import supplement
from drawbar.freight.billing_terms import BillingTerms
from drawbar.freight.charge import AgreedCharge
from drawbar.freight.fact import Fact
from drawbar.freight.identity import key_for
from drawbar.freight.instant import Instant
from drawbar.freight.invoice import BillingReviewed
from drawbar.freight.party import Customer

WINDOW = "late_charge_window"  # stored


def noted(state: ShipmentState, fact: Fact, company: Company) -> tuple[ShipmentState, Decision]:
    """Return the shipment with what came too late for its customer, and when more will be."""
    let_go = tuple(one for one in state.leaks if one.cause is not LeakCause.LATE_CHARGE)
    plain = structs.replace(state, leaks=let_go) if state.leaks != let_go else state
    ends = window_of(state, company)
    if ends is None or state.invoice_asked:
        return plain, NOTHING
    late = tuple(one for one in supplement(plain) if one.charge.money.amount)
    if fact.learned_at < ends:
        return plain, _watch(state, ends, fact) if late else NOTHING
    before = {one.charge_ref: one for one in state.leaks if one.cause is LeakCause.LATE_CHARGE}
    leaks = tuple(_late(one, before.get(one.charge_ref), state, fact) for one in late)
    return structs.replace(plain, leaks=(*let_go, *leaks)), _told(leaks, state)


def window_of(state: ShipmentState, company: Company) -> Instant | None:
    """Return until when a late charge of a shipment can be invoiced; None where there is no end."""
    first_on: date | None = state.first_invoiced_on
    payer: Customer | None = company.customers.get(state.order.customer_ref)
    terms = payer.billing if payer else BillingTerms()
    return window_ends(terms, first_on, zone_name=company.zone) if first_on else None


def _watch(state: ShipmentState, ends: Instant, fact: Fact) -> Decision:
    """Look again when the window closes on a charge that cannot be invoiced yet."""
    ref = state.shipment_ref
    review = BillingReviewed(
        key=key_for(BillingReviewed.__name__, ref, f"{ends:%Y%m%dT%H%M%S}", WINDOW),
        happened_at=ends,
        learned_at=ends,
        lineage=fact.lineage,
        shipment_ref=ref,
        why="the customer's window for late charges closed",
    )
    return Decision(
        deadlines=(Deadline(stream=shipment(ref), name=WINDOW, due_at=ends, fact=review),)
    )


def _late(charge: AgreedCharge, before: Leak | None, state: ShipmentState, fact: Fact) -> Leak:
    money = charge.charge.money
    if before is not None and before.money == money:
        return before
    return Leak(
        charge_ref=charge.charge_ref,
        kind=charge.charge.kind,
        money=money,
        cause=LeakCause.LATE_CHARGE,
        since=before.since if before else fact.learned_at,
        document=state.invoice_refs[0] if state.invoice_refs else "",
        text=f"it came after the customer's window; first invoiced on {state.first_invoiced_on}",
    )


def _told(leaks: tuple[Leak, ...], state: ShipmentState) -> Decision:
    stream = shipment(state.shipment_ref)
    notes = tuple((stream, _words(one)) for one in leaks if one not in state.leaks)
    return Decision(notes=notes) if notes else NOTHING


def _words(leak: Leak) -> str:
    what = leak.kind.value.replace("_", " ")
    return f"{leak.money} for {what} is not invoiced any more: {leak.text}"
