"""Fuel surcharge terms: an index price becomes a percent or an amount per mile.

The day of a price, the day of its publication and the days on which it holds are three things.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from drawbar.freight.charge import ChargeKind
from drawbar.freight.instant import Instant


class FuelRate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A fuel surcharge in percent of the base, in force from a local day on, to no day beyond."""

    clause: str
    percent: Decimal
    valid_from: date
    valid_to: date | None = None


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


class FuelBand(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Prices ``[from_price, to_price)``: a ``percent`` of the base, or an amount ``per_mile``."""

    from_price: Decimal
    to_price: Decimal | None = None
    percent: Decimal | None = None
    per_mile: Decimal | None = None


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


class FuelFormula(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``(price - peg) / miles_per_gallon`` per mile, never below zero, kept to ``decimals``."""

    peg: Decimal
    miles_per_gallon: Decimal
    decimals: int = 3


class FuelWindow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From when a price holds: the ``weekday`` (0 is Monday) ``weeks_later`` after its own day.

    With 2 (Wednesday) and 0 a price of a Monday holds from that Wednesday on, until the next price
    does. ``from_publication`` counts from the day of publication instead of the price's own day.
    """

    weekday: int
    weeks_later: int = 0
    from_publication: bool = False


class FuelTerms(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a contract makes a surcharge of an index, in exactly one way: bands, steps, formula.

    ``base`` is what a percent is taken of; without a ``window`` the prices' own ``effective_from``
    counts. ``max_percent`` bounds a percent.
    """

    clause: str
    index: str
    base: tuple[ChargeKind, ...] = (ChargeKind.LINEHAUL,)
    window: FuelWindow | None = None
    bands: tuple[FuelBand, ...] = ()
    steps: FuelSteps | None = None
    formula: FuelFormula | None = None
    max_percent: Decimal | None = None
