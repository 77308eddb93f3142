"""A named person decides about a bill: pay as judged, pay as billed, reject, or ask for more.

What was agreed and used stays used, and what was paid stays paid; nothing beyond what is agreed is
paid but on somebody's word, within their limit, and never on the word of who resolved the bill.
"""

from msgspec import structs

from drawbar.flow import dispute
from drawbar.flow.bill_assignment import load_of, taken_up
from drawbar.flow.bill_objection import authority_of, objection
from drawbar.flow.bill_rejection import confirmed_closed, rejected
from drawbar.flow.bill_state import BillState, Proposal, standing
from drawbar.flow.company import Company
from drawbar.flow.contested import is_answered, item, kind_of, line_case
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.needs import bill
from drawbar.flow.problem import raised, settled
from drawbar.flow.refusal import told_carrier
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.case import CaseKind
from drawbar.freight.freight_bill import BillAnswer, BillDecided
from drawbar.freight.verdict import LineVerdict, Reason
from drawbar.settlement.authority import Authority, Person

SECOND = "second person"  # stored: the item of the case that a second person must agree


def decided(state: BillState, fact: BillDecided, known: Known, company: Company) -> Decision:
    """Return what follows from a person's word; where the bill moved on meanwhile, only a note."""
    load = load_of(state, known)
    person = Person(name=fact.decided_by, role=fact.role)
    against = objection(state, fact.answer, person, load=load, company=company) or _moved(
        state, fact
    )
    if against:
        return _noted(state, f"{_said(fact)}: not done. {against}")
    return joined(_noted(state, _said(fact)), _done(state, load, fact, known, company))


def _moved(state: BillState, fact: BillDecided) -> str:
    """Return why it is not what the person saw, empty where it is, or no money hangs on it."""
    if fact.answer is not BillAnswer.PAY_AS_BILLED:
        return ""
    seen = fact.disputed
    if seen is None or seen.currency != state.bill.currency or state.disputed > seen:
        return f"{state.disputed} is in dispute now, {seen} was seen."
    return ""


def _done(
    state: BillState, load: ShipmentState | None, fact: BillDecided, known: Known, company: Company
) -> Decision:
    match fact.answer:
        case BillAnswer.SHORT_PAY:
            return _confirmed(state, fact)
        case BillAnswer.PAY_AS_BILLED:
            return _paid_as_billed(state, load, fact, known, company)
        case BillAnswer.REJECT:
            return rejected(state, load, fact, known, company)
        case BillAnswer.ASK:
            return _asked(state, fact, company)
        case BillAnswer.IS_DUPLICATE:
            return confirmed_closed(state, fact)
        case BillAnswer.BOTH_OWED:
            return _both_owed(state, load, fact)


def _confirmed(state: BillState, fact: BillDecided) -> Decision:
    """Leave what is contested to the carrier: nobody here need decide any more."""
    lines = state.contested
    now = structs.replace(
        state,
        confirmed=tuple(sorted({*state.confirmed, *(one.line.number for one in lines)})),
        proposal=None,
    )
    now = structs.replace(now, status=standing(now))
    known = (one for one in lines if is_answered(one))
    moved = (one for one in known if kind_of(one, now) is not kind_of(one, state))
    return joined(
        Decision(states={bill(fact.bill_ref): now}),
        _second_settled(state, _said(fact)),
        *(_left_to_carrier(state, now, verdict, fact) for verdict in moved),
    )


def _left_to_carrier(
    before: BillState, now: BillState, verdict: LineVerdict, fact: BillDecided
) -> Decision:
    stream = bill(fact.bill_ref)
    over = settled(kind_of(verdict, before), stream, _said(fact), item=item(verdict))
    return joined(over, line_case(now, verdict, fact))


def _paid_as_billed(
    state: BillState, load: ShipmentState | None, fact: BillDecided, known: Known, company: Company
) -> Decision:
    person = Person(name=fact.decided_by, role=fact.role)
    may = authority_of(state, person, load=load, company=company)
    earlier = state.proposal
    is_second = earlier is not None and earlier.by != person.name
    if may is Authority.WITH_A_SECOND and not (
        is_second and earlier is not None and earlier.money >= state.disputed
    ):
        return _proposed(state, fact)
    lines = tuple(one for one in state.contested if one.disputed.amount > 0)
    paid = dispute.closed_all(state, lines, fact, known, company, concede=True)
    return joined(paid, _second_settled(state, _said(fact)))


def _proposed(state: BillState, fact: BillDecided) -> Decision:
    proposal = Proposal(
        by=fact.decided_by,
        role=fact.role,
        money=state.disputed,
        reason=fact.reason,
        at=fact.learned_at,
    )
    case = raised(
        CaseKind.BILL_STOPPED,
        bill(fact.bill_ref),
        f"{fact.decided_by} would pay {state.disputed} of {state.bill.invoice_number} as billed,"
        f" because {fact.reason}. That is more than one person may approve.",
        remedy="A second, other person agrees, or the bill is paid as judged.",
        now=fact.learned_at,
        item=SECOND,
        money=state.disputed,
    )
    now = structs.replace(state, proposal=proposal)
    return joined(Decision(states={bill(fact.bill_ref): now}), case)


def _second_settled(state: BillState, because: str) -> Decision:
    if state.proposal is None:
        return NOTHING
    return settled(CaseKind.BILL_STOPPED, bill(state.bill.bill_ref), because, item=SECOND)


def _asked(state: BillState, fact: BillDecided, company: Company) -> Decision:
    """Ask the carrier for a document, once in the same words; the bill goes on as it is."""
    if fact.reason in state.asked:
        return NOTHING
    now = structs.replace(state, asked=(*state.asked, fact.reason))
    reason = Reason(state.reason) if state.reason else Reason.RECEIPT
    text = f"Please send us: {fact.reason}"
    told = told_carrier(state, reason, text, company, refused_money=None)
    return joined(Decision(states={bill(fact.bill_ref): now}), told)


def _both_owed(state: BillState, load: ShipmentState | None, fact: BillDecided) -> Decision:
    """Let a bill be judged as its own; what is agreed is used up once all the same."""
    over = settled(CaseKind.DUPLICATE, bill(fact.bill_ref), _said(fact))
    if load is None:
        return NOTHING
    own = structs.replace(state, is_own=True)
    return joined(over, taken_up(own, load, fact, by=fact.decided_by))


def _noted(state: BillState, text: str) -> Decision:
    return Decision(notes=((bill(state.bill.bill_ref), text),))


def _said(fact: BillDecided) -> str:
    answer = fact.answer.value.replace("_", " ")
    code = fact.code.value.replace("_", " ")
    return f"{answer.capitalize()} by {fact.decided_by} because {fact.reason} ({code})"
