"""What diesel costs by region and week, and which surcharge follows from it.

A price of a Monday counts from the Wednesday after it, as carriers that follow the weekly
government survey write it. The series itself is invented: a walk with one peak before the run.
"""

from datetime import date, timedelta

from msgspec import Struct

from drawbar.world.plan.agreement import FuelWeek
from drawbar.world.plan.dice import Dice

WEEK = timedelta(days=7)
WEEKS_BEFORE, DAYS_AFTER = 12, 67
BASE_TENTHS = {"east": 3790, "midwest": 3660, "gulf": 3480, "west": 4420}
"""Tenths of a cent a gallon at the start of the walk, by region. An assumption."""

PEAK = (0, 60, 180, 330, 420, 380, 220, 90)
"""By how much the first weeks of the series stood above its walk, in tenths of a cent."""


class Band(Struct, frozen=True, kw_only=True):
    """A carrier's table: so many ``tenths`` of a percent per ``step`` of the price above ``base``.

    Prices are tenths of a cent.
    """

    base: int
    step: int
    tenths: int

    def percent(self, price: int) -> int:
        """Return the surcharge at a price, in tenths of a percent; full steps count."""
        return max((price - self.base) // self.step, 0) * self.tenths


def mondays(begins_on: date, days: int) -> tuple[date, ...]:
    """Return the days of the survey that a run needs, the first long before it begins."""
    first = begins_on - timedelta(days=begins_on.weekday()) - WEEKS_BEFORE * WEEK
    last = begins_on + timedelta(days=days + DAYS_AFTER)
    return tuple(first + n * WEEK for n in range((last - first).days // 7 + 1))


def prices(seed: int, region: str, surveys: int) -> tuple[int, ...]:
    """Return the price of each survey in tenths of a cent: all regions walk alike, not the same."""
    price, series = BASE_TENTHS[region], []
    for week in range(surveys):
        price += Dice(seed, "diesel", week).between(-55, 60)
        price += Dice(seed, "diesel", (region, week)).between(-15, 15)
        series.append(price + (PEAK[week] if week < len(PEAK) else 0))
    return tuple(series)


def fuel_weeks(
    seed: int, *, region: str, band: Band, begins_on: date, days: int, clause: str
) -> tuple[FuelWeek, ...]:
    """Return the surcharge of each week, from Wednesday to Wednesday."""
    surveyed = mondays(begins_on, days)
    rows = zip(surveyed, prices(seed, region, len(surveyed)), strict=True)
    return tuple(_week(monday, band.percent(price), clause) for monday, price in rows)


def _week(monday: date, tenths: int, clause: str) -> FuelWeek:
    begins = monday + timedelta(days=2)
    return FuelWeek(
        clause=f"{clause} of {begins}", tenths=tenths, valid_from=begins, valid_to=begins + WEEK
    )
