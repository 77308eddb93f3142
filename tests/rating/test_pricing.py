"""Which version of a contract prices a movement. Lane 1,900.00 to 2026-03-31, 2,025.00 after."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import permutations

from msgspec import structs

from drawbar.freight.approval import Approval
from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import Basis, Contract, Side
from drawbar.freight.fuel import FuelBand, FuelTerms, FuelWindow, IndexPrice
from drawbar.freight.lane import LaneRate
from drawbar.freight.market import Market
from drawbar.freight.money import Money
from drawbar.freight.movement import Movement
from drawbar.freight.place import Place
from drawbar.freight.visit import Visit
from drawbar.rating.pricing import Priced, price
from drawbar.rating.unrated import Unrated

CHICAGO = "America/Chicago"
DALLAS = Place(name="Dock", city="Dallas", region="TX", zone=CHICAGO)
OMAHA = Place(name="Hub", city="Omaha", region="NE", zone=CHICAGO)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def contract(version: int, flat: str, begins: date, **changes) -> Contract:
    terms = {
        "contract_ref": "ABCD-2026",
        "side": Side.BUY,
        "party_ref": "ABCD",
        "currency": "USD",
        "known_at": utc("2026-01-01"),
        "basis": Basis.PICKUP,
    }
    lanes = (LaneRate(clause="L1", flat=Decimal(flat)),)
    return Contract(version=version, valid_from=begins, lanes=lanes, **{**terms, **changes})


OLD = contract(1, "1900", date(2026, 1, 1))
NEW = contract(2, "2025", date(2026, 4, 1))
CORRECTED = contract(3, "1990", date(2026, 4, 1), known_at=utc("2026-04-20"))

AT_NIGHT = Movement(
    origin=DALLAS,
    destination=OMAHA,
    visits=(
        Visit(
            stop=1,
            zone=CHICAGO,
            due_at=utc("2026-04-01T03:00"),  # 22:00 of March 31 at the dock
            arrived_at=utc("2026-04-01T03:10"),
            departed_at=utc("2026-04-01T05:40"),  # 00:40 of April 1 at the dock
        ),
        Visit(stop=2, zone=CHICAGO, due_at=utc("2026-04-02T15:00")),
    ),
    tendered_at=utc("2026-03-30T18:00"),
)


def priced(*contracts: Contract, known_at="2026-05-01", movement=AT_NIGHT) -> Priced | Unrated:
    return price(contracts, movement, party_ref="ABCD", side=Side.BUY, known_at=utc(known_at))


def linehaul(outcome: Priced | Unrated) -> Decimal:
    assert isinstance(outcome, Priced), outcome
    return outcome.rated.charges[0].charge.money.amount


def test_r10_the_actual_pickup_after_midnight_takes_the_rate_of_the_new_day():
    outcome = priced(OLD, NEW)

    assert linehaul(outcome) == Decimal("2025.00")
    assert isinstance(outcome, Priced)
    assert (outcome.contract.version, outcome.on) == (2, date(2026, 4, 1))


def test_r10_by_the_day_of_the_tender_the_old_rate_holds():
    by_tender = [
        contract(1, "1900", date(2026, 1, 1), basis=Basis.TENDER),
        contract(2, "2025", date(2026, 4, 1), basis=Basis.TENDER),
    ]

    assert linehaul(priced(*by_tender)) == Decimal("1900.00")


def test_r11_a_correction_prices_what_is_asked_now_and_not_what_was_known_before():
    assert linehaul(priced(OLD, NEW, CORRECTED)) == Decimal("1990.00")
    assert linehaul(priced(OLD, NEW, CORRECTED, known_at="2026-04-15")) == Decimal("2025.00")


def test_the_order_of_the_versions_decides_nothing():
    outcomes = {linehaul(priced(*order)) for order in permutations((OLD, NEW, CORRECTED))}

    assert outcomes == {Decimal("1990.00")}


def test_a_gap_between_two_contracts_is_named_with_both_its_ends():
    ended = contract(1, "1900", date(2026, 1, 1), valid_to=date(2026, 3, 1))

    outcome = priced(ended)

    assert isinstance(outcome, Unrated)
    assert "ABCD-2026 version 1 ended on 2026-03-01" in outcome.text


def test_two_contracts_that_hold_on_their_own_days_are_never_chosen_between():
    other = contract(1, "1700", date(2026, 1, 1), contract_ref="SPOT-26", basis=Basis.TENDER)

    outcome = priced(OLD, other)

    assert isinstance(outcome, Unrated)
    assert "ABCD-2026 version 1 and SPOT-26 version 1" in outcome.text


def test_a_version_that_changes_the_day_that_counts_speaks_for_what_falls_under_it():
    by_tender = contract(1, "1900", date(2026, 1, 1), basis=Basis.TENDER)

    assert linehaul(priced(by_tender, NEW)) == Decimal("2025.00")


def test_a_load_between_two_versions_clocks_has_no_price_and_is_told_why():
    by_tender = contract(2, "2025", date(2026, 4, 1), basis=Basis.TENDER)

    outcome = priced(OLD, by_tender)

    assert isinstance(outcome, Unrated)
    assert "ABCD-2026 version 2 goes by the tender, 2026-03-30" in outcome.text


def test_a_load_between_two_clocks_is_told_what_each_version_goes_by():
    by_tender = contract(2, "2025", date(2026, 4, 1), basis=Basis.TENDER)

    assert priced(OLD, by_tender) == Unrated(
        text="No contract holds on the day that it says decides. ABCD-2026 version 1 goes by the"
        " pickup, 2026-04-01, and does not hold then. ABCD-2026 version 2 goes by the tender,"
        " 2026-03-30, and does not hold then.",
        remedy="Let one version cover the day that it goes by.",
    )


def test_a_contract_that_holds_on_another_clock_only_is_named_beside_the_first_day_without_one():
    one_day = contract(1, "1", date(2026, 4, 1), valid_to=date(2026, 4, 2), basis=Basis.TENDER)

    assert priced(one_day) == Unrated(
        text="No buy contract with ABCD holds on 2026-03-30. The first, ABCD-2026 version 1,"
        " begins on 2026-04-01. ABCD-2026 version 1 goes by the tender, 2026-03-30, and does not"
        " hold then.",
        remedy="Load a contract with ABCD that covers 2026-03-30.",
    )


def test_two_contracts_that_hold_on_their_own_days_are_told_with_the_day_of_the_first():
    other = contract(1, "1700", date(2026, 1, 1), contract_ref="SPOT-26", basis=Basis.TENDER)

    assert priced(other, OLD) == Unrated(
        text="2 contracts with ABCD hold on 2026-04-01: ABCD-2026 version 1 and SPOT-26 version 1.",
        remedy="End one of them before that day, so that one contract is left.",
    )


def test_the_day_of_the_delivery_is_that_of_the_last_stop():
    between = Visit(stop=2, zone=CHICAGO, due_at=utc("2026-03-31T15:00"))
    last = Visit(stop=3, zone=CHICAGO, due_at=utc("2026-04-03T04:00"))  # the 2nd at the dock
    three = structs.replace(AT_NIGHT, visits=(AT_NIGHT.visits[0], between, last))
    by_delivery = contract(1, "1900", date(2026, 1, 1), basis=Basis.DELIVERY)
    outcome = priced(by_delivery, movement=three)

    assert isinstance(outcome, Priced)
    assert outcome.on == date(2026, 4, 2)


def approval(amount: str, currency: str) -> Approval:
    return Approval(
        kind=ChargeKind.STORAGE,
        money=Money(Decimal(amount), currency),
        stop=0,
        approved_by="Ines",
        reason="asked",
        fact=currency,
    )


def test_an_approval_in_a_currency_of_neither_contract_nor_bill_prices_nothing():
    given = structs.replace(AT_NIGHT, approvals=(approval("9", "MXN"), approval("40", "USD")))
    outcome = priced(OLD, movement=given)

    assert isinstance(outcome, Priced)
    assert [one.charge_ref for one in outcome.rated.charges] == ["linehaul", "storage:0:USD"]


def test_a_price_of_the_index_counts_from_when_it_was_known():
    terms = FuelTerms(
        clause="F",
        index="EIA",
        window=FuelWindow(weekday=2),
        bands=(FuelBand(from_price=Decimal(0), percent=Decimal(10)),),
    )
    learned = IndexPrice(
        index="EIA",
        price_on=date(2026, 3, 30),
        price=Decimal("3.6"),
        known_at=utc("2026-04-20"),
    )
    fuelled = contract(1, "1900", date(2026, 1, 1), fuel_index=terms)

    def asked(known_at: str) -> Priced | Unrated:
        return price(
            [fuelled],
            AT_NIGHT,
            party_ref="ABCD",
            side=Side.BUY,
            known_at=utc(known_at),
            market=Market(prices=(learned,)),
        )

    before, after = asked("2026-04-15"), asked("2026-04-20")
    assert isinstance(before, Unrated)
    assert before.awaits == ("EIA",)
    assert isinstance(after, Priced)
    assert str(after.rated.charges[1].charge.money) == "190.00 USD"


def test_a_movement_without_stops_is_never_priced():
    nowhere = Movement(origin=DALLAS, destination=OMAHA, visits=())

    outcome = priced(OLD, movement=nowhere)

    assert isinstance(outcome, Unrated)
    assert "no stops" in outcome.text
