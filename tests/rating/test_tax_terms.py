"""Which tax a load bears: by where it goes, when it is delivered, and who is exempt of it.

The load goes from Dallas to Omaha for 100.05, and is delivered on 30 June 2026 unless said.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.freight.charge import AgreedCharge, ChargeKind
from drawbar.freight.lane import LanePlace, LaneRate, RateZone
from drawbar.freight.tax import TaxRounding, TaxTerms
from drawbar.rating.shipment import Rated, rate
from drawbar.rating.tax import taxes
from drawbar.rating.unrated import Unrated
from tests.rating.ltl_terms import VISITS, contract, load
from tests.rating.test_tax import LOAD, charge, terms

TAXED_BY_LINE = contract(currency="EUR", tax=(terms("S", "20", rounding=TaxRounding.LINE),))
OLD = terms("S", "19", valid_to=date(2026, 7, 1))
NEW = terms("S", "21", valid_from=date(2026, 7, 1))
LAST_EVENING = datetime(2026, 7, 1, 4, 30, tzinfo=UTC)  # 30 June, 23:30 in Omaha
FREE = terms("E", "0", certificate="EX-4711", valid_to=date(2026, 7, 1))


def rated(*rows: TaxTerms, delivered_at: datetime = LAST_EVENING) -> Rated | Unrated:
    lane = LaneRate(clause="1", flat=Decimal("100.05"))
    last = structs.replace(
        VISITS[-1], zone="America/Chicago", arrived_at=delivered_at, departed_at=delivered_at
    )
    driven = structs.replace(load(), visits=(*VISITS[:-1], last))
    return rate(contract(lanes=(lane,), tax=rows), driven, on=date(2026, 6, 29))


def tax(*rows: TaxTerms, **changes: datetime) -> AgreedCharge:
    found = rated(*rows, **changes)
    assert isinstance(found, Rated), found
    (one,) = (each for each in found.charges if each.charge.kind is ChargeKind.TAX)
    return one


@pytest.mark.parametrize(
    ("delivered_at", "owed"),
    [(LAST_EVENING, "19.01"), (datetime(2026, 7, 1, 5, 0, tzinfo=UTC), "21.01")],
    ids=["the last evening there", "midnight there"],
)
def test_the_rate_is_that_of_the_day_of_delivery_on_the_clock_there(delivered_at, owed):
    found = tax(OLD, NEW, delivered_at=delivered_at)

    assert (found.charge_ref, found.charge.money.amount) == ("tax:S", Decimal(owed))


def test_the_most_exact_place_counts():
    nebraska = terms("S", "5", destination=LanePlace(country="US", region="NE"))
    abroad = terms("S", "7", destination=LanePlace(country="MX"))

    for rows in ((terms("S", "10"), nebraska, abroad), (nebraska, abroad, terms("S", "10"))):
        assert tax(*rows).charge.money.amount == Decimal("5.00")


def test_who_is_exempt_pays_nothing_while_the_certificate_holds_and_it_is_named():
    found = tax(OLD, NEW, FREE)

    assert (found.charge_ref, found.charge.money.amount) == ("tax:E", 0)
    assert found.note == "exemption certificate EX-4711"
    assert found.why.steps[-1].text == "exempt by certificate EX-4711"
    after = tax(OLD, NEW, FREE, delivered_at=datetime(2026, 7, 1, 5, 0, tzinfo=UTC))
    assert after.charge.money.amount == Decimal("21.01")


def test_a_day_for_which_no_clause_holds_is_no_guess():
    assert rated(NEW) == Unrated(
        text="No tax clause of ABCD-2026 holds for a delivery on 2026-06-30 there.",
        remedy="State a tax clause for that place and day, with 0 percent where none is due.",
    )


def test_two_clauses_that_are_as_exact_are_no_guess():
    assert isinstance(rated(OLD, terms("Z", "0")), Unrated)


@pytest.mark.parametrize(
    ("rounding", "owed"),
    [(TaxRounding.TOTAL, "0.07"), (TaxRounding.LINE, "0.06")],
    ids=["once on the total", "line by line"],
)
def test_a_tax_is_rounded_as_the_contract_says(rounding, owed):
    row = terms("S", "19", rounding=rounding)
    lines = [
        charge(kind, "0.13", currency="USD")
        for kind in (ChargeKind.LINEHAUL, ChargeKind.LUMPER, ChargeKind.LIFTGATE)
    ]  # 0.0247 each

    (found,) = taxes(contract(tax=(row,)), lines, "USD")

    assert found.charge.money.amount == Decimal(owed)


def test_line_by_line_each_tax_is_rounded_before_they_are_added():
    # 20 % of 1,000.01 and of 75.03 are 200.002 and 15.006
    (one,) = taxes(TAXED_BY_LINE, LOAD, "EUR")

    assert one.charge.money.amount == Decimal("215.01")


def test_a_note_and_a_certificate_stand_side_by_side():
    row = terms("E", "0", note="exempt by article 132", certificate="EX-1")

    assert tax(row).note == "exempt by article 132, exemption certificate EX-1"


def test_the_clause_for_a_zone_of_the_contract_holds_for_its_places():
    plains = RateZone(zone="Plains", places=(LanePlace(region="NE"), LanePlace(region="TX")))
    lane = LaneRate(clause="1", flat=Decimal(100))
    for end in ("origin", "destination"):
        row = terms("S", "5", **{end: LanePlace(zone="Plains")})
        found = rate(
            contract(lanes=(lane,), tax=(row,), zones=(plains,)), load(), on=date(2026, 3, 10)
        )

        assert isinstance(found, Rated)
        assert str(found.charges[-1].charge.money) == "5.00 USD"


def test_of_several_deliveries_the_day_is_that_of_the_last():
    between = structs.replace(VISITS[-1], departed_at=LAST_EVENING)
    last = structs.replace(between, stop=3, departed_at=datetime(2026, 7, 1, 5, 0, tzinfo=UTC))
    lane = LaneRate(clause="1", flat=Decimal(100))
    driven = structs.replace(load(), visits=(VISITS[0], between, last))
    found = rate(contract(lanes=(lane,), tax=(OLD, NEW)), driven, on=date(2026, 6, 29))

    assert isinstance(found, Rated)
    assert str(found.charges[-1].charge.money) == "21.00 USD"
