"""Which instant a clock on a wall means."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from drawbar.connectors.wall_clock import NoSuchTime, instant_at


def test_a_clock_counts_in_the_zone_of_its_place():
    noon = datetime(2026, 7, 1, 12, 0)  # noqa: DTZ001 - a wall shows no zone

    assert instant_at(noon, "America/Chicago") == datetime(2026, 7, 1, 17, 0, tzinfo=UTC)


def test_an_aware_time_needs_no_place():
    noon = datetime(2026, 7, 1, 12, 0, tzinfo=timezone(timedelta(hours=2)))

    assert instant_at(noon, "America/Chicago") == datetime(2026, 7, 1, 10, 0, tzinfo=UTC)


def test_an_hour_that_spring_skipped_does_not_exist():
    with pytest.raises(NoSuchTime):
        instant_at(datetime(2026, 3, 8, 2, 30), "America/Chicago")  # noqa: DTZ001


def test_of_an_hour_that_autumn_shows_twice_the_first_is_meant():
    shown = datetime(2026, 11, 1, 1, 30)  # noqa: DTZ001

    assert instant_at(shown, "America/Chicago") == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("year", [1, 9999])
def test_beyond_the_calendar_there_is_no_time(year):
    day = datetime(year, 1 if year == 1 else 12, 1 if year == 1 else 31)  # noqa: DTZ001
    zones = {1: "Asia/Tokyo", 9999: "America/Chicago"}

    with pytest.raises(NoSuchTime):
        instant_at(day.replace(hour=0 if year == 1 else 23), zones[year])
