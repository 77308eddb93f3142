"""Freight cost: accrued when it is expected, adjusted when that changes, replaced by the bill.

What is accrued and what is paid may differ; the difference is freight variance, never lost.
"""

from drawbar.freight.ledger import Account, Entry, Purpose
from drawbar.freight.money import Money, zero
from drawbar.subledger.booking import Booking, entry


def accrue_cost(
    booking: Booking,
    *,
    expected: Money,
    accrued: Money,
    corrects: str = "",
    exchange: Money | None = None,
) -> tuple[Entry, ...]:
    """Book the difference between what is ``expected`` and what is ``accrued``; nothing if equal.

    ``corrects`` is the accrual that this one adjusts, empty for the first. The part of the
    difference that another rate of ``exchange`` makes is no cost of freight.
    """
    change = expected - accrued
    purpose = _purpose(expected, accrued, corrects)
    by_rate = exchange or zero(change.currency)
    amounts = {
        Account.FREIGHT_COST: change - by_rate,
        Account.EXCHANGE_VARIANCE: by_rate,
        Account.FREIGHT_ACCRUED: -change,
    }
    return entry(booking, purpose, amounts, corrects=corrects)


def cancel_cost(
    booking: Booking, *, accrued: Money, owed: Money, corrects: str = ""
) -> tuple[Entry, ...]:
    """Reverse all that is accrued; then accrue what is ``owed`` all the same, such as a TONU."""
    nothing = zero(accrued.currency)
    reversal = accrue_cost(booking, expected=nothing, accrued=accrued, corrects=corrects)
    return (*reversal, *accrue_cost(booking, expected=owed, accrued=nothing))


def approve_bill(
    booking: Booking, *, payable: Money, accrued: Money, stays: Money, corrects: str = ""
) -> tuple[Entry, ...]:
    """Replace the accrual by what is ``payable``; ``stays`` is what stays accrued afterwards.

    Accrue what is expected first. What is released beyond the payable, or paid beyond the accrual,
    is freight variance; should more stay than was accrued, the growth is cost. A credit is payable
    below zero.
    """
    nothing = zero(payable.currency)
    replaced = max(accrued - stays, nothing)
    growth = max(stays - accrued, nothing)
    amounts = {
        Account.FREIGHT_COST: growth,
        Account.FREIGHT_ACCRUED: replaced - growth,
        Account.FREIGHT_VARIANCE: payable - replaced,
        Account.ACCOUNTS_PAYABLE: -payable,
    }
    return entry(booking, Purpose.BILL_APPROVED, amounts, corrects=corrects)


def end_dispute(
    booking: Booking, *, conceded: Money, accrued: Money, stays: Money, corrects: str = ""
) -> tuple[Entry, ...]:
    """Pay what is ``conceded``; what was accrued for the rest is released to freight variance."""
    if conceded.amount:
        return approve_bill(
            booking, payable=conceded, accrued=accrued, stays=stays, corrects=corrects
        )
    released = accrued - stays
    amounts = {Account.FREIGHT_ACCRUED: released, Account.FREIGHT_VARIANCE: -released}
    return entry(booking, Purpose.COST_ADJUSTED, amounts, corrects=corrects)


def pay_bill(booking: Booking, *, paid: Money) -> tuple[Entry, ...]:
    """Book what the ERP paid the carrier."""
    amounts = {Account.ACCOUNTS_PAYABLE: paid, Account.BANK_CLEARING: -paid}
    return entry(booking, Purpose.BILL_PAID, amounts)


def _purpose(expected: Money, accrued: Money, corrects: str) -> Purpose:
    if not expected.amount:
        return Purpose.COST_REVERSED
    return Purpose.COST_ADJUSTED if accrued.amount or corrects else Purpose.COST_ACCRUED
