"""A visit: when a truck came to a stop and left it, with the events that say so."""

from msgspec import Struct

from drawbar.freight.fact import FactKey
from drawbar.freight.instant import Instant


class Visit(Struct, frozen=True, kw_only=True):
    """One stop as it was driven. A time that nobody reported is None.

    ``due_at`` is the appointment in force; ``facts`` are the keys of the events used.
    """

    stop: int
    zone: str
    due_at: Instant
    arrived_at: Instant | None = None
    departed_at: Instant | None = None
    facts: tuple[FactKey, ...] = ()
