"""What the linehaul costs on one lane."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import Contract, Side
from drawbar.freight.lane import LaneRate
from drawbar.freight.money import Money
from drawbar.freight.movement import Movement
from drawbar.freight.place import Place
from drawbar.rating.linehaul import linehaul
from drawbar.rating.unrated import Unrated

DALLAS = Place(name="Dock", city="Dallas", region="TX", zone="America/Chicago")
OMAHA = Place(name="Hub", city="Omaha", region="NE", zone="America/Chicago")
LOAD = Movement(origin=DALLAS, destination=OMAHA, visits=())


def contract(currency="USD") -> Contract:
    return Contract(
        contract_ref="ABCD-2026",
        version=3,
        side=Side.BUY,
        party_ref="ABCD",
        currency=currency,
        valid_from=date(2026, 1, 1),
        known_at=datetime(2026, 1, 1, tzinfo=UTC),
        lanes=(),
    )


def lane(**terms: str) -> LaneRate:
    return LaneRate(clause="L7", **{name: Decimal(value) for name, value in terms.items()})


def priced(currency="USD", **terms: str) -> Money:
    charge = linehaul(contract(currency), lane(**terms), LOAD)
    assert not isinstance(charge, Unrated), charge
    return charge.charge.money


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


@pytest.mark.parametrize(
    ("terms", "amount"),
    [
        ({"flat": "1650"}, "1650.00"),
        ({"per_mile": "2.15", "distance_mi": "655"}, "1408.25"),
        ({"per_mile": "2.155", "distance_mi": "655.3"}, "1412.17"),
        ({"per_mile": "0.01", "distance_mi": "0.5"}, "0.01"),
        ({"per_mile": "2.00", "distance_mi": "100", "minimum": "350"}, "350.00"),
        ({"per_mile": "3.50", "distance_mi": "100", "minimum": "350"}, "350.00"),
        ({"per_mile": "3.51", "distance_mi": "100", "minimum": "350"}, "351.00"),
        ({"flat": "349.99", "minimum": "350"}, "350.00"),
    ],
    ids=[
        "flat",
        "by contract miles",
        "rounded down",
        "half a cent up",
        "minimum",
        "at the minimum",
        "over the minimum",
        "flat below the minimum",
    ],
)
def test_prices_a_lane(terms, amount):
    assert priced(**terms) == usd(amount)


def test_rounds_yen_to_whole_yen():
    assert priced("JPY", per_mile="150.5", distance_mi="3") == Money(Decimal(452), "JPY")


def test_says_how_it_came_about():
    charge = linehaul(contract(), lane(per_mile="2.00", distance_mi="100.0", minimum="350"), LOAD)

    assert not isinstance(charge, Unrated)
    assert charge.charge_ref == "linehaul"
    assert charge.charge.kind is ChargeKind.LINEHAUL
    assert (charge.why.contract_ref, charge.why.contract_version) == ("ABCD-2026", 3)
    assert charge.why.clause == "L7"
    assert [(step.text, step.result) for step in charge.why.steps] == [
        ("100 contract miles at 2.00 USD per mile", "200.00 USD"),
        ("below the minimum of 350.00 USD", "350.00 USD"),
    ]


def test_at_the_minimum_the_minimum_does_not_decide():
    charge = linehaul(contract(), lane(flat="350", minimum="350"), LOAD)

    assert not isinstance(charge, Unrated)
    assert [step.text for step in charge.why.steps] == ["flat 350.00 USD for lane L7"]


@pytest.mark.parametrize(
    "terms",
    [
        {},
        {"per_mile": "2"},
        {"distance_mi": "100"},
        {"minimum": "100"},
        {"flat": "1", "per_mile": "2", "distance_mi": "3"},
    ],
    ids=["nothing", "no miles", "no rate", "only a minimum", "two prices"],
)
def test_a_lane_without_one_clear_price_is_never_guessed(terms):
    answer = linehaul(contract(), lane(**terms), LOAD)

    assert isinstance(answer, Unrated)
    assert "L7" in answer.text


@given(st.decimals(0, 10, places=4), st.decimals(0, 5000, places=1), st.decimals(0, 2000, places=2))
def test_never_costs_less_than_the_minimum(per_mile, distance_mi, minimum):
    terms = LaneRate(clause="L", per_mile=per_mile, distance_mi=distance_mi, minimum=minimum)
    charge = linehaul(contract(), terms, LOAD)

    assert not isinstance(charge, Unrated)
    assert charge.charge.money.amount >= minimum
    assert charge.charge.money == charge.charge.money.rounded()
