"""Fuel surcharge terms: an index price becomes a percent or an amount per mile.

The day of a price, the day of its publication and the days on which it holds are three things.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from drawbar.freight.charge import ChargeKind
from drawbar.freight.figure import of_zero_or_more
from drawbar.freight.instant import Instant


class FuelRate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A fuel surcharge in percent of the base, in force from a local day on, to no day beyond."""

    clause: str
    percent: Decimal
    valid_from: date
    valid_to: date | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a figure that is below zero, endless or no number."""
        of_zero_or_more(percent=self.percent)


class IndexPrice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One price of an index, such as the weekly diesel price, per gallon or litre as it says.

    ``price_on`` is the day that it is about, ``published_on`` when it came out, ``effective_from``
    when it begins to hold where the index itself says so, ``known_at`` when we learned it.
    """

    index: str
    price_on: date
    price: Decimal
    published_on: date | None = None
    effective_from: date | None = None
    known_at: Instant

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a price of nothing, or one that is no number."""
        of_zero_or_more(price=self.price)
        if not self.price:
            raise ValueError("the price of an index is above zero")


class FuelBand(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Prices ``[from_price, to_price)``: a ``percent`` of the base, or an amount ``per_mile``."""

    from_price: Decimal
    to_price: Decimal | None = None
    percent: Decimal | None = None
    per_mile: Decimal | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a figure that is below zero, endless or no number."""
        of_zero_or_more(from_price=self.from_price, to_price=self.to_price)
        of_zero_or_more(percent=self.percent, per_mile=self.per_mile)


class StepRule(StrEnum):
    """Whether a begun step counts. Stored."""

    OR_FRACTION = "or_fraction"
    FULL_STEPS = "full_steps"


class FuelSteps(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For each ``step`` of the price above ``base_price``: more percent, or more per mile."""

    base_price: Decimal
    step: Decimal
    rule: StepRule = StepRule.OR_FRACTION
    percent: Decimal | None = None
    per_mile: Decimal | None = None
    percent_at_base: Decimal = Decimal(0)
    per_mile_at_base: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a figure that is below zero, endless or no number."""
        of_zero_or_more(base_price=self.base_price, step=self.step)
        of_zero_or_more(percent=self.percent, per_mile=self.per_mile)
        of_zero_or_more(percent_at_base=self.percent_at_base)
        of_zero_or_more(per_mile_at_base=self.per_mile_at_base)


class FuelFormula(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``(price - peg) / miles_per_gallon`` per mile, never below zero, kept to ``decimals``."""

    peg: Decimal
    miles_per_gallon: Decimal
    decimals: Annotated[int, Meta(ge=0, le=9)] = 3

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a figure that is below zero, endless or no number."""
        of_zero_or_more(peg=self.peg, miles_per_gallon=self.miles_per_gallon)


class FuelWindow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From which local day on a price holds, until the next price does: of a week, or of a month.

    ``weekday`` (0 is Monday) is the first such day on or after the price's own, and ``weeks_later``
    as many weeks more: with 2 and 0 a price of a Monday holds from that Wednesday on.
    ``day_of_month`` is instead that day of the price's month, ``months_later`` as many months more;
    of the prices of one month the last counts, or the first with ``first_of_month``.
    ``from_publication`` counts from the day of publication instead of the price's own day.
    """

    weekday: Annotated[int, Meta(ge=0, le=6)] | None = None
    weeks_later: Annotated[int, Meta(ge=0, le=8)] = 0
    day_of_month: Annotated[int, Meta(ge=1, le=28)] | None = None
    months_later: Annotated[int, Meta(ge=0, le=6)] = 0
    first_of_month: bool = False
    from_publication: bool = False

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a window of both kinds or of none."""
        if (self.weekday is None) is (self.day_of_month is None):
            raise ValueError("a fuel window names either a weekday or a day_of_month")


class FuelTerms(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a contract makes a surcharge of an index, in exactly one way: bands, steps, formula.

    ``base`` is what a percent is taken of; without a ``window`` the prices' own ``effective_from``
    counts, for at most ``holds_days`` where no later price is known. ``max_percent`` bounds a
    percent.
    """

    clause: str
    index: str
    base: tuple[ChargeKind, ...] = (ChargeKind.LINEHAUL,)
    window: FuelWindow | None = None
    holds_days: Annotated[int, Meta(ge=1, le=366)] = 7
    bands: tuple[FuelBand, ...] = ()
    steps: FuelSteps | None = None
    formula: FuelFormula | None = None
    max_percent: Decimal | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a figure that is below zero, endless or no number."""
        of_zero_or_more(max_percent=self.max_percent)
