"""Whether what somebody says in a dispute can be done, asked before the message is kept.

The flow decides the same again under its locks; asking first gives the caller a way out.
"""

from collections.abc import Iterator

from drawbar.flow.contest import dispute
from drawbar.flow.decision import Known
from drawbar.flow.dispute_round import NothingOpen, Refused, TooLateToContest, tried
from drawbar.flow.dispute_state import DisputeState
from drawbar.flow.word import BeyondLimit
from drawbar.freight.dispute import DisputeAnswered, DisputeSettled, Ending, Voice
from drawbar.freight.money import Money, total
from drawbar.freight.stream import StreamKind
from drawbar.settlement.dispute_round import BeyondPart, meeting
from drawbar.web.api.v1.finance_check import (
    beyond_limit,
    let_go_with,
    refuse_beyond_limit,
    refuse_resolver,
)
from drawbar.web.api.v1.inbound import Inbound
from drawbar.web.problem import Flaw, Refusal, problem, unfit


def refuse_stale(state: DisputeState, turn: int) -> None:
    """Raise ``Refusal``: 409 for a turn that was answered meanwhile, 422 for one still to come."""
    if turn > state.turn:
        raise unfit("$.turn", f"The dispute is at turn {state.turn}.", "Read it, then answer.")
    if turn < state.turn:
        text = f"It is turn {state.turn} by now: something was said meanwhile."
        raise _not_now("The dispute moved on.", "$.turn", text)


def refuse_answer(state: DisputeState, fact: DisputeAnswered, inbound: Inbound) -> None:
    """Raise ``Refusal`` where a round cannot be meant, or would pay beyond somebody's limit."""
    _try(state, fact, inbound)
    if fact.voice is Voice.OURS:
        _refuse_commitment(state, _committed(state, fact), inbound)


def refuse_settlement(state: DisputeState, fact: DisputeSettled, inbound: Inbound) -> None:
    """Raise ``Refusal`` where nothing is left to end, or it is beyond somebody's limit."""
    _try(state, fact, inbound)
    if fact.how is Ending.PAID:
        _refuse_commitment(state, state.asked, inbound)


def _try(state: DisputeState, fact: DisputeAnswered | DisputeSettled, inbound: Inbound) -> None:
    let_go = let_go_with(state.carrier_ref, inbound)
    known = Known(states={dispute(state.dispute_ref): state} | let_go)
    try:
        tried(fact, known, inbound.settings.company)
    except BeyondPart as error:
        remedy = "Name at most what is open of the line, in the currency of the bill."
        raise unfit("$", f"{error}.", remedy) from error
    except BeyondLimit as error:
        raise beyond_limit(str(error)) from error
    except (NothingOpen, TooLateToContest) as error:
        raise _not_now(
            f"{error}.", "$.dispute_ref", "Nothing can be said here any more."
        ) from error
    except Refused as error:
        raise _not_now(f"{error}.", "$.figures", "Name lines that are still open.") from error


def _committed(state: DisputeState, fact: DisputeAnswered) -> Money:
    """Return what we would have to pay should the carrier take our figures."""
    amounts = meeting(state.parts, fact.voice) if fact.accepts else fact.amounts
    said = {one.part: one.money for one in amounts}
    return total(
        (said.get(one.key, one.offered) for one in state.open_parts), currency=state.currency
    )


def _refuse_commitment(state: DisputeState, money: Money, inbound: Inbound) -> None:
    who = inbound.caller
    refuse_beyond_limit(money, _granted(state, who.sender), who, inbound.settings.company)
    if not money.amount:
        return
    for bill_ref in dict.fromkeys(one.bill_ref for one in state.open_parts):
        inbound.refuse_editor(bill_ref)
        bill = inbound.must_know(StreamKind.FREIGHT_BILL, bill_ref)
        refuse_resolver(bill, conceded=money, who=who)


def _granted(state: DisputeState, by: str) -> Iterator[Money]:
    """Yield what somebody let us pay before in this dispute."""
    for one in state.parts:
        paid = one.ended.get(Ending.PAID)
        if paid and one.offered_by == by:
            yield paid


def _not_now(detail: str, path: str, message: str) -> Refusal:
    flaw = Flaw(path=path, message=message, remedy="Read the dispute again, then say what stands.")
    return Refusal(problem(409, "wrong-state", detail, flaw))
