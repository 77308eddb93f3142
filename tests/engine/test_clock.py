"""The clock: real time is aware and in UTC; a clock that is set stands."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from drawbar.engine import SetClock, SystemClock

NOON = datetime(2026, 9, 7, 12, 0, tzinfo=UTC)


def test_a_clock_that_is_set_stands_where_it_was_set():
    clock = SetClock(NOON)
    first, second = clock.now(), clock.now()
    clock.set(NOON + timedelta(minutes=15))

    assert (first, second) == (NOON, NOON)
    assert clock.now() == NOON + timedelta(minutes=15)


def test_a_clock_can_be_set_back():
    clock = SetClock(NOON)
    clock.set(NOON - timedelta(days=1))

    assert clock.now() == NOON - timedelta(days=1)


def test_whatever_zone_it_was_set_in_it_says_utc():
    central = NOON.astimezone(ZoneInfo("America/Chicago"))
    clock = SetClock(central)
    begun = clock.now()
    clock.set(central)

    assert [one.tzinfo for one in (begun, clock.now())] == [UTC, UTC]


def test_the_clock_of_the_machine_goes_on_and_says_utc():
    clock = SystemClock()
    first = clock.now()

    assert first.tzinfo is UTC
    assert clock.now() >= first
