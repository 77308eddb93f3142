"""What is remembered of a tariff is what rating says, whatever was asked before."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product

from msgspec import structs

from drawbar.flow import tariff as shelf
from drawbar.flow.pricing import movement_of, planned_visits
from drawbar.flow.tariff import Tariff, as_known, learned_last
from drawbar.freight.contract import Contract, Side
from drawbar.freight.exchange import ExchangeRate
from drawbar.freight.lane import LanePlace, LaneRate, WeightBreak
from drawbar.freight.market import Market
from drawbar.freight.movement import Certificate, Movement
from drawbar.freight.order import Goods
from drawbar.rating.shipment import rate
from tests.flow.stage import CHICAGO, DALLAS, MONDAY, order

ON = date(2026, 3, 9)


def contract(*lanes: LaneRate) -> Contract:
    return Contract(
        contract_ref="ABCD-2026",
        version=1,
        side=Side.BUY,
        party_ref="ABCD",
        currency="USD",
        valid_from=date(2026, 1, 1),
        lanes=lanes,
    )


def goods(pounds: str, freight_class: str = "") -> tuple[Goods, ...]:
    return (Goods(sku="PUMP", pieces=1, weight_lb=Decimal(pounds), freight_class=freight_class),)


def load(**changes) -> Movement:
    plain = movement_of(order(), planned_visits(order()))
    return structs.replace(plain, **changes)


FLAT = contract(LaneRate(clause="F", flat=Decimal(900)))
REEFER = contract(
    LaneRate(clause="any", flat=Decimal(900)),
    LaneRate(clause="cold", flat=Decimal(1400), equipment="reefer"),
)
TO_CITY = contract(
    LaneRate(clause="any", flat=Decimal(900)),
    LaneRate(clause="city", flat=Decimal(950), destination=LanePlace(city="Chicago")),
)
BY_WEIGHT = contract(
    LaneRate(
        clause="W",
        breaks=(
            WeightBreak(from_lb=Decimal(0), per_cwt=Decimal(20)),
            WeightBreak(from_lb=Decimal(500), per_cwt=Decimal(15)),
        ),
    )
)
CERTIFICATE = Certificate(
    certificate_ref="C", certified_at=MONDAY, weight_lb=Decimal(700), fact="certificate:C"
)
LOADS = [
    load(),
    load(goods=goods("450")),
    load(goods=goods("600")),
    load(goods=goods("450"), certificates=(CERTIFICATE,)),
    load(equipment="reefer"),
    load(service="expedited"),
    load(destination=DALLAS),
    load(origin=structs.replace(DALLAS, name="Another dock")),
    load(origin=structs.replace(CHICAGO, city="", region="", name="Field 7")),
]


def test_what_is_remembered_is_what_rating_says_in_any_order():
    for terms in (FLAT, REEFER, TO_CITY, BY_WEIGHT):
        tariff = Tariff(terms)
        for one, other in product(LOADS, repeat=2):
            for asked in (one, other, one):
                assert shelf.rate(tariff, asked, ON) == rate(terms, asked, on=ON)


def test_loads_that_differ_in_what_makes_no_price_are_one_price():
    tariff = Tariff(FLAT)
    shelf._main_charges.cache_clear()

    for pounds in range(1, 50):
        shelf.rate(tariff, load(goods=goods(str(pounds)), equipment=f"truck {pounds}"), ON)

    assert shelf._main_charges.cache_info().misses == 1


def test_a_rate_learned_later_is_not_known_before():
    early, late = (
        ExchangeRate(
            source="ECB",
            base="EUR",
            quote="USD",
            rate_on=ON,
            rate=Decimal(rate),
            known_at=datetime(2026, 3, day, tzinfo=UTC),
        )
        for rate, day in (("1.10", 1), ("1.20", 20))
    )
    market = Market(exchange=(early, late))
    tariff = Tariff(FLAT, market, learned_last(market))

    assert as_known(tariff, datetime(2026, 3, 20, tzinfo=UTC)) is tariff
    assert as_known(tariff, datetime(2026, 3, 19, tzinfo=UTC)).market.exchange == (early,)
    assert as_known(Tariff(FLAT), datetime(2000, 1, 1, tzinfo=UTC)).market == Market()
