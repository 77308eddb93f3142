"""What a bill is worth against its shipment's agreed charges, and the voucher that pays it.

An agreed charge is consumed in the shipment's story, so two bills for it cannot both be paid.
"""

from msgspec import structs

from drawbar.flow import contested, pricing, tally, voucher
from drawbar.flow.bill_state import CLOSED, BillState, BillStatus
from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.needs import bill, shipment
from drawbar.flow.refusal import refused
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.case import CaseKind
from drawbar.freight.contract import Contract, Side
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import BillReceived, BillReviewed
from drawbar.freight.money import zero
from drawbar.freight.reference import ReferenceKey
from drawbar.freight.verdict import LineVerdict, OpenCharge, Reason
from drawbar.matching.audit import Audit, audit
from drawbar.matching.duplicate import DuplicateOf, remembered, same_bill
from drawbar.rating.shipment import Rated
from drawbar.rating.validity import InForce
from drawbar.subledger.expected import released_after


def judged(
    state: BillState, load: ShipmentState, fact: BillReceived, company: Company, *, by: ReferenceKey
) -> Decision:
    """Judge a bill that is matched ``by`` a reference, or let it wait for what it needs."""
    ref = load.shipment_ref
    matched = structs.replace(state, shipment_ref=ref)
    repeated = same_bill(state.bill, shipment_ref=ref, earlier=load.bills)
    if isinstance(repeated, DuplicateOf):
        remedy = "Nothing, if it was sent twice; else say what it is for."
        reason = Reason.DUPLICATE
        kind = CaseKind.DUPLICATE
        return refused(matched, reason, repeated.text, remedy, fact, company, kind=kind)
    load = structs.replace(load, bills=(*load.bills, remembered(state.bill, shipment_ref=ref)))
    note = f"Matched to {ref} by {by.kind.value.upper()} {by.value}"
    noted = Decision(notes=((bill(state.bill.bill_ref), note),))
    return joined(noted, _weighed(matched, load, fact, company))


def reviewed(state: BillState, fact: BillReviewed, known: Known, company: Company) -> Decision:
    """Judge a bill again after something changed that it waited for or was stopped by."""
    load = known.states.get(shipment(state.shipment_ref))
    if not isinstance(load, ShipmentState) or state.status in CLOSED:
        return NOTHING  # ended before: what ended it stands
    return _weighed(state, load, fact, company)


def not_its_load(
    state: BillState, shipment_refs: tuple[str, ...], fact: Fact, company: Company
) -> Decision:
    """Return a bill stopped because another carrier had the load, or nobody yet."""
    text = f"{state.bill.carrier_ref} bills {', '.join(shipment_refs)}, which it did not carry"
    remedy = "Find out who carried it; pay nobody else."
    return refused(
        state, Reason.PAYEE, text, remedy, fact, company, kind=CaseKind.PAYEE, final=False
    )


def lacking(load: ShipmentState, company: Company) -> str:
    """Return what a bill for this shipment still waits for, empty if for nothing."""
    if not load.payee_ref:
        return "no carrier has accepted the load yet"
    if load.cancelled_at:
        return ""
    if not load.delivered:
        return "it is not reported as delivered"
    if company.policy.pod_before_payment and not load.pods:
        return "there is no proof of delivery"
    return ""


def _weighed(state: BillState, load: ShipmentState, fact: Fact, company: Company) -> Decision:
    if load.payee_ref not in ("", state.bill.carrier_ref):
        return not_its_load(state, (load.shipment_ref,), fact, company)
    missing = lacking(load, company)
    if missing:
        return _waits(state, load, missing)
    contract = _contract(load, fact, company)
    outcome = _audited(state, load, contract, fact, company)
    return _settled(state, load, outcome, contract, fact, company)


def _waits(state: BillState, load: ShipmentState, missing: str) -> Decision:
    ref = state.bill.bill_ref
    waiting = structs.replace(state, status=BillStatus.WAITING_EVENTS, text=f"Waits: {missing}.")
    others = tuple(one for one in load.open_bills if one != ref)
    held = structs.replace(load, open_bills=(*others, ref))
    return Decision(
        states={bill(ref): waiting, shipment(load.shipment_ref): held},
        notes=((bill(ref), f"Waits: {missing}"),),
    )


def _contract(load: ShipmentState, fact: Fact, company: Company) -> Contract | None:
    visits = pricing.visits_of(load, company)
    found = pricing.contract_for(
        load.payee_ref, Side.BUY, company, fact.learned_at, visits, load.tendered_at
    )
    return found.contract if isinstance(found, InForce) else None


def _audited(
    state: BillState, load: ShipmentState, contract: Contract | None, fact: Fact, company: Company
) -> Audit:
    """Audit the whole bill as if nothing of it had been granted before."""
    others = tally.minus(load.used, tally.of_verdicts(state.verdicts))
    rated = pricing.rated_load(load, company, known_at=fact.learned_at)
    return audit(
        state.bill,
        agreed=open_charges(load, used=others),
        tolerance=company.tolerance_for(state.bill.carrier_ref),
        short_pay_allowed=contract.short_pay_allowed if contract else True,
        why_not=rated.why_not() if isinstance(rated, Rated) else None,
        fuel=contract.fuel if contract else (),
    )


def open_charges(load: ShipmentState, *, used: tally.Tally) -> tuple[OpenCharge, ...]:
    """Return the agreed charges of a shipment with what is ``used`` of each."""
    return tuple(
        OpenCharge(agreed=one, used=used.get(one.charge_ref, zero(one.charge.money.currency)))
        for one in load.buy
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
    verdicts = _never_less(state, outcome.lines)
    granted = structs.replace(state, verdicts=verdicts, decided_at=fact.learned_at)
    others = tally.minus(load.used, tally.of_verdicts(state.verdicts))
    used = tally.plus(others, tally.of_verdicts(verdicts))
    kept = tally.minus(load.released, state.released)
    released = released_after(load.buy, used=used, released=kept, more=outcome.released)
    now = structs.replace(
        granted,
        released=tally.minus(released, kept),
        status=_status(granted),
        reason=_reason(granted),
        text="",
    )
    after = structs.replace(load, used=used, released=released, open_bills=_open_bills(load, now))
    paid = voucher.issued(
        state, now, load=load, after=after, contract=contract, fact=fact, company=company
    )
    return joined(paid, contested.told(state, now, outcome, fact, company))


def _open_bills(load: ShipmentState, state: BillState) -> tuple[str, ...]:
    others = tuple(ref for ref in load.open_bills if ref != state.bill.bill_ref)
    if state.status is BillStatus.APPROVED:
        return others
    return (*others, state.bill.bill_ref)


def _never_less(state: BillState, after: tuple[LineVerdict, ...]) -> tuple[LineVerdict, ...]:
    """Keep what was granted once, and how disputes ended; a later look may only grant more."""
    if not state.verdicts:
        return after
    return tuple(
        old if old.line.number in state.dropped or _is_less(new, old) else new
        for old, new in zip(state.verdicts, after, strict=True)
    )


def _is_less(new: LineVerdict, old: LineVerdict) -> bool:
    return new.payable.amount < old.payable.amount


def _status(state: BillState) -> BillStatus:
    if not state.disputed.amount:
        return BillStatus.APPROVED
    return BillStatus.SHORT_PAID if state.payable.amount > 0 else BillStatus.STOPPED


def _reason(state: BillState) -> str:
    open_lines = (one for one in state.verdicts if one.line.number not in state.dropped)
    reasons = (one.reason for one in open_lines if one.reason and one.disputed.amount)
    return next((reason.value for reason in reasons), "")
