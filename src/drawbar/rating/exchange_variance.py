"""Why a bill in another currency differs: because of the price, or because of the exchange rate.

The two parts go to different accounts; together they are the difference, to the last unit.
"""

from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from drawbar.freight.money import Money, minor_unit


class Variance(Struct, frozen=True, kw_only=True):
    """A difference in the currency of the books: above zero where more is paid than expected."""

    price: Money
    exchange: Money


def variance(
    *, agreed: Money, expected_rate: Decimal, billed: Money, billed_rate: Decimal, books: str
) -> Variance:
    """Split what a bill costs beyond what was expected, both in the currency of the ``books``.

    ``agreed`` and ``billed`` are in the currency of the bill; the rates say what one unit of it was
    worth in the books' currency when the charge was expected, and is when it is paid. The price
    part is the difference of the amounts at the later rate, the exchange part is the agreed
    amount's own change of worth. Raise ``ValueError`` for two currencies or a rate of zero or less.
    """
    if agreed.currency != billed.currency:
        raise ValueError(f"{agreed} and {billed} are not in one currency; convert one first")
    if expected_rate <= 0 or billed_rate <= 0:
        raise ValueError("a rate of exchange is above zero")
    expected = _worth(agreed, expected_rate, books)
    now = _worth(agreed, billed_rate, books)
    paid = _worth(billed, billed_rate, books)
    return Variance(price=paid - now, exchange=now - expected)


def _worth(money: Money, rate: Decimal, books: str) -> Money:
    worth = (money.amount * rate).quantize(minor_unit(books), rounding=ROUND_HALF_UP)
    return Money(worth, books)
