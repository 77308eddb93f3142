"""Freight revenue: earned at delivery, invoiced to the customer, paid by the customer."""

from drawbar.freight.ledger import Account, Entry, Purpose
from drawbar.freight.money import Money
from drawbar.subledger.booking import Booking, entry


def accrue_revenue(
    booking: Booking, *, expected: Money, accrued: Money, corrects: str = ""
) -> tuple[Entry, ...]:
    """Book the difference between what is ``expected`` and what is ``accrued``; nothing if equal.

    ``corrects`` is the accrual that this one adjusts, empty for the first.
    """
    change = expected - accrued
    purpose = _purpose(expected, accrued, corrects)
    amounts = {Account.UNBILLED_RECEIVABLE: change, Account.FREIGHT_REVENUE: -change}
    return entry(booking, purpose, amounts, corrects=corrects)


def release_invoice(
    booking: Booking, *, invoiced: Money, accrued: Money, stays: Money
) -> tuple[Entry, ...]:
    """Replace the unbilled receivable by the invoice; ``stays`` is what stays unbilled.

    What is invoiced beyond the accrual is revenue now; what falls short of it is taken back.
    """
    replaced = accrued - stays
    amounts = {
        Account.ACCOUNTS_RECEIVABLE: invoiced,
        Account.UNBILLED_RECEIVABLE: -replaced,
        Account.FREIGHT_REVENUE: replaced - invoiced,
    }
    return entry(booking, Purpose.INVOICE_RELEASED, amounts)


def receive_payment(booking: Booking, *, paid: Money) -> tuple[Entry, ...]:
    """Book what the customer paid."""
    amounts = {Account.BANK_CLEARING: paid, Account.ACCOUNTS_RECEIVABLE: -paid}
    return entry(booking, Purpose.INVOICE_PAID, amounts)


def _purpose(expected: Money, accrued: Money, corrects: str) -> Purpose:
    if not expected.amount:
        return Purpose.REVENUE_REVERSED
    return Purpose.REVENUE_ADJUSTED if accrued.amount or corrects else Purpose.REVENUE_ACCRUED
