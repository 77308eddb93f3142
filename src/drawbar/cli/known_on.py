"""The instant that ``--as-known-on`` means: the end of a day where the firm is, or as written."""

from datetime import date, datetime, time, timedelta

from drawbar.cli.options import USAGE, fail
from drawbar.freight.instant import Instant, utc, zone

NOT_A_TIME = "Write a day such as 2026-04-15, or an instant such as 2026-04-15T12:00:00-05:00."


class NotATime(ValueError):
    """Neither a day nor an instant with its offset from UTC. Write one of them."""


def known_until(told: str, zone_name: str) -> Instant:
    """Return the instant that ``told`` means; a day means its end in ``zone_name``."""
    try:
        day = date.fromisoformat(told)
    except ValueError:
        day = None
    if day is not None:
        midnight = datetime.combine(day + timedelta(days=1), time(), zone(zone_name))
        return utc(midnight) - timedelta(microseconds=1)
    try:
        return utc(datetime.fromisoformat(told))
    except ValueError as error:
        raise NotATime(told) from error


def instant(told: str, zone_name: str) -> Instant | None:
    """Return the instant told, None where none is; end the command where it is no time."""
    try:
        return known_until(told, zone_name) if told else None
    except NotATime:
        fail(f"{told!r} is no time. {NOT_A_TIME}", code=USAGE)
