"""Detention by other contracts' habits: weight, clocks, full increments, minimum, deliveries.

The truck is due at 10:00 in Chicago at stop 2, a delivery; R22 is the terms of a carrier by weight.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import ValidationError, convert, structs

from drawbar.freight.accessorial import ClockStart, DetentionRate, FreeTime
from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import Contract, Side
from drawbar.freight.lane import LaneRate
from drawbar.freight.movement import Movement
from drawbar.freight.order import Goods, StopPurpose
from drawbar.freight.place import Place
from drawbar.freight.verdict import Reason
from drawbar.freight.visit import Visit
from drawbar.rating.detention import Forfeited, NotKnown, NotOwed, Owed, detention
from drawbar.rating.shipment import Rated, rate

CHICAGO = ZoneInfo("America/Chicago")
DUE = datetime(2026, 3, 12, 10, tzinfo=CHICAGO).astimezone(UTC)
PLAIN = DetentionRate(clause="D", rate=Decimal("18.75"))
BY_WEIGHT = DetentionRate(
    clause="R22",
    rate=Decimal("18.75"),
    minimum=Decimal("18.75"),
    late_grace_minutes=None,
    free_time_by_weight=tuple(
        FreeTime(from_lb=Decimal(pounds), minutes=minutes)
        for pounds, minutes in ((0, 30), (5001, 60), (10001, 90), (20001, 120), (30001, 180))
    ),
)


def contract(terms: DetentionRate | None = PLAIN, **changes: object) -> Contract:
    plain = Contract(
        contract_ref="ABCD-2026",
        version=1,
        side=Side.BUY,
        party_ref="ABCD",
        currency="USD",
        valid_from=date(2026, 1, 1),
        known_at=datetime(2026, 1, 1, tzinfo=UTC),
        lanes=(LaneRate(clause="L", flat=Decimal(1000)),),
        detention=terms,
    )
    return structs.replace(plain, **changes)


def stay(minutes: float, *, early: float = 0, **changes: object) -> Visit:
    arrived_at = DUE - timedelta(minutes=early)
    plain = Visit(
        stop=2,
        zone="America/Chicago",
        due_at=DUE,
        arrived_at=arrived_at,
        departed_at=arrived_at + timedelta(minutes=minutes),
        facts=("in", "out"),
        purpose=StopPurpose.DELIVERY,
    )
    return structs.replace(plain, **changes)


def amount(terms: DetentionRate, visit: Visit, weight: int | None = None) -> str:
    found = detention(contract(terms), visit, weight_lb=None if weight is None else Decimal(weight))
    if isinstance(found, NotOwed):
        return "0.00"
    assert isinstance(found, Owed), found
    return str(found.charge.charge.money.amount)


@pytest.mark.parametrize(
    ("pounds", "minutes", "owed"),
    [
        (8200, 60, "0.00"),
        (8200, 61, "18.75"),
        (12000, 61, "0.00"),
        (5000, 30, "0.00"),
        (5000, 31, "18.75"),
        (5001, 60, "0.00"),
        (10000, 61, "18.75"),
        (10001, 90, "0.00"),
        (20000, 91, "18.75"),
        (20001, 120, "0.00"),
        (30000, 121, "18.75"),
        (30001, 180, "0.00"),
        (30001, 181, "18.75"),
        (8200, 75, "18.75"),
        (8200, 76, "37.50"),
        (8200, 120, "75.00"),
    ],
)
def test_r22_free_time_goes_by_the_weight_of_the_freight(pounds, minutes, owed):
    assert amount(BY_WEIGHT, stay(minutes), pounds) == owed


@pytest.mark.parametrize("weight", [None, 0])
def test_r22_without_a_weight_no_free_time_is_made_up(weight):
    found = detention(contract(BY_WEIGHT), stay(400), weight_lb=weight and Decimal(weight))

    assert isinstance(found, NotKnown)
    assert "no weight is known" in found.text


def test_r22_a_weight_below_every_row_is_named():
    rows = structs.replace(BY_WEIGHT, free_time_by_weight=BY_WEIGHT.free_time_by_weight[1:])
    found = detention(contract(rows), stay(400), weight_lb=Decimal(800))

    assert isinstance(found, NotKnown)
    assert "no row names 800 lb" in found.text


def test_r22_the_weight_is_that_of_the_load():
    place = Place(name="A", zone="UTC")
    goods = (Goods(sku="P", pieces=1, weight_lb=Decimal(8200)),)
    stops = (structs.replace(stay(20), stop=1), stay(61))
    load = Movement(origin=place, destination=place, visits=stops, goods=goods)
    found = rate(contract(BY_WEIGHT), load, on=date(2026, 3, 12))

    assert isinstance(found, Rated)
    assert [one.charge_ref for one in found.charges] == ["linehaul", "detention:2"]


@pytest.mark.parametrize(
    ("clock", "owed"),
    [
        (ClockStart.LATER_OF_BOTH, "18.75"),
        (ClockStart.APPOINTMENT, "18.75"),
        (ClockStart.ARRIVAL, "75.00"),
    ],
)
def test_an_early_truck_waits_from_where_the_clock_starts(clock, owed):
    terms = structs.replace(PLAIN, clock=clock)

    assert amount(terms, stay(180, early=50)) == owed


@pytest.mark.parametrize(
    ("clock", "owed"), [(ClockStart.LATER_OF_BOTH, "0.00"), (ClockStart.APPOINTMENT, "37.50")]
)
def test_a_truck_within_grace_waits_from_where_the_clock_starts(clock, owed):
    terms = structs.replace(PLAIN, clock=clock)

    assert amount(terms, stay(120, early=-20)) == owed


@pytest.mark.parametrize(("over", "owed"), [(14, "0.00"), (15, "18.75"), (29, "18.75")])
def test_only_full_increments_count_where_the_contract_says_so(over, owed):
    terms = structs.replace(PLAIN, or_fraction=False)

    assert amount(terms, stay(120 + over)) == owed


def test_less_than_one_full_increment_is_owed_nothing_even_with_a_minimum():
    terms = structs.replace(PLAIN, or_fraction=False, minimum=Decimal(50))
    found = detention(contract(terms), stay(130))

    assert isinstance(found, NotOwed)
    assert "10 over 120 free; no full increment" in found.text


def test_the_minimum_raises_and_the_cap_bounds_it():
    terms = structs.replace(PLAIN, minimum=Decimal(50), cap=Decimal(90))

    assert amount(terms, stay(121)) == "50.00"
    assert amount(terms, stay(170)) == "75.00"
    assert amount(terms, stay(900)) == "90.00"


def test_no_grace_means_that_a_late_truck_never_forfeits():
    terms = structs.replace(PLAIN, late_grace_minutes=None)

    assert amount(terms, stay(121, early=-600)) == "18.75"
    assert isinstance(detention(contract(), stay(121, early=-600)), Forfeited)


def test_deliveries_may_have_terms_of_their_own():
    own = structs.replace(PLAIN, clause="D2", free_time_minutes=60)
    both = contract(detention_at_delivery=own)
    at_pickup = stay(100, purpose=StopPurpose.PICKUP)

    delivered = detention(both, stay(100))
    assert isinstance(delivered, Owed)
    assert delivered.charge.why.clause == "D2"
    assert isinstance(detention(both, at_pickup), NotOwed)
    assert isinstance(detention(contract(None, detention_at_delivery=own), at_pickup), NotOwed)


def test_where_a_person_must_approve_it_the_measured_time_is_named_and_nothing_owed():
    place = Place(name="A", zone="UTC")
    terms = structs.replace(PLAIN, needs_approval=True)
    load = Movement(origin=place, destination=place, visits=(stay(247),))
    found = rate(contract(terms), load, on=date(2026, 3, 12))

    assert isinstance(found, Rated)
    assert [one.charge_ref for one in found.charges] == ["linehaul"]
    reason, text = found.why_not()[ChargeKind.DETENTION, 2]
    assert reason is Reason.NOT_AUTHORISED
    assert "168.75 USD by clause D, which needs an approval" in text


@pytest.mark.parametrize(
    ("day", "minutes"), [("2026-03-08", 180), ("2026-11-01", 300)], ids=["spring", "autumn"]
)
def test_a_night_on_which_the_clocks_change_is_as_long_as_it_was(day, minutes):
    begun = datetime.fromisoformat(f"{day}T00:00").replace(tzinfo=CHICAGO).astimezone(UTC)
    left = datetime.fromisoformat(f"{day}T04:00").replace(tzinfo=CHICAGO).astimezone(UTC)
    night = stay(0, due_at=begun, arrived_at=begun, departed_at=left)
    found = detention(contract(), night)

    assert isinstance(found, Owed)
    assert found.charge.why.steps[0].text.startswith(f"{minutes} min")


@pytest.mark.parametrize("wrong", [{"increment_minutes": 0}, {"free_time_minutes": -1}])
def test_terms_that_cannot_be_meant_are_refused_where_they_are_read(wrong):
    with pytest.raises(ValidationError):
        convert({"clause": "D", "rate": "1"} | wrong, DetentionRate)


clocks = st.sampled_from(ClockStart)
times = st.integers(-900, 3000)


@given(times, times, clocks, st.booleans(), st.none() | st.decimals(0, 500, places=2))
def test_never_above_the_cap_and_never_below_zero(early, spent, clock, begun, cap):
    terms = structs.replace(
        PLAIN, clock=clock, or_fraction=begun, cap=cap, minimum=Decimal(20), late_grace_minutes=None
    )
    found = detention(contract(terms), stay(spent, early=early))

    assert isinstance(found, NotKnown) is (spent < 0)
    if isinstance(found, Owed):
        owed = found.charge.charge.money.amount
        assert 0 <= owed <= (owed if cap is None else cap)
        assert owed <= max(Decimal(20), Decimal("18.75") * (abs(early) + abs(spent)))
