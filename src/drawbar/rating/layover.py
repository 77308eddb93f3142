"""Layover: the nights that a truck waits at a stop, by what was reported of it."""

from datetime import time, timedelta

from msgspec import Struct

from drawbar.freight.instant import Instant, zone
from drawbar.freight.visit import Visit

MORNING = time(5)
"""A night is over at five by the clock of the stop; whoever leaves before waited into it only."""


class Waited(Struct, frozen=True, tag=True):
    """How many nights the truck waited, zero or more, and from when to when in words."""

    nights: int
    text: str


class Late(Struct, frozen=True, tag=True):
    """The truck came later than its grace allows: its night is its own."""

    text: str


class Unreported(Struct, frozen=True, tag=True):
    """Nobody said when the truck came or left."""


def nights(visit: Visit, *, grace_minutes: int | None) -> Waited | Late | Unreported:
    """Return the nights from the later of appointment and arrival to the departure.

    ``grace_minutes`` is how late a truck may come without losing its claim, None for ever so late.
    """
    arrived_at, departed_at = visit.arrived_at, visit.departed_at
    if arrived_at is None or departed_at is None:
        return Unreported()
    if grace_minutes is not None and arrived_at > visit.due_at + timedelta(minutes=grace_minutes):
        return Late(f"arrived at stop {visit.stop} more than {grace_minutes} min after it was due")
    begun_at = max(visit.due_at, arrived_at)
    counted = _mornings(begun_at, departed_at, visit)
    spent = f"from {_clock(begun_at, visit)} to {_clock(departed_at, visit)}"
    return Waited(counted, f"{spent} at stop {visit.stop}")


def _mornings(begun_at: Instant, departed_at: Instant, visit: Visit) -> int:
    """Return on how many later days than it began the stay lasted until morning."""
    begun, left = (one.astimezone(zone(visit.zone)) for one in (begun_at, departed_at))
    days = (left.date() - begun.date()).days
    return max(days if left.time() >= MORNING else days - 1, 0)


def _clock(moment: Instant, visit: Visit) -> str:
    return f"{moment.astimezone(zone(visit.zone)):%Y-%m-%d %H:%M}"
