"""What the ERP paid a carrier, read back by amounts: never by a date or the name of a state."""

from msgspec import structs

from drawbar.flow.bill_state import BillState, BillStatus
from drawbar.flow.decision import NOTHING, Decision, joined
from drawbar.flow.needs import bill
from drawbar.flow.problem import raised
from drawbar.freight.case import CaseKind
from drawbar.freight.freight_bill import VoucherPaid
from drawbar.freight.money import zero
from drawbar.subledger.booking import Booking
from drawbar.subledger.cost import pay_bill


def paid(state: BillState, fact: VoucherPaid) -> Decision:
    """Book a payment; a bill is paid when everything approved is, and nothing is contested."""
    stream = bill(fact.bill_ref)
    nothing = zero(state.bill.currency)
    so_far = (state.paid or nothing) + fact.money
    now = structs.replace(state, paid=so_far, payments=state.payments + 1)
    owed = state.vouchered or nothing
    if so_far.amount >= owed.amount and not state.disputed.amount:
        now = structs.replace(now, status=BillStatus.PAID)
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
    return joined(booked, _too_much(now, fact))


def _too_much(now: BillState, fact: VoucherPaid) -> Decision:
    owed = now.vouchered or zero(now.bill.currency)
    so_far = now.paid or zero(now.bill.currency)
    if so_far.amount <= owed.amount:
        return NOTHING
    return raised(
        CaseKind.OVERPAID,
        bill(fact.bill_ref),
        f"{so_far} was paid on {now.bill.invoice_number}, of which {owed} was approved.",
        remedy="Ask the carrier for the difference, and find out who paid it.",
        now=fact.learned_at,
        item="payment",
        money=so_far - owed,
    )
