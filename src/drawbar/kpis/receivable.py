"""How long customers take to pay us, by the books of a period."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.money import Money, total
from drawbar.kpis.share import to_hundredth


class ReceivableRow(Struct, frozen=True, kw_only=True):
    """One document to a customer: its total, and what of it was open at the end of the period.

    A credit note has a total below zero and nothing open: it is taken off what it credits.
    ``open`` is never below zero; what was paid too much is a debt of ours, not less owed to us.
    """

    invoice_ref: str
    invoiced_on: date
    total: Money
    open: Money


def days_sales_outstanding(
    rows: Sequence[ReceivableRow], *, first: date, last: date, currency: str
) -> Decimal | None:
    """Return the days of sales that are not paid: receivables / sales of the period x its days.

    Receivables are what was open on the period's last day, sales are less credit notes. The
    period is ``[first, last]`` in local days; None without sales in it. Raise ``MixedCurrencies``.
    """
    sold = total((row.total for row in rows if first <= row.invoiced_on <= last), currency=currency)
    if sold.amount <= 0:
        return None
    owed = total((row.open for row in rows if row.invoiced_on <= last), currency=currency)
    days = (last - first).days + 1
    return to_hundredth(owed.amount * days / sold.amount)
