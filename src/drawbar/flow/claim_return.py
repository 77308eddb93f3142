"""Money of a claim that comes back: taken off a payment, by a credit memo or bill, or in cash.

A credit memo that was noted by hand and comes as a bill later counts once, as the bill.
"""

from msgspec import structs

from drawbar.flow import claim_deadline as clock
from drawbar.flow.claim_books import booked, by_a_bill
from drawbar.flow.claim_state import ClaimState, Netted
from drawbar.flow.company import Company, PaidBy
from drawbar.flow.contest import claim
from drawbar.flow.decision import NOTHING, Decision, joined
from drawbar.freight.claim import ClaimCredited, ClaimNetted, ClaimSaid, ClaimStep
from drawbar.freight.ledger import Account
from drawbar.freight.money import Money
from drawbar.settlement.claim import NotNow, recovered


def netted(state: ClaimState, fact: ClaimNetted, company: Company) -> Decision:
    """Count what one payment took off; said again it changes nothing."""
    if any(one.payment_ref == fact.payment_ref for one in state.netted):
        return NOTHING  # one payment takes a claim off once
    now = _less(state, fact.payment_ref, fact.money)
    came = {Account.CREDITS_NETTED: fact.money}
    now, entry = booked(state, now, fact, company, came=came)
    said = f"{fact.money} of it is taken off payment {fact.payment_ref}"
    return joined(clock.came_back(now, fact), entry, _note(now, said))


def credited(state: ClaimState | None, fact: ClaimCredited, company: Company) -> Decision:
    """Count a credit bill as money that came back; one about something else changes nothing."""
    left = state.standing.open if state else None
    if state is None or left is None or fact.money.currency != left.currency:
        return NOTHING
    if any(one.payment_ref == fact.credit_ref for one in state.netted) or not state.said_to_carrier:
        return NOTHING
    if fact.money in state.memos:
        return _memo_came(state, fact, company)
    if state.is_ended:
        return NOTHING
    money = min(fact.money, left)
    now = _less(state, fact.credit_ref, money)
    now, entry = booked(state, now, fact, company, came=by_a_bill(now, money))
    said = f"{money} credited by {fact.credit_ref}"
    return joined(clock.came_back(now, fact), entry, _note(now, said))


def came_by_hand(state: ClaimState, fact: ClaimSaid) -> tuple[ClaimState, dict[Account, Money]]:
    """Return the claim with a memo that was noted, and the account of what came by a step."""
    if fact.money is None or fact.step not in {ClaimStep.PAY, ClaimStep.CREDIT}:
        return state, {}
    if fact.step is ClaimStep.PAY:
        return state, {Account.BANK_CLEARING: fact.money}
    kept = structs.replace(state, memos=(*state.memos, fact.money))
    return kept, {Account.ACCOUNTS_PAYABLE: fact.money}


def refuse_memo(fact: ClaimSaid, company: Company) -> None:
    """Raise ``NotNow`` for a memo by hand that no payment would take off: Drawbar pays by bills."""
    if fact.step is ClaimStep.CREDIT and company.policy.payments is PaidBy.DRAWBAR:
        raise NotNow(
            "a credit memo is taken off the next payment as the carrier's bill below zero; submit"
            " it as one, or note that the carrier accepts the claim"
        )


def _memo_came(state: ClaimState, fact: ClaimCredited, company: Company) -> Decision:
    """Take back what was booked for a memo: its bill books the same money."""
    memos = list(state.memos)
    memos.remove(fact.money)
    now = structs.replace(state, memos=tuple(memos), netted=(*state.netted, _of(fact)))
    came = by_a_bill(now, fact.money) | {Account.ACCOUNTS_PAYABLE: -fact.money}
    now, entry = booked(state, now, fact, company, came=came)
    said = f"{fact.credit_ref} is the bill of the credit memo of {fact.money}; it counts once"
    return joined(Decision(states={claim(now.claim_ref): now}), entry, _note(now, said))


def _of(fact: ClaimCredited) -> Netted:
    return Netted(payment_ref=fact.credit_ref, money=fact.money)


def _less(state: ClaimState, ref: str, money: Money) -> ClaimState:
    return structs.replace(
        state,
        standing=recovered(state.standing, money),
        netted=(*state.netted, Netted(payment_ref=ref, money=money)),
    )


def _note(state: ClaimState, text: str) -> Decision:
    return Decision(notes=((claim(state.claim_ref), text),))
