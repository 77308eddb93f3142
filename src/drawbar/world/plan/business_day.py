"""When business happens: which days are busy, at which hours orders come, which docks are open.

The cycle by weekday and season is an assumption; docs/world.md states it.
"""

from datetime import UTC, date, datetime, time, timedelta

from drawbar.freight.instant import Instant, zone
from drawbar.world.plan.dice import Dice

HOME = "America/Chicago"
WEEKDAYS = (115, 110, 105, 105, 95, 16, 8)
SEASON = (88, 90, 98, 98, 104, 107, 98, 102, 107, 108, 104, 96)
HOURS = (
    (7, 8),
    (8, 14),
    (9, 16),
    (10, 14),
    (11, 11),
    (12, 7),
    (13, 10),
    (14, 10),
    (15, 7),
    (16, 3),
)
FIRST_SLOT, LAST_SLOT = time(6), time(15, 30)
HALF_HOUR, DAY = timedelta(minutes=30), timedelta(days=1)


def orders_by_day(begins_on: date, days: int, orders: int) -> tuple[int, ...]:
    """Return how many orders each day has: by weekday and month, in sum exactly ``orders``."""
    dates = [begins_on + timedelta(days=n) for n in range(days)]
    weights = [WEEKDAYS[one.weekday()] * SEASON[one.month - 1] for one in dates]
    heft = sum(weights)
    counts = [orders * weight // heft for weight in weights]
    rests = [orders * weight % heft for weight in weights]
    for day in sorted(range(days), key=lambda n: (-rests[n], n))[: orders - sum(counts)]:
        counts[day] += 1
    return tuple(counts)


def entered_at(day: date, dice: Dice) -> Instant:
    """Return when an order of a day is entered, by the clock of the firm's home."""
    return at_wall(day, time(dice.weighted(HOURS), dice.below(60)), HOME)


def at_wall(day: date, clock: time, zone_name: str) -> Instant:
    """Return the instant at which a wall in a zone shows a day and a time."""
    return datetime.combine(day, clock, tzinfo=zone(zone_name)).astimezone(UTC)


def wall(moment: Instant, zone_name: str) -> datetime:
    """Return what the wall in a zone shows at an instant: a clock without a zone."""
    return moment.astimezone(zone(zone_name)).replace(tzinfo=None)


def pickup_slot(earliest: date, dice: Dice, zone_name: str) -> Instant:
    """Return an appointment on the first working day from ``earliest`` on."""
    slots = (LAST_SLOT.hour - FIRST_SLOT.hour) * 2 + 2
    clock = datetime.combine(working_day(earliest), FIRST_SLOT) + dice.below(slots) * HALF_HOUR
    return at_wall(clock.date(), clock.time(), zone_name)


def next_slot(earliest: Instant, later: int, zone_name: str) -> Instant:
    """Return the first appointment that a dock gives from an instant on, ``later`` slots later."""
    clock = wall(earliest, zone_name).replace(second=0, microsecond=0)
    clock += timedelta(minutes=-clock.minute % 30)
    for _ in range(later + 1):
        clock = _open(clock)
        clock += HALF_HOUR
    clock -= HALF_HOUR
    return at_wall(clock.date(), clock.time(), zone_name)


def moved(moment: Instant, days: int, zone_name: str) -> Instant:
    """Return the same time on the wall some days later."""
    clock = wall(moment, zone_name)
    return at_wall(clock.date() + timedelta(days=days), clock.time(), zone_name)


def working_day(day: date) -> date:
    """Return the day itself from Monday to Friday, else the Monday after it."""
    return day if day.weekday() < 5 else day + timedelta(days=7 - day.weekday())


def _open(clock: datetime) -> datetime:
    """Return the first time from ``clock`` on at which the dock is open."""
    if clock.time() > LAST_SLOT:
        clock = datetime.combine(clock.date() + DAY, FIRST_SLOT)
    if clock.time() < FIRST_SLOT:
        clock = datetime.combine(clock.date(), FIRST_SLOT)
    day = working_day(clock.date()) if clock.weekday() != 5 else clock.date()
    return clock if day == clock.date() else datetime.combine(day, FIRST_SLOT)
