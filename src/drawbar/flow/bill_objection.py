"""Why a person may not decide about a bill as they wish: asked before the click, and after it.

The page, the API and the flow ask the same; empty means that nothing speaks against it.
"""

from collections.abc import Iterable

from drawbar.flow.bill_state import CLOSED, BillState, BillStatus
from drawbar.flow.company import Company
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.freight_bill import BillAnswer
from drawbar.freight.money import Money
from drawbar.freight.verdict import Reason
from drawbar.settlement.authority import Authority, Person, authority, limit_of

UNCLEAR = frozenset({Reason.AMBIGUOUS, Reason.REFERENCE_CONFLICT, Reason.PAYEE})
"""Why a stopped bill waits for somebody to say which shipment it is for."""


def objection(
    state: BillState,
    answer: BillAnswer,
    person: Person,
    *,
    load: ShipmentState | None,
    company: Company,
) -> str:
    """Return why ``person`` may not give ``answer`` now, empty where they may."""
    match answer:
        case BillAnswer.SHORT_PAY:
            return _nothing_contested(state) or _confirmed_before(state)
        case BillAnswer.PAY_AS_BILLED:
            return _nothing_contested(state) or _not_theirs(state, person, load, company)
        case BillAnswer.REJECT:
            return _not_rejectable(state)
        case BillAnswer.IS_DUPLICATE | BillAnswer.BOTH_OWED:
            is_duplicate = state.status is BillStatus.DUPLICATE
            return "" if is_duplicate else f"The bill is {_words(state)}, not a duplicate."
        case BillAnswer.ASK:
            return f"The bill is {_words(state)}." if state.status in CLOSED else ""


def assignment_objection(state: BillState, load: ShipmentState | None) -> str:
    """Return why no person can name the shipment of a bill now, empty where one can."""
    return unquestioned(state) or ("" if load else "There is no such shipment under way.")


def unquestioned(state: BillState) -> str:
    """Return why nobody need name the shipment of a bill, empty where somebody may."""
    if state.status is BillStatus.WAITING_SHIPMENT:
        return ""
    unclear = {reason.value for reason in UNCLEAR}
    if state.status is BillStatus.STOPPED and state.reason in unclear:
        return ""
    if state.status is BillStatus.REJECTED and state.reason == Reason.MATCH_FAILURE.value:
        return ""
    whose = f" for {state.shipment_ref}" if state.shipment_ref else ""
    return f"The bill is {_words(state)}{whose}; its shipment is not in question."


def authority_of(
    state: BillState, person: Person, *, load: ShipmentState | None, company: Company
) -> Authority:
    """Return whether ``person`` may let pay what of a bill is in dispute now."""
    return authority(
        state.disputed,
        person,
        before=granted_by(person.name, state=state, load=load),
        limits=company.policy.approval_limits,
        currency=company.currency,
    )


def limit_told(person: Person, company: Company) -> str:
    """Return in words how far a person's approval goes."""
    limit = limit_of(person, company.policy.approval_limits)
    if limit is None:
        return "No limit is set: one named person is enough."
    alone = Money(limit.alone, company.currency)
    together = Money(limit.together, company.currency)
    return f"You may approve up to {alone} alone, up to {together} with a second person."


def _nothing_contested(state: BillState) -> str:
    if not state.verdicts:
        return f"The bill was not judged line by line; it is {_words(state)}."
    return "" if state.contested else f"Nothing of the bill is in dispute; it is {_words(state)}."


def _confirmed_before(state: BillState) -> str:
    return "That was confirmed before." if state.is_confirmed else ""


def _not_theirs(
    state: BillState, person: Person, load: ShipmentState | None, company: Company
) -> str:
    if load is None:
        return "The bill is for no shipment that is under way."
    if person.name in state.resolved_by:
        return f"{person.name} said which bill this is, so another person must approve it."
    if authority_of(state, person, load=load, company=company) is Authority.BEYOND:
        return f"{state.disputed} is beyond your approval. {limit_told(person, company)}"
    proposed = state.proposal
    if proposed and proposed.by == person.name and proposed.money >= state.disputed:
        return f"{person.name} proposed it; a second, other person must agree."
    return ""


def _not_rejectable(state: BillState) -> str:
    if state.status in CLOSED:
        return ""
    if state.verdicts and not state.contested:
        return f"The bill is {_words(state)}; what was approved stays approved."
    return ""


def granted_by(by: str, *, state: BillState, load: ShipmentState | None) -> Iterable[Money]:
    """Yield what somebody let us pay before, of this bill or as a charge of its load."""
    yield from (one.money for one in state.granted if one.by == by)
    approvals = load.approvals if load else ()
    yield from (one.money for one in approvals if one.approved_by == by)


def _words(state: BillState) -> str:
    return state.status.value.replace("_", " ")
