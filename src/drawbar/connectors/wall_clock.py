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
        return utc(shown)
    there = zone(zone_name)
    instant = utc(shown.replace(tzinfo=there, fold=0))
    if instant.astimezone(there).replace(tzinfo=None) != shown:
        raise NoSuchTime(f"{shown:%Y-%m-%d %H:%M} does not exist in {zone_name}")
    return instant
