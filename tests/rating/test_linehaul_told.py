"""How a linehaul explains itself, and what a person is told where a lane gives no clear price.

From Dallas to Omaha, 655 miles by the contract's guide; contract ABCD-2026, version 3.
"""

from decimal import Decimal

import pytest

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation, Step
from drawbar.freight.lane import Distance, LaneRate, MileageBand
from drawbar.freight.ltl import DensityBand, DensityTable, FakRange, LtlTerms
from drawbar.freight.money import Money
from drawbar.freight.movement import Certificate
from drawbar.freight.order import Goods
from drawbar.rating.linehaul import by_weight, linehaul
from drawbar.rating.unrated import Unrated
from tests.rating.ltl_terms import DUE, breaks, contract, goods, load

GUIDE = (Distance(clause="Guide 36", mi=Decimal(655)),)
HALF = LtlTerms(deficit=False, discount_percent=Decimal(50), minimum=Decimal(20))
CERTIFIED = Certificate(
    certificate_ref="C-1", certified_at=DUE, weight_lb=Decimal(200), fact="weighed"
)
AS_CERTIFIED = ("certificate C-1 of 2026-03-10 counts", "200 lb instead of 100 lb")


def lane(**told: object) -> LaneRate:
    figures = {key: Decimal(one) if isinstance(one, str) else one for key, one in told.items()}
    return LaneRate(clause="L7", **figures)


def band(**told: str) -> MileageBand:
    return MileageBand(**{key: Decimal(one) for key, one in told.items()})


def asked(rate: LaneRate, *lines: Goods, ltl: LtlTerms | None = None, **more: object):
    return linehaul(contract(ltl=ltl, distances=GUIDE), rate, load(*lines, **more))


def hauled(amount: str, *steps: tuple[str, str], facts: tuple[str, ...] = ()) -> AgreedCharge:
    return AgreedCharge(
        charge_ref="linehaul",
        charge=Charge(kind=ChargeKind.LINEHAUL, money=Money(Decimal(amount), "USD")),
        why=Explanation(
            rule="linehaul",
            contract_ref="ABCD-2026",
            contract_version=3,
            clause="L7",
            facts=facts,
            steps=tuple(Step(text=text, result=result) for text, result in steps),
        ),
    )


@pytest.mark.parametrize(
    ("rate", "amount", "steps"),
    [
        (lane(flat="1650.005"), "1650.01", [("flat 1,650.01 USD for lane L7", "1,650.01 USD")]),
        (lane(flat="0"), "0.00", [("flat 0.00 USD for lane L7", "0.00 USD")]),
        (
            lane(per_mile="2"),
            "1310.00",
            [("655 Guide 36 miles at 2 USD per mile", "1,310.00 USD")],
        ),
        (lane(per_mile="0"), "0.00", [("655 Guide 36 miles at 0 USD per mile", "0.00 USD")]),
        (
            lane(per_km="1.005", distance_km="100.1"),
            "100.60",
            [("100.1 contract km at 1.005 USD per km", "100.60 USD")],
        ),
        (
            lane(per_mile="2", discount_percent="10", minimum="1200"),
            "1200.00",
            [
                ("655 Guide 36 miles at 2 USD per mile", "1,310.00 USD"),
                ("less 10 % discount", "1,179.00 USD"),
                ("below the minimum of 1,200.00 USD", "1,200.00 USD"),
            ],
        ),
    ],
    ids=["flat", "flat for nothing", "miles", "miles for nothing", "km", "discount and minimum"],
)
def test_a_lane_by_distance_says_each_step(rate, amount, steps):
    assert asked(rate) == hauled(amount, *steps)


def test_what_is_not_paid_by_weight_takes_neither_discount_nor_minimum_of_the_contract():
    assert asked(lane(flat="10"), ltl=HALF) == hauled(
        "10.00", ("flat 10.00 USD for lane L7", "10.00 USD")
    )


BY_WEIGHT = {
    "per hundredweight": (lane(per_cwt="50"), ("200 lb at 50 USD per cwt", "100.00 USD")),
    "per 100 kg": (
        lane(per_100kg="110"),
        (
            "200 lb at 0.45359237 kg each are 90.718474 kg, at 110 USD per 100 kg",
            "99.79 USD",
        ),
    ),
    "breaks": (lane(breaks=breaks({"0": "50"})), ("200 lb at 50 USD per cwt", "100.00 USD")),
}


@pytest.mark.parametrize(("rate", "step"), BY_WEIGHT.values(), ids=BY_WEIGHT)
def test_a_lane_by_weight_names_the_certificate_and_takes_the_contracts_discount(rate, step):
    half = "49.90" if "kg" in step[0] else "50.00"  # half of 99.79 is 49.895

    assert asked(rate, goods("100"), ltl=HALF, certificates=(CERTIFIED,)) == hauled(
        half, AS_CERTIFIED, step, ("less 50 % discount", f"{half} USD"), facts=("weighed",)
    )


def test_a_table_paid_by_weight_names_the_miles_the_cell_and_the_certificate():
    rate = lane(bands=(band(to_mi="700", from_lb="100", per_cwt="30"), band(from_mi="700")))

    assert asked(rate, goods("100"), ltl=HALF, certificates=(CERTIFIED,)) == hauled(
        "30.00",
        AS_CERTIFIED,
        ("655 Guide 36 miles", ""),
        ("0 to under 700 miles, 100 and more lb: 200 lb at 30 USD per cwt", "60.00 USD"),
        ("less 50 % discount", "30.00 USD"),
        facts=("weighed",),
    )


@pytest.mark.parametrize(
    ("cell", "amount", "words"),
    [
        (band(flat="10"), "10.00", "flat"),
        (band(per_mile="0.10"), "65.50", "655 miles at 0.10 USD per mile"),
    ],
    ids=["flat", "per mile"],
)
def test_a_table_by_miles_alone_asks_for_no_weight_and_gives_no_discount(cell, amount, words):
    assert asked(lane(bands=(cell,)), ltl=HALF) == hauled(
        amount,
        ("655 Guide 36 miles", ""),
        (f"0 and more miles, 0 and more lb: {words}", f"{amount} USD"),
    )


def test_a_load_billed_in_a_heavier_cell_says_what_it_weighs():
    rate = lane(bands=(band(to_lb="1000", per_cwt="50"), band(from_lb="1000", per_cwt="30")))

    assert asked(rate, goods("900"), ltl=LtlTerms()) == hauled(
        "300.00",
        ("655 Guide 36 miles", ""),
        (
            "billed in a heavier band, the actual weight is 900 lb: as actual it would be"
            " 450.00 USD",
            "",
        ),
        ("0 and more miles, 1,000 and more lb: 1,000 lb at 30 USD per cwt", "300.00 USD"),
    )


def test_of_two_heavier_cells_that_cost_the_same_the_lighter_counts():
    cells = (
        band(from_lb="2000", flat="100"),
        band(from_lb="1000", to_lb="2000", flat="100"),
        band(to_lb="1000", per_cwt="50"),
    )
    charge = asked(lane(bands=cells), goods("900"), ltl=LtlTerms())

    assert isinstance(charge, AgreedCharge)
    assert charge.why.steps[-1].text == "0 and more miles, 1,000 to under 2,000 lb: flat"


def test_a_heavier_cell_that_costs_the_same_is_not_billed():
    cells = (band(to_lb="1000", per_cwt="50"), band(from_lb="1000", flat="450.004"))

    assert asked(lane(bands=cells), goods("900"), ltl=LtlTerms()) == hauled(
        "450.00",
        ("655 Guide 36 miles", ""),
        ("0 and more miles, 0 to under 1,000 lb: 900 lb at 50 USD per cwt", "450.00 USD"),
    )


def test_mixed_classes_say_each_its_pounds_and_its_rate():
    rows = (
        *breaks({"0": "40", "500": "30", "1000": "20"}, "70"),
        *breaks({"0": "60", "500": "45", "1000": "30"}, "125"),
    )
    lines = goods("400", "125"), goods("500", "70", "SKU-2")

    assert asked(lane(breaks=rows), *lines, ltl=LtlTerms()) == hauled(
        "240.00",
        (
            "billed as 1,000 lb, the actual weight is 900 lb: as actual it would be 330.00 USD",
            "100 lb of deficit at the lowest rate",
        ),
        ("600 lb of class 70 at 20 USD per cwt", "120.00 USD"),
        ("400 lb of class 125 at 30 USD per cwt", "120.00 USD"),
    )


def test_the_deficit_rides_at_the_lowest_rate_though_its_class_is_the_higher():
    rows = (*breaks({"0": "60", "1000": "30"}, "70"), *breaks({"0": "60", "1000": "20"}, "125"))
    lines = goods("400", "125"), goods("500", "70", "SKU-2")
    charge = asked(lane(breaks=rows), *lines, ltl=LtlTerms())

    assert isinstance(charge, AgreedCharge)
    assert [step.text for step in charge.why.steps][1:] == [
        "500 lb of class 70 at 30 USD per cwt",
        "500 lb of class 125 at 20 USD per cwt",
    ]


def test_a_heavier_cell_per_mile_is_tried_with_the_miles():
    cells = (band(to_lb="1000", per_cwt="50"), band(from_lb="1000", per_mile="0.10"))
    charge = asked(lane(bands=cells), goods("900"), ltl=LtlTerms())

    assert isinstance(charge, AgreedCharge)
    assert str(charge.charge.money) == "65.50 USD"


def test_of_two_classes_at_one_rate_the_deficit_rides_in_the_lower():
    rows = tuple(row for of in ("70", "125") for row in breaks({"0": "60", "1000": "20"}, of))
    lines = goods("400", "125"), goods("500", "70", "SKU-2")
    charge = asked(lane(breaks=rows), *lines, ltl=LtlTerms())

    assert isinstance(charge, AgreedCharge)
    assert [step.text for step in charge.why.steps][1:] == [
        "600 lb of class 70 at 20 USD per cwt",
        "400 lb of class 125 at 20 USD per cwt",
    ]


def test_rows_without_a_class_name_none():
    rows = (*breaks({"0": "10"}), *breaks({"0": "40"}, "125"))
    lines = goods("100", "70"), goods("100", "125", "SKU-2")

    assert asked(lane(breaks=rows), *lines) == hauled(
        "50.00",
        ("100 lb of class 70 at 10 USD per cwt", "10.00 USD"),
        ("100 lb of class 125 at 40 USD per cwt", "40.00 USD"),
    )


FAK = FakRange(clause="FAK-1", class_from=Decimal(50), class_to=Decimal(100), rated_as="70")
TABLE = DensityTable(
    clause="D-1",
    version="2025-07",
    bands=(DensityBand(from_lb_per_cubic_ft=Decimal(10), freight_class="92.5"),),
)
FOOT = {"length_in": Decimal(12), "width_in": Decimal(12), "height_in": Decimal(12)}


def test_a_class_by_density_within_a_range_says_both():
    terms = LtlTerms(deficit=False, fak=(FAK,), density=TABLE)
    lines = goods("12", **FOOT), goods("10", **FOOT, sku="SKU-0")

    assert asked(lane(breaks=breaks({"0": "50"}, "70")), *lines, ltl=terms) == hauled(
        "11.00",
        (
            "SKU-0: 10.00 lb per cubic foot by the density table D-1, version 2025-07",
            "class 92.5",
        ),
        (
            "SKU-1: 12.00 lb per cubic foot by the density table D-1, version 2025-07",
            "class 92.5",
        ),
        ("class 92.5 is within FAK FAK-1, 50 to 100", "as 70"),
        ("22 lb of class 70 at 50 USD per cwt", "11.00 USD"),
    )


def test_of_two_ranges_that_say_the_same_the_first_by_name_is_told():
    twin = FakRange(clause="A", class_from=Decimal(60), class_to=Decimal(85), rated_as="070")
    terms = LtlTerms(deficit=False, fak=(FAK, twin))
    charge = asked(lane(breaks=breaks({"0": "50"}, "70")), goods("100", "85"), ltl=terms)

    assert isinstance(charge, AgreedCharge)
    assert charge.why.steps[0] == Step(text="class 85 is within FAK A, 60 to 85", result="as 070")


@pytest.mark.parametrize("way", ["per_cwt", "per_100kg", "breaks", "bands"])
def test_a_lane_paid_by_pounds_says_that_the_goods_make_its_price(way):
    told = {
        "per_cwt": "1",
        "per_100kg": "1",
        "breaks": breaks({"0": "1"}),
        "bands": (band(flat="1"),),
    }

    assert by_weight(lane(**{way: told[way]}))


@pytest.mark.parametrize("way", ["flat", "per_mile", "per_km"])
def test_a_lane_paid_by_its_places_says_that_the_goods_make_no_difference(way):
    assert not by_weight(lane(**{way: "1"}))
    assert not isinstance(asked(lane(**{way: "1"})), Unrated)
