"""When something happened: the date, time and zone code of a message as one instant in UTC.

A time without a zone, or in local time (LT), is local to its stop; the caller knows that zone.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

PREVAILING = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "AT": "America/Anchorage",
    "HT": "Pacific/Honolulu",
    "TT": "America/Halifax",
    "NT": "America/St_Johns",
}
"""Codes that follow daylight saving. Source: X12 element 623, release 004010 (A is Alaska, T is
Atlantic)."""

_STANDARD_MINUTES = {
    "N": -210, "T": -240, "E": -300, "C": -360, "M": -420, "P": -480, "A": -540, "H": -600
}  # fmt: skip

FIXED_MINUTES = (
    {"UT": 0, "GM": 0}
    | {letter + "S": minutes for letter, minutes in _STANDARD_MINUTES.items()}
    | {letter + "D": minutes + 60 for letter, minutes in _STANDARD_MINUTES.items()}
    | {f"{hour:02d}": hour * 60 for hour in range(1, 13)}
    | {f"{code:02d}": (code - 25) * 60 for code in range(13, 25)}
)
"""Codes that are a fixed distance from UTC, in minutes. Same source."""


class UnableToTime(ValueError):
    """The moment cannot be put on the clock: no zone for it, an unknown one, or a skipped hour.

    Give the stop's zone, add the partner's zone code, or ask the partner what was meant.
    """


def instant(
    on: date, at: time, *, zone_code: str, stop_zone: str, is_later: bool = False
) -> datetime:
    """Return the aware UTC instant. ``stop_zone`` is an IANA name, used for LT and for no code.

    An hour that occurs twice is the earlier one unless ``is_later``. Raise ``UnableToTime`` when
    the zone is unknown or missing, or when clocks skipped that time.
    """
    local = datetime.combine(on, at).replace(fold=int(is_later))
    try:
        return _instant(local, zone_code.strip(), stop_zone)
    except OverflowError as error:
        message = f"beyond the calendar: {local}"
        raise UnableToTime(message) from error


def _instant(local: datetime, code: str, stop_zone: str) -> datetime:
    if code in FIXED_MINUTES:
        offset = timezone(timedelta(minutes=FIXED_MINUTES[code]))
        return local.replace(tzinfo=offset).astimezone(UTC)
    if code not in {"", "LT"} and code not in PREVAILING:
        message = f"unknown zone code {code!r}"
        raise UnableToTime(message)
    zone = _zone(PREVAILING.get(code, stop_zone), code)
    result = local.replace(tzinfo=zone).astimezone(UTC)
    if result.astimezone(zone).replace(tzinfo=None, fold=0) != local.replace(fold=0):
        message = f"clocks in {zone.key} skipped {local:%Y-%m-%d %H:%M}"
        raise UnableToTime(message)
    return result


def _zone(name: str, code: str) -> ZoneInfo:
    if not name:
        message = f"zone code {code!r} is local to the stop, and the stop's zone is not given"
        raise UnableToTime(message)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = f"no such zone: {name!r}"
        raise UnableToTime(message) from error
