"""Which instant the clock on a wall means, in the zone of its place."""

from datetime import datetime

from drawbar.freight.instant import utc, zone


class NoSuchTime(ValueError):
    """A time that the clocks of that place skipped, as one hour in spring. Ask what was meant."""


def instant_at(shown: datetime, zone_name: str) -> datetime:
    """Return the instant in UTC; an aware time needs no zone. Of an hour shown twice, the first.

    Raise ``NoSuchTime`` for a skipped hour, ``UnknownZone`` for a zone that does not exist.
    """
    if shown.tzinfo is not None:
        return _in_utc(shown)
    there = zone(zone_name)
    try:
        instant = _in_utc(shown.replace(tzinfo=there, fold=0))
        was_shown = instant.astimezone(there).replace(tzinfo=None) == shown
    except OverflowError as error:
        raise NoSuchTime(f"{shown.isoformat()} is beyond the calendar") from error
    if not was_shown:
        raise NoSuchTime(f"{shown.isoformat()} does not exist in {zone_name}")
    return instant


def is_shown_twice(instant: datetime, zone_name: str) -> bool:
    """Return whether the clocks of a zone show the hour of an instant twice, as one in autumn."""
    there = instant.astimezone(zone(zone_name))
    return there.replace(fold=0).utcoffset() != there.replace(fold=1).utcoffset()


def _in_utc(aware: datetime) -> datetime:
    try:
        return utc(aware)
    except OverflowError as error:
        raise NoSuchTime(f"{aware.isoformat()} is beyond the calendar") from error
