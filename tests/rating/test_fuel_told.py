"""How a fuel surcharge explains itself, and what a person is told where it has no clear figure.

On a linehaul of 1,480.00 USD and 500 contract miles, on 2026-03-12; EIA of the Monday before.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation, Step
from drawbar.freight.fuel import (
    FuelBand,
    FuelFormula,
    FuelSteps,
    FuelTerms,
    FuelWindow,
    IndexPrice,
    StepRule,
)
from drawbar.freight.market import Market
from drawbar.freight.money import Money
from drawbar.rating.fuel import fuel_surcharge
from drawbar.rating.unrated import Unrated
from tests.rating.ltl_terms import contract

ON = date(2026, 3, 12)
BY = ("EIA/2026-03-09",)
HAUL = Money(Decimal("1480.00"), "USD")
PRICED = ("EIA of 2026-03-09, in force from 2026-03-11, for 2026-03-12", "3.6")
TERMS = FuelTerms(clause="F", index="EIA", window=FuelWindow(weekday=2))


def price(figure: str = "3.600", **changes: object) -> IndexPrice:
    plain = IndexPrice(
        index="EIA",
        price_on=date(2026, 3, 9),
        price=Decimal(figure),
        known_at=datetime(2026, 3, 9, tzinfo=UTC),
    )
    return structs.replace(plain, **changes)


def bands(*rows: tuple[str, str | None, str | None, str | None]) -> dict[str, object]:
    """Return bands of price from, price to, percent and amount per mile."""
    figures = (tuple(None if one is None else Decimal(one) for one in row) for row in rows)
    return {
        "bands": tuple(
            FuelBand(from_price=begin or Decimal(0), to_price=end, percent=percent, per_mile=mile)
            for begin, end, percent, mile in figures
        )
    }


def steps(rule: StepRule = StepRule.OR_FRACTION, **told: str) -> dict[str, object]:
    figures = {name: Decimal(one) for name, one in told.items()}
    return {"steps": FuelSteps(rule=rule, **figures)}


def formula(peg: str, miles_per_gallon: str, **more: int) -> dict[str, object]:
    return {
        "formula": FuelFormula(peg=Decimal(peg), miles_per_gallon=Decimal(miles_per_gallon), **more)
    }


def asked(*prices: IndexPrice, miles: int | None = 500, on: date = ON, **terms: object):
    return fuel_surcharge(
        contract(fuel_index=structs.replace(TERMS, **terms)),
        HAUL,
        on=on,
        miles=None if miles is None else Decimal(miles),
        market=Market(prices=prices or (price(),)),
    )


def surcharge(amount: str, *told: tuple[str, str], clause: str = "F", **changes: object):
    charge = AgreedCharge(
        charge_ref="fuel_surcharge",
        charge=Charge(kind=ChargeKind.FUEL_SURCHARGE, money=Money(Decimal(amount), "USD")),
        why=Explanation(
            rule="fuel_surcharge",
            contract_ref="ABCD-2026",
            contract_version=3,
            clause=clause,
            steps=tuple(Step(text=text, result=result) for text, result in told),
        ),
    )
    return (structs.replace(charge, **changes),)


ROUND = {"base_price": "3", "step": "0.25"}


@pytest.mark.parametrize(
    ("terms", "amount", "told"),
    [
        (
            bands(("3.55", "3.65", "29", None)),
            "429.20",
            [
                ("3.6 is in the band from 3.55 below 3.65", "29 %"),
                ("29 % of the linehaul of 1,480.00 USD", "429.20 USD"),
            ],
        ),
        (
            bands(("3.6", None, None, "0.455")),
            "227.50",
            [
                ("3.6 is in the band from 3.6 up", "0.455 per mile"),
                ("500 contract miles at 0.455 USD", "227.50 USD"),
            ],
        ),
        (
            bands(("3.5", None, None, "0")),
            "0.00",
            [
                ("3.6 is in the band from 3.5 up", "0 per mile"),
                ("500 contract miles at 0 USD", "0.00 USD"),
            ],
        ),
        (
            steps(percent="0.5", percent_at_base="20", **ROUND),
            "318.20",
            [
                ("3.6 is 3 begun steps of 0.25 above 3", "21.5 %"),
                ("21.5 % of the linehaul of 1,480.00 USD", "318.20 USD"),
            ],
        ),
        (
            steps(StepRule.FULL_STEPS, per_mile="0.01", per_mile_at_base="0.20", **ROUND),
            "110.00",
            [
                ("3.6 is 2 full steps of 0.25 above 3", "0.22 per mile"),
                ("500 contract miles at 0.22 USD", "110.00 USD"),
            ],
        ),
        (
            steps(per_mile="0", per_mile_at_base="0.20", **ROUND),
            "100.00",
            [
                ("3.6 is 3 begun steps of 0.25 above 3", "0.2 per mile"),
                ("500 contract miles at 0.2 USD", "100.00 USD"),
            ],
        ),
        (
            steps(percent="7", base_price="1", step="1"),
            "310.80",
            [
                ("3.6 is 3 begun steps of 1 above 1", "21 %"),
                ("21 % of the linehaul of 1,480.00 USD", "310.80 USD"),
            ],
        ),
        (
            steps(percent="7", base_price="4", step="1"),
            "0.00",
            [
                ("3.6 is 0 begun steps of 1 above 4", "0 %"),
                ("0 % of the linehaul of 1,480.00 USD", "0.00 USD"),
            ],
        ),
        (
            formula("1.20", "6.4"),
            "187.50",
            [
                ("(3.6 - 1.2) / 6.4 miles per gallon, to 3 decimals", "0.375 per mile"),
                ("500 contract miles at 0.375 USD", "187.50 USD"),
            ],
        ),
        (
            formula("1.20", "6.4", decimals=2),
            "190.00",
            [
                ("(3.6 - 1.2) / 6.4 miles per gallon, to 2 decimals", "0.38 per mile"),
                ("500 contract miles at 0.38 USD", "190.00 USD"),
            ],
        ),
        (
            formula("2.80", "6.4", decimals=2),
            "65.00",
            [
                ("(3.6 - 2.8) / 6.4 miles per gallon, to 2 decimals", "0.13 per mile"),
                ("500 contract miles at 0.13 USD", "65.00 USD"),
            ],
        ),
        (
            formula("1.60", "1", decimals=0),
            "1000.00",
            [
                ("(3.6 - 1.6) / 1 miles per gallon, to 0 decimals", "2 per mile"),
                ("500 contract miles at 2 USD", "1,000.00 USD"),
            ],
        ),
        (
            formula("4", "6"),
            "0.00",
            [
                ("(3.6 - 4) / 6 miles per gallon, to 3 decimals", "0 per mile"),
                ("500 contract miles at 0 USD", "0.00 USD"),
            ],
        ),
    ],
    ids=[
        "percent of a band",
        "per mile, in an open band from this price on",
        "nothing per mile",
        "begun steps of percent on the percent at the base",
        "full steps per mile on the amount at the base",
        "steps of nothing on the amount at the base",
        "a step of one",
        "below the base there is no step",
        "formula",
        "formula to the cent",
        "formula to the cent, half up",
        "one mile per gallon",
        "below the peg",
    ],
)
def test_each_way_says_what_the_price_makes_of_the_base_or_the_mile(terms, amount, told):
    assert asked(**terms) == surcharge(amount, PRICED, *told, priced_by=BY)


@pytest.mark.parametrize(
    ("most", "told", "percent", "amount"),
    [
        ("28", "3.6 is in the band from 0 up; at most 28 %", "28 %", "414.40"),
        ("29", "3.6 is in the band from 0 up", "29 %", "429.20"),
        ("30", "3.6 is in the band from 0 up", "29 %", "429.20"),
    ],
    ids=["above it", "at it", "below it"],
)
def test_the_most_that_a_percent_may_be_is_told_where_it_decides(most, told, percent, amount):
    found = asked(max_percent=Decimal(most), **bands(("0", None, "29", None)))

    assert found == surcharge(
        amount,
        PRICED,
        (told, percent),
        (f"{percent} of the linehaul of 1,480.00 USD", f"{amount} USD"),
        priced_by=BY,
    )


def test_the_most_for_a_percent_bounds_no_amount_per_mile():
    found = asked(max_percent=Decimal(0), **bands(("0", None, None, "0.5")))

    assert isinstance(found, tuple)
    assert str(found[0].charge.money) == "250.00 USD"


def test_a_wider_base_is_named_by_its_kinds():
    base = (ChargeKind.LINEHAUL, ChargeKind.STOP_OFF)
    found = asked(base=base, **bands(("0", None, "10", None)))

    assert isinstance(found, tuple)
    assert found[0].why.steps[-1] == Step(
        text="10 % of the linehaul and stop off of 1,480.00 USD", result="148.00 USD"
    )


def test_a_price_that_stands_in_is_told_with_what_is_awaited():
    told = price(published_on=date(2026, 3, 10))
    found = asked(told, on=date(2026, 3, 18), **bands(("0", None, "10", None)))

    assert found == surcharge(
        "148.00",
        (
            "EIA of 2026-03-09, published 2026-03-10, in force from 2026-03-11, for 2026-03-18",
            "3.6",
        ),
        ("3.6 is in the band from 0 up", "10 %"),
        ("10 % of the linehaul of 1,480.00 USD", "148.00 USD"),
        (
            "provisional: no price of EIA that holds on 2026-03-18 is known, so that of 2026-03-09"
            " stands in for it",
            "",
        ),
        provisional=True,
        awaits=("EIA",),
        priced_by=BY,
    )


ONE_WAY = "State one way to a surcharge, as a percent or per mile, in the contract."
ONE_BAND = "Give F exactly one band for each price, to both ends."


@pytest.mark.parametrize(
    ("terms", "text", "remedy"),
    [
        ({}, "F states 0 of bands, steps and formula.", ONE_WAY),
        (
            bands(("0", None, "1", None)) | formula("1", "6") | steps(percent="1", **ROUND),
            "F states 3 of bands, steps and formula.",
            ONE_WAY,
        ),
        (
            bands(("0", "3.6", "1", None), ("3.61", None, "2", None)),
            "No band names a price of 3.6 of EIA (F).",
            ONE_BAND,
        ),
        (
            {"max_percent": Decimal(10), **bands(("4", None, "1", None))},
            "No band names a price of 3.6 of EIA (F).",
            ONE_BAND,
        ),
        (
            bands(("0", None, "1", None), ("3.6", "4", "2", None)),
            "2 bands of F name a price of 3.6 of EIA (F).",
            ONE_BAND,
        ),
        (
            bands(("3.5", None, "1", "0.1")),
            "The band from 3.5 states both or neither.",
            ONE_WAY,
        ),
        (bands(("3.5", None, None, None)), "The band from 3.5 states both or neither.", ONE_WAY),
        (
            steps(percent="1", base_price="3", step="0"),
            "The steps of F need a step above zero and one of the two.",
            ONE_WAY,
        ),
        (
            steps(percent="1", per_mile="1", **ROUND),
            "The steps of F need a step above zero and one of the two.",
            ONE_WAY,
        ),
        (steps(**ROUND), "The steps of F need a step above zero and one of the two.", ONE_WAY),
        (formula("1", "0"), "A fuel formula needs miles per gallon above zero.", ONE_WAY),
    ],
    ids=[
        "no way",
        "three ways",
        "a gap, as an end is not within its band",
        "no band, whatever the most is",
        "two bands",
        "percent and per mile",
        "neither percent nor per mile",
        "a step of nothing",
        "steps of both",
        "steps of neither",
        "no miles per gallon",
    ],
)
def test_terms_that_make_no_clear_figure_are_told_with_what_to_state(terms, text, remedy):
    assert asked(**terms) == Unrated(text=text, remedy=remedy)


def test_per_mile_without_miles_asks_for_the_distance():
    assert asked(miles=None, **formula("1", "6")) == Unrated(
        text="F is per mile, and the lane states no contract miles.",
        remedy="State the lane's distance in miles.",
    )
