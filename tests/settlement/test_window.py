"""Until when a balance due or an overcharge may come. Books are kept in Chicago unless said."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.settlement.window import (
    TooLate,
    Within,
    day_begins,
    last_moment,
    months_after,
    within,
)

ORIGINAL = datetime(2026, 1, 15, 18, 0, tzinfo=UTC)


def came(then_at: datetime, *, days: int | None = 180, zone: str = "America/Chicago"):
    return within(ORIGINAL, then_at, days=days, zone=zone)


def test_m21_a_balance_due_bill_is_late_on_day_186_and_in_time_on_day_180():
    assert isinstance(came(datetime(2026, 7, 20, 18, 0, tzinfo=UTC)), TooLate)
    assert came(datetime(2026, 7, 14, 18, 0, tzinfo=UTC)) == Within(
        day=180, last_on=date(2026, 7, 14)
    )


@pytest.mark.parametrize(
    ("then_at", "outcome"),
    [
        (datetime(2026, 7, 15, 4, 59, 59, tzinfo=UTC), Within),
        (datetime(2026, 7, 15, 5, 0, tzinfo=UTC), TooLate),
    ],
    ids=["last second of day 180 in Chicago", "first second of day 181"],
)
def test_the_window_ends_with_the_local_day(then_at, outcome):
    assert isinstance(came(then_at), outcome)


def test_the_day_is_the_one_where_the_books_are_kept():
    evening = datetime(2026, 7, 15, 3, 0, tzinfo=UTC)

    assert isinstance(came(evening), Within)
    assert isinstance(came(evening, zone="Europe/Berlin"), TooLate)


def test_without_a_window_nothing_is_late():
    assert came(ORIGINAL + timedelta(days=4000), days=None) == Within(day=4000, last_on=None)


def test_what_crosses_the_first_bill_on_its_way_is_not_late():
    assert came(ORIGINAL - timedelta(days=3)) == Within(day=-3, last_on=date(2026, 7, 14))


def test_a_refusal_names_the_day_and_the_last_one():
    late = came(datetime(2026, 7, 20, 18, 0, tzinfo=UTC))

    text = "It came on 2026-07-20, day 186 after 2026-01-15; the 180 days ended on 2026-07-14."
    assert late == TooLate(day=186, last_on=date(2026, 7, 14), text=text)


@given(days=st.integers(0, 400), later=st.integers(0, 500))
def test_exactly_the_days_of_the_window_are_in_time(days, later):
    outcome = came(ORIGINAL + timedelta(days=later), days=days, zone="UTC")

    assert isinstance(outcome, Within) == (later <= days)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 3, 15), 9, date(2026, 12, 15)),
        (date(2026, 4, 15), 9, date(2027, 1, 15)),
        (date(2026, 5, 31), 9, date(2027, 2, 28)),
        (date(2027, 5, 31), 9, date(2028, 2, 29)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
        (date(2026, 1, 30), 25, date(2028, 2, 29)),
    ],
    ids=["in the year", "over the year", "no such day", "a leap day", "none", "two years on"],
)
def test_a_window_of_months_ends_on_the_same_day_or_the_last_of_its_month(day, months, then):
    assert months_after(day, months) == then


@pytest.mark.parametrize(
    ("zone", "ends"),
    [
        ("UTC", datetime(2026, 4, 16, tzinfo=UTC)),
        ("America/Chicago", datetime(2026, 4, 15, 5, tzinfo=UTC)),
    ],
    ids=["in UTC", "where it is the day before"],
)
def test_a_window_of_days_ends_as_its_last_day_does(zone, ends):
    assert last_moment(datetime(2026, 4, 10, 3, tzinfo=UTC), days=5, zone=zone) == ends


def test_a_day_begins_on_the_clock_of_the_books_summer_and_winter():
    assert day_begins(date(2026, 1, 10), "America/Chicago") == datetime(2026, 1, 10, 6, tzinfo=UTC)
    assert day_begins(date(2026, 7, 10), "America/Chicago") == datetime(2026, 7, 10, 5, tzinfo=UTC)
