"""Which day decides the rate. Pickup in Los Angeles, delivery in Chicago."""

from datetime import date, datetime

import pytest

from drawbar.freight.contract import Basis
from drawbar.freight.visit import Visit
from drawbar.rating.basis import basis_day


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


DUE = at("2026-03-17T20:00:00Z")


def pickup(**times) -> Visit:
    return Visit(stop=1, zone="America/Los_Angeles", **({"due_at": DUE} | times))


PICKUP = pickup()
DELIVERY = Visit(stop=2, zone="America/Chicago", due_at=at("2026-03-19T15:00:00Z"))


def day(basis=Basis.PICKUP, tendered_at=None, pickup=PICKUP, delivery=DELIVERY) -> date:
    return basis_day(basis, tendered_at=tendered_at, pickup=pickup, delivery=delivery)


def test_r08_a_pickup_late_in_the_evening_is_of_that_day_at_the_stop():
    late = pickup(departed_at=at("2026-03-18T06:30:00Z"))

    assert day(pickup=late) == date(2026, 3, 17)


def test_r10_the_day_of_the_pickup_is_the_actual_one():
    appointment = at("2026-04-01T05:00:00Z")
    left = at("2026-04-01T07:40:00Z")

    assert day(pickup=pickup(due_at=appointment)) == date(2026, 3, 31)
    assert day(pickup=pickup(due_at=appointment, departed_at=left)) == date(2026, 4, 1)


def test_the_freight_is_picked_up_when_the_truck_leaves_with_it():
    around_midnight = pickup(
        arrived_at=at("2026-03-18T06:30:00Z"), departed_at=at("2026-03-18T07:30:00Z")
    )

    assert day(pickup=around_midnight) == date(2026, 3, 18)


def test_an_arrival_says_more_than_an_appointment():
    assert day(pickup=pickup(arrived_at=at("2026-03-19T07:30:00Z"))) == date(2026, 3, 19)


def test_the_day_of_the_tender_is_the_day_at_the_pickup():
    assert day(Basis.TENDER, tendered_at=at("2026-03-16T06:59:00Z")) == date(2026, 3, 15)


def test_a_load_not_tendered_yet_is_planned_by_its_pickup():
    assert day(Basis.TENDER) == date(2026, 3, 17)


@pytest.mark.parametrize(
    ("departed_at", "on"),
    [(None, date(2026, 3, 19)), (at("2026-03-20T04:59:00Z"), date(2026, 3, 19))],
    ids=["planned", "actual, before midnight in Chicago"],
)
def test_the_day_of_the_delivery_is_the_day_at_the_delivery(departed_at, on):
    there = Visit(stop=2, zone="America/Chicago", due_at=DELIVERY.due_at, departed_at=departed_at)

    assert day(Basis.DELIVERY, delivery=there) == on


def test_a_day_that_no_rule_is_written_for_is_a_crash_and_never_a_day():
    with pytest.raises(AssertionError, match="'someday'"):
        day("someday")
