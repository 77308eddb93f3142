"""Why an amount differs, proven by rating again: 780 contract miles at 2.25, fuel 29 or 31 %."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import Contract, Side
from drawbar.freight.freight_bill import BillLine, Shown
from drawbar.freight.fuel import FuelRate
from drawbar.freight.lane import LaneRate
from drawbar.freight.money import Money
from drawbar.freight.movement import Movement
from drawbar.freight.order import Goods
from drawbar.freight.place import Place
from drawbar.freight.verdict import Reason
from drawbar.freight.visit import Visit
from drawbar.rating.supposition import suppose

KNOWN = datetime(2026, 1, 1, tzinfo=UTC)
ON = date(2026, 3, 17)
HAUL, FUEL = ChargeKind.LINEHAUL, ChargeKind.FUEL_SURCHARGE


def place(city: str) -> Place:
    return Place(
        name=city, street="1 Dock Road", city=city, region="TX", postal_code="75201", zone="UTC"
    )


CONTRACT = Contract(
    contract_ref="ABCD-2026",
    version=3,
    side=Side.BUY,
    party_ref="ABCD",
    currency="USD",
    valid_from=date(2026, 1, 1),
    known_at=KNOWN,
    lanes=(LaneRate(clause="L1", per_mile=Decimal("2.25"), distance_mi=Decimal(780)),),
    fuel=(
        FuelRate(clause="F1", percent=Decimal(29), valid_from=date(2026, 3, 11)),
        FuelRate(clause="F2", percent=Decimal(31), valid_from=date(2026, 3, 18)),
    ),
)
LOAD = Movement(
    origin=place("Dallas"),
    destination=place("Chicago"),
    visits=(Visit(stop=1, zone="UTC", due_at=KNOWN), Visit(stop=2, zone="UTC", due_at=KNOWN)),
    goods=(Goods(sku="PUMP", pieces=24, weight_lb=Decimal(18000), freight_class="70"),),
)


def line(kind: ChargeKind, amount: str, **shown: object) -> BillLine:
    figures = Shown(**shown) if shown else None
    return BillLine(number=1, kind=kind, money=Money(Decimal(amount), "USD"), shown=figures)


def explained(billed: BillLine, *others: BillLine) -> list[tuple[Reason, str]]:
    """Return the reasons whose amount is what is billed, to the cent."""
    ask = suppose(CONTRACT, LOAD, (billed, *others), on=ON)
    return [(one.reason, one.text) for one in ask(billed) if one.money == billed.money]


def test_billed_miles_by_the_contract_rate_come_to_the_amount():
    billed = line(HAUL, "1845.00", distance_mi=Decimal(820))

    assert explained(billed) == [(Reason.MILES, "it is for 820 miles, not those of the contract")]


def test_a_surcharge_without_figures_goes_by_the_miles_of_the_linehaul():
    haul = line(HAUL, "1845.00", distance_mi=Decimal(820))

    assert explained(line(FUEL, "535.05"), haul)[0][0] is Reason.MILES


def test_the_surcharge_of_the_next_week_is_recognised():
    (first, *_) = explained(line(FUEL, "544.05"))

    assert first == (
        Reason.FUEL_WEEK,
        "it is the surcharge of 2026-03-24, and 2026-03-17 is the day that counts",
    )


@pytest.mark.parametrize("amount", ["1845.01", "1844.99"], ids=["a cent above", "a cent below"])
def test_a_cent_beside_it_proves_nothing(amount: str):
    assert explained(line(HAUL, amount, distance_mi=Decimal(820))) == []


def test_figures_that_explain_nothing_are_told_all_the_same():
    billed = line(HAUL, "1999.00", weight_lb=Decimal(20000), freight_class="85", rate=Decimal(3))

    told = [one.text for one in suppose(CONTRACT, LOAD, (billed,), on=ON)(billed) if not one.money]

    assert told == [
        "the bill shows a rate of 3",
        "it is for 20,000 lb, and the order says 18,000 lb",
        "it is for class 85, and the order says 70",
    ]
