"""What the contested lines of a bill mean for disputes: opened, grown, or ended, whoever did it.

A bill and its dispute are two stories; the bill says what changed, the dispute keeps it.
"""

from collections.abc import Iterator

from drawbar.flow.bill_state import BillState
from drawbar.flow.company import Company
from drawbar.flow.consequence import following
from drawbar.flow.contested import is_answered
from drawbar.freight.contract import Contract, Side
from drawbar.freight.dispute import CreditNoted, Ending, LineContested, LineEnded, dispute_ref_of
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import (
    BillDecided,
    BillLine,
    BillReviewed,
    DisputeClosed,
    Sense,
)
from drawbar.freight.money import Money, zero
from drawbar.freight.verdict import LineVerdict, Reason

ANSWER_DAYS = 30
"""How long either side has to answer where no contract says."""


def followed(before: BillState | None, now: BillState, fact: Fact, company: Company) -> list[Fact]:
    """Return what disputes must learn of a bill that a fact changed."""
    if before is not None and before.verdicts is now.verdicts and before.dropped == now.dropped:
        return []
    return [*_changes(before, now, fact, company), *_credits(before, now, fact, company)]


def _changes(
    before: BillState | None, now: BillState, fact: Fact, company: Company
) -> Iterator[Fact]:
    was = _contested(before) if before is not None else {}
    left = _contested(now)
    if was == left:
        return
    for verdict in now.verdicts:
        number = verdict.line.number
        nothing = zero(verdict.line.money.currency)
        more = left.get(number, nothing) - was.get(number, nothing)
        if more.amount > 0:
            yield _opened(now, verdict, more, fact, company)
        elif more.amount < 0:
            yield _ended(before or now, now, verdict.line, -more, fact, company)


def _credits(
    before: BillState | None, now: BillState, fact: Fact, company: Company
) -> Iterator[Fact]:
    """Yield the credits for which no agreed charge made room: what they cover is still contested.

    A credit on an agreed charge gives it back, and the contested bill draws on it by itself.
    """
    if before is not None and before.verdicts:
        return
    for verdict in now.verdicts:
        is_credit = verdict.payable.amount < 0 and verdict.line.sense is Sense.UNDERSTOOD
        if not is_credit or any(one.amount for one in verdict.uses.values()):
            continue
        yield following(
            CreditNoted,
            fact,
            about=f"{now.bill.bill_ref}:{verdict.line.number}",
            dispute_ref=_ref(now, verdict.line, company),
            credit_ref=now.bill.bill_ref,
            invoice_number=now.bill.invoice_number,
            money=-verdict.payable,
            shipment_ref=now.shipment_ref,
            carrier_ref=now.bill.carrier_ref,
            kind=verdict.line.kind,
            stop=verdict.line.stop,
        )


def _contested(state: BillState) -> dict[int, Money]:
    """Return what is contested of each line; a credit that we do not take is no dispute.

    What nobody understands is none yet either.
    """
    return {
        one.line.number: one.disputed
        for one in state.contested
        if one.disputed.amount > 0 and is_answered(one)
    }


def _opened(
    now: BillState, verdict: LineVerdict, money: Money, fact: Fact, company: Company
) -> LineContested:
    billed, line = now.bill, verdict.line
    contract = terms_of(now, company)
    return following(
        LineContested,
        fact,
        about=f"{billed.bill_ref}:{line.number}",
        dispute_ref=_ref(now, line, company),
        shipment_ref=now.shipment_ref,
        carrier_ref=billed.carrier_ref,
        kind=line.kind,
        stop=line.stop,
        bill_ref=billed.bill_ref,
        invoice_number=billed.invoice_number,
        line=line.number,
        money=money,
        reason=(verdict.reason or Reason.RATE).value,
        text=verdict.text,
        rules=_rules(billed.carrier_ref, contract, company),
        received_at=now.received_at,
        answer_days=contract.answer_days if contract else ANSWER_DAYS,
        window_days=contract.late_days if contract else None,
    )


def _ended(
    before: BillState, now: BillState, line: BillLine, gone: Money, fact: Fact, company: Company
) -> LineEnded:
    bill_ref = now.bill.bill_ref
    return following(
        LineEnded,
        fact,
        about=f"{bill_ref}:{line.number}",
        dispute_ref=_ref(now, line, company),
        bill_ref=bill_ref,
        line=line.number,
        ended=_so(before, now, line, gone, fact),
        because=_because(fact),
    )


def _so(
    before: BillState, now: BillState, line: BillLine, gone: Money, fact: Fact
) -> dict[Ending, Money]:
    """Return what became of the money that is contested no more, in the ways that it ended."""
    number = line.number
    if isinstance(fact, DisputeClosed) and fact.against:
        return {Ending.CREDITED: gone}
    if number not in now.dropped or number in before.dropped:
        is_credit = isinstance(fact, BillReviewed) and "credit" in fact.why
        return {Ending.CREDITED if is_credit else Ending.GRANTED: gone}
    paid = now.conceded[number]
    rest = gone - paid
    how = {Ending.PAID: paid} if paid.amount else {}
    return how | ({_rest(fact): rest} if rest.amount else {})


def _rest(fact: Fact) -> Ending:
    match fact:
        case DisputeClosed():
            return fact.ending
        case BillDecided():
            return Ending.WRITTEN_OFF  # refused for good on a named person's word
        case _:
            return Ending.CREDITED


def _because(fact: Fact) -> str:
    match fact:
        case DisputeClosed():
            return f"{fact.closed_by}: {fact.reason}"
        case BillDecided():
            return f"{fact.decided_by}: {fact.reason}"
        case BillReviewed():
            return fact.why
        case _:
            return "it was judged again"


def terms_of(state: BillState, company: Company) -> Contract | None:
    """Return the newest contract with a bill's carrier: it says how long one may contest."""
    terms = [
        one
        for one in company.contracts
        if one.party_ref == state.bill.carrier_ref and one.side is Side.BUY
    ]
    billed_on = state.bill.billed_on
    held = [one for one in terms if one.valid_from <= billed_on]
    return max(held or terms, key=lambda one: (one.valid_from, one.version), default=None)


def _rules(carrier_ref: str, contract: Contract | None, company: Company) -> tuple[str, ...]:
    tolerance = company.tolerance_for(carrier_ref)
    used = f"{tolerance.policy_ref} version {tolerance.version}"
    if contract is None:
        return (used,)
    return used, f"contract {contract.contract_ref} version {contract.version}"


def _ref(now: BillState, line: BillLine, company: Company) -> str:
    ref = dispute_ref_of(now.shipment_ref, line.kind, line.stop)
    currency = line.money.currency
    return ref if currency == company.currency else f"{ref}-{currency}"
