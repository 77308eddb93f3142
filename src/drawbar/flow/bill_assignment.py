"""A named person says which shipment a bill is for, or that it is a bill of its own.

It is judged then like any other; whoever said so may not approve more than is agreed of it as well.
"""

from msgspec import structs

from drawbar.flow import turn
from drawbar.flow.bill_names import numbers_of_load
from drawbar.flow.bill_objection import assignment_objection
from drawbar.flow.bill_state import BillState, BillStatus
from drawbar.flow.bill_wait import with_bill
from drawbar.flow.company import Company
from drawbar.flow.consequence import following
from drawbar.flow.decision import Decision, Known, joined
from drawbar.flow.needs import bill, shipment
from drawbar.flow.problem import settled
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.case import CaseKind
from drawbar.freight.freight_bill import BillAssigned, BillDecided, BillReviewed
from drawbar.matching.duplicate import EarlierBill, remembered

UNCLEAR_CASES = (
    CaseKind.AMBIGUOUS,
    CaseKind.REFERENCE_CONFLICT,
    CaseKind.MATCH_FAILURE,
    CaseKind.PAYEE,
)
"""What is settled once a person said which shipment a bill is for."""


def assigned(state: BillState, fact: BillAssigned, known: Known, company: Company) -> Decision:
    """Judge the bill as one for the shipment that a person named; only a note if it cannot be."""
    found = known.states.get(shipment(fact.shipment_ref))
    load = found if isinstance(found, ShipmentState) else None
    said = f"For {fact.shipment_ref} by {fact.assigned_by} because {fact.reason}"
    against = assignment_objection(state, load)
    if load is None or against:
        return Decision(notes=((bill(fact.bill_ref), f"{said}: not done. {against}"),))
    stream = bill(fact.bill_ref)
    return joined(
        Decision(notes=((stream, said),)),
        numbers_of_load(state.bill, load, company),
        *(settled(kind, stream, said) for kind in UNCLEAR_CASES),
        taken_up(state, load, fact, by=fact.assigned_by),
    )


def load_of(state: BillState, known: Known) -> ShipmentState | None:
    """Return the load that a bill is for, None where it is for none that is under way."""
    found = known.states.get(shipment(state.shipment_ref))
    return found if isinstance(found, ShipmentState) else None


def taken_up(
    state: BillState, load: ShipmentState, fact: BillAssigned | BillDecided, *, by: str
) -> Decision:
    """Let a bill be judged, next, as one of this load, because ``by`` said what it is."""
    ref, load_ref = state.bill.bill_ref, load.shipment_ref
    now = structs.replace(
        state,
        status=BillStatus.STOPPED,
        shipment_ref=load_ref,
        reason="",
        text="A person said what it is; it is judged next.",
        payee_doubt="",
        alike=(),
        resolved_by=tuple(dict.fromkeys((*state.resolved_by, by))),
    )
    held = structs.replace(
        load, bills=_with(load.bills, now), open_bills=with_bill(load.open_bills, ref)
    )
    held = turn.due(held, (ref,))
    review = following(
        BillReviewed,
        fact,
        about=ref,
        bill_ref=ref,
        shipment_ref=load_ref,
        why=f"{by} said what it is",
    )
    return Decision(states={bill(ref): now, shipment(load_ref): held}, follows=(review,))


def _with(bills: tuple[EarlierBill, ...], state: BillState) -> tuple[EarlierBill, ...]:
    if any(one.bill_ref == state.bill.bill_ref for one in bills):
        return bills
    kept = remembered(state.bill, shipment_ref=state.shipment_ref, received_at=state.received_at)
    return (*bills, kept)
