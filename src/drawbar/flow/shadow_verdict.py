"""Why a bill or a line is not simply paid, said to somebody who sees nothing but the papers."""

from msgspec import Struct, structs

from drawbar.flow.bill_state import WAITING, BillState, BillStatus
from drawbar.flow.decision import Decision
from drawbar.flow.needs import bill
from drawbar.flow.shadow_doubt import with_doubts
from drawbar.flow.shadow_load import Opened
from drawbar.flow.shadow_outcome import (
    PAID,
    UNKNOWN_CODE,
    UNRATED,
    UNREAD,
    Asked,
    Outcome,
    Why,
    judged_line,
    refused_lines,
    strange_line,
    summed,
)
from drawbar.freight.money import total
from drawbar.freight.verdict import LineVerdict, Reason

OPEN = frozenset(
    {
        UNRATED,
        UNKNOWN_CODE,
        Reason.AMBIGUOUS.value,
        Reason.REFERENCE_CONFLICT.value,
        Reason.MATCH_FAILURE.value,
        Reason.CONTROL_TOTAL.value,
        Reason.PROVISIONAL.value,
        Reason.CURRENCY.value,
    }
)
"""Reasons that say what is lacking, not what the carrier did wrong: nobody saves that money yet."""


class Evidence(Struct, frozen=True, kw_only=True):
    """Which kinds of evidence were given at all. What was not given speaks against nobody."""

    events: bool = True
    approvals: bool = True

    def speaks(self, reason: str) -> bool:
        """Return whether a reason rests on evidence that was given."""
        if reason == Reason.NO_EVENT:
            return self.events
        return self.approvals or reason not in {Reason.NOT_AUTHORISED, Reason.RECEIPT}


def stopped_by_strangers(asked: Asked) -> Outcome | None:
    """Return the bill undecided where what we understand of it cannot stand alone.

    So it is where the header is not the sum of all lines, and where nothing is understood. So it is
    where a credit is not, or a line that could not be read and may be one: the rest might then be
    too much.
    """
    if not asked.strangers:
        return None
    wrong = _wrong_header(asked)
    if wrong is not None:
        lines = (*refused_lines(asked.fact.bill, wrong), *map(strange_line, asked.strangers))
        return summed(asked, lines, why=wrong)
    reliefs = [one for one in asked.strangers if one.money.amount < 0 or one.why.reason == UNREAD]
    if asked.fact.bill.lines and not reliefs:
        return None
    why = (reliefs or asked.strangers)[0].why
    lines = (*refused_lines(asked.fact.bill, why), *map(strange_line, asked.strangers))
    return summed(asked, lines, why=why)


def _wrong_header(asked: Asked) -> Why | None:
    """Return why a header is not the sum of all lines, in the figures of the bill as it came."""
    bill = asked.fact.bill
    moneys = [*(one.money for one in bill.lines), *(one.money for one in asked.strangers)]
    if any(one.currency != asked.billed.currency for one in moneys):
        return None
    whole = total(moneys, currency=asked.billed.currency)
    if whole == asked.billed:
        return None
    return Why(
        reason=Reason.CONTROL_TOTAL.value,
        text=f"The header says {asked.billed}, the lines come to {whole}.",
        remedy="Send a bill whose header is the sum of its lines, in whole cents.",
        is_open=True,
    )


def outcome(
    asked: Asked,
    state: BillState,
    *,
    decision: Decision,
    opened: Opened | None,
    evidence: Evidence,
) -> Outcome:
    """Return what a bill came to by its state after ``decision``."""
    strange = tuple(strange_line(one) for one in asked.strangers)
    if state.verdicts:
        judged = (
            with_doubts(judged_line(one, _of_line(one, opened, evidence)), one, opened)
            for one in state.verdicts
        )
        found = summed(asked, (*judged, *strange))
    else:
        why = _of_bill(state, decision)
        lines = (*refused_lines(state.bill, why), *strange)
        found = summed(asked, lines, why=why)
    return structs.replace(
        found,
        shipment_ref=state.shipment_ref,
        log=tuple(text for stream, text in decision.notes if stream == bill(state.bill.bill_ref)),
        agreed=opened.load.buy if opened else (),
    )


def _of_line(verdict: LineVerdict, opened: Opened | None, evidence: Evidence) -> Why:
    if verdict.reason is None or not (verdict.disputed.amount or verdict.claimed):
        return PAID  # nothing of it is open: what was contested, a credit ended
    reason = verdict.reason.value
    unrated = opened.unrated if opened else None
    if unrated is not None and not verdict.uses:
        return Why(reason=UNRATED, text=unrated.text, remedy=unrated.remedy, is_open=True)
    is_open = reason in OPEN or not evidence.speaks(reason)
    return Why(reason=reason, text=verdict.text, remedy=verdict.remedy, is_open=is_open)


def _of_bill(state: BillState, decision: Decision) -> Why:
    if state.status in WAITING:
        is_lost = state.status is BillStatus.WAITING_SHIPMENT
        reason = Reason.MATCH_FAILURE if is_lost else Reason.NO_EVENT
        remedy = _ADD_SHIPMENT if is_lost else _ADD_EVENTS
        return Why(reason=reason.value, text=state.text, remedy=remedy, is_open=True)
    if state.reason == Reason.MATCH_FAILURE:
        text = state.text.removesuffix(" It waited long enough.")
        return Why(reason=state.reason, text=text, remedy=_ADD_SHIPMENT, is_open=True)
    if state.status is BillStatus.REJECTED and not state.reason:
        return Why(reason=Reason.DUPLICATE.value, text=state.text)  # a corrected one stands for it
    about = bill(state.bill.bill_ref)
    remedies = (case.remedy for case in decision.cases if case.subject == about)
    return Why(
        reason=state.reason,
        text=state.text,
        remedy=next(remedies, ""),
        is_open=state.reason in OPEN or _asks_whom(state),
    )


def _asks_whom(state: BillState) -> bool:
    """Return whether only whom to pay is in doubt: the money may well be owed."""
    return bool(state.payee_doubt) and state.payee_doubt in state.text


_ADD_SHIPMENT = "Add the shipment, or the BOL or PRO by which the bill names it."
_ADD_EVENTS = "Add what is missing to the events or the shipment, then audit again."
