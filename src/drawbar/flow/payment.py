"""What the ERP paid a carrier, read back by amounts: never by a date or the name of a state.

Money that left the bank is booked, approved or not; only an approval makes a bill paid.
"""

from msgspec import structs

from drawbar.flow.bill_state import (
    BillState,
    BillStatus,
    open_money,
    owed,
    paid_so_far,
    standing,
    state_of,
)
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.needs import bill
from drawbar.flow.problem import raised, settled
from drawbar.freight.case import CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import VoucherPaid
from drawbar.freight.money import Money, total, zero
from drawbar.freight.payment import QuickPayAsked
from drawbar.subledger.booking import Booking
from drawbar.subledger.cost import pay_bill

ITEM = "payment"  # stored


def paid(state: BillState, fact: VoucherPaid) -> Decision:
    """Book a payment; a bill is paid when everything approved is, and nothing is contested.

    Below zero it came back: what was paid before, or what the carrier owes us on a credit bill.
    """
    if fact.money.currency != state.bill.currency or not _can_be(state, fact.money):
        return _unfit(state, fact)
    stream = bill(fact.bill_ref)
    so_far = paid_so_far(state) + fact.money
    now = structs.replace(state, paid=so_far, payments=state.payments + 1)
    if BillStatus.PAID in {standing(now), state.status}:
        now = structs.replace(now, status=standing(now))
    booking = Booking(
        about=stream,
        shipment_ref=state.shipment_ref,
        document_on=fact.paid_on,
        revision=now.payments,
        text=f"{state.bill.carrier_ref} {state.bill.invoice_number} paid as {fact.document}",
    )
    booked = Decision(
        states={stream: now},
        entries=pay_bill(booking, paid=fact.money),
        notes=((stream, f"The ERP paid {fact.money} on {fact.paid_on} as {fact.document}"),),
    )
    return joined(booked, overpaid(state, now, fact), _collected(state, now))


def _can_be(state: BillState, money: Money) -> bool:
    """Return whether so much can have been paid, or come back, on a bill."""
    if money.amount >= 0:
        return money.amount > 0
    nothing = zero(money.currency)
    return paid_so_far(state) + money >= min(_owed_to_us(state), nothing)


def _owed_to_us(state: BillState) -> Money:
    return total((one.money for one in state.payables), currency=state.bill.currency)


def _collected(before: BillState, now: BillState) -> Decision:
    """Settle that the carrier owes us on a credit bill, once the ERP says that it came."""
    if open_money(before).amount >= 0 or open_money(now).amount:
        return NOTHING
    because = "The ERP collected it."
    return settled(CaseKind.OVERPAID, bill(now.bill.bill_ref), because, item="credit")


def asked_early(fact: QuickPayAsked, known: Known) -> Decision:
    """Note that the carrier wants a bill paid early; asked again, or for no bill, nothing."""
    state = state_of(fact.bill_ref, known)
    if state is None or state.quick_pay_asked_by:
        return NOTHING
    stream = bill(fact.bill_ref)
    now = structs.replace(state, quick_pay_asked_by=fact.asked_by)
    note = f"{fact.asked_by} asks for quick pay"
    return Decision(states={stream: now}, notes=((stream, note),))


def overpaid(before: BillState, now: BillState, fact: Fact) -> Decision:
    """Return the case that more was paid than is owed, or its end where it is owed by now."""
    beyond = paid_so_far(now) - owed(now)
    if beyond.amount <= 0:
        because = "What was paid is owed by now."
        was_beyond = paid_so_far(before).amount > owed(before).amount
        stream = bill(now.bill.bill_ref)
        return settled(CaseKind.OVERPAID, stream, because, item=ITEM) if was_beyond else NOTHING
    if beyond == paid_so_far(before) - owed(before):
        return NOTHING  # told before
    return raised(
        CaseKind.OVERPAID,
        bill(now.bill.bill_ref),
        f"{paid_so_far(now)} was paid on {now.bill.invoice_number}, of which {owed(now)} was"
        " approved.",
        remedy="Ask the carrier for the difference, or approve it; find out who paid it.",
        now=fact.learned_at,
        item=ITEM,
        money=beyond,
    )


def _unfit(state: BillState, fact: VoucherPaid) -> Decision:
    """Give a payment that no voucher of ours can mean to a person; nothing is booked."""
    is_foreign = fact.money.currency != state.bill.currency
    why = f"the bill is in {state.bill.currency}" if is_foreign else "no payment is that"
    return raised(
        CaseKind.ERP_DIFFERENCE,
        bill(fact.bill_ref),
        f"The ERP says that it paid {fact.money} on {state.bill.invoice_number} as"
        f" {fact.document}, but {why}. It was not booked.",
        remedy="Correct the payment in the ERP; what it then pays comes as a payment of its own.",
        now=fact.learned_at,
        item=fact.key,
        money=fact.money,
    )
