"""What a file of past deliveries came to: how many lines met which end, and for how much.

A cost that stands on another line is followed to the line that has it, over several if need be.
"""

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.fact import Fact
from drawbar.freight.history import BillRecorded, FreightBasis, FreightRecorded
from drawbar.freight.money import Money, zero
from drawbar.freight.order import OrderChanged, OrderReleased


class Ends(Struct, frozen=True, kw_only=True):
    """Lines by the end of their cost; ``see_other`` is divided by where the other line ends.

    ``see_other_unresolved`` point at a line that the file lacks, or in a circle.
    """

    priced: int = 0
    priced_by_currency: dict[str, Decimal] = {}
    see_other: int = 0
    see_other_priced: int = 0
    see_other_in_goods_price: int = 0
    see_other_invoiced_separately: int = 0
    see_other_unresolved: int = 0
    in_goods_price: int = 0
    invoiced_separately: int = 0
    orders: int = 0


_FOLLOWED = {
    FreightBasis.BILLED: "see_other_priced",
    FreightBasis.IN_GOODS_PRICE: "see_other_in_goods_price",
    FreightBasis.INVOICED_SEPARATELY: "see_other_invoiced_separately",
    None: "see_other_unresolved",
}


class Survey:
    """Counts facts as they are read, and tells the ends when all are."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._basis: dict[str, FreightBasis] = {}
        self._others: dict[str, str] = {}
        self._sums: dict[str, Money] = {}
        self._orders = 0

    def add(self, facts: Iterable[Fact]) -> None:
        """Count the facts of some lines."""
        for fact in facts:
            match fact:
                case BillRecorded():
                    self._basis[fact.shipment_ref] = FreightBasis.BILLED
                    currency = fact.bill.total.currency
                    self._sums[currency] = (
                        self._sums.get(currency, zero(currency)) + fact.bill.total
                    )
                case FreightRecorded():
                    self._basis[fact.shipment_ref] = fact.basis
                    if fact.other_ref:
                        self._others[fact.shipment_ref] = fact.other_ref
                case OrderReleased() | OrderChanged():
                    self._orders += 1

    def unresolved(self) -> tuple[str, ...]:
        """Return the shipments whose cost stands on a line that the file lacks, or in a circle."""
        return tuple(ref for ref in self._others if self._end(ref) is None)

    def ends(self) -> Ends:
        """Return what all the lines came to."""
        bases = list(self._basis.values())
        followed = [_FOLLOWED[self._end(ref)] for ref in self._others]
        return Ends(
            priced=bases.count(FreightBasis.BILLED),
            priced_by_currency={currency: sum_.amount for currency, sum_ in self._sums.items()},
            see_other=len(followed),
            in_goods_price=bases.count(FreightBasis.IN_GOODS_PRICE),
            invoiced_separately=bases.count(FreightBasis.INVOICED_SEPARATELY),
            orders=self._orders,
            **{name: followed.count(name) for name in _FOLLOWED.values()},
        )

    def _end(self, ref: str) -> FreightBasis | None:
        """Follow a line to the one that says where its cost is; None where that leads nowhere."""
        passed = {ref}
        while (other := self._others.get(ref)) is not None:
            if other in passed:
                return None
            passed.add(other)
            ref = other
        return self._basis.get(ref)
