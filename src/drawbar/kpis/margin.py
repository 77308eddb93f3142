"""What is left of the revenue once the carriers are paid, as the ledger has it."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.money import Money, total
from drawbar.kpis.share import to_hundredth


class MarginRow(Struct, frozen=True, kw_only=True):
    """One load in the books: revenue less credits, cost with variance, both as balances.

    Where cost centres share it, each has a row with its part.
    """

    shipment_ref: str
    revenue: Money
    cost: Money
    cost_centre: str = ""


class Margin(Struct, frozen=True, kw_only=True):
    """Revenue, cost and what is left, in one currency; ``refs`` are the loads behind it."""

    revenue: Money
    cost: Money
    refs: tuple[str, ...]

    @property
    def money(self) -> Money:
        """Return what is left, below zero for a loss."""
        return self.revenue - self.cost

    @property
    def percent(self) -> Decimal | None:
        """Return what is left in percent of the revenue; None without any."""
        if self.revenue.amount <= 0:
            return None
        return to_hundredth(100 * self.money.amount / self.revenue.amount)


def margin(rows: Sequence[MarginRow], *, currency: str) -> Margin:
    """Return the revenue less the cost of the loads, as the ledger has both.

    Raise ``MixedCurrencies``.
    """
    return Margin(
        revenue=total((row.revenue for row in rows), currency=currency),
        cost=total((row.cost for row in rows), currency=currency),
        refs=tuple(dict.fromkeys(row.shipment_ref for row in rows)),
    )
