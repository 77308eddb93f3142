"""Whose turn it is in a dispute, and until when; silence has an owner and never pays anything."""

from msgspec import structs

from drawbar.flow.company import Company
from drawbar.flow.consequence import following
from drawbar.flow.contest import dispute
from drawbar.flow.decision import NOTHING, Deadline, DeadlineCleared, Decision, joined
from drawbar.flow.dispute_state import DisputeState
from drawbar.flow.problem import raised, settled
from drawbar.freight.case import CaseKind
from drawbar.freight.dispute import DisputeUnanswered, Ending, Silence, Voice
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import DisputeClosed
from drawbar.freight.money import zero
from drawbar.settlement.window import last_moment

DEADLINE = "answer"  # stored


def asked(
    state: DisputeState, who: Voice, fact: Fact, company: Company
) -> tuple[DisputeState, Decision]:
    """Return the dispute as one that ``who`` has to answer within the days of the tariff."""
    due = last_moment(fact.learned_at, days=state.answer_days, zone=company.zone)
    now = structs.replace(state, waits_for=who, answer_by=due, turn=state.turn + 1)
    return now, joined(_deadline(now, fact), _cases(now, fact))


def closed(state: DisputeState, fact: Fact) -> tuple[DisputeState, Decision]:
    """Return the dispute at its end: nobody has to answer any more."""
    now = structs.replace(state, closed_at=fact.learned_at, waits_for=None, answer_by=None)
    return now, waits_no_more(now)


def waits_no_more(state: DisputeState) -> Decision:
    """Return that no answer is awaited and that nobody need look for one."""
    stream = dispute(state.dispute_ref)
    return joined(
        Decision(cleared=(DeadlineCleared(stream=stream, name=DEADLINE),)),
        settled(CaseKind.DISPUTE_ANSWER, stream, "The dispute ended."),
        settled(CaseKind.DISPUTE_SILENT, stream, "The dispute ended."),
    )


def unanswered(state: DisputeState, fact: DisputeUnanswered, company: Company) -> Decision:
    """Give a silence to a person, and wait on; or take it as the firm's policy says."""
    if fact.turn != state.turn or state.waits_for is None or not state.open_parts:
        return NOTHING  # it was answered meanwhile
    lets_go = company.policy.dispute_silence is Silence.LETS_GO
    if state.waits_for is Voice.CARRIER and lets_go and not _offers(state):
        return _let_go(state, fact)
    due = last_moment(fact.learned_at, days=state.answer_days, zone=company.zone)
    now = structs.replace(state, silences=state.silences + 1, turn=state.turn + 1, answer_by=due)
    stream = dispute(state.dispute_ref)
    return joined(Decision(states={stream: now}), _deadline(now, fact), _silent(now, fact))


def _offers(state: DisputeState) -> bool:
    return any(one.offered.amount for one in state.open_parts)


def _let_go(state: DisputeState, fact: DisputeUnanswered) -> Decision:
    """Take the carrier's silence for its word that it wants nothing more; nothing is paid."""
    stream = dispute(state.dispute_ref)
    reason = f"no answer within {state.answer_days} days"
    ends = tuple(
        following(
            DisputeClosed,
            fact,
            about=one.key,
            bill_ref=one.bill_ref,
            line=one.line,
            conceded=zero(state.currency),
            closed_by="policy",
            reason=reason,
            ending=Ending.CREDITED,
        )
        for one in state.open_parts
    )
    return Decision(follows=ends, notes=((stream, f"The carrier lets go of it: {reason}."),))


def _deadline(state: DisputeState, fact: Fact) -> Decision:
    assert state.answer_by is not None
    silent = following(
        DisputeUnanswered,
        fact,
        about=f"{state.dispute_ref}:{state.turn}",
        at=state.answer_by,
        dispute_ref=state.dispute_ref,
        turn=state.turn,
    )
    stream = dispute(state.dispute_ref)
    return Decision(
        deadlines=(Deadline(stream=stream, name=DEADLINE, due_at=state.answer_by, fact=silent),)
    )


def _cases(state: DisputeState, fact: Fact) -> Decision:
    """Return the case of whoever of us has to answer; none while the carrier has to."""
    stream = dispute(state.dispute_ref)
    heard = settled(CaseKind.DISPUTE_SILENT, stream, "It was answered.")
    if state.waits_for is not Voice.OURS:
        return joined(heard, settled(CaseKind.DISPUTE_ANSWER, stream, "We answered."))
    last = state.rounds[-1].words if state.rounds else ""
    case = raised(
        CaseKind.DISPUTE_ANSWER,
        stream,
        f"{state.carrier_ref} answered about {_name(state)}: {last or 'see its figures'}",
        remedy="Offer another amount, take the carrier's, or end the dispute.",
        now=fact.learned_at,
        money=state.open,
    )
    return joined(heard, case)


def _silent(state: DisputeState, fact: Fact) -> Decision:
    who = state.carrier_ref if state.waits_for is Voice.CARRIER else "Nobody of us"
    verb = "did not answer" if state.waits_for is Voice.CARRIER else "answered"
    times = "once" if state.silences == 1 else f"{state.silences} times"
    return raised(
        CaseKind.DISPUTE_SILENT,
        dispute(state.dispute_ref),
        f"{who} {verb} about {_name(state)} within {state.answer_days} days, {times} by now.",
        remedy="Ask once more, or end it by credit memo, payment or write-off.",
        now=fact.learned_at,
        money=state.open,
    )


def _name(state: DisputeState) -> str:
    kind = state.kind.value.replace("_", " ")
    stop = f" at stop {state.stop}" if state.stop else ""
    return f"{kind}{stop} of {state.shipment_ref}, {state.open}"
