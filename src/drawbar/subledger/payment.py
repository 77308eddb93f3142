"""Payments in the books: what leaves the bank, what is kept for paying early, what credits cover.

Booked when the bank is told; a payment that comes back is reversed by an entry of its own.
"""

from drawbar.freight.ledger import Account, Entry, Purpose
from drawbar.freight.money import Money
from drawbar.freight.payment import PaidBill
from drawbar.subledger.booking import Booking, entry


def instruct_bill(booking: Booking, paid: PaidBill) -> tuple[Entry, ...]:
    """Book what a payment settles of a bill. Over a whole payment, what is netted sums to zero."""
    return entry(booking, Purpose.PAYMENT_INSTRUCTED, _amounts(paid))


def return_bill(booking: Booking, paid: PaidBill, *, corrects: str) -> tuple[Entry, ...]:
    """Book back what of a bill a returned payment was to pay: it is payable again.

    What was netted and kept for paying early stays as it is.
    """
    amounts = {Account.ACCOUNTS_PAYABLE: -paid.cash, Account.BANK_CLEARING: paid.cash}
    return entry(booking, Purpose.PAYMENT_RETURNED, amounts, corrects=corrects)


def _amounts(paid: PaidBill) -> dict[Account, Money]:
    return {
        Account.ACCOUNTS_PAYABLE: paid.gross,
        Account.QUICK_PAY_DISCOUNT: -paid.discount,
        Account.CREDITS_NETTED: -paid.netted,
        Account.BANK_CLEARING: -paid.cash,
    }
