"""Credit: whether one more order still fits what a customer may owe us at any time.

Exposure counts everything done for the customer and not paid yet, invoiced or not.
"""

from msgspec import Struct

from drawbar.freight.money import Money, total


class Exposure(Struct, frozen=True, kw_only=True):
    """What a customer owes or will owe without the new order, all in one currency.

    ``open_receivables`` may be below zero for a customer who paid ahead.
    """

    open_receivables: Money
    delivered_unbilled: Money
    in_transit: Money


class NoLimit(Struct, frozen=True, kw_only=True, tag=True):
    """Nothing is checked: the customer has no credit limit. Limit 0.00 is another thing."""

    text: str


class WithinCredit(Struct, frozen=True, kw_only=True, tag=True):
    """The order fits. ``total`` is the exposure with it, ``text`` the sum in words."""

    total: Money
    text: str


class OverCredit(Struct, frozen=True, kw_only=True, tag=True):
    """The order does not fit: ``excess`` is what is missing, above zero."""

    total: Money
    limit: Money
    excess: Money
    text: str


class CreditUnclear(Struct, frozen=True, kw_only=True, tag=True):
    """The amounts are in different currencies; a rate of exchange is not ours to invent."""

    text: str


Credit = NoLimit | WithinCredit | OverCredit | CreditUnclear


def check(limit: Money | None, *, exposure: Exposure, order_value: Money) -> Credit:
    """Compare the exposure with this order to ``limit``, inclusive; None is no limit at all."""
    if limit is None:
        return NoLimit(text="no credit limit is agreed with this customer, so none is checked")
    parts = {
        "open": exposure.open_receivables,
        "delivered and not invoiced": exposure.delivered_unbilled,
        "on the way": exposure.in_transit,
        "this order": order_value,
    }
    owed = {name: money for name, money in parts.items() if money.amount}
    currencies = {money.currency for money in (limit, *owed.values())}
    if len(currencies) > 1:
        return CreditUnclear(text=f"limit and debts are in {', '.join(sorted(currencies))}")
    whole = total(owed.values(), currency=limit.currency)
    terms = " + ".join(f"{money.amount:,} {name}" for name, money in owed.items())
    return _compared(limit, whole, words=f"{terms or 'nothing owed'} = {whole}")


def _compared(limit: Money, whole: Money, *, words: str) -> WithinCredit | OverCredit:
    if whole.amount <= limit.amount:
        return WithinCredit(total=whole, text=f"{words}, within the limit of {limit}")
    excess = whole - limit
    text = f"{words}, {excess} over the limit of {limit}"
    return OverCredit(total=whole, limit=limit, excess=excess, text=text)
