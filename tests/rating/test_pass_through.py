"""What a customer pays of the carrier's charges: the lumper's cost and 10 %, at most 200.00."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.freight.accessorial import AccessorialRate, DetentionRate, PassThrough
from drawbar.freight.charge import AgreedCharge, Charge, Explanation
from drawbar.freight.charge import ChargeKind as K
from drawbar.freight.contract import Contract, Side
from drawbar.freight.exchange import ExchangeDay, ExchangeRate, ExchangeTerms
from drawbar.freight.lane import LaneRate
from drawbar.freight.market import NO_MARKET, Market
from drawbar.freight.money import Money
from drawbar.freight.movement import Movement
from drawbar.freight.place import Place
from drawbar.freight.visit import Visit
from drawbar.rating.shipment import Rated, rate
from drawbar.rating.unrated import Unrated

DAY = datetime(2026, 3, 9, 12, tzinfo=UTC)
HOME = Place(name="A", zone="UTC")
LUMPER = PassThrough(clause="P", kind=K.LUMPER, markup_percent=Decimal(10), cap=Decimal("200.00"))
CONTRACT = Contract(
    contract_ref="GLOBEX-2026",
    version=1,
    side=Side.SELL,
    party_ref="GLOBEX",
    currency="USD",
    valid_from=date(2026, 1, 1),
    lanes=(LaneRate(clause="L", flat=Decimal(2000)),),
    pass_through=(LUMPER,),
)


def cost(amount: str, kind: K = K.LUMPER, *, currency: str = "USD", **changes: object):
    plain = AgreedCharge(
        charge_ref=f"{kind.value}:2",
        charge=Charge(kind=kind, money=Money(Decimal(amount), currency), stop=2),
        why=Explanation(rule="test", facts=("receipt-1",)),
    )
    return structs.replace(plain, **changes)


def sold(*costs: AgreedCharge, contract: Contract = CONTRACT, market: Market = NO_MARKET):
    stops = tuple(Visit(stop=number, zone="UTC", due_at=DAY, departed_at=DAY) for number in (1, 2))
    load = Movement(origin=HOME, destination=HOME, visits=stops, costs=costs)
    return rate(contract, load, on=DAY.date(), market=market)


def passed(*costs: AgreedCharge, **given_: object) -> tuple[AgreedCharge, ...]:
    found = sold(*costs, **given_)
    assert isinstance(found, Rated), found
    return tuple(one for one in found.charges if one.charge.kind is not K.LINEHAUL)


@pytest.mark.parametrize(
    ("spent", "owed"),
    [("85.00", "93.50"), ("0.05", "0.06"), ("181.81", "199.99"), ("181.83", "200.00"), ("0", "")],
    ids=["marked up", "half a cent", "just below the cap", "above the cap", "nothing"],
)
def test_the_cost_is_passed_on_with_its_markup_up_to_the_cap(spent, owed):
    assert [str(one.charge.money.amount) for one in passed(cost(spent))] == ([owed] if owed else [])


def test_it_names_the_cost_its_facts_and_the_steps():
    (charge,) = passed(cost("85.00"))

    assert (charge.charge_ref, charge.passes_on, charge.charge.stop) == ("lumper:2", "lumper:2", 2)
    assert (charge.why.clause, charge.why.facts) == ("P", ("receipt-1",))
    assert [(step.text, step.result) for step in charge.why.steps] == [
        ("the carrier's lumper:2 as agreed", "85.00 USD"),
        ("plus 10 %", "93.50 USD"),
    ]


def test_what_the_contract_does_not_name_is_not_passed_on():
    assert passed(cost("85.00", K.STORAGE), cost("1650.00", K.LINEHAUL)) == ()


def test_terms_of_the_customers_own_come_before():
    own = AccessorialRate(clause="O", kind=K.LUMPER, amount=Decimal(50), needs_approval=True)
    waits = PassThrough(clause="W", kind=K.DETENTION)
    terms = structs.replace(CONTRACT, accessorials=(own,))

    assert passed(cost("85.00"), contract=terms) == ()
    both = structs.replace(
        CONTRACT, pass_through=(waits,), detention=DetentionRate(clause="D", rate=Decimal(20))
    )
    assert passed(cost("168.75", K.DETENTION), contract=both) == ()


def test_a_provisional_cost_is_a_provisional_price():
    (charge,) = passed(cost("85.00", provisional=True, awaits=("EIA",)))

    assert (charge.provisional, charge.awaits) == (True, ("EIA",))


def test_a_cost_in_another_currency_needs_the_contracts_word_on_exchange():
    foreign = cost("100.00", currency="CAD")
    assert isinstance(sold(foreign), Unrated)

    terms = ExchangeTerms(clause="X", source="BOC", day=ExchangeDay.PICKUP)
    rates = (
        ExchangeRate(
            source="BOC",
            base="CAD",
            quote="USD",
            rate_on=DAY.date(),
            rate=Decimal("0.7"),
            known_at=DAY,
        ),
    )
    (charge,) = passed(
        foreign, contract=structs.replace(CONTRACT, exchange=terms), market=Market(exchange=rates)
    )
    assert charge.charge.money == Money(Decimal("77.00"), "USD")


@given(st.lists(st.decimals("0.01", 500, places=2), max_size=4))
def test_never_more_than_cost_and_markup_nor_than_the_cap(spent):
    costs = [cost(str(one), charge_ref=f"lumper:{n}") for n, one in enumerate(spent)]
    charges = passed(*costs)

    assert len(charges) == len(spent)
    for one, before in zip(charges, spent, strict=True):
        owed = one.charge.money.amount
        assert owed <= 200
        assert owed <= before * Decimal("1.1") + Decimal("0.005")
    assert len({one.charge_ref for one in charges}) == len(charges)
