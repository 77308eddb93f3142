"""Instants and days: when something happened, and which day that was at the stop.

Every instant is aware and in UTC; the zone of the stop stands beside it, never inside it.
"""

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from msgspec import Meta

Instant = Annotated[datetime, Meta(tz=True)]

ZONES = frozenset(available_timezones())


REMEMBERED_DAYS = 20_000
"""The same few instants of a load are asked for again and again."""


class UnknownZone(ValueError):
    """Not a zone of the IANA database, such as ``America/Chicago``. Correct the place's zone."""


@lru_cache(maxsize=len(ZONES))
def zone(name: str) -> ZoneInfo:
    """Return the IANA zone. Raise ``UnknownZone``."""
    if name not in ZONES:
        raise UnknownZone(f"no time zone is called {name!r}; write one such as America/Chicago")
    return ZoneInfo(name)


def utc(moment: datetime) -> datetime:
    """Return the same instant in UTC. Raise ``ValueError`` on a naive time."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no zone: which instant is meant is unknown")
    return moment.astimezone(UTC)


@lru_cache(maxsize=REMEMBERED_DAYS)
def local_day(moment: datetime, zone_name: str) -> date:
    """Return the calendar day of ``moment`` at a stop in ``zone_name``."""
    return utc(moment).astimezone(zone(zone_name)).date()
