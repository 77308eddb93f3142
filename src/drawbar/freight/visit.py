"""A visit: when a truck came to a stop and left it, with the events that say so."""

from msgspec import Struct

from drawbar.freight.fact import FactKey
from drawbar.freight.instant import Instant
from drawbar.freight.order import Stop, StopPurpose


class Visit(Struct, frozen=True, kw_only=True):
    """One stop as it was driven. A time that nobody reported is None.

    ``due_at`` is the appointment in force, or the time within its window where nobody made one.
    ``marks`` are those of the place; ``facts`` are the keys of the events used.
    """

    stop: int
    zone: str
    due_at: Instant
    arrived_at: Instant | None = None
    departed_at: Instant | None = None
    facts: tuple[FactKey, ...] = ()
    purpose: StopPurpose | None = None
    marks: tuple[str, ...] = ()


def planned(stop: Stop) -> Visit:
    """Return a stop as it is planned, before anybody drove."""
    return Visit(
        stop=stop.number,
        zone=stop.place.zone,
        due_at=stop.due_at,
        purpose=stop.purpose,
        marks=stop.place.marks,
    )
