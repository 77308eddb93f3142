"""What of a bill we contest: one open case for each line, and the carrier told what and why."""

from collections.abc import Iterator

from drawbar.flow.bill_state import BillState
from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision, joined
from drawbar.flow.needs import bill
from drawbar.flow.problem import raised, settled
from drawbar.flow.refusal import told_carrier
from drawbar.freight.case import CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.money import total
from drawbar.freight.stream import StreamKey
from drawbar.freight.verdict import Judgement, LineVerdict, Reason
from drawbar.matching.audit import Audit


def told(
    before: BillState, now: BillState, outcome: Audit, fact: Fact, company: Company
) -> Decision:
    """Return the cases that open and close by the verdicts, and the message to the carrier."""
    stream = bill(now.bill.bill_ref)
    notes = tuple((stream, text) for text in outcome.log)
    return joined(
        Decision(notes=notes + tuple(_line_notes(now))),
        *_closed(before, now),
        *_opened(before, now, fact),
        _message(before, now, company),
    )


def item(verdict: LineVerdict) -> str:
    """Return what the case of one line is about. # stored."""
    return f"line {verdict.line.number}"


def is_answered(verdict: LineVerdict) -> bool:
    """Return whether we know what a line is for: one case of its code stands for all others."""
    return verdict.reason is not Reason.UNKNOWN_CODE


def kind_of(verdict: LineVerdict, state: BillState) -> CaseKind:
    """Return whether a line is in dispute about its amount, or stopped until a person decides."""
    stopped = verdict.judgement is Judgement.STOPPED
    is_confirmed = verdict.line.number in state.confirmed
    return CaseKind.BILL_STOPPED if stopped and not is_confirmed else CaseKind.DISPUTE


def cause_of(verdict: LineVerdict, state: BillState) -> str:
    """Return what groups the cases of lines that one answer would end. # stored."""
    reason = verdict.reason.value if verdict.reason else Reason.RATE.value
    return f"{reason}:{state.bill.carrier_ref}:{verdict.line.kind.value}"


def line_case(state: BillState, verdict: LineVerdict, fact: Fact) -> Decision:
    """Return the case of one line that we contest, on the desk where it waits now."""
    return raised(
        kind_of(verdict, state),
        bill(state.bill.bill_ref),
        f"{state.bill.carrier_ref} {state.bill.invoice_number}, {item(verdict)}: {verdict.text}",
        remedy=verdict.remedy,
        now=fact.learned_at,
        item=item(verdict),
        cause=cause_of(verdict, state),
        money=verdict.disputed,
    )


def _line_notes(now: BillState) -> Iterator[tuple[StreamKey, str]]:
    stream = bill(now.bill.bill_ref)
    for verdict in now.verdicts:
        yield stream, f"Line {verdict.line.number}: {verdict.text}"


def _in_dispute(state: BillState) -> dict[int, LineVerdict]:
    """Return what the carrier is answered for; a code that we cannot read is no answer yet."""
    return {one.line.number: one for one in state.contested if is_answered(one)}


def _closed(before: BillState, now: BillState) -> Iterator[Decision]:
    still = _in_dispute(now)
    for number, verdict in _in_dispute(before).items():
        after = still.get(number)
        if after is None or kind_of(after, now) is not kind_of(verdict, before):
            because = "It was judged again by what came since."
            yield settled(
                kind_of(verdict, before), bill(now.bill.bill_ref), because, item=item(verdict)
            )


def _opened(before: BillState, now: BillState, fact: Fact) -> Iterator[Decision]:
    known = _in_dispute(before)
    for number, verdict in _in_dispute(now).items():
        earlier = known.get(number)
        if earlier is not None and earlier.disputed == verdict.disputed:
            continue
        yield line_case(now, verdict, fact)


def _message(before: BillState, now: BillState, company: Company) -> Decision:
    """Tell the carrier when something is contested that was not before, once for the whole bill."""
    contested = _in_dispute(now)
    if not contested or contested.keys() == _in_dispute(before).keys():
        return NOTHING
    lines = [f"{item(one)}: {one.text} {one.remedy}".strip() for one in contested.values()]
    first = next(iter(contested.values()))
    amount = total((one.disputed for one in contested.values()), currency=now.bill.currency)
    return told_carrier(
        now, first.reason or Reason.RATE, " ".join(lines), company, refused_money=amount
    )
