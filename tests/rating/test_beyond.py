"""What comes on top of the linehaul, in which order, and what stops the whole from being priced.

A customer's contract in EUR, billed in USD at 1.10: linehaul 1,000.00, 60.00 for each stop on the
way, fuel 10 % of both, lumpers passed on, tax 20 %.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.freight.accessorial import AccessorialRate, DetentionRate, PassThrough, Unit
from drawbar.freight.approval import Approval
from drawbar.freight.charge import AgreedCharge, Charge, Explanation
from drawbar.freight.charge import ChargeKind as K
from drawbar.freight.contract import Contract
from drawbar.freight.exchange import ExchangeDay, ExchangeRate, ExchangeTerms
from drawbar.freight.fuel import FuelBand, FuelRate, FuelTerms, FuelWindow, IndexPrice
from drawbar.freight.lane import LanePlace, LaneRate
from drawbar.freight.market import NO_MARKET, Market
from drawbar.freight.money import Money
from drawbar.freight.movement import Movement
from drawbar.freight.order import Goods, StopPurpose
from drawbar.freight.tax import TaxTerms
from drawbar.freight.verdict import Reason
from drawbar.freight.visit import Visit
from drawbar.rating.beyond import is_wide, standing, weight_of
from drawbar.rating.denied import Denied
from drawbar.rating.shipment import Rated, miles_of, rate
from drawbar.rating.unrated import Unrated
from tests.rating.accessorial_terms import HOME, LANE, MONDAY, STOPS, approval, clause, usd
from tests.rating.accessorial_terms import contract as plain_contract

FUEL = FuelTerms(
    clause="F",
    index="EIA",
    base=(K.LINEHAUL, K.STOP_OFF),
    window=FuelWindow(weekday=2),
    bands=(FuelBand(from_price=Decimal(0), percent=Decimal(10)),),
)
PRICE = IndexPrice(
    index="EIA", price_on=date(2026, 3, 2), price=Decimal("3.6"), known_at=MONDAY
)  # holds from Wednesday the 4th
RATE = ExchangeRate(
    source="ECB",
    base="EUR",
    quote="USD",
    rate_on=date(2026, 3, 9),
    rate=Decimal("1.10"),
    known_at=MONDAY,
)
MARKET = Market(prices=(PRICE,), exchange=(RATE,))
CONTRACT = plain_contract(
    clause(K.STOP_OFF, "60", Unit.STOP),
    currency="EUR",
    fuel_index=FUEL,
    exchange=ExchangeTerms(clause="X", source="ECB", day=ExchangeDay.PICKUP, settle_in="USD"),
    pass_through=(PassThrough(clause="P", kind=K.LUMPER),),
    tax=(TaxTerms(clause="T", category="S", percent=Decimal(20)),),
)


def euros(kind: K, amount: str, fact: str) -> Approval:
    return structs.replace(
        approval(kind, "0", fact=fact), money=Money(Decimal(amount), "EUR"), fact=fact
    )


def cost(amount: str, currency: str = "EUR") -> AgreedCharge:
    money = Money(Decimal(amount), currency)
    return AgreedCharge(
        charge_ref="lumper:4",
        charge=Charge(kind=K.LUMPER, money=money, stop=4),
        why=Explanation(rule="lumper"),
    )


def asked(contract: Contract = CONTRACT, market: Market = MARKET, **load: object):
    left = structs.replace(STOPS[0], departed_at=MONDAY)
    movement = Movement(
        **{"origin": HOME, "destination": HOME, "visits": (left, *STOPS[1:]), **load}
    )
    return rate(contract, movement, on=MONDAY.date(), market=market)


def amounts(contract: Contract = CONTRACT, **load: object) -> dict[str, str]:
    found = asked(contract, **load)
    assert isinstance(found, Rated), found
    return {one.charge_ref: str(one.charge.money) for one in found.charges}


def test_each_addition_counts_what_came_before_it():
    found = amounts(
        costs=(cost("50.00"),),
        approvals=(euros(K.STORAGE, "30.00", "a-1"), approval(K.OTHER, "5.00", fact="a-2")),
    )

    assert list(found.items()) == [
        ("linehaul", "1,100.00 USD"),
        ("stop_off:2", "66.00 USD"),
        ("stop_off:3", "66.00 USD"),
        ("storage:0:a-1", "33.00 USD"),
        ("lumper:4", "55.00 USD"),
        ("fuel_surcharge", "123.20 USD"),  # 10 % of 1,000 + 120 EUR, then exchanged
        ("other:0:a-2", "5.00 USD"),
        ("tax:S", "289.64 USD"),  # 20 % of 1,448.20
    ]


@pytest.mark.parametrize(
    ("approved", "ref", "owed"),
    [
        (euros(K.FUEL_SURCHARGE, "150.00", "a-1"), "fuel_surcharge", "165.00 USD"),
        (euros(K.FUEL_SURCHARGE, "111.99", "a-1"), "fuel_surcharge", "123.20 USD"),
        (approval(K.FUEL_SURCHARGE, "150.00"), "fuel_surcharge", "150.00 USD"),
        (approval(K.FUEL_SURCHARGE, "123.19"), "fuel_surcharge", "123.20 USD"),
        (approval(K.LINEHAUL, "1200.00"), "linehaul", "1,200.00 USD"),
        (euros(K.LINEHAUL, "1100.00", "a-1"), "linehaul", "1,210.00 USD"),
        (approval(K.STOP_OFF, "80.00", stop=2), "stop_off:2", "80.00 USD"),
        (approval(K.TAX, "300.00"), "tax:S", "300.00 USD"),
        (approval(K.TAX, "1.00"), "tax:S", "271.04 USD"),
    ],
    ids=[
        "fuel in the contract's currency, exchanged as approved",
        "fuel in the contract's currency, less than counted",
        "fuel in the currency of the bill",
        "fuel in the currency of the bill, less than counted",
        "linehaul in the currency of the bill",
        "linehaul in the contract's currency",
        "a stop in the currency of the bill",
        "tax",
        "less tax than owed",
    ],
)
def test_an_approval_raises_its_charge_in_either_currency_and_adds_none(approved, ref, owed):
    found = amounts(approvals=(approved,))

    assert found[ref] == owed
    assert list(found) == ["linehaul", "stop_off:2", "stop_off:3", "fuel_surcharge", "tax:S"]


def test_fuel_counts_what_was_approved_of_its_base():
    plain = plain_contract(clause(K.STOP_OFF, "60", Unit.STOP), fuel_index=FUEL)
    found = amounts(plain, approvals=(approval(K.STOP_OFF, "100.00", stop=2),))

    assert found["fuel_surcharge"] == "116.00 USD"  # 10 % of 1,000 + 100 + 60


def test_fuel_on_the_linehaul_alone_is_of_the_contracts_and_not_of_an_approved_one():
    narrow = plain_contract(fuel_index=structs.replace(FUEL, base=(K.LINEHAUL,)))

    assert amounts(narrow, approvals=(approval(K.LINEHAUL, "1200.00"),)) == {
        "linehaul": "1,200.00 USD",
        "fuel_surcharge": "100.00 USD",
    }


def test_fuel_per_mile_is_of_the_contracts_miles_on_a_base_of_any_width():
    bands = (FuelBand(from_price=Decimal(0), per_mile=Decimal("0.10")),)
    for base in ((K.LINEHAUL,), (K.LINEHAUL, K.STOP_OFF)):
        terms = structs.replace(FUEL, base=base, bands=bands)
        found = asked(plain_contract(fuel_index=terms))

        assert isinstance(found, Rated)
        assert [(one.charge_ref, str(one.charge.money)) for one in found.charges] == [
            ("linehaul", "1,000.00 USD"),
            ("fuel_surcharge", "40.00 USD"),
        ]


def test_only_what_the_fuel_terms_name_is_its_base():
    alone = structs.replace(CONTRACT, fuel_index=structs.replace(FUEL, base=(K.STOP_OFF,)))

    assert amounts(alone)["fuel_surcharge"] == "13.20 USD"  # 10 % of 120 EUR


@pytest.mark.parametrize(
    ("changes", "market", "load", "unrated"),
    [
        (
            {"exchange": None, "tax": ()},
            MARKET,
            {"costs": (cost("50.00", "CAD"),)},
            Unrated(
                text="The carrier's lumper:4 is 50.00 CAD, and ABCD-2026 says nothing of exchange"
                " into EUR.",
                remedy="State the source and the day of exchange rates in the contract.",
            ),
        ),
        (
            {},
            Market(exchange=(RATE,)),
            {},
            Unrated(
                text="No price of EIA is known, which F asks for on 2026-03-09.",
                remedy="Publish the price of EIA that holds on 2026-03-09.",
                awaits=("EIA",),
            ),
        ),
        (
            {},
            Market(prices=(PRICE,)),
            {},
            Unrated(
                text="No rate of ECB from EUR to USD on or before 2026-03-09 is known (X).",
                remedy="Publish the rate of ECB between EUR and USD.",
                awaits=("ECB",),
            ),
        ),
        (
            {"tax": (TaxTerms(clause="T", category="S", percent=Decimal(20), kinds=(K.LUMPER,)),)},
            MARKET,
            {},
            Unrated(
                text="No tax clause names linehaul, and none is for all the rest.",
                remedy="Name the kind in a tax clause, or state one clause without kinds.",
            ),
        ),
    ],
    ids=["a cost in a third currency", "fuel", "exchange", "tax"],
)
def test_one_addition_without_a_figure_leaves_the_whole_without_one(changes, market, load, unrated):
    assert asked(structs.replace(CONTRACT, **changes), market, **load) == unrated


@pytest.mark.parametrize(
    ("terms", "wide"),
    [
        (None, False),
        (structs.replace(FUEL, base=(K.LINEHAUL,)), False),
        (FUEL, True),
        (structs.replace(FUEL, base=(K.STOP_OFF,)), True),
    ],
    ids=["no index", "the linehaul", "linehaul and stops", "stops alone"],
)
def test_fuel_on_more_than_the_linehaul_is_wide(terms, wide):
    assert is_wide(structs.replace(CONTRACT, fuel_index=terms)) is wide


def test_a_percent_of_the_linehaul_is_not_of_its_fuel():
    fuel = FuelRate(clause="R", percent=Decimal(50), valid_from=date(2026, 1, 1))
    contract = plain_contract(clause(K.OTHER, "10", Unit.LINEHAUL_PERCENT), fuel=(fuel,))

    assert amounts(contract) == {
        "linehaul": "1,000.00 USD",
        "fuel_surcharge": "500.00 USD",
        "other": "100.00 USD",
    }


@pytest.mark.parametrize(
    ("pounds", "weight"),
    [((), None), (("0",), None), (("NaN",), None), (("0.5",), "0.5"), (("700", "300"), "1000")],
    ids=["no goods", "nothing", "no number", "half a pound", "two lines"],
)
def test_the_weight_is_that_of_all_goods_or_nobody_said(pounds, weight):
    goods = tuple(Goods(sku="P", pieces=1, weight_lb=Decimal(one)) for one in pounds)
    load = Movement(origin=HOME, destination=HOME, visits=(), goods=goods)

    assert weight_of(load) == (None if weight is None else Decimal(weight))


PER_MILE = (clause(K.OTHER, "1", Unit.MILE), clause(K.LIFTGATE, "1"))
KM = LaneRate(clause="L", flat=Decimal(1), distance_km=Decimal("160.9344"))


@pytest.mark.parametrize(
    ("rows", "changes", "miles"),
    [
        ((PER_MILE[1],), {}, None),
        (PER_MILE, {}, "400"),
        ((), {"fuel_index": FUEL}, "400"),
        (PER_MILE, {"lanes": (KM,)}, "100"),
        (PER_MILE, {"lanes": (structs.replace(KM, distance_mi=Decimal(400)),)}, "400"),
        (PER_MILE, {"lanes": (structs.replace(LANE, distance_mi=None),)}, None),
        (PER_MILE, {"lanes": (structs.replace(LANE, origin=LanePlace(city="Waco")),)}, None),
    ],
    ids=[
        "nothing is per mile",
        "a clause is",
        "fuel may be",
        "kilometres",
        "both",
        "none said",
        "no lane",
    ],
)
def test_the_contracts_miles_are_asked_for_where_something_is_per_mile(
    rows: tuple[AccessorialRate, ...], changes, miles
):
    load = Movement(origin=HOME, destination=HOME, visits=STOPS)
    found = miles_of(plain_contract(*rows, **changes), load)

    assert found == (None if miles is None else Decimal(miles))


def charged(kind: K, stop: int) -> AgreedCharge:
    return AgreedCharge(
        charge_ref="x",
        charge=Charge(kind=kind, money=usd("1.00"), stop=stop),
        why=Explanation(rule="x"),
    )


@pytest.mark.parametrize(
    ("kind", "stop", "stands"),
    [
        (K.LUMPER, 2, False),
        (K.LUMPER, 3, True),
        (K.LUMPER, 0, False),
        (K.STORAGE, 2, True),
        (K.STORAGE, 0, True),
    ],
    ids=["owed there", "owed elsewhere", "of no stop, owed at one", "other kind", "of no stop"],
)
def test_a_denial_stands_unless_the_charge_is_owed_after_all(kind, stop, stands):
    denied = Denied(kind=kind, stop=stop, reason=Reason.RECEIPT, text="no receipt")

    assert standing((denied,), (charged(K.LUMPER, 2),)) == ((denied,) if stands else ())


def test_waiting_that_a_person_must_approve_is_told_as_measured():
    terms = DetentionRate(clause="D", rate=Decimal("18.75"), needs_approval=True)
    due = datetime(2026, 3, 12, 10, tzinfo=UTC)
    stops = tuple(
        Visit(
            stop=number,
            zone="UTC",
            due_at=due,
            arrived_at=due,
            departed_at=due.replace(hour=hour),
            facts=(f"in-{number}",),
            purpose=purpose,
        )
        for number, hour, purpose in (
            (1, 11, StopPurpose.PICKUP),
            (2, 13, StopPurpose.PICKUP),
            (3, 14, StopPurpose.DELIVERY),
        )
    )
    at_delivery = structs.replace(terms, clause="D2", needs_approval=False)
    contract = plain_contract(detention=terms, detention_at_delivery=at_delivery)
    found = asked(contract, NO_MARKET, visits=stops)

    assert isinstance(found, Rated)
    assert {one.charge_ref: str(one.charge.money) for one in found.charges} == {
        "linehaul": "1,000.00 USD",
        "detention:3": "150.00 USD",
    }
    assert found.denied == (
        Denied(
            kind=K.DETENTION,
            stop=1,
            reason=Reason.NO_EVENT,
            text="60 min from 10:00 to 11:00 at stop 1, 120 min are free",
            facts=("in-1",),
        ),
        Denied(
            kind=K.DETENTION,
            stop=2,
            reason=Reason.NOT_AUTHORISED,
            text="180 min from 10:00 to 13:00, 120 free: 75.00 USD by clause D, which needs an"
            " approval, and there is none",
            facts=("in-2",),
        ),
    )
