"""Instants in UTC, and which day it was at the stop."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.instant import UnknownZone, local_day, utc, zone

aware = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001
    datetime(2060, 1, 1),  # noqa: DTZ001
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))),
)


def test_r08_the_day_of_a_pickup_is_the_day_at_the_stop():
    pickup = datetime(2026, 3, 18, 6, 30, tzinfo=UTC)

    assert local_day(pickup, "America/Los_Angeles") == date(2026, 3, 17)
    assert local_day(pickup, "UTC") == date(2026, 3, 18)


@pytest.mark.parametrize(
    ("minute", "day"),
    [(-1, date(2026, 3, 31)), (0, date(2026, 4, 1))],
    ids=["last minute of March", "first minute of April"],
)
def test_the_day_changes_at_midnight_at_the_stop(minute, day):
    midnight_in_chicago = datetime(2026, 4, 1, 5, 0, tzinfo=UTC)

    assert local_day(midnight_in_chicago + timedelta(minutes=minute), "America/Chicago") == day


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="which instant is meant is unknown"):
        utc(datetime(2026, 3, 12, 8, 0))  # noqa: DTZ001


@pytest.mark.parametrize("name", ["", "CST", "America/Atlantis", "america/chicago", "../etc"])
def test_a_zone_that_is_not_in_the_iana_database_is_refused(name):
    with pytest.raises(UnknownZone, match="America/Chicago"):
        zone(name)


@given(aware)
def test_utc_is_the_same_instant_with_another_name(moment):
    assert utc(moment) == moment
    assert utc(moment).utcoffset() == timedelta(0)
