"""Silence: by when a truck must be heard of again, before somebody has to call.

What counts is when the truck was last known of, not when the word of it came in; so reports that
come late or in another order lead to the same moment.
"""

from collections.abc import Sequence
from datetime import timedelta

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


def next_stop(account: Account, *, stops: Sequence[Stop]) -> Stop:
    """Return the first stop that the truck has not reached; the last one where it reached all."""
    reached = [
        place
        for place, stop in enumerate(stops)
        if arrival(account, stop) or departure(account, stop)
    ]
    rolling = 0 if account.first(K.IN_TRANSIT) is None else 1
    following = max((place + 1 for place in reached), default=rolling)
    return stops[min(following, len(stops) - 1)]


def due_at(stop: Stop, account: Account) -> Instant:
    """Return when the truck is late: after its appointment, or when the window has closed."""
    booked = (one.at for one in account.appointments if one.stop == stop.number)
    return next(booked, stop.latest_at)


def word_due_at(
    account: Account, *, stops: Sequence[Stop], heard_at: Instant, patience: timedelta
) -> Instant:
    """Return when the truck becomes silent: ``patience`` after the later of word and next stop."""
    stop = next_stop(account, stops=stops)
    return max(heard_at, due_at(stop, account)) + patience


def _spoken_at(report: Report, stops: Sequence[Stop]) -> Instant:
    if report.kind in _FORECASTS:
        return report.learned_at
    placed = assign(report, stops)
    known = isinstance(placed, Assigned) or report.local_at is None
    happened_at = placed.report.happened_at if known else report.learned_at
    return min(happened_at, report.learned_at)
