"""Where a shipment stands, told in one word. Stop 1 is the pickup, stop 2 the delivery."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.milestone import Source
from drawbar.freight.order import Stop, StopPurpose
from drawbar.freight.place import Place
from drawbar.milestones.account import effective
from drawbar.milestones.log import Log, Report
from drawbar.milestones.status import Status, status

EIGHT = datetime(2026, 3, 12, 8, 0, tzinfo=UTC)
STOPS = tuple(
    Stop(
        number=number,
        purpose=purpose,
        place=Place(name="Acme", zone="America/Chicago"),
        earliest_at=EIGHT,
        latest_at=EIGHT,
    )
    for number, purpose in enumerate(
        (StopPurpose.PICKUP, StopPurpose.DELIVERY, StopPurpose.DELIVERY), start=1
    )
)


def stands(*happened: tuple[K, int, int], stops: tuple[Stop, ...] = STOPS[:2]) -> Status:
    """Return the status after (what, at which minute, at which stop)."""
    reports = [
        Report(
            key=f"{kind}{minute}",
            kind=kind,
            stop=stop,
            happened_at=EIGHT + timedelta(minutes=minute),
            learned_at=EIGHT,
            source=Source.CARRIER,
        )
        for kind, minute, stop in happened
    ]
    reports.sort(key=lambda one: (one.happened_at, one.key))
    return status(effective(Log(reports=tuple(reports)), stops=stops), stops=stops)


@pytest.mark.parametrize(
    ("last", "word"),
    [
        (K.ARRIVED_PICKUP, Status.AT_PICKUP),
        (K.LOADED, Status.LOADED),
        (K.DEPARTED_PICKUP, Status.IN_TRANSIT),
        (K.IN_TRANSIT, Status.IN_TRANSIT),
        (K.ARRIVED_DELIVERY, Status.AT_DELIVERY),
        (K.ATTEMPTED, Status.ATTEMPTED),
        (K.REFUSED, Status.REFUSED),
        (K.DELIVERED, Status.DELIVERED),
        (K.ESTIMATED, Status.PLANNED),
        (K.DELAYED, Status.PLANNED),
        (K.DELIVERY_APPOINTMENT, Status.PLANNED),
    ],
)
def test_the_last_thing_that_happened_is_the_status(last, word):
    assert stands((last, 0, 0)) is word


def test_nothing_happened_is_planned():
    assert stands() is Status.PLANNED


def test_e01_what_is_delivered_stays_delivered_when_older_reports_come_in():
    assert stands(
        (K.DELIVERED, 100, 0), (K.ARRIVED_DELIVERY, 5, 0), (K.DEPARTED_PICKUP, -900, 0)
    ) is (Status.DELIVERED)


def test_a_stray_position_after_the_delivery_changes_nothing():
    assert stands((K.DELIVERED, 0, 0), (K.IN_TRANSIT, 60, 0)) is Status.DELIVERED


def test_the_truck_leaving_after_the_delivery_changes_nothing():
    assert stands((K.DELIVERED, 0, 0), (K.DEPARTED_DELIVERY, 20, 0)) is Status.DELIVERED


def test_things_of_the_same_minute_stand_in_the_order_of_the_trade():
    assert stands((K.DEPARTED_PICKUP, 0, 0), (K.ARRIVED_PICKUP, 0, 0)) is Status.IN_TRANSIT


def test_what_was_attempted_and_then_delivered_is_delivered():
    assert stands((K.ATTEMPTED, 0, 0), (K.DELIVERED, 1440, 0)) is Status.DELIVERED


def test_what_was_refused_and_then_delivered_after_all_is_delivered():
    assert stands((K.REFUSED, 0, 0), (K.DELIVERED, 10, 0)) is Status.DELIVERED


def test_one_of_two_deliveries_is_not_all():
    assert stands((K.DELIVERED, 0, 2), stops=STOPS) is Status.PARTLY_DELIVERED
    assert stands((K.DELIVERED, 0, 2), (K.DEPARTED_DELIVERY, 9, 2), stops=STOPS) is (
        Status.IN_TRANSIT
    )
    assert stands((K.DELIVERED, 0, 2), (K.DELIVERED, 90, 3), stops=STOPS) is Status.DELIVERED


def test_one_delivered_and_one_refused_is_refused():
    assert stands((K.REFUSED, 0, 2), (K.DELIVERED, 90, 3), stops=STOPS) is Status.REFUSED


@given(
    st.lists(
        st.tuples(
            st.sampled_from([kind for kind in K if kind is not K.DELIVERED]),
            st.integers(-5000, 5000),
            st.sampled_from([0, 1, 2]),
        ),
        max_size=8,
        unique_by=lambda one: (one[0], one[1]),
    )
)
def test_nothing_reported_beside_a_last_delivery_takes_it_back(others):
    assert stands(*others, (K.DELIVERED, 6000, 2)) is Status.DELIVERED
