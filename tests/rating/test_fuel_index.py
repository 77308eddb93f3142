"""The fuel surcharge by an index: which price counts, and what it comes to.

Linehaul 1,480.00 USD and 500 contract miles unless said; a Monday's price holds from Wednesday on.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.freight.accessorial import AccessorialRate
from drawbar.freight.charge import AgreedCharge, ChargeKind
from drawbar.freight.contract import Contract, Side
from drawbar.freight.fuel import (
    FuelBand,
    FuelFormula,
    FuelRate,
    FuelSteps,
    FuelTerms,
    FuelWindow,
    IndexPrice,
    StepRule,
)
from drawbar.freight.lane import LaneRate
from drawbar.freight.market import Market
from drawbar.freight.money import Money
from drawbar.freight.movement import Movement
from drawbar.freight.order import StopPurpose
from drawbar.freight.place import Place
from drawbar.freight.visit import Visit
from drawbar.rating.fuel import fuel_surcharge
from drawbar.rating.fuel_index import Surcharge, surcharge
from drawbar.rating.pricing import Priced, price
from drawbar.rating.unrated import Unrated

KNOWN = datetime(2026, 1, 1, tzinfo=UTC)


def band(begin: str, end: str | None, percent: str | None = None, mile: str | None = None):
    return FuelBand(
        from_price=Decimal(begin),
        to_price=None if end is None else Decimal(end),
        percent=None if percent is None else Decimal(percent),
        per_mile=None if mile is None else Decimal(mile),
    )


BANDS = (band("3.55", "3.65", "29.0"), band("3.65", "3.75", "31.0"))
TERMS = FuelTerms(clause="F", index="EIA", window=FuelWindow(weekday=2), bands=BANDS)
MONDAY = date(2026, 3, 9)


def of(day: date, figure: str, *, learned: int = 0, **changes: object) -> IndexPrice:
    return IndexPrice(
        index="EIA",
        price_on=day,
        price=Decimal(figure),
        known_at=KNOWN + timedelta(days=learned),
        **changes,
    )


STOP_OFF = AccessorialRate(
    clause="S", kind=ChargeKind.STOP_OFF, amount=Decimal(100), needs_approval=False
)
LIFTGATE = structs.replace(STOP_OFF, kind=ChargeKind.LIFTGATE)
WEEK_1, WEEK_2 = of(MONDAY, "3.612"), of(date(2026, 3, 16), "3.701")


def contract(terms: FuelTerms = TERMS, **changes: object) -> Contract:
    plain = Contract(
        contract_ref="ABCD-2026",
        version=1,
        side=Side.BUY,
        party_ref="ABCD",
        currency="USD",
        valid_from=date(2026, 1, 1),
        known_at=KNOWN,
        lanes=(LaneRate(clause="L", flat=Decimal(1480), distance_mi=Decimal(500)),),
        fuel_index=terms,
    )
    return structs.replace(plain, **changes)


def answer(*prices: IndexPrice, on: date, terms: FuelTerms = TERMS):
    return fuel_surcharge(
        contract(terms),
        Money(Decimal("1480.00"), "USD"),
        on=on,
        miles=Decimal(500),
        market=Market(prices=prices),
    )


def owed(*prices: IndexPrice, on: date, terms: FuelTerms = TERMS) -> AgreedCharge:
    found = answer(*prices, on=on, terms=terms)
    assert isinstance(found, tuple), found
    (charge,) = found
    return charge


def amount(*prices: IndexPrice, on: date, terms: FuelTerms = TERMS) -> str:
    return str(owed(*prices, on=on, terms=terms).charge.money.amount)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        ("2026-03-18T06:30", "429.20"),
        ("2026-03-18T06:59", "429.20"),
        ("2026-03-18T07:00", "458.80"),
    ],
    ids=["worked case", "the last minute of Tuesday there", "Wednesday 00:00 there"],
)
def test_r08_the_week_is_that_of_the_pickup_by_the_clock_of_the_origin(left, expected):
    left_at = datetime.fromisoformat(left).replace(tzinfo=UTC)
    origin = Place(name="A", city="Fresno", region="CA", zone="America/Los_Angeles")
    stops = (
        Visit(stop=1, zone=origin.zone, due_at=left_at, departed_at=left_at),
        Visit(stop=2, zone="America/Denver", due_at=left_at + timedelta(days=1)),
    )
    found = price(
        [contract()],
        Movement(origin=origin, destination=Place(name="B", zone="America/Denver"), visits=stops),
        party_ref="ABCD",
        side=Side.BUY,
        known_at=KNOWN + timedelta(days=100),
        market=Market(prices=(WEEK_2, WEEK_1)),
    )

    assert isinstance(found, Priced), found
    assert str(found.rated.charges[1].charge.money.amount) == expected


def test_says_which_price_was_published_when_and_holds_from_when():
    told = structs.replace(WEEK_1, published_on=date(2026, 3, 10))
    charge = owed(told, WEEK_2, on=date(2026, 3, 17))

    assert [(step.text, step.result) for step in charge.why.steps] == [
        (
            "EIA of 2026-03-09, published 2026-03-10, in force from 2026-03-11, for 2026-03-17",
            "3.612",
        ),
        ("3.612 is in the band from 3.55 below 3.65", "29 %"),
        ("29 % of the linehaul of 1,480.00 USD", "429.20 USD"),
    ]
    assert not charge.provisional


def test_a_missing_price_is_the_last_known_marked_and_named():
    charge = owed(WEEK_1, WEEK_2, on=date(2026, 3, 25))

    assert charge.provisional
    assert charge.awaits == ("EIA",)
    assert charge.charge.money == Money(Decimal("458.80"), "USD")
    assert charge.why.steps[-1].text == (
        "provisional: no price of EIA that holds on 2026-03-25 is known, so that of 2026-03-16"
        " stands in for it"
    )


def test_a_missing_week_between_two_known_ones_is_not_covered_by_the_one_before():
    later = of(date(2026, 3, 23), "3.74")

    assert owed(WEEK_1, later, on=date(2026, 3, 18)).provisional
    assert not owed(WEEK_1, WEEK_2, later, on=date(2026, 3, 18)).provisional


@pytest.mark.parametrize("published", [date(2026, 3, 17), date(2026, 3, 18)])
def test_a_price_that_comes_out_after_a_holiday_holds_from_its_own_wednesday(published):
    terms = structs.replace(TERMS, window=FuelWindow(weekday=2, from_publication=True))
    late = of(date(2026, 3, 16), "3.701", published_on=published)
    first = of(MONDAY, "3.612", published_on=date(2026, 3, 9))

    assert amount(first, late, on=date(2026, 3, 17), terms=terms) == "429.20"
    assert amount(first, late, on=date(2026, 3, 18), terms=terms) == "458.80"


def test_a_price_out_after_its_wednesday_leaves_the_old_one_in_force_for_one_week_more():
    terms = structs.replace(TERMS, window=FuelWindow(weekday=2, from_publication=True))
    first = of(MONDAY, "3.612", published_on=date(2026, 3, 9))
    late = of(date(2026, 3, 16), "3.701", published_on=date(2026, 3, 19))

    assert owed(first, on=date(2026, 3, 20), terms=terms).provisional
    charge = owed(first, late, on=date(2026, 3, 20), terms=terms)
    assert (str(charge.charge.money.amount), charge.provisional) == ("429.20", False)
    assert amount(first, late, on=date(2026, 3, 25), terms=terms) == "458.80"


def test_prices_may_move_from_monday_to_tuesday():
    tuesday = of(date(2026, 3, 17), "3.701")

    assert amount(WEEK_1, tuesday, on=date(2026, 3, 17)) == "429.20"
    assert amount(WEEK_1, tuesday, on=date(2026, 3, 18)) == "458.80"


def test_a_window_two_weeks_later():
    terms = structs.replace(TERMS, window=FuelWindow(weekday=0, weeks_later=2))

    assert amount(WEEK_1, WEEK_2, on=date(2026, 3, 29), terms=terms) == "429.20"
    assert amount(WEEK_1, WEEK_2, on=date(2026, 3, 30), terms=terms) == "458.80"


def test_prices_that_say_themselves_from_when_they_hold():
    terms = structs.replace(TERMS, window=None, holds_days=10)
    told = of(MONDAY, "3.612", effective_from=date(2026, 3, 12))

    assert not owed(told, on=date(2026, 3, 21), terms=terms).provisional
    assert owed(told, on=date(2026, 3, 22), terms=terms).provisional
    assert isinstance(answer(WEEK_1, on=date(2026, 3, 21), terms=terms), Unrated)


def test_a_correction_counts_whatever_came_first_in_the_list():
    right = of(MONDAY, "3.701", learned=3)

    assert amount(right, WEEK_1, on=date(2026, 3, 12)) == "458.80"
    assert amount(WEEK_1, right, on=date(2026, 3, 12)) == "458.80"


def test_two_prices_of_one_day_learned_at_once_are_nobodys_to_choose():
    found = answer(WEEK_1, of(MONDAY, "3.7"), on=date(2026, 3, 12))

    assert isinstance(found, Unrated)
    assert "2026-03-09 was stated in several ways at once: 3.612 and 3.7" in found.text


@pytest.mark.parametrize(
    ("terms", "text"),
    [
        (TERMS, "No band names a price of 3.75"),
        (structs.replace(TERMS, bands=(*BANDS, band("3.7", None, "33"))), "2 bands of F name"),
        (structs.replace(TERMS, bands=()), "states 0 of bands, steps and formula"),
        (structs.replace(TERMS, bands=(band("3", "4", "30", ".5"),)), "both or neither"),
    ],
    ids=["above the table", "two bands", "no way", "percent and per mile"],
)
def test_a_price_without_one_clear_band_is_never_guessed(terms, text):
    doubtful = of(MONDAY, "3.75" if "above" in text or text.startswith("No") else "3.72")
    found = answer(doubtful, on=date(2026, 3, 12), terms=terms)

    assert isinstance(found, Unrated)
    assert text in found.text


def test_without_any_price_there_is_no_figure_and_the_index_is_awaited():
    found = answer(on=date(2026, 3, 12))

    assert isinstance(found, Unrated)
    assert found.awaits == ("EIA",)


def test_fuel_by_date_and_by_index_contradict_each_other():
    row = FuelRate(clause="R", percent=Decimal(20), valid_from=date(2026, 1, 1))
    both = contract(fuel=(row,))
    found = fuel_surcharge(both, Money(Decimal(1480), "USD"), on=MONDAY)

    assert isinstance(found, Unrated)


def steps(rule: StepRule, **changes: object) -> FuelTerms:
    plain = FuelSteps(
        base_price=Decimal("1.20"), step=Decimal("0.06"), rule=rule, per_mile=Decimal("0.01")
    )
    return structs.replace(TERMS, bands=(), steps=structs.replace(plain, **changes))


@pytest.mark.parametrize(
    ("rule", "figure", "per_mile"),
    [
        (StepRule.OR_FRACTION, "1.20", "0.00"),
        (StepRule.OR_FRACTION, "1.201", "0.01"),
        (StepRule.OR_FRACTION, "1.26", "0.01"),
        (StepRule.OR_FRACTION, "1.261", "0.02"),
        (StepRule.FULL_STEPS, "1.259", "0.00"),
        (StepRule.FULL_STEPS, "1.26", "0.01"),
        (StepRule.FULL_STEPS, "0.90", "0.00"),
    ],
)
def test_a_begun_step_counts_only_where_the_contract_says_or_fraction(rule, figure, per_mile):
    found = surcharge(steps(rule), Decimal(figure))

    assert isinstance(found, Surcharge)
    assert found.per_mile == Decimal(per_mile)


def test_a_formula_is_rounded_per_mile_before_the_miles():
    formula = FuelFormula(peg=Decimal("1.20"), miles_per_gallon=Decimal("6.5"))
    terms = structs.replace(TERMS, bands=(), formula=formula)

    assert amount(WEEK_1, on=date(2026, 3, 12), terms=terms) == "185.50"  # 0.371 x 500


def test_per_mile_without_contract_miles_is_unrated():
    found = fuel_surcharge(
        contract(steps(StepRule.FULL_STEPS)),
        Money(Decimal(1480), "USD"),
        on=date(2026, 3, 12),
        market=Market(prices=(WEEK_1,)),
    )

    assert isinstance(found, Unrated)
    assert "no contract miles" in found.text


def test_a_percent_has_its_bound():
    capped = structs.replace(TERMS, max_percent=Decimal("28.5"))

    assert amount(WEEK_1, on=date(2026, 3, 12), terms=capped) == "421.80"


def test_a_wider_base_counts_what_the_contract_names_and_nothing_else():
    wide = structs.replace(TERMS, base=(ChargeKind.LINEHAUL, ChargeKind.STOP_OFF))
    assert wide.base != TERMS.base
    ways = ("pickup", "delivery", "delivery")
    stops = tuple(
        Visit(
            stop=number,
            zone="UTC",
            due_at=datetime(2026, 3, 12, tzinfo=UTC),
            purpose=StopPurpose(way),
        )
        for number, way in enumerate(ways, start=1)
    )
    place = Place(name="A", zone="UTC")
    found = price(
        [contract(wide, accessorials=(STOP_OFF, LIFTGATE))],
        Movement(origin=place, destination=place, visits=stops),
        party_ref="ABCD",
        side=Side.BUY,
        known_at=KNOWN + timedelta(days=100),
        market=Market(prices=(WEEK_1,)),
    )

    assert isinstance(found, Priced), found
    by_ref = {one.charge_ref: str(one.charge.money.amount) for one in found.rated.charges}
    assert by_ref["fuel_surcharge"] == "458.20"  # 29 % of 1,480 + 100, not of the liftgate


WAYS = [
    TERMS,
    steps(StepRule.OR_FRACTION),
    steps(StepRule.FULL_STEPS, per_mile=None, percent=Decimal("0.5")),
    structs.replace(
        TERMS,
        bands=(),
        formula=FuelFormula(peg=Decimal("1.2"), miles_per_gallon=Decimal(6), decimals=2),
    ),
]
figures = st.decimals("0.001", 9, places=3)


@given(st.sampled_from(WAYS), figures, figures)
def test_a_higher_price_is_never_a_lower_surcharge(terms, one, other):
    lower, higher = sorted((one, other))
    first, second = (
        answer(of(MONDAY, str(figure)), on=date(2026, 3, 12), terms=terms)
        for figure in (lower, higher)
    )

    if isinstance(first, tuple) and isinstance(second, tuple):
        assert 0 <= first[0].charge.money.amount <= second[0].charge.money.amount


@given(st.lists(st.tuples(st.integers(0, 60), figures), min_size=1, unique_by=lambda one: one[0]))
def test_what_is_known_counts_in_any_order_and_is_never_silently_zero(told):
    terms = steps(StepRule.OR_FRACTION, base_price=Decimal(0))
    prices = [of(MONDAY + timedelta(days=day), str(figure)) for day, figure in told]
    on = date(2026, 4, 8)
    found = owed(*prices, on=on, terms=terms)

    assert found == owed(*prices[::-1], on=on, terms=terms)
    assert found.charge.money.amount > 0
