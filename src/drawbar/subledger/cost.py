"""Freight cost: accrued when it is expected, adjusted when that changes, replaced by the bill.

What is accrued and what is paid may differ; the difference is freight variance, never lost. Tax
that we get back is no part of either: it stands in an account of its own.
"""

from drawbar.freight.ledger import Account, Entry, Purpose
from drawbar.freight.money import Money, zero
from drawbar.subledger.booking import Booking, entry
from drawbar.subledger.tax import TaxPart, accrued_only, or_none


def accrue_cost(
    booking: Booking,
    *,
    expected: Money,
    accrued: Money,
    corrects: str = "",
    exchange: Money | None = None,
    tax: TaxPart | None = None,
) -> tuple[Entry, ...]:
    """Book the difference between what is ``expected`` and what is ``accrued``; nothing if equal.

    ``corrects`` is the accrual that this one adjusts, empty for the first. The part of the
    difference that another rate of ``exchange`` makes is no cost of freight; nor is ``tax``.
    """
    change = expected - accrued
    purpose = _purpose(expected, accrued, corrects)
    by_rate = exchange or zero(change.currency)
    of_tax = or_none(tax, change.currency).moved
    amounts = {
        Account.FREIGHT_COST: change - by_rate - of_tax,
        Account.EXCHANGE_VARIANCE: by_rate,
        Account.TAX_RECOVERABLE: of_tax,
        Account.FREIGHT_ACCRUED: -change,
    }
    return entry(booking, purpose, amounts, corrects=corrects)


def cancel_cost(
    booking: Booking,
    *,
    accrued: Money,
    owed: Money,
    corrects: str = "",
    tax: TaxPart | None = None,
) -> tuple[Entry, ...]:
    """Reverse all that is accrued; then accrue what is ``owed`` all the same, such as a TONU."""
    nothing = zero(accrued.currency)
    part = or_none(tax, accrued.currency)
    reversal = accrue_cost(
        booking,
        expected=nothing,
        accrued=accrued,
        corrects=corrects,
        tax=accrued_only(before=part.before, after=nothing),
    )
    anew = accrued_only(before=nothing, after=part.after)
    return (*reversal, *accrue_cost(booking, expected=owed, accrued=nothing, tax=anew))


def approve_bill(
    booking: Booking,
    *,
    payable: Money,
    accrued: Money,
    stays: Money,
    corrects: str = "",
    tax: TaxPart | None = None,
) -> tuple[Entry, ...]:
    """Replace the accrual by what is ``payable``; ``stays`` is what stays accrued afterwards.

    Accrue what is expected first. What is released beyond the payable, or paid beyond the accrual,
    is freight variance; should more stay than was accrued, the growth is cost. A credit is payable
    below zero. Each is compared without the ``tax`` in it: a tax is no cost and no variance.
    """
    nothing = zero(payable.currency)
    part = or_none(tax, payable.currency)
    change = (stays - part.after) - (accrued - part.before)
    growth, replaced = max(change, nothing), max(-change, nothing)
    amounts = {
        Account.FREIGHT_COST: growth,
        Account.FREIGHT_ACCRUED: accrued - stays,
        Account.FREIGHT_VARIANCE: payable - part.settled - replaced,
        Account.TAX_RECOVERABLE: part.moved,
        Account.ACCOUNTS_PAYABLE: -payable,
    }
    return entry(booking, Purpose.BILL_APPROVED, amounts, corrects=corrects)


def end_dispute(
    booking: Booking,
    *,
    conceded: Money,
    accrued: Money,
    stays: Money,
    corrects: str = "",
    tax: TaxPart | None = None,
) -> tuple[Entry, ...]:
    """Pay what is ``conceded``; what was accrued for the rest is released to freight variance.

    The ``tax`` of what is released is got back from nobody: its balance goes down with it.
    """
    if conceded.amount:
        return approve_bill(
            booking, payable=conceded, accrued=accrued, stays=stays, corrects=corrects, tax=tax
        )
    released = accrued - stays
    of_tax = or_none(tax, accrued.currency).moved
    amounts = {
        Account.FREIGHT_ACCRUED: released,
        Account.FREIGHT_VARIANCE: -released - of_tax,
        Account.TAX_RECOVERABLE: of_tax,
    }
    return entry(booking, Purpose.COST_ADJUSTED, amounts, corrects=corrects)


def pay_bill(booking: Booking, *, paid: Money) -> tuple[Entry, ...]:
    """Book what the ERP paid the carrier."""
    amounts = {Account.ACCOUNTS_PAYABLE: paid, Account.BANK_CLEARING: -paid}
    return entry(booking, Purpose.BILL_PAID, amounts)


def _purpose(expected: Money, accrued: Money, corrects: str) -> Purpose:
    if not expected.amount:
        return Purpose.COST_REVERSED
    return Purpose.COST_ADJUSTED if accrued.amount or corrects else Purpose.COST_ACCRUED
