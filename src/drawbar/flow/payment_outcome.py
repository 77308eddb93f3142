"""What the bank says of our payments: booked, or come back; what came back is payable again."""

from msgspec import structs

from drawbar.flow import document
from drawbar.flow.bill_state import BillState, BillStatus, standing
from drawbar.flow.books import payment_run
from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.needs import bill
from drawbar.flow.payment_state import Outcome, RunState, Told
from drawbar.flow.problem import raised
from drawbar.freight.case import CaseKind
from drawbar.freight.delivery import PostJournal
from drawbar.freight.instant import local_day
from drawbar.freight.payment import PaidBill, PaymentConfirmed, PaymentOrder, PaymentReturned
from drawbar.subledger.booking import Booking
from drawbar.subledger.payment import return_bill

BankFact = PaymentConfirmed | PaymentReturned


def heard(state: RunState, fact: BankFact, known: Known, company: Company) -> Decision:
    """Note what became of a payment; said again, nothing changes."""
    order = next((one for one in state.orders if one.payment_ref == fact.payment_ref), None)
    before = state.told.get(fact.payment_ref)
    if order is None or before is None or before.outcome is Outcome.RETURNED:
        return NOTHING  # not released, or over: a returned payment is never confirmed any more
    if isinstance(fact, PaymentReturned):
        return _returned(state, order, fact, known, company)
    if fact.money != order.money:
        return _differs(order, fact, state)
    if before.outcome is Outcome.CONFIRMED:
        return NOTHING
    return joined(_noted(state, fact), *(_paid(one, order, known) for one in order.bills))


def _noted(state: RunState, fact: BankFact) -> Decision:
    is_back = isinstance(fact, PaymentReturned)
    told = Told(
        outcome=Outcome.RETURNED if is_back else Outcome.CONFIRMED,
        bank_ref=fact.bank_ref,
        on=fact.returned_on if isinstance(fact, PaymentReturned) else fact.booked_on,
        text=f"{fact.code} {fact.text}".strip() if isinstance(fact, PaymentReturned) else "",
    )
    stream = payment_run(state.run_ref)
    now = structs.replace(state, told=state.told | {fact.payment_ref: told})
    word = "returned" if is_back else "booked"
    note = f"The bank {word} {fact.payment_ref} as {fact.bank_ref} on {told.on} {told.text}".strip()
    return Decision(states={stream: now}, notes=((stream, note),))


def _paid(paid: PaidBill, order: PaymentOrder, known: Known) -> Decision:
    stream = bill(paid.bill_ref)
    state = known.states[stream]
    assert isinstance(state, BillState)
    status = standing(state)
    now = structs.replace(state, status=status) if status is BillStatus.PAID else state
    note = f"The bank booked {order.payment_ref}: {paid.cash}"
    return Decision(states={stream: now}, notes=((stream, note),))


def _differs(order: PaymentOrder, fact: PaymentConfirmed, state: RunState) -> Decision:
    return raised(
        CaseKind.ERP_DIFFERENCE,
        payment_run(state.run_ref),
        f"The bank booked {fact.money} for {order.payment_ref}, which we instructed over"
        f" {order.money}.",
        remedy="Ask the bank; what it charged for itself is booked by a journal of its own.",
        now=fact.learned_at,
        item=order.payment_ref,
        money=fact.money,
    )


def _returned(
    state: RunState, order: PaymentOrder, fact: PaymentReturned, known: Known, company: Company
) -> Decision:
    why = f"{fact.code} {fact.text}".strip() or "without a reason"
    return joined(
        _noted(state, fact),
        *(
            _reopened(one, order, state.entry_refs[one.bill_ref], fact, known, company)
            for one in order.bills
            if one.cash.amount
        ),
        raised(
            CaseKind.PAYMENT_RETURNED,
            payment_run(state.run_ref),
            f"{order.money} to {order.name} came back: {why}.",
            remedy="Correct the payee's account, with a second person; the next run pays it.",
            now=fact.learned_at,
            item=order.payment_ref,
            money=order.money,
        ),
    )


def _reopened(
    paid: PaidBill,
    order: PaymentOrder,
    corrects: str,
    fact: PaymentReturned,
    known: Known,
    company: Company,
) -> Decision:
    """Make a bill payable again, by what was to leave the bank for it."""
    stream = bill(paid.bill_ref)
    state = known.states[stream]
    assert isinstance(state, BillState)
    assert state.paid is not None
    booking = Booking(
        about=stream,
        shipment_ref=paid.shipment_ref,
        document_on=local_day(fact.learned_at, company.zone),
        revision=state.payments + 1,
        text=f"{paid.carrier_ref} {paid.invoice_number}: {order.payment_ref} came back",
    )
    (entry,) = return_bill(booking, paid, corrects=corrects)
    documents = document.expected(
        state.documents, business_key=entry.entry_ref, amount=document.debits(entry)
    )
    now = structs.replace(
        state, paid=state.paid - paid.cash, payments=state.payments + 1, documents=documents
    )
    if state.status is BillStatus.PAID:
        now = structs.replace(now, status=BillStatus.APPROVED)
        now = structs.replace(now, status=standing(now))
    note = f"{order.payment_ref} came back: {paid.cash} is payable again"
    return joined(
        Decision(states={stream: now}, notes=((stream, note),)),
        document.post(
            PostJournal(entry=entry),
            business_key=entry.entry_ref,
            stream=stream,
            entry=entry,
            company=company,
        ),
    )
