"""Linehaul by distance and by a table of miles and pounds. From Dallas to Omaha, 655 miles."""

from decimal import Decimal
from itertools import permutations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.lane import Distance, LanePlace, LaneRate, MileageBand, WeightBreak
from drawbar.freight.ltl import LtlTerms
from drawbar.rating.linehaul import linehaul
from drawbar.rating.unrated import Unrated
from tests.rating.ltl_terms import breaks, contract, goods, load

NE = LanePlace(region="NE")
GUIDE = (
    Distance(clause="Guide 36", destination=NE, mi=Decimal(655)),
    Distance(clause="Guide 36", mi=Decimal(1000)),
)


def decimals(told: dict) -> dict:
    return {key: Decimal(one) if isinstance(one, str) else one for key, one in told.items()}


def lane(**told) -> LaneRate:
    return LaneRate(clause="L7", **decimals(told))


def band(**told: str) -> MileageBand:
    return MileageBand(**decimals(told))


def priced(rate: LaneRate, *lines, ltl=None, distances=GUIDE):
    return linehaul(contract(ltl=ltl, distances=distances), rate, load(*lines))


def amount(*args, **options) -> str:
    charge = priced(*args, **options)
    assert not isinstance(charge, Unrated), charge
    return str(charge.charge.money.amount)


def first_step(*args, **options) -> str:
    charge = priced(*args, **options)
    assert not isinstance(charge, Unrated), charge
    return charge.why.steps[0].text


@pytest.mark.parametrize(
    ("rate", "expected", "step"),
    [
        (lane(per_mile="2", distance_mi="600"), "1200.00", "600 contract miles at 2 USD per mile"),
        (lane(per_mile="2"), "1310.00", "655 Guide 36 miles at 2 USD per mile"),
        (lane(per_km="1", distance_km="1000"), "1000.00", "1,000 contract km at 1 USD per km"),
        (
            lane(per_km="1", distance_mi="100"),
            "160.93",
            "100 contract miles at 1.609344 km per mile at 1 USD per km",
        ),
        (
            lane(per_mile="1", distance_km="160.9344"),
            "100.00",
            "160.9344 contract km at 1.609344 km per mile at 1 USD per mile",
        ),
        (lane(per_km="1", distance_km="900", distance_mi="1"), "900.00", "900 contract km at 1"),
        (lane(per_mile="1", distance_km="1", distance_mi="700"), "700.00", "700 contract miles"),
    ],
    ids=[
        "the lane's own miles",
        "the guide's miles",
        "km",
        "miles as km",
        "km as miles, exactly",
        "km where both are stated",
        "miles where both are stated",
    ],
)
def test_the_contracts_distance_counts_and_a_conversion_is_named(rate, expected, step):
    assert amount(rate) == expected
    assert first_step(rate).startswith(step)


def test_a_guide_in_kilometres_serves_miles_and_kilometres_alike():
    guide = (Distance(clause="G", mi=Decimal(1), km=Decimal("160.9344")),)
    in_km = (Distance(clause="G", km=Decimal("160.9344")),)

    assert amount(lane(per_mile="1"), distances=in_km) == "100.00"
    assert first_step(lane(per_mile="1"), distances=in_km).startswith("160.9344 G km at 1.609344")
    assert amount(lane(per_km="1"), distances=guide) == "160.93"
    assert first_step(lane(per_km="1"), distances=guide) == "160.9344 G km at 1 USD per km"


def test_the_most_exact_row_of_the_guide_counts_in_any_order():
    assert {amount(lane(per_mile="1"), distances=rows) for rows in permutations(GUIDE)} == {
        "655.00"
    }


@pytest.mark.parametrize(
    "distances",
    [
        (),
        (Distance(clause="G", destination=LanePlace(region="TX"), mi=Decimal(1)),),
        (GUIDE[0], GUIDE[0]),
        (Distance(clause="G"),),
    ],
    ids=["no guide", "no row", "two rows alike", "a row without a distance"],
)
def test_a_distance_that_no_one_row_states_is_never_guessed(distances):
    answer = priced(lane(per_mile="2"), distances=distances)

    assert isinstance(answer, Unrated)
    assert "from Dallas, TX to Omaha, NE" in answer.text


TABLE = (
    band(from_mi="0", to_mi="500", per_cwt="40"),
    band(from_mi="500", to_mi="1000", from_lb="0", to_lb="1000", per_cwt="50"),
    band(from_mi="500", to_mi="1000", from_lb="1000", to_lb="5000", per_cwt="30"),
    band(from_mi="500", to_mi="1000", from_lb="5000", flat="1400"),
    band(from_mi="1000", per_mile="2.50"),
)


def of_table(miles: str, *lines, ltl=None) -> str:
    return amount(lane(bands=TABLE, distance_mi=miles), *lines, ltl=ltl)


@pytest.mark.parametrize(
    ("miles", "pounds", "expected"),
    [
        ("499.9", "900", "360.00"),
        ("500", "900", "450.00"),
        ("655", "999.99", "500.00"),
        ("655", "1000", "300.00"),
        ("655", "4999", "1499.70"),
        ("655", "5000", "1400.00"),
        ("999.99", "8000", "1400.00"),
        ("1000", "8000", "2500.00"),
    ],
    ids=[
        "last mile of a band",
        "first mile of the next",
        "last pound of a band",
        "first pound of the next",
        "dear before a flat",
        "flat",
        "last mile of the flat",
        "per mile",
    ],
)
def test_one_cell_of_the_table_holds(miles, pounds, expected):
    assert of_table(miles, goods(pounds)) == expected


def test_with_the_deficit_rule_a_heavier_cell_bounds_the_charge():
    terms = LtlTerms()

    assert of_table("655", goods("900"), ltl=terms) == "300.00"
    assert of_table("655", goods("4999"), ltl=terms) == "1400.00"
    assert of_table("655", goods("500"), ltl=terms) == "250.00"
    told = priced(lane(bands=TABLE, distance_mi="655"), goods("900"), ltl=terms)
    assert not isinstance(told, Unrated)
    assert "the actual weight is 900 lb: as actual it would be 450.00 USD" in told.why.steps[1].text


def test_the_contracts_discount_is_for_pounds_the_lanes_for_any_way():
    terms = LtlTerms(discount_percent=Decimal(50), minimum=Decimal(200), deficit=False)
    table = {"bands": TABLE, "distance_mi": "655"}

    assert amount(lane(**table), goods("900"), ltl=terms) == "225.00"
    assert amount(lane(**table), goods("100"), ltl=terms) == "200.00"
    assert amount(lane(**table), goods("6000"), ltl=terms) == "1400.00"
    assert amount(lane(**table, discount_percent="10"), goods("6000"), ltl=terms) == "1260.00"


@pytest.mark.parametrize(
    ("bands", "word"),
    [
        ((band(per_cwt="1"), band(from_lb="1", per_cwt="2")), "2 cells"),
        ((band(to_mi="655", per_cwt="1"),), "No cell"),
        ((band(from_lb="901", per_cwt="1"),), "No cell"),
        ((band(flat="1", per_cwt="1"),), "exactly one price"),
        ((band(),), "exactly one price"),
    ],
    ids=["overlap", "the end is not within", "too light", "two prices", "no price"],
)
def test_a_table_without_one_clear_cell_is_never_guessed(bands, word):
    answer = priced(lane(bands=bands), goods("900"))

    assert isinstance(answer, Unrated)
    assert word in answer.text


def test_a_table_by_miles_alone_asks_for_no_goods():
    assert amount(lane(bands=(band(per_mile="2"),))) == "1310.00"
    assert isinstance(priced(lane(bands=(band(per_cwt="2"),))), Unrated)


def test_per_hundredweight_the_pounds_of_all_goods_count():
    assert amount(lane(per_cwt="12.50"), goods("100"), goods("50", sku="B")) == "18.75"


def test_per_hundred_kilograms_the_conversion_is_exact_and_named():
    assert amount(lane(per_100kg="10"), goods("2204.6226218")) == "100.00"
    assert amount(lane(per_100kg="8.50"), goods("1000")) == "38.56"
    step = first_step(lane(per_100kg="8.50"), goods("1000"))
    assert step == "1,000 lb at 0.45359237 kg each are 453.59237 kg, at 8.50 USD per 100 kg"


@pytest.mark.parametrize(
    "ways",
    [
        {"flat": "1", "per_cwt": "2"},
        {"per_mile": "1", "per_km": "1"},
        {"flat": "1", "breaks": breaks({"0": "1"})},
        {"bands": (band(flat="1"),), "per_km": "1"},
        {},
    ],
    ids=["flat and cwt", "miles and km", "flat and breaks", "table and km", "nothing"],
)
def test_a_lane_has_exactly_one_way(ways):
    answer = priced(lane(**ways), goods("100"))

    assert isinstance(answer, Unrated)
    assert (
        "exactly one of flat, per_mile, per_km, per_cwt, per_100kg, breaks and bands"
        in answer.remedy
    )


@pytest.mark.parametrize("figure", ["-1", "NaN", "Infinity", "1e400"])
@pytest.mark.parametrize(
    "told",
    [
        (LaneRate, {"clause": "L"}, "flat"),
        (LaneRate, {"clause": "L"}, "minimum"),
        (LaneRate, {"clause": "L"}, "discount_percent"),
        (MileageBand, {}, "to_lb"),
        (WeightBreak, {"from_lb": "0"}, "per_cwt"),
        (Distance, {"clause": "G"}, "mi"),
        (LtlTerms, {}, "minimum"),
    ],
    ids=lambda told: f"{told[0].__name__}.{told[2]}",
)
def test_a_figure_that_cannot_be_is_refused_with_its_field(told, figure):
    of, plain, field = told

    with pytest.raises(msgspec.ValidationError, match=field):
        msgspec.convert(plain | {field: figure}, of, strict=False)


@given(st.decimals("500", "999.9", places=1), st.decimals("0.1", 9000, places=1))
def test_with_the_deficit_rule_no_load_is_dearer_than_the_next_cell_begins(miles, pounds):
    charge = of_table(str(miles), goods(str(pounds)), ltl=LtlTerms())

    assert Decimal(charge) <= 1400
    assert Decimal(charge) <= Decimal(of_table(str(miles), goods(str(pounds))))
