"""The rules by which reports are weighed: whose clock counts, and how near is the same.

Policy of the firm; the defaults are those of the trade.
"""

from datetime import timedelta

from msgspec import Struct

from drawbar.freight.instant import Instant
from drawbar.freight.milestone import Source


class MilestoneRules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose time counts, best first, and how far two reports of one thing may lie apart."""

    precedence: tuple[Source, ...] = tuple(Source)
    together_minutes: int = 30

    def rank(self, source: Source) -> int:
        """Return 0 for the best source; one that is not named ranks last."""
        if source not in self.precedence:
            return len(self.precedence)
        return self.precedence.index(source)

    def together(self, one: Instant, other: Instant) -> bool:
        """Return whether two times can be of one event, inclusive."""
        return abs(one - other) <= timedelta(minutes=self.together_minutes)


RULES = MilestoneRules()
