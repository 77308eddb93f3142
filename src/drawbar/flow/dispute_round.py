"""A dispute from its first contested line to its end: rounds, silences, and one result for each.

What both sides agree goes to the bill at once; the bill's answer closes the line here.
"""

from typing import assert_never

from msgspec import structs

from drawbar.flow import dispute_credit as credit
from drawbar.flow import dispute_deadline as clock
from drawbar.flow import letting_go
from drawbar.flow.company import Company
from drawbar.flow.consequence import following
from drawbar.flow.contest import dispute
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.dispute_ending import agreed_on, closings, kept
from drawbar.flow.dispute_notice import answered_told
from drawbar.flow.dispute_state import DisputeState, Round, dispute_of
from drawbar.flow.letting_go import Letting
from drawbar.flow.word import BeyondLimit
from drawbar.freight.dispute import (
    CreditNoted,
    DisputeAnswered,
    DisputeSettled,
    DisputeUnanswered,
    Ending,
    LineContested,
    LineEnded,
    PartAmount,
    Voice,
    part_key,
)
from drawbar.freight.fact import Fact
from drawbar.freight.money import Money, zero
from drawbar.settlement.authority import Person
from drawbar.settlement.dispute_round import (
    BeyondPart,
    NotInThisDispute,
    Part,
    answered,
    contested,
    credited,
    ended,
    meeting,
)
from drawbar.settlement.window import TooLate, within

DisputeFact = (
    LineContested | LineEnded | CreditNoted | DisputeAnswered | DisputeSettled | DisputeUnanswered
)


class UnknownDispute(ValueError):
    """Somebody speaks of a dispute that there is not. Correct the reference."""


class TooLateToContest(ValueError):
    """The carrier answers after the window of its tariff ended. A person of ours may still pay."""


class NothingOpen(ValueError):
    """Nothing of the dispute is open any more: every line ended, and that stands."""


class Crossed(ValueError):
    """Something was said meanwhile: what was read is not what stands. Read it, and answer again."""


Refused = (NotInThisDispute, BeyondPart, TooLateToContest, NothingOpen, Crossed, BeyondLimit)
"""Why what somebody says in a dispute is not done: it is noted there, and changes nothing."""


def decide(fact: DisputeFact, known: Known, company: Company) -> Decision:
    """Return what follows from ``fact``; what cannot be done any more is only noted."""
    try:
        return tried(fact, known, company)
    except Refused as error:
        said = f"Not done, what {_who(fact)} said: {error}"
        return Decision(notes=((dispute(fact.dispute_ref), said),))


def _who(fact: DisputeFact) -> str:
    match fact:
        case DisputeAnswered():
            return fact.said_by
        case DisputeSettled():
            return fact.settled_by
        case _:
            return "the rules"


def tried(fact: DisputeFact, known: Known, company: Company) -> Decision:
    """Return what follows from ``fact`` for its dispute. Raise a ``ValueError`` that says why."""
    state = dispute_of(fact.dispute_ref, known)
    if isinstance(fact, LineContested):
        return _contested(state, fact, company)
    if state is None:
        if isinstance(fact, CreditNoted):
            return credit.noted(None, fact)
        if isinstance(fact, LineEnded):
            return NOTHING  # never in dispute, or before disputes were kept; the bill tells it
        raise UnknownDispute(f"no dispute is called {fact.dispute_ref}")
    match fact:
        case LineEnded():
            return _line_ended(state, fact)
        case CreditNoted():
            return credit.noted(state, fact)
        case DisputeAnswered():
            return _answered(state, fact, company)
        case DisputeSettled():
            return _settled(state, fact, known, company)
        case DisputeUnanswered():
            return clock.unanswered(state, fact, company)
        case _:
            assert_never(fact)


def _contested(state: DisputeState | None, fact: LineContested, company: Company) -> Decision:
    before = credit.first_seen(state, _opened(fact))
    now = structs.replace(before, parts=contested(before.parts, _part(fact)), closed_at=None)
    said = f"{fact.money} of {fact.invoice_number} line {fact.line} is contested: {fact.text}"
    deadline = NOTHING
    if before.waits_for is None:  # else the line joins what is open already
        now, deadline = clock.asked(now, Voice.CARRIER, fact, company)
    now, ends = credit.applied_to(now, fact)
    return joined(kept(now, said), deadline, ends)


def _opened(fact: LineContested) -> DisputeState:
    return DisputeState(
        dispute_ref=fact.dispute_ref,
        shipment_ref=fact.shipment_ref,
        carrier_ref=fact.carrier_ref,
        kind=fact.kind,
        stop=fact.stop,
        currency=fact.money.currency,
        opened_at=fact.learned_at,
        received_at=fact.received_at,
        answer_days=fact.answer_days,
        window_days=fact.window_days,
    )


def _part(fact: LineContested) -> Part:
    return Part(
        bill_ref=fact.bill_ref,
        invoice_number=fact.invoice_number,
        line=fact.line,
        contested=fact.money,
        open=fact.money,
        asked=fact.money,
        offered=zero(fact.money.currency),
        reason=fact.reason,
        text=fact.text,
        rules=fact.rules,
    )


def _line_ended(state: DisputeState, fact: LineEnded) -> Decision:
    key = part_key(fact.bill_ref, fact.line)
    part = next((one for one in state.parts if one.key == key), None)
    if part is None:
        return NOTHING  # contested before disputes were kept
    how = ", ".join(f"{money} {way.value.replace('_', ' ')}" for way, money in fact.ended.items())
    said = f"{part.invoice_number} line {part.line}: {how or 'nothing left'}; {fact.because}"
    result = f"{said} [{'; '.join(part.rules)}]"
    now = structs.replace(
        state, parts=ended(state.parts, key, fact.ended), results=(*state.results, result)
    )
    now, ends = credit.applied_to(now, fact)
    if now.open.amount:
        return joined(kept(now, said), ends)
    closed, cleared = clock.closed(now, fact)
    return joined(kept(closed, said), cleared, ends)


def _answered(state: DisputeState, fact: DisputeAnswered, company: Company) -> Decision:
    refuse_late(state, fact.voice, fact, company)
    _refuse_crossed(state, fact.turn)
    if fact.accepts:
        fact = structs.replace(fact, amounts=meeting(state.parts, fact.voice))
    outcome = answered(state.parts, fact.voice, fact.amounts, said_by=fact.said_by)
    now = structs.replace(
        state, parts=outcome.parts, rounds=(*state.rounds, _round(state, fact)), silences=0
    )
    givers = {one.key: one.offered_by or fact.said_by for one in outcome.parts}
    by = {
        one.part: givers[one.part] if one.money.amount else fact.said_by for one in outcome.agreed
    }
    done = closings(now, outcome.agreed, fact, by, fact.words, Ending.CREDITED)
    said = _words(now, fact)
    if not now.open_parts:
        told = answered_told(now, fact, company)
        return joined(kept(now, said), clock.waits_no_more(now), done, told)
    other = Voice.CARRIER if fact.voice is Voice.OURS else Voice.OURS
    asked, deadline = clock.asked(now, other, fact, company)
    return joined(kept(asked, said), deadline, done, answered_told(asked, fact, company))


def refuse_late(state: DisputeState, voice: Voice, fact: Fact, company: Company) -> None:
    """Raise ``TooLateToContest`` where a carrier speaks after the window of its tariff."""
    if voice is Voice.OURS:
        return
    came = within(state.received_at, fact.learned_at, days=state.window_days, zone=company.zone)
    if isinstance(came, TooLate):
        raise TooLateToContest(f"{state.dispute_ref} can be contested no more. {came.text}")


def _refuse_crossed(state: DisputeState, turn: int | None) -> None:
    if not state.open_parts:
        raise NothingOpen(f"nothing of {state.dispute_ref} is open any more")
    if turn is not None and turn != state.turn:
        raise Crossed(f"{state.dispute_ref} is at turn {state.turn}, turn {turn} was answered")


def _round(state: DisputeState, fact: DisputeAnswered) -> Round:
    return Round(
        number=len(state.rounds) + 1,
        voice=fact.voice,
        amounts=fact.amounts,
        words=fact.words,
        document=fact.document,
        said_by=fact.said_by,
        role=fact.role,
        said_at=fact.learned_at,
    )


def _settled(state: DisputeState, fact: DisputeSettled, known: Known, company: Company) -> Decision:
    _refuse_crossed(state, fact.turn)
    asked = _letting(state, fact)
    letting_go.refuse(asked, known, company)
    if fact.how is Ending.CREDITED and fact.money is not None:
        return _credited(state, fact, fact.money, company)
    pays = fact.how is Ending.PAID
    agreed = tuple(
        PartAmount(
            bill_ref=one.bill_ref, line=one.line, money=one.asked if pays else zero(state.currency)
        )
        for one in state.open_parts
    )
    reason = f"{fact.reason} ({fact.code.value.replace('_', ' ')})"
    now = structs.replace(agreed_on(state, agreed), let_go=asked.after())
    by = {one.part: fact.settled_by for one in agreed}
    said = f"{fact.settled_by} ended {state.open}: {fact.how.value.replace('_', ' ')}, {reason}"
    return joined(
        kept(now, said),
        clock.waits_no_more(now),
        closings(now, agreed, fact, by, reason, fact.how),
        letting_go.remembered(asked, known, company),
    )


def _letting(state: DisputeState, fact: DisputeSettled) -> Letting:
    """Return what somebody writes off, which is what the carrier still asks."""
    if fact.carrier_ref not in ("", state.carrier_ref):
        raise NotInThisDispute(f"{state.dispute_ref} is with {state.carrier_ref}")
    return Letting(
        about=state.dispute_ref,
        carrier_ref=fact.carrier_ref,
        money=state.asked if fact.how is Ending.WRITTEN_OFF else None,
        person=Person(name=fact.settled_by, role=fact.role),
        at=fact.learned_at,
        before=state.let_go,
    )


def _credited(
    state: DisputeState, fact: DisputeSettled, money: Money, company: Company
) -> Decision:
    """Take a credit memo as a round of the carrier: it asks so much less than before."""
    round_ = following(
        DisputeAnswered,
        fact,
        about=state.dispute_ref,
        dispute_ref=state.dispute_ref,
        voice=Voice.CARRIER,
        amounts=credited(state.parts, money),
        words=f"Credit memo of {money}: {fact.reason}",
        document=fact.document,
        said_by=fact.settled_by,
        role=fact.role,
    )
    return _answered(state, structs.replace(round_, learned_at=fact.learned_at), company)


def _words(state: DisputeState, fact: DisputeAnswered) -> str:
    who = "The carrier asks" if fact.voice is Voice.CARRIER else "We offer"
    figures = ", ".join(f"{one.money} for {one.bill_ref} line {one.line}" for one in fact.amounts)
    said = f": {fact.words}" if fact.words else ""
    return f"Round {len(state.rounds)}, {fact.said_by}. {who} {figures}{said}"
