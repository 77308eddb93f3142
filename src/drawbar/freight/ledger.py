"""Ledger entries: what the books must show, each entry balanced, none ever changed.

A correction is another entry that names the one it reverses.
"""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from drawbar.freight.money import Money, total
from drawbar.freight.stream import StreamKey


class Account(StrEnum):
    """Our accounts; each ERP's own numbers are mapped in its connector. Stored."""

    FREIGHT_COST = "freight_cost"
    FREIGHT_ACCRUED = "freight_accrued"
    FREIGHT_VARIANCE = "freight_variance"
    ACCOUNTS_PAYABLE = "accounts_payable"
    BANK_CLEARING = "bank_clearing"
    FREIGHT_REVENUE = "freight_revenue"
    UNBILLED_RECEIVABLE = "unbilled_receivable"
    ACCOUNTS_RECEIVABLE = "accounts_receivable"
    EXCHANGE_VARIANCE = "exchange_variance"
    QUICK_PAY_DISCOUNT = "quick_pay_discount"
    CLAIMS_RECEIVABLE = "claims_receivable"
    CLAIMS_RECOVERED = "claims_recovered"
    WRITTEN_OFF = "written_off"
    CREDITS_NETTED = "credits_netted"
    TAX_RECOVERABLE = "tax_recoverable"
    TAX_PAYABLE = "tax_payable"


RESULT = frozenset(
    {
        Account.FREIGHT_COST,
        Account.FREIGHT_VARIANCE,
        Account.EXCHANGE_VARIANCE,
        Account.QUICK_PAY_DISCOUNT,
        Account.CLAIMS_RECOVERED,
        Account.WRITTEN_OFF,
        Account.FREIGHT_REVENUE,
    }
)
"""Accounts of cost and revenue, which cost centres share; all others are balances of the firm."""


class Purpose(StrEnum):
    """Why the entry was made. Stored."""

    COST_ACCRUED = "cost_accrued"
    COST_ADJUSTED = "cost_adjusted"
    COST_REVERSED = "cost_reversed"
    BILL_APPROVED = "bill_approved"
    BILL_PAID = "bill_paid"
    REVENUE_ACCRUED = "revenue_accrued"
    REVENUE_ADJUSTED = "revenue_adjusted"
    REVENUE_REVERSED = "revenue_reversed"
    INVOICE_RELEASED = "invoice_released"
    CREDIT_RELEASED = "credit_released"
    INVOICE_PAID = "invoice_paid"
    PAYMENT_INSTRUCTED = "payment_instructed"
    PAYMENT_RETURNED = "payment_returned"
    CLAIM_ACCEPTED = "claim_accepted"
    CLAIM_COLLECTED = "claim_collected"
    CLAIM_WRITTEN_OFF = "claim_written_off"


class UnbalancedEntry(ValueError):
    """An entry whose debits and credits differ, or that has nothing in it. Never written."""


class EntryLine(Struct, frozen=True, kw_only=True):
    """One side of an entry. A debit is above zero, a credit below.

    ``cost_centre`` is whose cost or revenue it is, empty where the firm does not share it out.
    """

    account: Account
    money: Money
    cost_centre: str = ""


class Entry(Struct, frozen=True, kw_only=True):
    """A balanced entry in one currency. ``entry_ref`` is unique for ever.

    ``about`` is the shipment, bill or invoice that it books; ``reverses`` an earlier entry_ref.
    ``document_on`` is the day of what it books, ``posted_on`` the day under which it stands in the
    books, later where that day's period was closed; None means the same day.
    """

    entry_ref: str
    purpose: Purpose
    about: StreamKey
    shipment_ref: str
    document_on: date
    lines: tuple[EntryLine, ...]
    reverses: str = ""
    text: str = ""
    posted_on: date | None = None

    @property
    def booked_on(self) -> date:
        """Return the day under which it stands in the books."""
        return self.posted_on or self.document_on

    def __post_init__(self) -> None:
        """Raise ``UnbalancedEntry`` or ``MixedCurrencies``."""
        if not self.lines or any(not line.money.amount for line in self.lines):
            raise UnbalancedEntry(f"{self.entry_ref}: an entry has lines, none of them zero")
        balance = total((line.money for line in self.lines), currency=self.lines[0].money.currency)
        if balance.amount:
            raise UnbalancedEntry(f"{self.entry_ref}: debits and credits differ by {balance}")
