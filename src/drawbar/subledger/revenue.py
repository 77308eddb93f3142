"""Freight revenue: earned at delivery, invoiced to the customer, paid by the customer.

The tax that customers are billed is never earned: it is owed to the tax office.
"""

from collections.abc import Sequence

from msgspec import structs

from drawbar.freight.ledger import Account, Entry, EntryLine, Purpose
from drawbar.freight.money import Money, zero
from drawbar.subledger.booking import Booking, entry
from drawbar.subledger.tax import TaxPart, or_none


def accrue_revenue(
    booking: Booking,
    *,
    expected: Money,
    accrued: Money,
    corrects: str = "",
    tax: TaxPart | None = None,
) -> tuple[Entry, ...]:
    """Book the difference between what is ``expected`` and what is ``accrued``; nothing if equal.

    ``corrects`` is the accrual that this one adjusts, empty for the first; ``tax`` is in both.
    """
    change = expected - accrued
    purpose = _purpose(expected, accrued, corrects)
    of_tax = or_none(tax, change.currency).moved
    amounts = {
        Account.UNBILLED_RECEIVABLE: change,
        Account.FREIGHT_REVENUE: of_tax - change,
        Account.TAX_PAYABLE: -of_tax,
    }
    return entry(booking, purpose, amounts, corrects=corrects)


def release_invoice(
    booking: Booking,
    *,
    invoiced: Money,
    accrued: Money,
    stays: Money,
    tax: TaxPart | None = None,
) -> tuple[Entry, ...]:
    """Replace the unbilled receivable by the invoice; ``stays`` is what stays unbilled.

    What is invoiced beyond the accrual is revenue now, but for the ``tax`` in it; what falls short
    of it is taken back.
    """
    replaced = accrued - stays
    of_tax = or_none(tax, invoiced.currency).moved
    amounts = {
        Account.ACCOUNTS_RECEIVABLE: invoiced,
        Account.UNBILLED_RECEIVABLE: -replaced,
        Account.FREIGHT_REVENUE: replaced - invoiced + of_tax,
        Account.TAX_PAYABLE: -of_tax,
    }
    return entry(booking, Purpose.INVOICE_RELEASED, amounts)


def release_credit(
    booking: Booking, *, credited: Money, corrects: str, tax: Money | None = None
) -> tuple[Entry, ...]:
    """Take back what was invoiced, above zero: receivable and revenue go down together.

    ``corrects`` is the entry of the invoice that it takes back from; the ``tax`` in it is owed to
    the tax office no more.
    """
    of_tax = tax or zero(credited.currency)
    amounts = {
        Account.FREIGHT_REVENUE: credited - of_tax,
        Account.TAX_PAYABLE: of_tax,
        Account.ACCOUNTS_RECEIVABLE: -credited,
    }
    return entry(booking, Purpose.CREDIT_RELEASED, amounts, corrects=corrects)


def combined(entries: Sequence[Entry]) -> Entry:
    """Return the entries of one document, at least one, as the one that the ERP posts.

    Alike accounts, cost centres and sides are added, so its debits are the sum of all debits.
    """
    first = entries[0]
    if len(entries) == 1:
        return first
    sums: dict[tuple[Account, str, bool], Money] = {}
    for line in (line for one in entries for line in one.lines):
        side = line.account, line.cost_centre, line.money.amount > 0
        sums[side] = sums[side] + line.money if side in sums else line.money
    lines = tuple(
        EntryLine(account=account, money=money, cost_centre=centre)
        for (account, centre, _), money in sums.items()
    )
    text = f"{first.about.ref} for {len(entries)} shipments"
    return structs.replace(first, shipment_ref="", lines=lines, text=text)


def receive_payment(booking: Booking, *, paid: Money) -> tuple[Entry, ...]:
    """Book what the customer paid."""
    amounts = {Account.BANK_CLEARING: paid, Account.ACCOUNTS_RECEIVABLE: -paid}
    return entry(booking, Purpose.INVOICE_PAID, amounts)


def _purpose(expected: Money, accrued: Money, corrects: str) -> Purpose:
    if not expected.amount:
        return Purpose.REVENUE_REVERSED
    return Purpose.REVENUE_ADJUSTED if accrued.amount or corrects else Purpose.REVENUE_ACCRUED
