"""When a partner says something happened: an instant, or only what the clock on the wall showed."""

from datetime import UTC, datetime

from msgspec import Struct

from drawbar.connectors.x12_folder.heard import NOWHERE, Heard
from drawbar.connectors.x12_folder.manifest import STOPS_CLOCK
from drawbar.edi import Moment, UnableToTime, instant
from drawbar.freight.reading import Problem

STOPS_OWN = frozenset({"", "LT"})
"""Zone codes that mean the clock of the stop. Source: X12 element 623."""


class Clocked(Struct, frozen=True, kw_only=True):
    """``local_at`` is the wall's clock where no zone was named; ``at`` then reads it as UTC."""

    at: datetime
    local_at: datetime | None = None


def clocked(moment: Moment, heard: Heard) -> Clocked | Problem:
    """Return when it was, or the problem that it cannot be known."""
    place = moment.at.get("on") or moment.at.get("clock") or NOWHERE
    if moment.on is None or moment.clock is None:
        lacks = "date" if moment.on is None else "time of day"
        return heard.lacking(f"The {lacks} is missing or unreadable.", place, lacks)
    local = datetime.combine(moment.on, moment.clock)
    code = moment.zone.strip()
    said = heard.profile.zones_heard.get(code, STOPS_CLOCK if code in STOPS_OWN else "")
    if said == STOPS_CLOCK:
        return Clocked(at=local.replace(tzinfo=UTC), local_at=local)
    try:
        zone_code = "" if said else code
        return Clocked(at=instant(moment.on, moment.clock, zone_code=zone_code, stop_zone=said))
    except UnableToTime as error:
        where = moment.at.get("zone") or place
        return heard.lacking(f"No instant: {error}.", where, "zone", moment.zone.strip())
