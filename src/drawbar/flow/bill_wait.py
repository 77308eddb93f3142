"""A bill that cannot be judged yet: what it waits for, and until when nobody needs to look.

Waiting is not an exception; a wait that lasts too long gets an owner.
"""

from datetime import timedelta

from msgspec import structs

from drawbar.flow import pricing
from drawbar.flow.bill_state import BillState, BillStatus
from drawbar.flow.company import Company
from drawbar.flow.consequence import following
from drawbar.flow.decision import Deadline, Decision, joined
from drawbar.flow.needs import bill, shipment
from drawbar.flow.problem import raised
from drawbar.flow.refusal import refused
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.case import CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import BillWaitExpired
from drawbar.freight.verdict import Reason
from drawbar.matching.reason import REMEDY
from drawbar.rating.validity import InForce
from drawbar.settlement.window import TooLate, within


def lacking(load: ShipmentState, company: Company) -> str:
    """Return what a bill for this shipment still waits for, empty if for nothing."""
    if load.cancelled_at:
        return ""
    if not load.payee_ref:
        return "no carrier has accepted the load yet"
    if load.contradiction:
        return f"the events contradict each other: {load.contradiction}"
    if not load.delivered:
        return "it is not reported as delivered"
    if company.policy.pod_before_payment and not load.counted_pods(company.carriers):
        return "there is no proof of delivery"
    return ""


def waiting(
    state: BillState, load: ShipmentState, missing: str, fact: Fact, company: Company
) -> Decision:
    """Let the bill wait, with a day on which somebody is told that it still does."""
    ref = state.bill.bill_ref
    waiting = structs.replace(state, status=BillStatus.WAITING_EVENTS, text=f"Waits: {missing}.")
    held = structs.replace(load, open_bills=with_bill(load.open_bills, ref))
    until = state.received_at + timedelta(days=company.policy.bill_waits_for_events_days)
    expired = following(BillWaitExpired, fact, about=ref, at=until, bill_ref=ref)
    deadline = Deadline(stream=bill(ref), name="events", due_at=until, fact=expired)
    is_new = state.status is not BillStatus.WAITING_EVENTS
    return Decision(
        states={bill(ref): waiting, shipment(load.shipment_ref): held},
        deadlines=(deadline,) if is_new else (),
        notes=((bill(ref), f"Waits: {missing}"),),
    )


def not_its_load(
    state: BillState, load: ShipmentState | None, text: str, fact: Fact, company: Company
) -> Decision:
    """Return a bill stopped because another carrier had the load; it is judged again if not."""
    remedy = "Find out who carried it; pay nobody else."
    kind = CaseKind.PAYEE
    stopped = refused(state, Reason.PAYEE, text, remedy, fact, company, kind=kind, final=False)
    if load is None:
        return stopped
    kept = structs.replace(load, open_bills=with_bill(load.open_bills, state.bill.bill_ref))
    return joined(stopped, Decision(states={shipment(load.shipment_ref): kept}))


def too_late(state: BillState, load: ShipmentState, fact: Fact, company: Company) -> str:
    """Return why a further bill of a load is too late, empty where it is not, or is the first.

    The window runs from the receipt of the carrier's first bill; what was judged in time stays so.
    """
    others = (
        one.received_at
        for one in load.bills
        if one.bill_ref != state.bill.bill_ref and one.carrier_ref == state.bill.carrier_ref
    )
    first = min((at for at in others if at is not None), default=None)
    if state.verdicts or first is None or first >= state.received_at:
        return ""
    found = pricing.contract_of(load, company, known_at=fact.learned_at)
    days = found.contract.late_days if isinstance(found, InForce) else None
    outcome = within(first, state.received_at, days=days, zone=company.zone)
    return outcome.text if isinstance(outcome, TooLate) else ""


def late(
    state: BillState, load: ShipmentState, text: str, fact: Fact, company: Company
) -> Decision:
    """Return the bill refused because the time for further bills of its load is over."""
    ref = state.bill.bill_ref
    kept = structs.replace(
        load,
        bills=tuple(one for one in load.bills if one.bill_ref != ref),
        open_bills=tuple(one for one in load.open_bills if one != ref),
    )
    kind, reason = CaseKind.LATE_BILL, Reason.LATE_BILL
    ended = refused(state, reason, text, REMEDY[reason], fact, company, kind=kind)
    return joined(ended, Decision(states={shipment(load.shipment_ref): kept}))


def with_bill(refs: tuple[str, ...], ref: str) -> tuple[str, ...]:
    """Return the open bills with this one among them, once, as the last."""
    return (*(one for one in refs if one != ref), ref)


def still_waiting(state: BillState, fact: BillWaitExpired) -> Decision:
    """Give a bill that waits too long for events to a person; it goes on waiting."""
    return raised(
        CaseKind.BILL_STOPPED,
        bill(fact.bill_ref),
        f"{state.bill.carrier_ref} {state.bill.invoice_number} waits for too long. {state.text}",
        remedy="Get the missing report or proof from the carrier, or record it by hand.",
        now=fact.learned_at,
        item="events",
        money=state.bill.total,
    )
