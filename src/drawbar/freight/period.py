"""A period of the books: a month in the firm's own zone, closed once and for good.

What comes later is posted in the first open one; the document keeps its date.
"""

import re
from datetime import date, timedelta

from msgspec import Struct

from drawbar.freight.fact import Fact
from drawbar.freight.money import Money

_PERIOD = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


class UnfitPeriod(ValueError):
    """Not a month such as 2026-03. Write the year, a dash and the month in two figures."""


class Period(Struct, frozen=True, order=True):
    """One month, from ``begins_on`` to ``ends_on``, both within it. ``name`` is stored."""

    name: str

    def __post_init__(self) -> None:
        """Raise ``UnfitPeriod``."""
        if not _PERIOD.fullmatch(self.name):
            raise UnfitPeriod(f"{self.name!r} is no period; write one such as 2026-03")

    @property
    def begins_on(self) -> date:
        """Return its first day."""
        return date.fromisoformat(f"{self.name}-01")

    @property
    def ends_on(self) -> date:
        """Return its last day."""
        return self.next.begins_on - timedelta(days=1)

    @property
    def next(self) -> "Period":
        """Return the period after it."""
        return period_of(self.begins_on + timedelta(days=31))

    @property
    def before(self) -> "Period":
        """Return the period before it."""
        return period_of(self.begins_on - timedelta(days=1))


def period_of(day: date) -> Period:
    """Return the period that a day belongs to."""
    return Period(f"{day:%Y-%m}")


class CheckItem(Struct, frozen=True, kw_only=True):
    """One thing to look at before a close: how many there are, and what money hangs on them.

    ``link`` is the page that lists them. While a blocking one is not zero, closing needs a person's
    word that says why.
    """

    item: str
    text: str
    count: int
    money: tuple[Money, ...] = ()
    blocking: bool = True
    link: str = ""


class PeriodClosed(Fact, frozen=True, kw_only=True):
    """A named person closes a period. ``checklist`` is what they saw; ``reason`` overrides it."""

    period: str
    closed_by: str
    checklist: tuple[CheckItem, ...] = ()
    reason: str = ""


class PeriodReopened(Fact, frozen=True, kw_only=True):
    """A named person opens the period that was closed last, and says why."""

    period: str
    reopened_by: str
    reason: str
