"""A load on hold: a person stopped it, and nobody is asked to take it until it goes on.

Which of two words came last is told by when they were said, not by when they came in.
"""

from msgspec import Struct

from drawbar.freight.instant import Instant


class Hold(Struct, frozen=True, kw_only=True):
    """Who stopped a load, why and since when.

    ``revision`` is the revision of the order that this person refused, 0 where none; the next one
    lets the load go on by itself.
    """

    by: str
    because: str
    since: Instant
    revision: int = 0


class Holding(Struct, frozen=True, kw_only=True):
    """Whether a load is on hold now, and when somebody last let it go on."""

    hold: Hold | None = None
    lifted_at: Instant | None = None


NOT_HELD = Holding()


def held(holding: Holding, hold: Hold) -> Holding:
    """Return the load stopped; a hold from before the last lifting is over, the latest stands."""
    if holding.lifted_at is not None and hold.since <= holding.lifted_at:
        return holding
    if holding.hold is not None and hold.since <= holding.hold.since:
        return holding
    return Holding(hold=hold, lifted_at=holding.lifted_at)


def lifted(holding: Holding, *, at: Instant) -> Holding:
    """Return the load let go; a hold that began afterwards stands."""
    last = max(holding.lifted_at or at, at)
    later = holding.hold is not None and holding.hold.since > last
    return Holding(hold=holding.hold if later else None, lifted_at=last)
