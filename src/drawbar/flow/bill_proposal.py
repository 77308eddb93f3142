"""A bill whose references lead nowhere, and the loads that it may be for by its attributes.

A person says which one is meant, and only then it is judged; until then it waits for its shipment
like any other, and matches by itself if that appears.
"""

from msgspec import structs

from drawbar.flow.attributes import candidate
from drawbar.flow.bill_state import BillState
from drawbar.flow.company import Company
from drawbar.flow.decision import Decision, Known, joined
from drawbar.flow.factoring import carriers_of
from drawbar.flow.needs import bill
from drawbar.flow.problem import raised, settled
from drawbar.flow.refusal import refused
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.attribute import UNTOLD
from drawbar.freight.case import CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import BillWaitExpired, FreightBill
from drawbar.freight.reference import ReferenceKind
from drawbar.freight.verdict import Reason
from drawbar.matching.attribute import Candidate, beside, fitting

ONE_REMEDY = "Compare both, then say that the bill is for this shipment, or for which one it is."
SEVERAL_REMEDY = "Ask the carrier for its BOL or PRO, or choose the shipment."


def proposed(waits: Decision, known: Known, fact: Fact, company: Company) -> Decision:
    """Return the decision to wait, with what a person may confirm: the loads that would fit."""
    (key, state), *_ = waits.states.items()
    assert isinstance(state, BillState)
    loads = _of_its_carrier(state.bill, known, company)
    found = _fitting(state.bill, loads, company)
    if not found:
        return waits
    text = _text(state, found, loads)
    remedy = ONE_REMEDY if len(found) == 1 else SEVERAL_REMEDY
    refs = tuple(one.shipment_ref for one in found)
    asked = structs.replace(state, alike=refs, text=text)
    money = state.bill.total
    case = raised(CaseKind.AMBIGUOUS, key, text, remedy=remedy, now=fact.learned_at, money=money)
    note = key, f"Found by attributes, needs a person: {', '.join(refs)}"
    kept = structs.replace(waits, states={key: asked}, notes=(*waits.notes, note))
    return joined(kept, case)


def no_more_proposed(before: BillState | None, decided: Decision) -> Decision:
    """Return the decision with the proposal's case closed where the bill found its shipment."""
    if before is None or not before.alike:
        return decided
    stream = bill(before.bill.bill_ref)
    after = decided.states.get(stream)
    if isinstance(after, BillState) and after.alike:
        return decided
    if any(one.kind is CaseKind.AMBIGUOUS and one.subject == stream for one in decided.cases):
        return decided
    return joined(settled(CaseKind.AMBIGUOUS, stream, "It is told otherwise by now."), decided)


def left_to_a_person(state: BillState, fact: BillWaitExpired, company: Company) -> Decision:
    """Stop a bill that waited long enough but has a proposal: the carrier is told nothing yet."""
    reason, kind = Reason.AMBIGUOUS, CaseKind.AMBIGUOUS
    remedy = ONE_REMEDY if len(state.alike) == 1 else SEVERAL_REMEDY
    return refused(state, reason, state.text, remedy, fact, company, kind=kind, final=False)


def _of_its_carrier(
    billed: FreightBill, known: Known, company: Company
) -> dict[str, ShipmentState]:
    carriers = carriers_of(billed, company)
    named = {
        stream
        for key, streams in known.found.items()
        if key.kind is ReferenceKind.ATTRIBUTES
        for stream in streams
    }
    loads = (known.states.get(stream) for stream in named)
    return {
        load.shipment_ref: load
        for load in loads
        if isinstance(load, ShipmentState) and load.payee_ref in carriers
    }


def _fitting(
    billed: FreightBill, loads: dict[str, ShipmentState], company: Company
) -> tuple[Candidate, ...]:
    candidates = (candidate(load, company) for load in loads.values())
    percent = company.policy.bill_weight_within_percent
    return fitting(billed.move or UNTOLD, candidates, weight_percent=percent)


def _text(state: BillState, found: tuple[Candidate, ...], loads: dict[str, ShipmentState]) -> str:
    move = state.bill.move or UNTOLD
    told = "; ".join(f"{beside(move, one)}, {_names(loads[one.shipment_ref])}" for one in found)
    which = "it may be for" if len(found) == 1 else f"it may be for any of {len(found)}:"
    return f"{state.text} Found by attributes, needs a person: {which} {told}."


def _names(load: ShipmentState) -> str:
    """Return the load's own names and the bills it has: what may speak against it."""
    names = ", ".join(str(one) for one in load.order.references) or "no references"
    billed = ", ".join(one.invoice_number for one in load.bills)
    return f"{names}, {f'billed before by {billed}' if billed else 'not billed yet'}"
