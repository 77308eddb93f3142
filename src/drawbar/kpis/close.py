"""How fast the books close, and how much what was reported first had to be put right."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.money import Money, total
from drawbar.kpis.share import Middle, middle, to_hundredth


class CloseRow(Struct, frozen=True, kw_only=True):
    """One period of the books: its last day, when it closed, its margin as reported and as known.

    ``closed_on`` is None while it is open. ``reported`` is the margin on the day of its close;
    ``final`` that margin with all that belongs to the period and came later.
    """

    period: str
    last_day: date
    closed_on: date | None = None
    reported: Money
    final: Money


def days_to_close(rows: Sequence[CloseRow]) -> Middle:
    """Return the days from a period's last day to its close, the median of all closed periods."""
    return middle(
        Decimal((row.closed_on - row.last_day).days) for row in rows if row.closed_on is not None
    )


def margin_restatement(rows: Sequence[CloseRow], *, currency: str) -> Decimal | None:
    """Return the percent by which margins were put right: |final - first reported| / |reported|.

    Over all closed periods; differences of one do not make up for another's. None of no margin.
    Raise ``MixedCurrencies``.
    """
    closed = [row for row in rows if row.closed_on is not None]
    base = total((_absolute(row.reported) for row in closed), currency=currency)
    if not base.amount:
        return None
    moved = total((_absolute(row.final - row.reported) for row in closed), currency=currency)
    return to_hundredth(100 * moved.amount / base.amount)


def _absolute(money: Money) -> Money:
    return -money if money.amount < 0 else money
