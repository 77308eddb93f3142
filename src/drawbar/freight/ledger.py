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
    INVOICE_PAID = "invoice_paid"


class UnbalancedEntry(ValueError):
    """An entry whose debits and credits differ, or that has nothing in it. Never written."""


class EntryLine(Struct, frozen=True, kw_only=True):
    """One side of an entry. A debit is above zero, a credit below."""

    account: Account
    money: Money


class Entry(Struct, frozen=True, kw_only=True):
    """A balanced entry in one currency. ``entry_ref`` is unique for ever.

    ``about`` is the shipment, bill or invoice that it books; ``reverses`` an earlier entry_ref.
    """

    entry_ref: str
    purpose: Purpose
    about: StreamKey
    shipment_ref: str
    document_on: date
    lines: tuple[EntryLine, ...]
    reverses: str = ""
    text: str = ""

    def __post_init__(self) -> None:
        """Raise ``UnbalancedEntry`` or ``MixedCurrencies``."""
        if not self.lines or any(not line.money.amount for line in self.lines):
            raise UnbalancedEntry(f"{self.entry_ref}: an entry has lines, none of them zero")
        balance = total((line.money for line in self.lines), currency=self.lines[0].money.currency)
        if balance.amount:
            raise UnbalancedEntry(f"{self.entry_ref}: debits and credits differ by {balance}")
