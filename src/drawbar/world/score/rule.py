"""What the score goes by: from when on something should have been done, and what may be paid over.

The defaults are those of docs/scorer.md; whoever changes one changes what the figures mean.
"""

from datetime import timedelta
from decimal import Decimal

from msgspec import Struct

NOTHING = Decimal(0)


class Rules(Struct, frozen=True, kw_only=True):
    """The terms of a score. ``persons`` and ``in_hand`` are what the firm says of itself.

    ``persons`` are business keys of ERP documents ("B-…/1") that a person decided about;
    ``in_hand`` are names of orders, shipments and bills that an open case or a hold explains.
    Above ``tolerance_percent`` of what is payable, or ``tolerance``, an excess counts as approved
    falsely; both must hold, inclusive.
    """

    old: timedelta = timedelta(days=10)
    grace: timedelta = timedelta(days=1)
    tender_within: timedelta = timedelta(days=2)
    invoice_within: timedelta = timedelta(days=3)
    tolerance: Decimal = NOTHING
    tolerance_percent: Decimal = NOTHING
    persons: frozenset[str] = frozenset()
    in_hand: frozenset[str] = frozenset()

    def tolerates(self, excess: Decimal, payable: Decimal) -> bool:
        """Say whether ``excess`` over ``payable`` is small enough to be paid as billed."""
        if excess <= 0:
            return True
        return excess <= self.tolerance and excess * 100 <= self.tolerance_percent * payable


DEFAULT = Rules()
