"""Whether what was reported can have happened. Two pickups, then two deliveries."""

from datetime import UTC, datetime, timedelta

import pytest

from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.milestone import Source
from drawbar.freight.order import Stop, StopPurpose
from drawbar.freight.place import Place
from drawbar.milestones.account import effective
from drawbar.milestones.log import Log, Report
from drawbar.milestones.sequence import InOrder, SequenceInvalid, TimeInconsistent, sequence

EIGHT = datetime(2026, 3, 12, 8, 0, tzinfo=UTC)
P, D = StopPurpose.PICKUP, StopPurpose.DELIVERY


def judged(*happened: tuple[K, int, int], purposes: tuple[StopPurpose, ...] = (P, D)):
    """Judge (what, at which stop, at which minute)."""
    stops = tuple(
        Stop(
            number=number,
            purpose=purpose,
            place=Place(name="Acme", zone="America/Chicago"),
            earliest_at=EIGHT,
            latest_at=EIGHT,
        )
        for number, purpose in enumerate(purposes, start=1)
    )
    reports = [
        Report(
            key=f"{kind}{stop}{minute}",
            kind=kind,
            stop=stop,
            happened_at=EIGHT + timedelta(minutes=minute),
            learned_at=EIGHT,
            source=Source.CARRIER,
        )
        for kind, stop, minute in happened
    ]
    reports.sort(key=lambda one: (one.happened_at, one.key))
    return sequence(effective(Log(reports=tuple(reports)), stops=stops), stops=stops)


def test_nothing_reported_is_in_order():
    assert judged() == InOrder()


def test_pickup_before_delivery_is_in_order():
    assert (
        judged(
            (K.ARRIVED_PICKUP, 1, 0),
            (K.DEPARTED_PICKUP, 1, 60),
            (K.ARRIVED_DELIVERY, 2, 600),
            (K.DELIVERED, 2, 660),
        )
        == InOrder()
    )


def test_e04_a_delivery_before_its_pickup_is_impossible():
    outcome = judged((K.DELIVERED, 2, 0), (K.DEPARTED_PICKUP, 1, 1))

    assert outcome == SequenceInvalid(
        text='"delivered" at stop 2 (2026-03-12 03:00 CDT)'
        ' is before "departed pickup" at stop 1 (2026-03-12 03:01 CDT)'
    )


@pytest.mark.parametrize("kind", [K.ARRIVED_DELIVERY, K.DELIVERED, K.REFUSED, K.ATTEMPTED])
def test_anything_at_the_delivery_before_the_pickup_is_impossible(kind):
    assert isinstance(judged((kind, 2, 0), (K.ARRIVED_PICKUP, 1, 1)), SequenceInvalid)


def test_the_same_moment_is_possible():
    assert judged((K.DELIVERED, 2, 0), (K.DEPARTED_PICKUP, 1, 0)) == InOrder()


def test_a_position_on_the_road_proves_nothing():
    assert judged((K.IN_TRANSIT, 2, 0), (K.DEPARTED_PICKUP, 1, 5)) == InOrder()


def test_each_delivery_comes_after_every_pickup_before_it():
    milk_run = (P, D, P, D)

    fine = ((K.DELIVERED, 2, 60), (K.DEPARTED_PICKUP, 3, 120), (K.DEPARTED_PICKUP, 1, 0))
    wrong = ((K.DELIVERED, 4, 60), (K.DEPARTED_PICKUP, 3, 120))

    assert judged(*fine, purposes=milk_run) == InOrder()
    assert isinstance(judged(*wrong, purposes=milk_run), SequenceInvalid)


def test_deliveries_may_be_made_in_another_order_than_planned():
    assert (
        judged(
            (K.DEPARTED_PICKUP, 1, 0),
            (K.DELIVERED, 3, 60),
            (K.DELIVERED, 2, 90),
            purposes=(P, D, D),
        )
        == InOrder()
    )


@pytest.mark.parametrize(
    ("came", "left", "stop"),
    [
        (K.ARRIVED_PICKUP, K.DEPARTED_PICKUP, 1),
        (K.ARRIVED_DELIVERY, K.DEPARTED_DELIVERY, 2),
        (K.ARRIVED_DELIVERY, K.DELIVERED, 2),
    ],
)
def test_leaving_before_coming_is_inconsistent(came, left, stop):
    assert isinstance(judged((came, stop, 1), (left, stop, 0)), TimeInconsistent)
    assert judged((came, stop, 0), (left, stop, 0)) == InOrder()


def test_every_contradiction_is_named():
    outcome = judged(
        (K.ARRIVED_PICKUP, 1, 30),
        (K.DEPARTED_PICKUP, 1, 0),
        (K.ARRIVED_DELIVERY, 2, 90),
        (K.DELIVERED, 2, 60),
    )

    assert isinstance(outcome, TimeInconsistent)
    assert outcome.text.count("is before") == 2


def test_an_impossible_order_weighs_more_than_an_impossible_wait():
    outcome = judged((K.ARRIVED_PICKUP, 1, 90), (K.DEPARTED_PICKUP, 1, 80), (K.DELIVERED, 2, 0))

    assert isinstance(outcome, SequenceInvalid)
