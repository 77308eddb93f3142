"""What the goods weigh for the price, and which class they are rated as."""

from datetime import timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.freight.charge import Step
from drawbar.freight.lane import LaneRate
from drawbar.freight.ltl import DensityBand, DensityTable, LtlTerms
from drawbar.freight.movement import Certificate
from drawbar.rating.class_of_goods import Classed, pounds_by_class
from drawbar.rating.linehaul import linehaul
from drawbar.rating.unrated import Unrated
from drawbar.rating.weight import Weighed, weighed
from tests.rating.ltl_terms import DUE, breaks, contract, goods, load

PUMP, VALVE = goods("700", "70", "PUMP"), goods("300", "125", "VALVE")


def certificate(ref="C-1", hours=0, **says) -> Certificate:
    told = {key: Decimal(one) if key == "weight_lb" else one for key, one in says.items()}
    at = DUE + timedelta(hours=hours)
    return Certificate(certificate_ref=ref, certified_at=at, fact=f"fact:{ref}", **told)


def weights(*certificates: Certificate, lines=(PUMP, VALVE), reweigh=True) -> dict[str, str]:
    found = weighed(load(*lines, certificates=certificates), reweigh=reweigh)
    assert isinstance(found, Weighed), found
    return {line.sku: str(line.weight_lb) for line in found.goods}


def test_a_certificate_of_the_whole_is_spread_as_the_lines_weighed_before():
    assert weights(certificate(weight_lb="1100")) == {"PUMP": "770.00", "VALVE": "330.00"}


def test_a_certificate_of_one_line_is_that_lines_alone():
    one = certificate(weight_lb="450", sku="VALVE")

    assert weights(one) == {"PUMP": "700", "VALVE": "450"}


def test_a_certificate_counts_only_where_the_contract_lets_it():
    assert weights(certificate(weight_lb="1100"), reweigh=False) == {"PUMP": "700", "VALVE": "300"}


def test_the_latest_certificate_counts_in_any_order():
    told = (
        certificate("C-1", 1, weight_lb="1100"),
        certificate("C-2", 2, weight_lb="1200"),
        certificate("C-3", 3, weight_lb="500", sku="VALVE"),
    )

    assert {str(weights(*order)) for order in permutations(told)} == {
        str({"PUMP": "840.00", "VALVE": "500"})
    }


def test_a_later_class_leaves_the_earlier_weight():
    told = certificate("C-1", 1, weight_lb="1100"), certificate("C-2", 2, freight_class="85")
    found = weighed(load(PUMP, VALVE, certificates=told), reweigh=True)

    assert isinstance(found, Weighed)
    assert {line.freight_class for line in found.goods} == {"85"}
    assert found.pounds == 1100
    assert found.facts == ("fact:C-1", "fact:C-2")
    assert [step.result for step in found.steps] == ["1,100 lb instead of 1,000 lb", "class 85"]


def test_the_explanation_of_the_linehaul_says_which_certificate_it_used():
    lane = LaneRate(clause="L", breaks=breaks({"0": "20"}))

    charge = linehaul(
        contract(ltl=LtlTerms()), lane, load(PUMP, certificates=(certificate(weight_lb="750"),))
    )

    assert not isinstance(charge, Unrated)
    assert str(charge.charge.money) == "150.00 USD"
    assert charge.why.facts == ("fact:C-1",)
    assert charge.why.steps[0].text == "certificate C-1 of 2026-03-10 counts"


@pytest.mark.parametrize(
    ("one", "word"),
    [
        (certificate(weight_lb="500", sku="ANVIL"), "about ANVIL"),
        (certificate(weight_lb="0"), "0 lb"),
        (certificate(weight_lb="-4"), "-4 lb"),
        (certificate(weight_lb="NaN"), "NaN lb"),
        (certificate(weight_lb="1e400"), "lb"),
    ],
    ids=["other goods", "nothing", "below nothing", "no number", "endless"],
)
def test_a_certificate_that_cannot_be_leaves_the_load_unrated(one, word):
    answer = weighed(load(PUMP, VALVE, certificates=(one,)), reweigh=True)

    assert isinstance(answer, Unrated)
    assert word in answer.text
    assert answer.remedy


@given(
    st.lists(st.decimals("0.01", "9000", places=2), min_size=1, max_size=6),
    st.decimals("0.01", "60000", places=3),
)
def test_a_certificate_loses_no_pound_however_it_is_spread(before, certified):
    lines = tuple(goods(str(lb), sku=f"S{n}") for n, lb in enumerate(before))
    movement = load(*lines, certificates=(certificate(weight_lb=str(certified)),))

    found = weighed(movement, reweigh=True)

    assert isinstance(found, Unrated) or found.pounds == certified


TABLE = DensityTable(
    clause="D-1",
    version="2025-07",
    bands=tuple(
        DensityBand(from_lb_per_cubic_ft=Decimal(begin), freight_class=of)
        for begin, of in (("8", "125"), ("10", "92.5"), ("15", "70"))
    ),
)
CUBE = {"length_in": Decimal(12), "width_in": Decimal(12), "height_in": Decimal(12)}


def classed(*lines, **terms) -> Classed | Unrated:
    return pounds_by_class(lines, LtlTerms(density=TABLE, **terms))


@pytest.mark.parametrize(
    ("pounds", "rated_as"),
    [("8", "125"), ("9.99", "125"), ("10", "92.5"), ("14.99", "92.5"), ("15", "70"), ("99", "70")],
)
def test_a_band_begins_where_it_says(pounds, rated_as):
    found = classed(goods(pounds, **CUBE))

    assert isinstance(found, Classed)
    assert dict(found.pounds) == {Decimal(rated_as): Decimal(pounds)}
    assert "density table D-1, version 2025-07" in found.steps[0].text


def test_pieces_take_their_room_each():
    found = classed(goods("40", pieces=4, **CUBE))

    assert isinstance(found, Classed)
    assert list(found.pounds) == [Decimal("92.5")]


def test_the_own_class_comes_before_the_density():
    found = classed(goods("8", "250", **CUBE))

    assert isinstance(found, Classed)
    assert list(found.pounds) == [Decimal(250)]
    assert found.steps == ()


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (goods("7.99", **CUBE), "below every band"),
        (goods("9", length_in=Decimal(12), width_in=Decimal(12)), "not all of its dimensions"),
        (goods("9", **CUBE | {"height_in": Decimal(0)}), "not all of its dimensions"),
        (goods("9", **CUBE | {"height_in": Decimal("NaN")}), "not all of its dimensions"),
        (goods("9", pieces=0, **CUBE), "not all of its dimensions"),
        (goods("9", "92", **CUBE), "no freight class"),
    ],
    ids=["too light", "two sides", "flat", "no number", "no pieces", "unknown class"],
)
def test_goods_without_a_class_are_never_guessed(line, word):
    answer = classed(line)

    assert isinstance(answer, Unrated)
    assert word in answer.text


def test_two_classes_at_one_density_are_never_chosen_between():
    twice = structs.replace(
        TABLE,
        bands=(
            *TABLE.bands,
            DensityBand(from_lb_per_cubic_ft=Decimal(10), freight_class="85"),
        ),
    )

    answer = pounds_by_class((goods("10", **CUBE),), LtlTerms(density=twice))

    assert isinstance(answer, Unrated)
    assert "several classes from 10" in answer.text


def test_a_certified_class_is_that_of_its_line_alone():
    said = certificate(freight_class="85", sku="VALVE")
    found = weighed(load(PUMP, VALVE, certificates=(said,)), reweigh=True)

    assert isinstance(found, Weighed)
    assert [line.freight_class for line in found.goods] == ["70", "85"]
    assert found.steps == (
        Step(text="certificate C-1 of 2026-03-10 counts", result="class 85 of VALVE"),
    )


def test_a_certificate_of_weight_and_class_says_both_of_which_goods():
    said = certificate(weight_lb="450", freight_class="85", sku="VALVE")
    found = weighed(load(PUMP, VALVE, certificates=(said,)), reweigh=True)

    assert isinstance(found, Weighed)
    assert found.steps == (
        Step(
            text="certificate C-1 of 2026-03-10 counts",
            result="450 lb of VALVE instead of 300 lb, class 85 of VALVE",
        ),
    )


def test_a_certificate_for_all_lines_of_one_sku_is_spread_over_those():
    lines = goods("100", sku="A"), goods("300", sku="B"), goods("200", sku="A")
    said = certificate(weight_lb="330", sku="A")
    found = weighed(load(*lines, certificates=(said,)), reweigh=True)

    assert isinstance(found, Weighed)
    assert [str(line.weight_lb) for line in found.goods] == ["110.00", "300", "220.00"]
    assert found.steps[0].result == "330 lb of A instead of 300 lb"


@pytest.mark.parametrize(
    ("before", "certified", "spread"),
    [
        (("1", "1", "1"), "10", ["3.34", "3.33", "3.33"]),
        (("1", "1", "1"), "20", ["6.67", "6.67", "6.66"]),
        (("1", "2", "3"), "10.01", ["1.67", "3.34", "5.00"]),
        (("3", "2", "1"), "10.01", ["5.00", "3.34", "1.67"]),
        (("1", "2"), "100", ["33.33", "66.67"]),
        (("1", "1"), "0.015", ["0.01", "0.005"]),
    ],
    ids=[
        "a tie goes to the first",
        "two go to the first two",
        "the largest parts",
        "the largest parts, whatever their place",
        "the larger part of the larger line",
        "a bit less",
    ],
)
def test_hundredths_that_are_left_go_to_the_largest_remainders(before, certified, spread):
    # 10.01 over 1, 2 and 3 are 1.668, 3.336 and 5.005: two hundredths are left
    lines = tuple(goods(lb, sku=f"S{n}") for n, lb in enumerate(before))

    assert list(weights(certificate(weight_lb=certified), lines=lines).values()) == spread


def test_of_two_certificates_of_one_moment_the_one_later_by_name_counts():
    told = certificate("C-1", weight_lb="1100"), certificate("C-2", weight_lb="1200")

    assert weights(*told) == weights(*told[::-1]) == {"PUMP": "840.00", "VALVE": "360.00"}


def test_pounds_add_up_by_class_the_lowest_first():
    found = classed(goods("300", "125"), goods("200", "92.5", "B"), goods("100", "125.0", "C"))

    assert isinstance(found, Classed)
    assert list(found.pounds.items()) == [(Decimal("92.5"), 200), (Decimal(125), 400)]


def test_the_density_is_told_to_the_hundredth_but_compared_unrounded():
    # 9.996 lb in one cubic foot read as 10.00, and are below the band that begins at 10
    found = classed(goods("9.996", **CUBE))

    assert isinstance(found, Classed)
    assert found.steps == (
        Step(
            text="SKU-1: 10.00 lb per cubic foot by the density table D-1, version 2025-07",
            result="class 125",
        ),
    )
