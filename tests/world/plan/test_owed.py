"""What is owed, computed by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec import structs

from drawbar.world.plan.agreement import Agreement, Detention, End, Extra, FuelWeek, Lane, Tonu
from drawbar.world.plan.owed import Visit, detention_cents, owed, percent_of, tonu_cents

DET_A = Detention(clause="3.1", free=120, increment=15, cents=1875, cap=30_000, grace=30)
LAX, DFW = End("CA", "Los Angeles"), End("TX", "Dallas")
BEFORE = FuelWeek(
    clause="9 March", tenths=290, valid_from=date(2026, 3, 11), valid_to=date(2026, 3, 18)
)
AFTER = FuelWeek(
    clause="16 March", tenths=310, valid_from=date(2026, 3, 18), valid_to=date(2026, 3, 25)
)
AGREEMENT = Agreement(
    ref="X",
    version=1,
    side="buy",
    party="X",
    valid_from=date(2026, 1, 1),
    lanes=(
        Lane(clause="city", origin=LAX, destination=DFW, flat=148_000),
        Lane(clause="state", origin=End("CA"), destination=End("TX"), per_mile=215, miles=862),
        Lane(clause="short", origin=End("TX"), destination=End("TX"), per_mile=215, miles=100,
             minimum=95_000),
        Lane(clause="any", flat=190_000),
    ),
    fuel=(BEFORE, AFTER),
    detention=DET_A,
    tonu=Tonu(clause="T", cents=25_000, hours=4),
    extras=(Extra(clause="S", kind="stop_off", cents=9_500, needs_approval=False),),
)  # fmt: skip


def at(hour: int, minute: int, day: int = 10) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def visit(arrived: datetime, departed: datetime, *, end: End = LAX, number: int = 1) -> Visit:
    return Visit(
        number=number,
        end=end,
        zone="America/Los_Angeles",
        due_at=at(10, 0),
        arrived_at=arrived,
        departed_at=departed,
    )


@pytest.mark.parametrize(
    ("arrived", "departed", "cents"),
    [
        (at(9, 40), at(14, 7), 16_875),
        (at(9, 40), at(12, 0), 0),
        (at(9, 40), at(12, 1), 1_875),
        (at(10, 45), at(15, 0), 0),
        (at(10, 30), at(12, 31), 1_875),
        (at(9, 40), at(23, 0), 30_000),
        (at(9, 40), at(12, 0) + timedelta(seconds=59), 0),
    ],
    ids=[
        "247 minutes are nine increments",
        "120 minutes are free",
        "the first minute over",
        "45 minutes late forfeits it",
        "within the grace it counts from the arrival",
        "the cap",
        "part minutes are dropped",
    ],
)
def test_detention(arrived: datetime, departed: datetime, cents: int):
    assert detention_cents(DET_A, visit(arrived, departed)) == cents


@pytest.mark.parametrize(
    ("cancelled", "cents"),
    [(at(6, 30, day=11), 25_000), (at(4, 0, day=11), 0), (at(20, 0), 0)],
    ids=["an hour and a half ahead", "exactly four hours ahead", "the evening before"],
)
def test_a_truck_ordered_and_not_used(cancelled: datetime, cents: int):
    assert tonu_cents(AGREEMENT, due_at=at(8, 0, day=11), cancelled_at=cancelled) == cents


@pytest.mark.parametrize(
    ("left", "cents", "clause"),
    [
        (datetime(2026, 3, 18, 6, 30, tzinfo=UTC), 42_920, "9 March"),
        (datetime(2026, 3, 18, 7, 0, tzinfo=UTC), 45_880, "16 March"),
    ],
    ids=["half past eleven at night there", "midnight there"],
)
def test_fuel_follows_the_local_day_of_the_pickup(left: datetime, cents: int, clause: str):
    pickup = visit(left - timedelta(hours=1), left)
    delivery = visit(left + timedelta(days=1), left + timedelta(days=1), end=DFW, number=2)

    haul, fuel, *_ = owed(AGREEMENT, (pickup, delivery))

    assert (haul.cents, haul.clause) == (148_000, "city")
    assert (fuel.cents, fuel.clause) == (cents, clause)


@pytest.mark.parametrize(
    ("ends", "cents"),
    [
        ((LAX, DFW), 148_000),
        ((End("CA", "Ontario"), DFW), 185_330),
        ((DFW, End("TX", "Houston")), 95_000),
        ((DFW, LAX), 190_000),
    ],
    ids=["city", "state, 862 miles at 2.15", "the minimum", "anywhere"],
)
def test_linehaul_by_the_most_exact_lane(ends: tuple[End, End], cents: int):
    assert AGREEMENT.lane(*ends).cents == cents


def test_half_a_cent_is_rounded_up():
    assert percent_of(101, 250) == 25
    assert percent_of(102, 250) == 26


def test_a_stop_on_the_way_is_owed_once():
    stops = (
        visit(at(9, 0), at(11, 0)),
        visit(at(9, 0), at(11, 0), end=DFW, number=2),
        visit(at(9, 0), at(11, 0), end=DFW, number=3),
    )

    codes = [one.code for one in owed(AGREEMENT, _later(stops))]

    assert codes == ["linehaul", "fuel_surcharge", "stop_off"]


def _later(stops: tuple[Visit, ...]) -> tuple[Visit, ...]:
    """Return the stops on a day that the fuel table knows."""
    days = timedelta(days=3)
    return tuple(
        structs.replace(
            one,
            due_at=one.due_at + days,
            arrived_at=one.arrived_at + days,
            departed_at=one.departed_at + days,
        )
        for one in stops
    )
