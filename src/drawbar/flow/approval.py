"""What a bill is worth against its shipment's agreed charges, and the voucher that pays it.

An agreed charge is consumed in the shipment's story, so two bills for it cannot both be paid.
"""

from msgspec import structs

from drawbar.flow import (
    accrual,
    bill_wait,
    contested,
    denied,
    index,
    pricing,
    tally,
    turn,
    twin,
    voucher,
)
from drawbar.flow.bill_door import as_carriers
from drawbar.flow.bill_state import CLOSED, BillState, standing
from drawbar.flow.bill_wait import lacking, not_its_load, waiting, with_bill
from drawbar.flow.charges import charges_for
from drawbar.flow.company import Company
from drawbar.flow.consequence import following
from drawbar.flow.correction import corrected
from drawbar.flow.decision import (
    NOTHING,
    DeadlineCleared,
    Decision,
    Known,
    joined,
)
from drawbar.flow.needs import bill, shipment
from drawbar.flow.problem import settled
from drawbar.flow.refusal import refused
from drawbar.flow.review import merged, still_contested
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.case import CaseKind
from drawbar.freight.contract import Contract, Side
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import BillReceived, BillReviewed
from drawbar.freight.movement import Movement
from drawbar.freight.reference import ReferenceKey
from drawbar.freight.verdict import Evaluation, Reason
from drawbar.matching.audit import Audit, audit
from drawbar.matching.correction import restored
from drawbar.matching.duplicate import DuplicateOf, remembered, same_bill
from drawbar.matching.reason import no_supposition
from drawbar.rating.pricing import Priced
from drawbar.rating.supposition import suppose
from drawbar.rating.validity import InForce, Validity
from drawbar.subledger.expected import released_after


def judged(
    state: BillState,
    load: ShipmentState,
    fact: BillReceived,
    known: Known,
    company: Company,
    *,
    by: ReferenceKey,
) -> Decision:
    """Judge a bill that is matched ``by`` a reference, or let it wait for what it needs."""
    ref = load.shipment_ref
    matched = structs.replace(state, shipment_ref=ref)
    if turn.lets_others_go_first(state, load):
        return turn.passed_on(state, fact)
    repeated = same_bill(state.bill, shipment_ref=ref, earlier=load.bills)
    if isinstance(repeated, DuplicateOf) and not _may_be_a_part(state, load, company):
        return twin.sent_twice(matched, repeated, fact, company)
    instead = corrected(matched, load, known, fact)
    if instead:
        matched, load = instead.state, instead.load
    kept = remembered(state.bill, shipment_ref=ref, received_at=state.received_at)
    load = structs.replace(load, bills=(*load.bills, kept))
    note = f"Matched to {ref} by {by.kind.value.upper()} {by.value}"
    asked = index.billed(load, fact)
    noted = joined(Decision(notes=((bill(state.bill.bill_ref), note),)), asked)
    before = instead.decision if instead else NOTHING
    return joined(before, noted, _weighed(matched, load, fact, company))


def _may_be_a_part(state: BillState, load: ShipmentState, company: Company) -> bool:
    """Return whether a bill like an earlier one may be another part of what was agreed."""
    if twin.same_number(state, load):
        return False
    return bool(lacking(load, company)) or twin.has_room(state, load)


def reviewed(state: BillState, fact: BillReviewed, known: Known, company: Company) -> Decision:
    """Judge a bill again after something changed that it waited for or was stopped by."""
    load = known.states.get(shipment(state.shipment_ref))
    if not isinstance(load, ShipmentState):
        return NOTHING
    free = turn.taken(load, fact.bill_ref)
    if state.status in CLOSED:  # ended before: what ended it stands
        return NOTHING if free is load else Decision(states={shipment(load.shipment_ref): free})
    return _weighed(state, free, fact, company)


def _weighed(state: BillState, load: ShipmentState, fact: Fact, company: Company) -> Decision:
    state = as_carriers(state, load, company)
    nobody_may = load.cancelled_at is not None and not load.payee_ref
    if nobody_may or load.payee_ref not in ("", state.bill.carrier_ref):
        text = f"{state.bill.carrier_ref} bills {load.shipment_ref}, which it did not carry"
        return not_its_load(state, load, text, fact, company)
    if state.payee_doubt and not state.verdicts:
        return not_its_load(state, load, state.payee_doubt, fact, company)
    late = bill_wait.too_late(state, load, fact, company)
    if late:
        return bill_wait.late(state, load, late, fact, company)
    agreed_in = accrual.currency_of(load, state.bill.currency)
    if agreed_in != state.bill.currency:
        text = f"The bill is in {state.bill.currency}, the load is paid in {agreed_in}."
        remedy = f"Bill in {agreed_in}."
        kind, reason = CaseKind.BILL_STOPPED, Reason.CURRENCY
        return refused(state, reason, text, remedy, fact, company, kind=kind, final=False)
    missing = lacking(load, company)
    if missing:
        return waiting(state, load, missing, fact, company)
    repeated = same_bill(
        state.bill, shipment_ref=load.shipment_ref, earlier=twin.sent_before(state, load)
    )
    is_new = not state.verdicts and state.difference is None
    if is_new and isinstance(repeated, DuplicateOf) and not twin.has_room(state, load):
        return twin.sent_twice(state, repeated, fact, company)
    driven = pricing.as_driven(load, company)
    found = pricing.contract_for(load.payee_ref, Side.BUY, company, fact.learned_at, driven)
    contract = found.contract if isinstance(found, InForce) else None
    outcome = _audited(state, load, driven, found, fact, company)
    return _settled(state, load, outcome, contract, fact, company)


def _audited(
    state: BillState,
    load: ShipmentState,
    driven: Movement,
    found: Validity,
    fact: Fact,
    company: Company,
) -> Audit:
    """Audit the bill, or, once it was judged, only what of it is still contested."""
    asked = state.difference.bill if state.difference else state.bill
    billed = still_contested(state) if state.verdicts else asked
    contract = found.contract if isinstance(found, InForce) else None
    priced = pricing.price_under(found, driven, company, known_at=fact.learned_at)
    applied = company.applied_tolerance(state.bill.carrier_ref, load.order.customer_ref)
    return audit(
        billed,
        agreed=charges_for(billed, load),
        tolerance=applied.tolerance,
        scope=applied.scope,
        short_pay_allowed=contract.short_pay_allowed if contract else True,
        why_not=denied.why_not(load, priced, fact, company),
        fuel=contract.fuel if contract else (),
        suppose=suppose(
            priced.contract,
            driven,
            state.bill.lines,
            on=priced.on,
            market=company.market.as_known_at(fact.learned_at),
        )
        if isinstance(priced, Priced)
        else no_supposition,
    )


def _settled(
    state: BillState,
    load: ShipmentState,
    outcome: Audit,
    contract: Contract | None,
    fact: Fact,
    company: Company,
) -> Decision:
    """Return bill and shipment with what the audit grants, and the voucher for what is new."""
    first = restored(outcome.lines, state.difference) if state.difference else outcome.lines
    verdicts = merged(state.verdicts, outcome.lines) if state.verdicts else first
    granted = structs.replace(
        state,
        verdicts=verdicts,
        decided_at=fact.learned_at,
        evaluations=_kept(state.evaluations, outcome.evaluation, fact),
    )
    now = structs.replace(granted, status=standing(granted), reason=_reason(granted), text="")
    used = tally.plus(load.used, tally.of_verdicts(outcome.lines))
    released = released_after(load.buy, used=used, released=load.released, more=outcome.released)
    agreed = {one.charge_ref: one.charge.money for one in load.buy if one.charge_ref in used}
    after = structs.replace(
        load,
        used=used,
        tolerated=tally.plus(load.tolerated, tally.of_tolerated(outcome.lines)),
        released=released,
        agreed_when_used=load.agreed_when_used | agreed,
        open_bills=_open_bills(load, now),
    )
    ref = now.bill.bill_ref
    others = _to_review(load, after, ref)
    after = turn.due(after, others)
    return joined(
        voucher.issued(
            state, now, load=load, after=after, contract=contract, fact=fact, company=company
        ),
        contested.told(state, now, outcome, fact, company),
        settled(CaseKind.PAYEE, bill(ref), "The load is this carrier's."),
        settled(CaseKind.BILL_STOPPED, bill(ref), "What it waited for came.", item="events"),
        Decision(cleared=(DeadlineCleared(stream=bill(ref), name="events"),)),
        _credit_netted(now),
        _others_reviewed(others, load, after, fact),
    )


def _kept(before: tuple[Evaluation, ...], new: Evaluation, fact: Fact) -> tuple[Evaluation, ...]:
    """Return the evaluations with this one; what only says the last one again is left out."""
    if before and structs.replace(before[-1], at=None) == new:
        return before
    return (*before, structs.replace(new, at=fact.learned_at))


def _credit_netted(now: BillState) -> Decision:
    """Settle that the carrier owes us on a bill once as much became payable on the same bill."""
    if now.payable.amount < 0:
        return NOTHING
    because = "It is netted with what became payable on the same bill."
    return settled(CaseKind.OVERPAID, bill(now.bill.bill_ref), because, item="credit")


def _to_review(before: ShipmentState, after: ShipmentState, ref: str) -> tuple[str, ...]:
    """Return the other contested bills that may draw on what a credit gave back, or on more tax."""
    if not _gave_back(before, after) and not _taxes_more(before, after):
        return ()
    return tuple(one for one in after.open_bills if one != ref)


def _gave_back(before: ShipmentState, after: ShipmentState) -> bool:
    """Return whether a credit gave back what a charge had used up."""
    return any(money.amount > 0 for money in tally.minus(before.used, after.used).values())


def _taxes_more(before: ShipmentState, after: ShipmentState) -> bool:
    """Return whether more was paid of what a tax is on, so that more of the tax is owed too."""
    grown = {ref for ref, money in after.used.items() if money != before.used.get(ref)}
    return any(one.taxed is not None and grown & {*one.taxed.charge_refs} for one in after.buy)


def _others_reviewed(
    others: tuple[str, ...], before: ShipmentState, load: ShipmentState, fact: Fact
) -> Decision:
    credited = "a credit gave back what a charge had used up"
    why = credited if _gave_back(before, load) else "more was paid of what a tax is taken of"
    return Decision(
        follows=tuple(
            following(
                BillReviewed,
                fact,
                about=other,
                bill_ref=other,
                shipment_ref=load.shipment_ref,
                why=why,
            )
            for other in others
        )
    )


def _open_bills(load: ShipmentState, state: BillState) -> tuple[str, ...]:
    ref = state.bill.bill_ref
    if state.disputed.amount:
        return with_bill(load.open_bills, ref)
    return tuple(one for one in load.open_bills if one != ref)


def _reason(state: BillState) -> str:
    open_lines = (one for one in state.verdicts if one.line.number not in state.dropped)
    reasons = (one.reason for one in open_lines if one.reason and one.disputed.amount)
    return next((reason.value for reason in reasons), "")
