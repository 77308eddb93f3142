"""By when a truck must be heard of again: two hours after the later of last word and next stop."""

from datetime import UTC, datetime, timedelta

import pytest

from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.milestone import Source
from drawbar.freight.order import Stop, StopPurpose
from drawbar.freight.place import Place
from drawbar.milestones.account import effective
from drawbar.milestones.log import Log, Report
from drawbar.milestones.silence import Patience, last_heard_at, next_stop, word_due_at

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
PATIENCE = Patience(on_the_way=2 * HOUR, at_the_end=12 * HOUR)


def stop(number: int, purpose: StopPurpose, opens: int, *, booked: bool = True) -> Stop:
    at = NOON + opens * HOUR
    place = Place(name="Dock", city="Dallas", region="TX", zone="America/Chicago")
    return Stop(
        number=number,
        purpose=purpose,
        place=place,
        earliest_at=at,
        latest_at=at + 3 * HOUR,
        appointment_at=at if booked else None,
    )


STOPS = (
    stop(1, StopPurpose.PICKUP, 0),
    stop(2, StopPurpose.DELIVERY, 10),
    stop(3, StopPurpose.DELIVERY, 20, booked=False),
)


def report(kind: K, hour: float, *, stop: int = 0, known: float | None = None, **more) -> Report:
    return Report(
        key=f"{kind.value}:{hour}:{stop}",
        kind=kind,
        stop=stop,
        happened_at=NOON + hour * HOUR,
        learned_at=NOON + (hour if known is None else known) * HOUR,
        source=Source.CARRIER,
        **more,
    )


def log(*reports: Report) -> Log:
    return Log(reports=reports)


@pytest.mark.parametrize(
    ("reports", "number"),
    [
        ((), 1),
        ((report(K.ARRIVED_PICKUP, 0),), 2),
        ((report(K.IN_TRANSIT, 1),), 2),
        ((report(K.ARRIVED_DELIVERY, 9, stop=2),), 3),
        ((report(K.ARRIVED_DELIVERY, 19, stop=3),), 3),
    ],
    ids=["nothing", "at pickup", "seen on the road", "at the first delivery", "at the last"],
)
def test_the_next_stop_is_the_first_that_the_truck_has_not_reached(reports, number):
    account = effective(log(*reports), stops=STOPS)

    assert next_stop(account, stops=STOPS).number == number


@pytest.mark.parametrize(
    ("told", "hour"),
    [
        (report(K.DELAYED, 3, known=4), 3),
        (report(K.DELAYED, 5, known=4), 4),
        (report(K.ESTIMATED, 9, known=4), 4),
        (report(K.DELIVERY_APPOINTMENT, 1, known=4), 4),
    ],
    ids=["late word", "a clock that runs fast", "a forecast", "an appointment"],
)
def test_a_truck_was_known_of_when_it_happened_and_never_later_than_we_heard_of_it(told, hour):
    assert last_heard_at(log(told), stops=STOPS) == NOON + hour * HOUR


def test_a_clock_on_the_wall_is_read_where_it_hangs():
    at_seven = datetime(2026, 3, 9, 7, 30)  # noqa: DTZ001 - the wall says no zone; it is 12:30 UTC
    told = report(K.ARRIVED_PICKUP, -4.5, known=3, local_at=at_seven)

    assert last_heard_at(log(told), stops=STOPS) == NOON + 0.5 * HOUR


def test_what_was_corrected_was_not_heard():
    wrong = report(K.DELAYED, 8)
    right = report(K.DELAYED, 2, corrects=wrong.key)

    assert last_heard_at(log(right, wrong), stops=STOPS) == NOON + 2 * HOUR


@pytest.mark.parametrize(
    ("reports", "heard", "due"),
    [
        ((), -5, 2),
        ((), 1, 3),
        ((report(K.IN_TRANSIT, 1),), 1, 12),
        ((report(K.ARRIVED_DELIVERY, 9, stop=2),), 9, 25),
        ((report(K.ARRIVED_DELIVERY, 24, stop=3),), 24, 36),
    ],
    ids=["due at pickup", "heard since", "due at the delivery", "when the window closes", "at it"],
)
def test_word_is_due_after_the_later_of_the_last_word_and_the_next_stop(reports, heard, due):
    account = effective(log(*reports), stops=STOPS)

    moment = word_due_at(account, stops=STOPS, heard_at=NOON + heard * HOUR, patience=PATIENCE)

    assert moment == NOON + due * HOUR
