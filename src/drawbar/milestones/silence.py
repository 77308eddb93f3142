"""Silence: by when a truck must be heard of again, before somebody has to call.

What counts is when the truck was last known of, not when the word of it came in; so reports that
come late or in another order lead to the same moment.
"""

from collections.abc import Sequence
from datetime import timedelta

from msgspec import Struct

from drawbar.freight.instant import Instant
from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.order import Stop
from drawbar.milestones.account import Account
from drawbar.milestones.log import Log, Report
from drawbar.milestones.place import Assigned, assign
from drawbar.milestones.visits import arrival, departure

_FORECASTS = frozenset({K.ESTIMATED, K.PICKUP_APPOINTMENT, K.DELIVERY_APPOINTMENT})


def last_heard_at(log: Log, *, stops: Sequence[Stop]) -> Instant | None:
    """Return the last moment of which anybody reported, None where nobody did.

    A forecast or an appointment gives a time to come: it counts from when we learned of it.
    """
    return max((_spoken_at(report, stops) for report in log.standing), default=None)


class Patience(Struct, frozen=True, kw_only=True):
    """How long nobody worries: about a truck on its way, and about one known to be unloading."""

    on_the_way: timedelta
    at_the_end: timedelta


def next_stop(account: Account, *, stops: Sequence[Stop]) -> Stop:
    """Return the first stop that the truck has not reached; the last one where it reached all."""
    return stops[min(_reached(account, stops), len(stops) - 1)]


def due_at(stop: Stop, account: Account) -> Instant:
    """Return when the truck is late: after its appointment, or when the window has closed."""
    booked = (one.at for one in account.appointments if one.stop == stop.number)
    return next(booked, stop.latest_at)


def word_due_at(
    account: Account, *, stops: Sequence[Stop], heard_at: Instant, patience: Patience
) -> Instant:
    """Return when the truck becomes silent: some time after the later of last word and next stop.

    Unloading takes its time and nobody reports meanwhile, so the end of the way has its own.
    """
    stop = next_stop(account, stops=stops)
    is_there = _reached(account, stops) >= len(stops)
    wait = patience.at_the_end if is_there else patience.on_the_way
    return max(heard_at, due_at(stop, account)) + wait


def _reached(account: Account, stops: Sequence[Stop]) -> int:
    """Return how many stops lie behind the truck, or under its wheels."""
    reached = [
        place
        for place, stop in enumerate(stops, start=1)
        if arrival(account, stop) or departure(account, stop)
    ]
    return max(reached, default=0 if account.first(K.IN_TRANSIT) is None else 1)


def _spoken_at(report: Report, stops: Sequence[Stop]) -> Instant:
    if report.kind in _FORECASTS:
        return report.learned_at
    placed = assign(report, stops)
    known = isinstance(placed, Assigned) or report.local_at is None
    happened_at = placed.report.happened_at if known else report.learned_at
    return min(happened_at, report.learned_at)
