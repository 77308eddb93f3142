"""How long one may still come with a balance due, contest an overcharge, or file a claim.

Windows count calendar days where the books are kept, from the day of receipt, which is day 0; the
last day is within the window, the next one is not.
"""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from drawbar.freight.instant import Instant, local_day, utc
from drawbar.freight.instant import zone as zone_of


class Within(Struct, frozen=True, kw_only=True, tag=True):
    """It came in time: on ``day`` of the window; ``last_on`` is None where there is no window."""

    day: int
    last_on: date | None


class TooLate(Struct, frozen=True, kw_only=True, tag=True):
    """It came on ``day``, after the last one, which was ``last_on``."""

    day: int
    last_on: date
    text: str


def within(first_at: Instant, then_at: Instant, *, days: int | None, zone: str) -> Within | TooLate:
    """Return whether ``then_at`` is within ``days`` local days of ``first_at``, the first receipt.

    ``days`` is None where nothing ends the window. What comes before ``first_at`` is in time: two
    papers that cross are not late.
    """
    first_on, then_on = local_day(first_at, zone), local_day(then_at, zone)
    day = (then_on - first_on).days
    if days is None:
        return Within(day=day, last_on=None)
    last_on = first_on + timedelta(days=days)
    if day <= days:
        return Within(day=day, last_on=last_on)
    text = f"It came on {then_on}, day {day} after {first_on}; the {days} days ended on {last_on}."
    return TooLate(day=day, last_on=last_on, text=text)


def last_moment(from_at: Instant, *, days: int, zone: str) -> Instant:
    """Return when the last of ``days`` local days after ``from_at`` is over: its end, excluded."""
    return day_begins(local_day(from_at, zone) + timedelta(days=days + 1), zone)


def day_begins(day: date, zone: str) -> Instant:
    """Return the first instant of a calendar day where the books are kept."""
    return utc(datetime.combine(day, time(), tzinfo=zone_of(zone)))


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, the last of the month where it has no such day."""
    count = day.month - 1 + months
    year, month = day.year + count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
