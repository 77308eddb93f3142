"""Linehaul by weight and class. Deficit weight is on unless said; rates are per hundredweight."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.charge import AgreedCharge
from drawbar.freight.contract import Contract, Side
from drawbar.freight.fuel import FuelRate
from drawbar.freight.lane import LaneRate, WeightBreak
from drawbar.freight.ltl import FakRange, LtlTerms
from drawbar.freight.movement import Movement
from drawbar.freight.order import Goods
from drawbar.freight.place import Place
from drawbar.freight.visit import Visit
from drawbar.rating.linehaul import linehaul
from drawbar.rating.shipment import Rated, rate
from drawbar.rating.unrated import Unrated

DALLAS = Place(name="Dock", city="Dallas", region="TX", zone="America/Chicago")
OMAHA = Place(name="Hub", city="Omaha", region="NE", zone="America/Chicago")
DUE = datetime(2026, 3, 10, 15, tzinfo=UTC)
VISITS = tuple(Visit(stop=stop, zone="America/Chicago", due_at=DUE) for stop in (1, 2))


def contract(**terms) -> Contract:
    return Contract(
        contract_ref="ABCD-2026",
        version=3,
        side=Side.BUY,
        party_ref="ABCD",
        currency="USD",
        valid_from=date(2026, 1, 1),
        known_at=datetime(2026, 1, 1, tzinfo=UTC),
        **{"ltl": LtlTerms(), "lanes": (), **terms},
    )


def breaks(of: dict[str, str], freight_class="") -> tuple[WeightBreak, ...]:
    return tuple(
        WeightBreak(from_lb=Decimal(lb), per_cwt=Decimal(rate), freight_class=freight_class)
        for lb, rate in of.items()
    )


def load(*goods: tuple[str, str]) -> Movement:
    lines = tuple(
        Goods(sku=f"SKU-{n}", pieces=1, weight_lb=Decimal(lb), freight_class=of)
        for n, (lb, of) in enumerate(goods, 1)
    )
    return Movement(origin=DALLAS, destination=OMAHA, visits=VISITS, goods=lines)


def asked(rows, movement, ltl=LtlTerms(), **lane) -> AgreedCharge | Unrated:  # noqa: B008  # frozen
    return linehaul(contract(ltl=ltl), LaneRate(clause="L7", breaks=rows, **lane), movement)


def charged(rows, movement, **more) -> AgreedCharge:
    answer = asked(rows, movement, **more)
    assert not isinstance(answer, Unrated), answer
    return answer


def usd(charge: AgreedCharge) -> str:
    return str(charge.charge.money.amount)


R01 = breaks({"1": "14.38", "500": "10.29"})


@pytest.mark.parametrize(
    ("pounds", "amount"),
    [("450", "51.45"), ("357", "51.34"), ("358", "51.45"), ("499", "51.45"), ("500", "51.45")],
    ids=["as 500", "last as actual", "first as 500", "last below the break", "at the break"],
)
def test_r01_freight_pays_as_the_higher_break_where_that_is_cheaper(pounds, amount):
    assert usd(charged(R01, load((pounds, "70")))) == amount


def test_r01_the_actual_weight_is_kept_and_the_billed_weight_is_said():
    steps = charged(R01, load(("450", "70"))).why.steps

    assert [(step.text, step.result) for step in steps] == [
        (
            "billed as 500 lb, the actual weight is 450 lb: as actual it would be 64.71 USD",
            "50 lb of deficit at the lowest rate",
        ),
        ("500 lb at 10.29 USD per cwt", "51.45 USD"),
    ]


@pytest.mark.parametrize(
    "ltl", [LtlTerms(deficit=False), None], ids=["deficit off", "nothing said of deficit"]
)
def test_without_the_deficit_rule_freight_pays_for_what_it_weighs(ltl):
    assert usd(charged(R01, load(("450", "70")), ltl=ltl)) == "64.71"


def test_r02_discount_then_minimum_then_fuel():
    rows = breaks({"0": "62.40", "500": "48.75"})
    terms = LtlTerms(discount_percent=Decimal(70), minimum=Decimal(95))
    fuel = FuelRate(clause="F", percent=Decimal("28.5"), valid_from=date(2026, 1, 1))
    ltl = contract(ltl=terms, lanes=(LaneRate(clause="L7", breaks=rows),), fuel=(fuel,))

    answer = rate(ltl, load(("430", "70")), on=date(2026, 3, 10))

    assert isinstance(answer, Rated)
    haul, surcharge = answer.charges
    assert [step.result for step in haul.why.steps][1:] == ["243.75 USD", "73.13 USD", "95.00 USD"]
    assert usd(surcharge) == "27.08"  # not on the gross, which would be 69.47
    assert sum(one.charge.money.amount for one in answer.charges) == Decimal("122.08")


R05 = (
    *breaks({"1000": "31.45"}, "70"),
    *breaks({"1000": "41.10"}, "92.5"),
    *breaks({"1000": "55.20"}, "125"),
)
FAK = LtlTerms(
    fak=(FakRange(clause="FAK-1", class_from=Decimal(50), class_to=Decimal(100), rated_as="70"),)
)


@pytest.mark.parametrize(
    ("own", "amount"),
    [("92.5", "377.40"), ("50", "377.40"), ("100", "377.40"), ("125", "662.40")],
    ids=["within", "lowest", "highest", "outside is rated as itself"],
)
def test_r05_freight_of_all_kinds(own, amount):
    assert usd(charged(R05, load(("1200", own)), ltl=FAK)) == amount


MIXED = (
    *breaks({"0": "40.00", "500": "30.00", "1000": "20.00", "2000": "19.00"}, "70"),
    *breaks({"0": "60.00", "500": "45.00", "1000": "30.00", "2000": "28.00"}, "125"),
)


def test_the_break_of_mixed_classes_is_that_of_all_pounds_together():
    # 300 and 300 lb are 600 together: 300 at 30.00 and 300 at 45.00, dearer than as 1,000
    off = LtlTerms(deficit=False)

    assert usd(charged(MIXED, load(("300", "70"), ("300", "125")), ltl=off)) == "225.00"


def test_the_missing_pounds_of_mixed_classes_ride_at_the_lowest_rate():
    # as 1,000: 400 lb at 30.00 = 120.00, 500 + 100 lb at 20.00 = 120.00; as actual 330.00
    charge = charged(MIXED, load(("500", "70"), ("400", "125")))

    assert usd(charge) == "240.00"
    assert [step.text for step in charge.why.steps][1:] == [
        "600 lb of class 70 at 20.00 USD per cwt",
        "400 lb of class 125 at 30.00 USD per cwt",
    ]


def test_all_higher_breaks_are_tried_not_only_the_next():
    rows = breaks({"0": "50.00", "500": "49.00", "1000": "10.00"})

    assert usd(charged(rows, load(("400", "70")))) == "100.00"  # as 500 it would be 245.00


def test_of_equal_sums_the_one_that_bills_fewer_pounds_counts():
    rows = breaks({"0": "20.00", "500": "10.00"})

    assert len(charged(rows, load(("250", "70"))).why.steps) == 1


def test_each_class_is_rounded_to_the_cent_before_the_discount():
    rows = (*breaks({"0": "33.33"}, "70"), *breaks({"0": "44.44"}, "125"))
    half = LtlTerms(discount_percent=Decimal(50))

    # 101.5 lb: 33.82995 -> 33.83 and 45.1066 -> 45.11, together 78.94, half of it 39.47
    assert usd(charged(rows, load(("101.5", "70"), ("101.5", "125")), ltl=half)) == "39.47"


def test_a_lane_takes_its_own_discount_and_minimum():
    terms = LtlTerms(discount_percent=Decimal(70), minimum=Decimal(95))
    rows = breaks({"0": "50"})

    charge = charged(rows, load(("1000", "70")), ltl=terms, discount_percent=Decimal(80))
    least = charged(rows, load(("1000", "70")), ltl=terms, minimum=Decimal(160))

    assert (usd(charge), usd(least)) == ("100.00", "160.00")


def test_rows_without_a_class_are_for_freight_that_no_other_row_names():
    rows = (*breaks({"0": "10"}), *breaks({"0": "40"}, "125"))

    assert usd(charged(rows, load(("100", "70"), ("100", "125")))) == "50.00"


@pytest.mark.parametrize(
    ("rows", "goods", "word"),
    [
        (R05, ("1200", "85"), "no rate for freight of class 85"),
        (R05, ("1200", ""), "SKU-1 has no freight class"),
        (R05, ("1200", "71"), "'71' is no freight class"),
        (R05, ("900", "70"), "begins at 1,000 lb"),
        (R01, ("0", "70"), "weighs 0 lb"),
        (R01, ("-5", "70"), "weighs -5 lb"),
        (R01, ("NaN", "70"), "weighs NaN lb"),
        (R01, ("1e400", "70"), "weighs 1E+400 lb"),
        ((*R01, *breaks({"500": "9"})), ("450", "70"), "two rates from 500 lb on"),
    ],
    ids=str,
)
def test_freight_without_one_clear_rate_is_never_guessed(rows, goods, word):
    answer = asked(rows, load(goods))

    assert isinstance(answer, Unrated)
    assert word in answer.text
    assert answer.remedy


def test_a_load_without_goods_has_no_price_by_weight():
    assert isinstance(asked(R01, load()), Unrated)


def test_fak_ranges_that_differ_are_never_chosen_between():
    other = FakRange(clause="B", class_from=Decimal(85), class_to=Decimal(110), rated_as="85")

    answer = asked(R05, load(("1200", "92.5")), ltl=LtlTerms(fak=(*FAK.fak, other)))

    assert isinstance(answer, Unrated)
    assert "B and FAK-1" in answer.text


POUNDS = st.decimals("0.5", "12000", places=1)
CLASSES = st.sampled_from(["70", "125"])
GOODS = st.lists(st.tuples(POUNDS.map(str), CLASSES), min_size=1, max_size=4)
PER_CWT = st.decimals("1", "90", places=2)
TABLE = st.lists(st.tuples(PER_CWT, PER_CWT), min_size=4, max_size=4).map(
    lambda rates: tuple(
        WeightBreak(from_lb=Decimal(lb), per_cwt=rate, freight_class=of)
        for lb, pair in zip((0, 500, 1000, 5000), rates, strict=True)
        for of, rate in zip(("70", "125"), pair, strict=True)
    )
)


@given(TABLE, GOODS)
def test_deficit_weight_never_makes_a_shipment_dearer(rows, goods):
    without = charged(rows, load(*goods), ltl=LtlTerms(deficit=False))

    assert charged(rows, load(*goods)).charge.money <= without.charge.money


@given(TABLE, GOODS)
def test_the_order_of_goods_and_of_breaks_decides_nothing(rows, goods):
    charges = {
        charged(some, load(*lines)).charge.money
        for some in (rows, rows[::-1])
        for lines in list(permutations(goods))[:6]
    }

    assert len(charges) == 1


@given(TABLE, GOODS)
def test_the_lines_of_the_explanation_add_up_to_the_linehaul(rows, goods):
    charge = charged(rows, load(*goods))

    lines = [step.result for step in charge.why.steps if " per cwt" in step.text]
    amounts = (Decimal(one.removesuffix(" USD").replace(",", "")) for one in lines)
    assert sum(amounts) == charge.charge.money.amount


@given(TABLE, POUNDS, st.decimals("0", "3000", places=1))
def test_more_pounds_of_one_class_cost_no_less_once_deficit_is_counted(rows, pounds, more):
    # falling rates per hundredweight, as a tariff has them: only then can breaks not invert it
    falling = sorted({row.per_cwt for row in rows}, reverse=True)
    table = tuple(
        WeightBreak(from_lb=Decimal(lb), per_cwt=rate)
        for lb, rate in zip((0, 500, 1000, 5000), falling, strict=False)
    )

    light = charged(table, load((str(pounds), "70"))).charge.money
    heavy = charged(table, load((str(pounds + more), "70"))).charge.money

    assert light <= heavy
