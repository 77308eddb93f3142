"""Which figures of a bill are tried, in which order, and what each is told as.

780 contract miles at 2.25 unless said, fuel 29 % in the week of 2026-03-17; pumps of 18,000 lb.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.freight.approval import Approval
from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import BillLine, Shown
from drawbar.freight.fuel import FuelBand, FuelRate, FuelTerms, FuelWindow, IndexPrice
from drawbar.freight.lane import LaneRate
from drawbar.freight.ltl import LtlTerms
from drawbar.freight.market import NO_MARKET, Market
from drawbar.freight.money import Money
from drawbar.freight.movement import Certificate
from drawbar.freight.order import Goods
from drawbar.freight.verdict import Reason, Supposition
from drawbar.rating.supposition import suppose
from tests.rating.ltl_terms import DUE, breaks, contract, goods, load

ON = date(2026, 3, 17)
HAUL, FUEL = ChargeKind.LINEHAUL, ChargeKind.FUEL_SURCHARGE
BY_MILE = contract(
    lanes=(LaneRate(clause="L1", per_mile=Decimal("2.25"), distance_mi=Decimal(780)),)
)
BY_CLASS = contract(
    ltl=LtlTerms(),
    lanes=(LaneRate(clause="L1", breaks=(*breaks({"0": "10"}, "70"), *breaks({"0": "20"}, "85"))),),
)
PUMPS = goods("18000", "70", "PUMP")


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def line(kind: ChargeKind = HAUL, **shown: object) -> BillLine:
    figures = {
        name: Decimal(one) if isinstance(one, str) and name in {"weight_lb", "distance_mi", "rate"}
        else one
        for name, one in shown.items()
    }  # fmt: skip
    return BillLine(
        number=1, kind=kind, money=usd("1.00"), shown=Shown(**figures) if shown else None
    )


def asked(
    terms,
    billed: BillLine,
    *others: BillLine,
    lines: tuple[Goods, ...] = (PUMPS,),
    market: Market = NO_MARKET,
    **more: object,
) -> list[Supposition]:
    movement = load(*lines, **more)
    return list(suppose(terms, movement, (billed, *others), on=ON, market=market)(billed))


def told(reason: Reason, text: str, amount: str | None = None) -> Supposition:
    return Supposition(reason=reason, money=None if amount is None else usd(amount), text=text)


MILES = "it is for 820 miles, not those of the contract"
POUNDS = "it is for 20,000 lb, and the order says 18,000 lb"
CLASS = "it is for class 85, and the order says 70"


def test_other_miles_are_tried_and_told():
    assert asked(BY_MILE, line(distance_mi="820")) == [
        told(Reason.MILES, MILES, "1845.00"),
        told(Reason.RATE, "the bill shows 820 miles"),
    ]


def test_other_miles_are_kilometres_where_the_contract_states_those():
    metric = contract(lanes=(LaneRate(clause="L1", per_km=Decimal(1), distance_km=Decimal(1000)),))

    # 820 miles are 1,319.66208 km; the lane states no miles to tell them by
    assert asked(metric, line(distance_mi="820")) == [told(Reason.MILES, MILES, "1319.66")]


def test_a_lane_that_states_no_distance_is_given_none():
    flat = contract(lanes=(LaneRate(clause="L1", flat=Decimal(900)),))

    assert asked(flat, line(distance_mi="820")) == [told(Reason.MILES, MILES, "900.00")]
    bare = contract(lanes=(LaneRate(clause="L1", per_mile=Decimal(1)),))
    assert asked(bare, line(distance_mi="820")) == []


def test_miles_that_the_contract_states_are_not_told_as_others():
    assert asked(BY_MILE, line(distance_mi="780")) == [
        told(Reason.MILES, "it is for 780 miles, not those of the contract", "1755.00")
    ]


def test_weight_class_and_both_together_are_tried_in_this_order():
    assert asked(BY_CLASS, line(weight_lb="20000", freight_class="85")) == [
        told(Reason.REWEIGH, POUNDS, "2000.00"),
        told(Reason.RECLASS, CLASS, "3600.00"),
        told(Reason.REWEIGH, f"{POUNDS}, and {CLASS}", "4000.00"),
        told(Reason.RATE, POUNDS),
        told(Reason.RATE, CLASS),
    ]


def test_a_weight_alone_is_tried_alone():
    assert asked(BY_CLASS, line(weight_lb="20000")) == [
        told(Reason.REWEIGH, POUNDS, "2000.00"),
        told(Reason.RATE, POUNDS),
    ]


def test_a_class_alone_is_tried_alone():
    assert asked(BY_CLASS, line(freight_class="85")) == [
        told(Reason.RECLASS, CLASS, "3600.00"),
        told(Reason.RATE, CLASS),
    ]


@pytest.mark.parametrize(
    "shown",
    [{"weight_lb": "18000"}, {"weight_lb": "0"}, {"freight_class": "70"}, {}],
    ids=["the weight of the order", "no weight", "the class of the order", "no figures"],
)
def test_what_the_order_says_too_is_nothing_to_try(shown):
    assert asked(BY_CLASS, line(**shown)) == []


def test_half_a_pound_is_a_weight():
    first, *_ = asked(BY_CLASS, line(weight_lb="0.5"))

    assert first == told(Reason.REWEIGH, "it is for 0.5 lb, and the order says 18,000 lb", "0.05")


def test_without_goods_no_weight_and_no_class_is_tried():
    flat = contract(lanes=(LaneRate(clause="L1", flat=Decimal(900)),))

    assert asked(flat, line(weight_lb="20000", freight_class="85"), lines=()) == []


def test_the_billed_weight_is_shared_over_the_lines_as_the_order_shares_it():
    # of 901 lb 30 % and 40 % are 270.3 and 360.4, in whole pounds 270 and 360; 271 are left
    lines = (
        goods("300", "85", "A"),
        goods("300", "70", "B"),
        goods("400", "70", "C"),
    )
    first, *_ = asked(BY_CLASS, line(weight_lb="901"), lines=lines)

    # 271 lb at 20 are 54.20, 270 + 360 at 10 are 63.00
    assert first == told(Reason.REWEIGH, "it is for 901 lb, and the order says 1,000 lb", "117.20")


def test_all_lines_take_the_billed_class_and_every_class_of_the_order_is_told():
    lines = goods("300", "85", "A"), goods("300", "70", "B")
    first, *_ = asked(BY_CLASS, line(freight_class="85"), lines=lines)

    assert first == told(
        Reason.RECLASS, "it is for class 85, and the order says 70 and 85", "120.00"
    )


def test_goods_without_a_class_are_told_as_none():
    first, *_ = asked(BY_CLASS, line(freight_class="85"), lines=(goods("300", ""),))

    assert first == told(Reason.RECLASS, "it is for class 85, and the order says none", "60.00")


def test_the_billed_figures_stand_before_any_certificate():
    certified = Certificate(
        certificate_ref="C",
        certified_at=DUE,
        weight_lb=Decimal(100),
        freight_class="70",
        fact="c",
    )
    found = asked(BY_CLASS, line(weight_lb="20000", freight_class="85"), certificates=(certified,))

    assert [str(one.money.amount) for one in found if one.money] == [
        "2000.00",
        "3600.00",
        "4000.00",
    ]


@pytest.mark.parametrize(
    ("unit", "text"),
    [("per mile", "the bill shows a rate of 2.5 per mile"), ("", "the bill shows a rate of 2.5")],
    ids=["with its unit", "bare"],
)
def test_a_rate_is_told_with_its_unit(unit, text):
    assert asked(BY_MILE, line(rate="2.50", rate_unit=unit)) == [told(Reason.RATE, text)]


def test_of_a_line_that_is_neither_linehaul_nor_fuel_the_figures_are_only_told():
    assert asked(BY_CLASS, line(ChargeKind.DETENTION, weight_lb="20000")) == [
        told(Reason.RATE, POUNDS)
    ]


FUELLED = structs.replace(
    BY_MILE,
    fuel=tuple(
        FuelRate(
            clause=f"F{week}",
            percent=Decimal(20 + week),
            valid_from=date(2026, 1, 1) + timedelta(weeks=week),
        )
        for week in range(30)
    ),
)  # week 0 begins on Thursday, January 1st, so March 17 is of week 10: 30 % of 1,755.00


def weeks(found: list[Supposition]) -> dict[str, str]:
    return {
        one.text.split()[5].rstrip(","): str(one.money)
        for one in found
        if one.reason is Reason.FUEL_WEEK
    }


def test_the_surcharges_of_six_weeks_before_and_after_are_tried_the_nearest_first():
    found = asked(FUELLED, line(FUEL))
    days = [ON + timedelta(weeks=sign * week) for week in range(1, 7) for sign in (-1, 1)]

    assert [one.text for one in found] == [
        f"it is the surcharge of {day}, and 2026-03-17 is the day that counts" for day in days
    ]
    percents = [30 + sign * week for week in range(1, 7) for sign in (-1, 1)]
    assert [one.money for one in found] == [
        (Money(Decimal(1755) * percent / 100, "USD")).rounded() for percent in percents
    ]


def test_the_week_comes_last_and_only_for_a_surcharge():
    reasons = [one.reason for one in asked(FUELLED, line(FUEL, distance_mi="820"))]

    assert reasons == [Reason.MILES, *[Reason.FUEL_WEEK] * 12, Reason.RATE]
    assert [one.reason for one in asked(FUELLED, line(distance_mi="820"))] == [
        Reason.MILES,
        Reason.RATE,
    ]


def test_a_surcharge_goes_by_the_figures_of_the_linehaul_and_of_nothing_else():
    detention = line(ChargeKind.DETENTION, distance_mi="999")
    silent = line()
    haul = line(distance_mi="820")
    first, *_ = asked(FUELLED, line(FUEL), detention, silent, haul)

    assert first == told(Reason.MILES, MILES, "553.50")  # 30 % of 1,845.00
    own, *_ = asked(FUELLED, line(FUEL, distance_mi="800"), haul)
    assert own.text == "it is for 800 miles, not those of the contract"


def test_a_price_of_the_market_makes_the_surcharge_and_a_week_without_one_none():
    terms = FuelTerms(
        clause="F",
        index="EIA",
        window=FuelWindow(weekday=2),
        bands=tuple(
            FuelBand(from_price=Decimal(price), to_price=Decimal(price) + 1, percent=Decimal(of))
            for price, of in ((3, 10), (4, 20))
        ),
    )
    prices = tuple(
        IndexPrice(
            index="EIA",
            price_on=day,
            price=Decimal(figure),
            known_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        for day, figure in ((date(2026, 3, 2), "4"), (date(2026, 3, 9), "3"))
    )
    indexed = structs.replace(BY_MILE, fuel_index=terms)

    # the price of the week before is known, those of all others are not, and nothing is made up
    assert weeks(asked(indexed, line(FUEL), market=Market(prices=prices))) == {
        "2026-03-10": "351.00 USD"
    }
    assert weeks(asked(indexed, line(FUEL))) == {}


def test_what_has_no_price_under_the_supposition_is_not_supposed():
    flat = contract(lanes=(LaneRate(clause="L1", flat=Decimal(900)),))
    approved = Approval(
        kind=FUEL, money=usd("50.00"), stop=0, approved_by="Ines", reason="asked", fact="a"
    )

    assert asked(flat, line(FUEL, distance_mi="820")) == []
    first, *_ = asked(flat, line(FUEL, distance_mi="820"), approvals=(approved,))
    assert first == told(Reason.MILES, MILES, "50.00")
    assert asked(BY_CLASS, line(freight_class="125")) == [
        told(Reason.RATE, "it is for class 125, and the order says 70")
    ]
