"""A run goes to the bank, exactly once: booked, instructed, and each payee told what it is for.

Everything is looked at anew first; what changed since the proposal stops the whole run.
"""

from msgspec import structs

from drawbar.flow import document
from drawbar.flow.bill_state import BillState, open_money
from drawbar.flow.books import payment_run
from drawbar.flow.claim import decide as decide_claim
from drawbar.flow.company import Company
from drawbar.flow.consequence import following
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.needs import bill
from drawbar.flow.payment_open import Asked, proposal
from drawbar.flow.payment_state import Outcome, RunState, RunStatus, Told
from drawbar.flow.problem import raised, settled
from drawbar.freight.case import CaseKind
from drawbar.freight.claim import ClaimNetted
from drawbar.freight.delivery import (
    AnyPayload,
    Delivery,
    InstructPayments,
    Lane,
    PostJournal,
    SendRemittance,
)
from drawbar.freight.instant import local_day
from drawbar.freight.ledger import Entry, Purpose
from drawbar.freight.payment import NettedClaim, PaidBill, PaymentOrder, PaymentRunReleased
from drawbar.freight.stream import StreamKey
from drawbar.subledger.booking import Booking, entry_ref
from drawbar.subledger.payment import instruct_bill

_PURPOSE = Purpose.PAYMENT_INSTRUCTED


def release_objection(state: RunState, company: Company) -> str:
    """Return why a run cannot go to the bank by itself, empty where it can."""
    if state.status is not RunStatus.APPROVED:
        return f"It is {state.status.value}."
    if not company.policy.bank:
        return "The policy names no bank system to instruct."
    return ""


def released(state: RunState, fact: PaymentRunReleased, known: Known, company: Company) -> Decision:
    """Book the run and instruct the bank; released before, or not approved, only a note."""
    stream = payment_run(state.run_ref)
    against = release_objection(state, company)
    if against:
        return Decision(notes=((stream, f"Not released: {against}"),))
    asked = Asked(run_ref=state.run_ref, until=state.until, pay_on=state.pay_on, at=fact.learned_at)
    if proposal(asked, known, company).orders != state.orders:
        return _stopped(stream, fact)
    now = structs.replace(
        state,
        status=RunStatus.RELEASED,
        released_by=fact.released_by,
        released_at=fact.learned_at,
        told={one.payment_ref: _first_word(one) for one in state.orders},
        entry_refs={
            paid.bill_ref: entry_ref(_booking(paid, order, fact, known, company), _PURPOSE)
            for order in state.orders
            for paid in order.bills
        },
    )
    note = f"Released by {fact.released_by}"
    return joined(
        Decision(states={stream: now}, notes=((stream, note),)),
        no_longer_stopped(stream, note),
        *(_booked(order, fact, known, company) for order in state.orders),
        _instructed(now, fact, company),
    )


def no_longer_stopped(stream: StreamKey, because: str) -> Decision:
    """Return that nobody need look at a stopped run any more."""
    return settled(CaseKind.PAYMENT_STOPPED, stream, because)


def _stopped(stream: StreamKey, fact: PaymentRunReleased) -> Decision:
    return raised(
        CaseKind.PAYMENT_STOPPED,
        stream,
        "A bill, a claim or a payee of the run changed since it was proposed; nothing was paid.",
        remedy="Drop the run and propose it anew: the new one shows what changed.",
        now=fact.learned_at,
    )


def _first_word(order: PaymentOrder) -> Told:
    """Return what is known of a payment at release: without money there is nothing to wait for."""
    return Told(outcome=Outcome.INSTRUCTED if order.money.amount else Outcome.CONFIRMED)


def _booked(
    order: PaymentOrder, fact: PaymentRunReleased, known: Known, company: Company
) -> Decision:
    bills = (_bill_booked(paid, order, fact, known, company) for paid in order.bills)
    claims = (_claim_netted(one, order, fact, known, company) for one in order.claims)
    return joined(*bills, *claims)


def _bill_booked(
    paid: PaidBill, order: PaymentOrder, fact: PaymentRunReleased, known: Known, company: Company
) -> Decision:
    """Settle a bill's part; one without money to wait for is free for the next run."""
    stream = bill(paid.bill_ref)
    state = _bill(paid, known)
    entries = instruct_bill(_booking(paid, order, fact, known, company), paid)
    now = structs.replace(
        state,
        payments=state.payments + 1,
        documents=_expected(state.documents, entries),
        paid=(state.paid + paid.gross) if state.paid else paid.gross,
        payment_run="",
    )
    note = f"{paid.gross} settled by {order.payment_ref}: {paid.cash} in money"
    return joined(
        Decision(states={stream: now}, notes=((stream, note),)),
        _credit_used(now, paid, order),
        *(_posted(one, stream, company) for one in entries),
    )


def _credit_used(now: BillState, paid: PaidBill, order: PaymentOrder) -> Decision:
    """Return that the carrier owes us nothing on a credit bill any more, once all is netted."""
    if paid.gross.amount >= 0 or open_money(now).amount:
        return NOTHING
    because = f"It is netted in {order.payment_ref}."
    return settled(CaseKind.OVERPAID, bill(paid.bill_ref), because, item="credit")


def _booking(
    paid: PaidBill, order: PaymentOrder, fact: PaymentRunReleased, known: Known, company: Company
) -> Booking:
    return Booking(
        about=bill(paid.bill_ref),
        shipment_ref=paid.shipment_ref,
        document_on=local_day(fact.learned_at, company.zone),
        revision=_bill(paid, known).payments + 1,
        text=f"{paid.carrier_ref} {paid.invoice_number} by {order.payment_ref}",
    )


def _bill(paid: PaidBill, known: Known) -> BillState:
    state = known.states[bill(paid.bill_ref)]
    assert isinstance(state, BillState)
    return state


def _claim_netted(
    one: NettedClaim,
    order: PaymentOrder,
    fact: PaymentRunReleased,
    known: Known,
    company: Company,
) -> Decision:
    netted = following(
        ClaimNetted,
        fact,
        about=one.claim_ref,
        claim_ref=one.claim_ref,
        money=one.money,
        payment_ref=order.payment_ref,
    )
    return decide_claim(netted, known, company)


def _expected(documents: document.Documents, entries: tuple[Entry, ...]) -> document.Documents:
    for entry in entries:
        key = entry.entry_ref
        documents = document.expected(documents, business_key=key, amount=document.debits(entry))
    return documents


def _posted(entry: Entry, stream: StreamKey, company: Company) -> Decision:
    journal = PostJournal(entry=entry)
    key = entry.entry_ref
    return document.post(journal, business_key=key, stream=stream, entry=entry, company=company)


def _instructed(state: RunState, fact: PaymentRunReleased, company: Company) -> Decision:
    """Tell the bank once, and each payee what its payment is for."""
    paying = tuple(one for one in state.orders if one.money.amount)
    said: list[tuple[str, AnyPayload]] = []
    if paying:
        told = InstructPayments(
            run_ref=state.run_ref,
            created_at=fact.learned_at,
            pay_on=state.pay_on,
            orders=paying,
        )
        said.append((state.run_ref, told))
    said += (
        (one.payment_ref, SendRemittance(order=one, paid_on=state.pay_on)) for one in state.orders
    )
    if not said:
        return NOTHING
    return Decision(
        deliveries=tuple(
            Delivery(
                system=company.policy.bank,
                lane=Lane.FINANCE,
                stream=payment_run(state.run_ref),
                business_key=key,
                payload=payload,
            )
            for key, payload in said
        )
    )
