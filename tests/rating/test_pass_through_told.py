"""How a passed-on cost explains itself to the customer. Lumpers and 10 %, at most 200.00 USD."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.freight.accessorial import AccessorialRate, DetentionRate, PassThrough
from drawbar.freight.charge import AgreedCharge, Charge, Explanation, Step
from drawbar.freight.charge import ChargeKind as K
from drawbar.freight.contract import Contract
from drawbar.freight.exchange import ExchangeDay, ExchangeRate, ExchangeTerms
from drawbar.freight.fuel import FuelRate, FuelTerms
from drawbar.freight.market import Market
from drawbar.freight.money import Money
from drawbar.freight.movement import Movement
from drawbar.freight.place import Place
from drawbar.freight.visit import Visit
from drawbar.rating.pass_through import passed_on
from drawbar.rating.unrated import Unrated
from tests.rating.ltl_terms import contract

DAY = datetime(2026, 3, 9, 12, tzinfo=UTC)
HOME = Place(name="A", zone="UTC")
LUMPER = PassThrough(clause="P", kind=K.LUMPER, markup_percent=Decimal(10), cap=Decimal("200.00"))
TERMS = ExchangeTerms(clause="X", source="BOC", day=ExchangeDay.PICKUP)
CUSTOMER = contract(pass_through=(LUMPER,))


def cost(
    amount: str, kind: K = K.LUMPER, *, currency: str = "USD", **changes: object
) -> AgreedCharge:
    plain = AgreedCharge(
        charge_ref=f"{kind.value}:2",
        charge=Charge(kind=kind, money=Money(Decimal(amount), currency), stop=2),
        why=Explanation(rule="lumper", facts=("receipt-1",)),
    )
    return structs.replace(plain, **changes)


def rate_on(day: int) -> Market:
    rate = ExchangeRate(
        source="BOC",
        base="CAD",
        quote="USD",
        rate_on=date(2026, 3, day),
        rate=Decimal("0.7"),
        known_at=DAY,
    )
    return Market(exchange=(rate,))


def asked(*costs: AgreedCharge, terms: Contract = CUSTOMER, market: Market = rate_on(9)):  # noqa: B008  # frozen
    stops = tuple(Visit(stop=number, zone="UTC", due_at=DAY, departed_at=DAY) for number in (1, 2))
    load = Movement(origin=HOME, destination=HOME, visits=stops, costs=costs)
    return passed_on(terms, load, market)


def passed(amount: str, *steps: tuple[str, str], **changes: object) -> AgreedCharge:
    plain = AgreedCharge(
        charge_ref="lumper:2",
        charge=Charge(kind=K.LUMPER, money=Money(Decimal(amount), "USD"), stop=2),
        why=Explanation(
            rule="lumper",
            contract_ref="ABCD-2026",
            contract_version=3,
            clause="P",
            facts=("receipt-1",),
            steps=tuple(Step(text=text, result=result) for text, result in steps),
        ),
        passes_on="lumper:2",
    )
    return structs.replace(plain, **changes)


def test_the_cost_its_markup_and_the_cap_stand_among_the_steps():
    assert asked(cost("181.83")) == (
        passed(
            "200.00",
            ("the carrier's lumper:2 as agreed", "181.83 USD"),
            ("plus 10 %", "200.01 USD"),
            ("above the cap of 200.00 USD", "200.00 USD"),
        ),
    )


def test_at_the_cap_the_cap_does_not_decide():
    terms = contract(pass_through=(structs.replace(LUMPER, cap=Decimal("93.50")),))

    assert asked(cost("85.00"), terms=terms) == (
        passed(
            "93.50",
            ("the carrier's lumper:2 as agreed", "85.00 USD"),
            ("plus 10 %", "93.50 USD"),
        ),
    )


def test_without_a_markup_none_is_told():
    terms = contract(pass_through=(PassThrough(clause="P", kind=K.LUMPER),))

    assert asked(cost("85.00"), terms=terms) == (
        passed("85.00", ("the carrier's lumper:2 as agreed", "85.00 USD")),
    )


def test_of_two_rows_for_one_kind_the_first_counts():
    rows = LUMPER, PassThrough(clause="Q", kind=K.LUMPER, markup_percent=Decimal(50))
    (charge,) = asked(cost("85.00"), terms=contract(pass_through=rows))

    assert str(charge.charge.money) == "93.50 USD"


@pytest.mark.parametrize(
    ("amount", "owed"), [("0.00", []), ("-5.00", []), ("0.01", ["0.01 USD"])], ids=str
)
def test_a_cost_of_nothing_is_not_passed_on_and_a_cent_is(amount, owed):
    assert [str(one.charge.money) for one in asked(cost(amount))] == owed


def test_a_cost_of_another_kind_hides_none_that_follows():
    found = asked(cost("9.00", K.STORAGE), cost("0.00"), cost("85.00"))

    assert [one.charge_ref for one in found] == ["lumper:2"]


EVERY = tuple(PassThrough(clause="P", kind=kind) for kind in K)
WAITS = DetentionRate(clause="D", rate=Decimal(20))
FUEL = FuelRate(clause="R", percent=Decimal(20), valid_from=date(2026, 1, 1))
INDEX = FuelTerms(clause="F", index="EIA")
OWN = AccessorialRate(clause="O", kind=K.LUMPER, amount=Decimal(50))


@pytest.mark.parametrize(
    ("kind", "terms", "is_passed"),
    [
        (K.LUMPER, {}, True),
        (K.LUMPER, {"accessorials": (OWN,)}, False),
        (K.STORAGE, {"accessorials": (OWN,)}, True),
        (K.DETENTION, {}, True),
        (K.DETENTION, {"detention": WAITS}, False),
        (K.DETENTION, {"detention_at_delivery": WAITS}, False),
        (K.FUEL_SURCHARGE, {}, True),
        (K.FUEL_SURCHARGE, {"fuel": (FUEL,)}, False),
        (K.FUEL_SURCHARGE, {"fuel_index": INDEX}, False),
        (K.FUEL_SURCHARGE, {"detention": WAITS}, True),
        (K.DETENTION, {"fuel": (FUEL,)}, True),
        (K.LINEHAUL, {}, False),
        (K.TAX, {}, False),
    ],
    ids=[
        "a lumper",
        "a lumper with terms of the customer's own",
        "storage, where the own terms are for lumpers",
        "detention",
        "detention with own terms",
        "detention with own terms at deliveries",
        "fuel",
        "fuel with own rows",
        "fuel with an own index",
        "fuel, where the own terms are for detention",
        "detention, where the own terms are for fuel",
        "linehaul never",
        "tax never",
    ],
)
def test_a_cost_is_passed_on_unless_the_customer_has_terms_of_its_own(kind, terms, is_passed):
    found = asked(cost("10.00", kind), terms=contract(pass_through=EVERY, **terms))

    assert bool(found) is is_passed


FOREIGN = cost("100.00", currency="CAD")


def test_a_cost_in_another_currency_says_its_rate_before_the_markup():
    terms = structs.replace(CUSTOMER, exchange=TERMS)

    assert asked(FOREIGN, terms=terms) == (
        passed(
            "77.00",
            ("the carrier's lumper:2 as agreed", "100.00 CAD"),
            ("100.00 CAD at 0.7 USD per CAD, BOC of 2026-03-09", "70.00 USD"),
            ("plus 10 %", "77.00 USD"),
            priced_by=("BOC/2026-03-09",),
        ),
    )


def test_a_rate_that_stands_in_makes_the_price_provisional_and_is_awaited_once():
    terms = structs.replace(CUSTOMER, exchange=TERMS)
    waiting = structs.replace(FOREIGN, awaits=("EIA", "BOC"), priced_by=("EIA/2026-03-02",))
    told = (
        ("the carrier's lumper:2 as agreed", "100.00 CAD"),
        ("100.00 CAD at 0.7 USD per CAD, BOC of 2026-03-02", "70.00 USD"),
        ("provisional: no rate of BOC for 2026-03-09 is known", ""),
        ("plus 10 %", "77.00 USD"),
    )
    changes = {"provisional": True, "priced_by": ("BOC/2026-03-02",)}

    assert asked(FOREIGN, terms=terms, market=rate_on(2)) == (
        passed("77.00", *told, awaits=("BOC",), **changes),
    )
    changes["priced_by"] = ("EIA/2026-03-02", "BOC/2026-03-02")
    assert asked(waiting, terms=terms, market=rate_on(2)) == (
        passed("77.00", *told, awaits=("EIA", "BOC"), **changes),
    )


def test_a_provisional_cost_waits_for_what_the_carriers_charge_waits_for():
    waiting = cost("85.00", provisional=True, awaits=("EIA",))
    (charge,) = asked(waiting, terms=structs.replace(CUSTOMER, exchange=TERMS))

    assert (charge.provisional, charge.awaits) == (True, ("EIA",))


def test_a_cost_in_another_currency_without_a_word_on_exchange_has_no_price():
    assert asked(FOREIGN) == Unrated(
        text="The carrier's lumper:2 is 100.00 CAD, and ABCD-2026 says nothing of exchange into"
        " USD.",
        remedy="State the source and the day of exchange rates in the contract.",
    )


def test_a_cost_in_another_currency_without_a_rate_has_no_price():
    found = asked(FOREIGN, terms=structs.replace(CUSTOMER, exchange=TERMS), market=Market())

    assert found == Unrated(
        text="No rate of BOC from CAD to USD on or before 2026-03-09 is known (X).",
        remedy="Publish the rate of BOC between CAD and USD.",
        awaits=("BOC",),
    )


def test_it_bears_the_name_of_the_cost_whatever_that_is():
    (charge,) = asked(cost("85.00", charge_ref="lumper:2:a-1"))

    assert (charge.charge_ref, charge.passes_on) == ("lumper:2:a-1", "lumper:2:a-1")
