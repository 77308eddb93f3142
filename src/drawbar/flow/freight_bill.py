"""A carrier's freight bill, from receipt to accounts payable or a person's desk.

Pure: the engine locked the bill and its shipments, and writes whatever is returned at once.
"""

from datetime import timedelta
from typing import assert_never

from msgspec import structs

from drawbar.flow import approval, bill_assignment, bill_decision, bill_wait, dispute, payment
from drawbar.flow.bill_door import (
    as_carriers,
    does_not_add_up,
    is_of_the_future,
    payee_doubt,
    weak_points,
)
from drawbar.flow.bill_names import names_of_load, own_names
from drawbar.flow.bill_proposal import left_to_a_person, no_more_proposed, proposed
from drawbar.flow.bill_reading import read_again, says_more
from drawbar.flow.bill_state import BillState, BillStatus, state_of
from drawbar.flow.company import Company
from drawbar.flow.consequence import following
from drawbar.flow.decision import NOTHING, Decision, Known, Park, joined
from drawbar.flow.factoring import carriers_of
from drawbar.flow.needs import bill, found_by, keys_of, shipment
from drawbar.flow.refusal import refused
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.whose import shipments_found
from drawbar.flow.word import refuse_concession
from drawbar.freight.case import CaseKind
from drawbar.freight.freight_bill import (
    BillAssigned,
    BillDecided,
    BillReceived,
    BillReviewed,
    BillWaitExpired,
    DisputeClosed,
    FreightBill,
    VoucherPaid,
)
from drawbar.freight.reference import ReferenceKey, ReferenceKind
from drawbar.freight.verdict import Reason
from drawbar.matching.duplicate import remembered
from drawbar.matching.identity import LADDER, Conflicting, One, Several, Unmatched, identify

BillFact = (
    BillReceived
    | BillReviewed
    | BillDecided
    | BillAssigned
    | BillWaitExpired
    | DisputeClosed
    | VoucherPaid
)


def decide(fact: BillFact, known: Known, company: Company) -> Decision:
    """Return what follows from ``fact``. A fact that changes nothing returns ``NOTHING``."""
    if isinstance(fact, BillReceived):
        return _received(fact, known, company)
    state = state_of(fact.bill_ref, known)
    if state is None:
        raise UnknownBill(f"no freight bill is called {fact.bill_ref}")
    match fact:
        case BillReviewed():
            return approval.reviewed(state, fact, known, company)
        case BillDecided():
            return bill_decision.decided(state, fact, known, company)
        case BillAssigned():
            return bill_assignment.assigned(state, fact, known, company)
        case BillWaitExpired():
            return _given_up(state, fact, company)
        case DisputeClosed():
            return _closed(state, fact, known, company)
        case VoucherPaid():
            return payment.paid(state, fact)
        case _:
            assert_never(fact)


def _closed(state: BillState, fact: DisputeClosed, known: Known, company: Company) -> Decision:
    """End a dispute on a person's word, as far as it goes. Raise ``BeyondLimit``."""
    if fact.line not in state.dropped:
        refuse_concession(fact, state, bill_assignment.load_of(state, known), company)
    return dispute.closed(state, fact, known, company)


class UnknownBill(ValueError):
    """Somebody speaks of a freight bill that never came. Correct the reference."""


def _received(fact: BillReceived, known: Known, company: Company) -> Decision:
    before = state_of(fact.bill.bill_ref, known)
    if before is not None and says_more(before, fact):
        return read_again(before, fact, known)
    if before is not None and before.status is not BillStatus.WAITING_SHIPMENT:
        return NOTHING  # answered before, and the answer stands
    state = before or BillState(
        bill=fact.bill, status=BillStatus.WAITING_SHIPMENT, received_at=fact.learned_at
    )
    state = structs.replace(state, payee_doubt=payee_doubt(fact, known, company))
    names_of_bill = Decision(names=own_names(fact.bill, company))
    wrong = does_not_add_up(fact.bill)
    if wrong:
        reason = Reason.CONTROL_TOTAL
        remedy = "Send a bill whose header is the sum of its lines, in whole cents."
        failed = refused(state, reason, wrong, remedy, fact, company, kind=CaseKind.CONTROL_TOTAL)
        return joined(names_of_bill, failed)
    ahead = is_of_the_future(fact.bill, state.received_at, company)
    if ahead:
        remedy = "Send it again with the day on which it was made (billed_on)."
        kind, reason = CaseKind.BILL_DATE, Reason.BILL_DATE
        return joined(
            names_of_bill, refused(state, reason, ahead, remedy, fact, company, kind=kind)
        )
    fresh = structs.replace(state, alike=())
    return joined(
        names_of_bill,
        *weak_points(fact, before),
        no_more_proposed(before, _matched(fresh, fact, known, company)),
    )


def _matched(state: BillState, fact: BillReceived, known: Known, company: Company) -> Decision:
    keys = found_by(fact, company)
    found = {key: refs for key, refs in shipments_found(known).items() if key.kind in LADDER}
    ours = {key: _carried_by(state.bill, refs, known, company) for key, refs in found.items()}
    borne, written = _borne(ours, known, company), state.bill.references
    match identify(keys, found=ours, borne=borne, written=written):
        case One(shipment_ref=ref, by=by):
            load = known.states[shipment(ref)]
            assert isinstance(load, ShipmentState)
            state = as_carriers(state, load, company)
            named = names_of_load(state.bill, load, company)
            return joined(named, approval.judged(state, load, fact, known, company, by=by))
        case Several(text=text, remedy=remedy):
            kind = CaseKind.AMBIGUOUS
            return refused(
                state, Reason.AMBIGUOUS, text, remedy, fact, company, kind=kind, final=False
            )
        case Conflicting(text=text, remedy=remedy):
            kind = CaseKind.REFERENCE_CONFLICT
            reason = Reason.REFERENCE_CONFLICT
            return refused(state, reason, text, remedy, fact, company, kind=kind, final=False)
        case Unmatched() as unmatched:
            if any(found.values()):
                return _strangers(state, found, fact, known, company)
            waits = _waits(state, keys, unmatched, fact, company)
            return proposed(waits, known, fact, company)
        case outcome:
            assert_never(outcome)


def _borne(
    found: dict[ReferenceKey, tuple[str, ...]], known: Known, company: Company
) -> dict[str, tuple[ReferenceKey, ...]]:
    """Return the names that the order gives each shipment found: a bill may deny them."""
    loads = ((ref, known.states[shipment(ref)]) for refs in found.values() for ref in refs)
    return {
        ref: keys_of(load.order.references, party=load.payee_ref, company=company)
        for ref, load in loads
        if isinstance(load, ShipmentState)
    }


def _carried_by(
    billed: FreightBill, refs: tuple[str, ...], known: Known, company: Company
) -> tuple[str, ...]:
    """Return the shipments that this carrier has, or a factor's, or that nobody has yet."""
    carriers = carriers_of(billed, company)
    loads = ((ref, known.states.get(shipment(ref))) for ref in refs)
    return tuple(
        ref
        for ref, load in loads
        if isinstance(load, ShipmentState) and load.payee_ref in ("", *carriers)
    )


def _strangers(
    state: BillState,
    found: dict[ReferenceKey, tuple[str, ...]],
    fact: BillReceived,
    known: Known,
    company: Company,
) -> Decision:
    refs = sorted({ref for refs in found.values() for ref in refs})
    text = f"{state.bill.carrier_ref} bills {', '.join(refs)}, which it did not carry"
    load = known.states.get(shipment(refs[0])) if len(refs) == 1 else None
    if not isinstance(load, ShipmentState):
        return bill_wait.not_its_load(state, None, text, fact, company)
    matched = structs.replace(state, shipment_ref=load.shipment_ref)
    kept = remembered(state.bill, shipment_ref=load.shipment_ref, received_at=state.received_at)
    load = structs.replace(load, bills=(*load.bills, kept))
    return bill_wait.not_its_load(matched, load, text, fact, company)


def _waits(
    state: BillState,
    keys: tuple[ReferenceKey, ...],
    unmatched: Unmatched,
    fact: BillReceived,
    company: Company,
) -> Decision:
    """Park the bill until its shipment appears; waiting is not an exception and no retry."""
    ref = state.bill.bill_ref
    until = fact.learned_at + timedelta(days=company.policy.bill_waits_days)
    expired = following(BillWaitExpired, fact, about=ref, at=until, bill_ref=ref)
    named = tuple(key for key in keys if key.kind in LADDER)
    alike = tuple(key for key in keys if key.kind is ReferenceKind.ATTRIBUTES)
    waiting = structs.replace(state, recycled=True, text=unmatched.text)
    return Decision(
        states={bill(ref): waiting},
        park=Park(waits_for=(*named, *alike) if named else keys, until=until, expired=expired),
        notes=((bill(ref), f"Waits until {until:%Y-%m-%d} for its shipment: {unmatched.text}"),),
    )


def _given_up(state: BillState, fact: BillWaitExpired, company: Company) -> Decision:
    if state.status is BillStatus.WAITING_EVENTS:
        return bill_wait.still_waiting(state, fact)
    if state.status is not BillStatus.WAITING_SHIPMENT:
        return NOTHING  # its shipment appeared in time
    if state.alike:
        return left_to_a_person(state, fact, company)
    remedy = "Send the bill again with our shipment number or the BOL."
    text = f"{state.text or 'No shipment is known for this bill.'} It waited long enough."
    kind = CaseKind.MATCH_FAILURE
    return refused(state, Reason.MATCH_FAILURE, text, remedy, fact, company, kind=kind)
