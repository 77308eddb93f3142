"""What a person is told, and told to do, where a load has no clear price on its lane."""

from decimal import Decimal

import pytest

from drawbar.freight.lane import Distance, LanePlace, LaneRate, MileageBand
from drawbar.freight.ltl import DensityBand, DensityTable, FakRange, LtlTerms
from drawbar.freight.movement import Certificate
from drawbar.freight.order import Goods
from drawbar.rating.linehaul import linehaul
from drawbar.rating.unrated import Unrated
from tests.rating.ltl_terms import DUE, breaks, contract, goods, load

GUIDE = (Distance(clause="Guide 36", mi=Decimal(655)),)
ONE_WAY = "State exactly one of flat, per_mile, per_km, per_cwt, per_100kg, breaks and bands."
FOOT = {"length_in": Decimal(12), "width_in": Decimal(12), "height_in": Decimal(12)}
BANDS = tuple(
    DensityBand(from_lb_per_cubic_ft=Decimal(begin), freight_class=of)
    for begin, of in (("8", "125"), ("10", "92.5"))
)
TWICE = (*BANDS, DensityBand(from_lb_per_cubic_ft=Decimal(10), freight_class="85"))
R70 = breaks({"1000": "31.45"}, "70")


def lane(**told: object) -> LaneRate:
    figures = {key: Decimal(one) if isinstance(one, str) else one for key, one in told.items()}
    return LaneRate(clause="L7", **figures)


def band(**told: str) -> MileageBand:
    return MileageBand(**{key: Decimal(one) for key, one in told.items()})


def density(bands: tuple[DensityBand, ...] = BANDS) -> LtlTerms:
    return LtlTerms(density=DensityTable(clause="D-1", version="2025-07", bands=bands))


def certificate(**says: object) -> Certificate:
    return Certificate(certificate_ref="C-1", certified_at=DUE, fact="c", **says)


def asked(rate: LaneRate, *lines: Goods, ltl=None, distances=GUIDE, **more: object):
    return linehaul(contract(ltl=ltl, distances=distances), rate, load(*lines, **more))


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (lane(), "Lane L7 states no price; a lane has exactly one way."),
        (
            lane(flat="1", per_mile="2", bands=(band(flat="1"),)),
            "Lane L7 states flat and per_mile and bands; a lane has exactly one way.",
        ),
    ],
    ids=["none", "three"],
)
def test_a_lane_without_one_way_is_told_which_it_states(rate, text):
    assert asked(rate) == Unrated(text=text, remedy=ONE_WAY)


@pytest.mark.parametrize(
    "distances",
    [(), (Distance(clause="G", destination=LanePlace(region="TX"), mi=Decimal(1)),)],
    ids=["no guide", "no row"],
)
@pytest.mark.parametrize(
    "rate", [lane(per_mile="1"), lane(per_km="1"), lane(bands=(band(flat="1"),))], ids=str
)
def test_a_distance_that_nobody_stated_is_asked_for(rate, distances):
    assert asked(rate, distances=distances) == Unrated(
        text="Lane L7 goes by distance, and no one row says how far it is from Dallas, TX to"
        " Omaha, NE.",
        remedy="State distance_mi or distance_km with the lane, or one row of the contract's"
        " distances that covers it.",
    )


@pytest.mark.parametrize(
    ("bands", "text", "remedy"),
    [
        (
            (band(per_cwt="1"), band(from_lb="1", per_cwt="2")),
            "2 cells of the table of lane L7 hold for 655 miles and 900 lb.",
            "Let the bands of miles and pounds not overlap; an end is not within its band.",
        ),
        (
            (band(to_mi="655", per_cwt="1"),),
            "No cell of the table of lane L7 holds for 655 miles and 900 lb.",
            "Add the missing band of miles or pounds.",
        ),
        (
            (band(flat="1", per_cwt="1"),),
            "A cell of the table of lane L7 does not say exactly one price.",
            "State one of flat, per_mile and per_cwt with each band.",
        ),
        (
            (band(to_lb="1000", flat="1"), band(from_lb="1000")),
            "A cell of the table of lane L7 does not say exactly one price.",
            "State one of flat, per_mile and per_cwt with each band.",
        ),
    ],
    ids=["two cells", "no cell", "two prices", "a heavier cell without a price"],
)
def test_a_table_without_one_clear_cell_is_told_for_what(bands, text, remedy):
    answer = asked(lane(bands=bands), goods("900"), ltl=LtlTerms())

    assert answer == Unrated(text=text, remedy=remedy)


PER_CWT = lane(per_cwt="10")
NO_GOODS = Unrated(
    text="The price goes by weight, and the load has no goods.",
    remedy="State the goods with their weight, or approve a price for this load.",
)


@pytest.mark.parametrize(
    "rate",
    [
        PER_CWT,
        lane(per_100kg="1"),
        lane(breaks=R70),
        lane(bands=(band(per_cwt="1"),)),
        lane(bands=(band(to_lb="9", flat="1"),)),
        lane(bands=(band(from_lb="1", flat="1"),)),
    ],
    ids=["cwt", "100 kg", "breaks", "table by weight", "table to a weight", "table from a weight"],
)
def test_a_price_by_weight_asks_for_goods(rate):
    assert asked(rate) == NO_GOODS


@pytest.mark.parametrize("pounds", ["0", "-5", "NaN"])
def test_goods_of_no_weight_are_named(pounds):
    lines = goods("100"), goods(pounds, sku="VALVE")

    assert asked(PER_CWT, *lines) == Unrated(
        text=f"VALVE weighs {pounds} lb, and the price goes by weight.",
        remedy="Correct the weight on the order, or record a certificate of the weight.",
    )


@pytest.mark.parametrize(
    ("said", "lines", "text", "remedy"),
    [
        (
            certificate(weight_lb=Decimal(5), sku="ANVIL"),
            (goods("100"),),
            "The certificate C-1 is about ANVIL, which the load does not carry.",
            "Correct the certificate's sku, or the goods of the order.",
        ),
        (
            certificate(weight_lb=Decimal(5)),
            (),
            "The certificate C-1 is about goods, which the load does not carry.",
            "Correct the certificate's sku, or the goods of the order.",
        ),
        (
            certificate(weight_lb=Decimal(-4)),
            (goods("100"), goods("50", sku="VALVE")),
            "A certificate over -4 lb cannot be spread over lines of no weight.",
            "State a weight with each line of goods, or certify each line by its sku.",
        ),
        (
            certificate(weight_lb=Decimal(90)),
            (goods("100"), goods("0", sku="VALVE")),
            "A certificate over 90 lb cannot be spread over lines of no weight.",
            "State a weight with each line of goods, or certify each line by its sku.",
        ),
    ],
    ids=["other goods", "no goods", "below nothing", "a line without a weight"],
)
def test_a_certificate_that_cannot_count_is_named(said, lines, text, remedy):
    answer = asked(PER_CWT, *lines, ltl=LtlTerms(), certificates=(said,))

    assert answer == Unrated(text=text, remedy=remedy)


def test_a_certificate_of_one_line_gives_a_weight_to_goods_that_had_none():
    said = certificate(weight_lb=Decimal(90))
    answer = asked(PER_CWT, goods("0"), ltl=LtlTerms(), certificates=(said,))

    assert not isinstance(answer, Unrated)
    assert str(answer.charge.money) == "9.00 USD"


@pytest.mark.parametrize(
    ("line", "terms", "text", "remedy"),
    [
        (
            goods("1200", " "),
            LtlTerms(),
            "SKU-1 has no freight class, and the contract has no density table.",
            "State the class of the goods on the order, or add a density table.",
        ),
        (
            goods("1200", "71"),
            LtlTerms(),
            "SKU-1: '71' is no freight class; the classes are 50, 55, 60, 65, 70, 77.5, 85, 92.5,"
            " 100, 110, 125, 150, 175, 200, 250, 300, 400, 500.",
            "Correct the class on the order, or record a certificate of the class.",
        ),
        (
            goods("1200", "85"),
            LtlTerms(
                fak=tuple(
                    FakRange(clause=name, class_from=Decimal(50), class_to=top, rated_as=of)
                    for name, top, of in (("Y", Decimal(100), "70"), ("B", Decimal(85), "85"))
                )
            ),
            "SKU-1 of class 85 falls under B and Y, which differ.",
            "Let the FAK ranges not overlap.",
        ),
        (
            goods("1200", "125"),
            LtlTerms(),
            "Lane L7 has no rate for freight of class 125.",
            "Add breaks for that class, or a FAK range that covers it.",
        ),
        (
            goods("900", "70"),
            LtlTerms(),
            "Lane L7 begins at 1,000 lb, the load weighs 900 lb.",
            "State the rate of the first break from 0 lb on.",
        ),
        (
            goods("7.99", **FOOT),
            density(),
            "SKU-1 has 7.99 lb per cubic foot, below every band of the density table D-1.",
            "Add a band from 0 to the table, or state the class of the goods.",
        ),
        (
            goods("9", length_in=Decimal(12), width_in=Decimal(12)),
            density(),
            "SKU-1 has no freight class, and not all of its dimensions are known.",
            "State its class, or length, width and height of one piece and the pieces.",
        ),
        (
            goods("11", **FOOT),
            density(TWICE),
            "The density table D-1 gives several classes from 10 on.",
            "Leave one band for each density.",
        ),
    ],
    ids=[
        "no class",
        "an unknown class",
        "two ranges",
        "a class without a rate",
        "too light",
        "too light for its room",
        "two sides only",
        "two classes of one density",
    ],
)
def test_goods_without_one_clear_class_or_rate_are_named(line, terms, text, remedy):
    assert asked(lane(breaks=R70), line, ltl=terms) == Unrated(text=text, remedy=remedy)


def test_two_rates_for_one_break_are_named():
    rows = breaks({"500": "9"}) + breaks({"500": "10"})

    assert asked(lane(breaks=rows), goods("600")) == Unrated(
        text="Lane L7 states two rates from 500 lb on.",
        remedy="Leave one rate for each class and break.",
    )


def test_the_same_rate_stated_twice_is_one():
    rows = breaks({"500": "9"}) + breaks({"500": "9.00"})

    assert not isinstance(asked(lane(breaks=rows), goods("600")), Unrated)


def test_goods_less_than_an_inch_wide_have_a_density():
    thin = goods("5", length_in=Decimal("0.5"), width_in=Decimal(24), height_in=Decimal(72))
    answer = asked(lane(breaks=breaks({"0": "9"}, "92.5")), thin, ltl=density())

    assert not isinstance(answer, Unrated)  # 5 lb in half a cubic foot are 10 lb per cubic foot
