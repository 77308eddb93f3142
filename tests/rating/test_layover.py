"""How many nights a truck waited. Due at stop 2 on 2026-03-10 at 16:00 in Chicago, 21:00 UTC."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from drawbar.freight.visit import Visit
from drawbar.rating.layover import Late, Unreported, Waited, nights

CHICAGO = ZoneInfo("America/Chicago")


def at(text: str) -> datetime:
    """Read a day of March and a time as the clock in Chicago shows them, such as "11 05:00"."""
    return datetime.fromisoformat(f"2026-03-{text}").replace(tzinfo=CHICAGO).astimezone(UTC)


def stay(arrived: str | None, departed: str | None, *, grace: int | None = 30):
    visit = Visit(
        stop=2,
        zone="America/Chicago",
        due_at=at("10 16:00"),
        arrived_at=None if arrived is None else at(arrived),
        departed_at=None if departed is None else at(departed),
    )
    return nights(visit, grace_minutes=grace)


@pytest.mark.parametrize(
    ("departed", "counted"),
    [
        ("10 23:59", 0),
        ("11 04:59", 0),
        ("11 05:00", 1),
        ("11 20:00", 1),
        ("12 04:59", 1),
        ("12 05:00", 2),
        ("13 04:00", 2),
    ],
    ids=[
        "the same evening",
        "a minute before morning",
        "at five",
        "the next evening",
        "before the second morning",
        "on the second morning",
        "before the third morning",
    ],
)
def test_a_night_is_over_at_five_by_the_clock_of_the_stop(departed, counted):
    assert stay("10 16:00", departed) == Waited(
        counted, f"from 2026-03-10 16:00 to 2026-03-{departed} at stop 2"
    )


def test_an_early_truck_waits_from_its_appointment():
    assert stay("09 10:00", "11 06:00") == Waited(
        1, "from 2026-03-10 16:00 to 2026-03-11 06:00 at stop 2"
    )


def test_a_truck_that_leaves_before_its_appointment_waited_no_night():
    assert stay("08 10:00", "09 10:00") == Waited(
        0, "from 2026-03-10 16:00 to 2026-03-09 10:00 at stop 2"
    )


def test_the_last_minute_of_grace_is_in_time():
    assert stay("10 16:30", "11 06:00") == Waited(
        1, "from 2026-03-10 16:30 to 2026-03-11 06:00 at stop 2"
    )


def test_later_than_the_grace_the_night_is_the_trucks_own():
    assert stay("10 16:31", "11 06:00") == Late(
        "arrived at stop 2 more than 30 min after it was due"
    )


def test_without_a_grace_a_truck_may_come_ever_so_late():
    assert stay("10 23:00", "11 06:00", grace=None) == Waited(
        1, "from 2026-03-10 23:00 to 2026-03-11 06:00 at stop 2"
    )


@pytest.mark.parametrize(
    ("arrived", "departed"),
    [(None, "11 06:00"), ("10 16:00", None), (None, None)],
    ids=["no arrival", "no departure", "neither"],
)
def test_a_stay_of_which_an_end_is_missing_was_not_reported(arrived, departed):
    assert stay(arrived, departed) == Unreported()
