"""Days and times as tables write them; whatever could mean two days is refused."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.connectors.table.clock import UnreadableTime, check_form, read_day, read_time


@pytest.mark.parametrize(
    ("text", "form", "day"),
    [
        ("2-Jun-06", "%d-%b-%y", date(2006, 6, 2)),
        ("30-SEP-14", "%d-%b-%y", date(2014, 9, 30)),
        ("11/13/06", "%m/%d/%y", date(2006, 11, 13)),
        ("2026-02-28", "%Y-%m-%d", date(2026, 2, 28)),
    ],
)
def test_a_day_is_read_by_its_form(text, form, day):
    assert read_day(text, (form,), years_from=2000) == day


@pytest.mark.parametrize(
    "text",
    ["2-Foo-06", "31-Feb-06", "2-Jun-2006", "2-Jun-06 ", "Date Not Captured", "२-Jun-06"],
    ids=["no month", "no such day", "four digits", "a blank", "words", "other digits"],
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(UnreadableTime):
        read_day(text, ("%d-%b-%y",), years_from=2000)


def test_a_refusal_shows_how_a_day_is_written():
    with pytest.raises(UnreadableTime, match="not written like 31-Mar-26"):
        read_day("June 2", ("%d-%b-%y",), years_from=2000)


def test_a_day_that_two_forms_read_differently_is_refused():
    with pytest.raises(UnreadableTime, match="two ways"):
        read_day("03/04/2026", ("%m/%d/%Y", "%d/%m/%Y"), years_from=None)


def test_two_forms_that_mean_one_day_are_no_doubt():
    forms = ("%m/%d/%Y", "%d/%m/%Y")

    assert read_day("04/04/2026", forms, years_from=None) == date(2026, 4, 4)


def test_a_time_is_aware_only_where_it_names_its_offset():
    forms = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M%z")

    assert read_time("2026-03-31 14:05", forms, years_from=None).tzinfo is None
    offset = read_time("2026-03-31T14:05-05:00", forms, years_from=None)
    assert offset.astimezone(UTC) == datetime(2026, 3, 31, 19, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "form",
    ["%d-%b", "%b-%y", "%d-%y", "%d-%q-%y", "%d-%d-%b-%y"],
    ids=["no year", "no day", "no month", "unknown part", "a part twice"],
)
def test_a_form_that_leaves_the_day_open_is_refused(form):
    with pytest.raises(ValueError, match=r"lacks|made of"):
        check_form(form, years_from=2000)


def test_two_digits_of_a_year_need_their_hundred_years():
    with pytest.raises(ValueError, match="years_from"):
        check_form("%d-%b-%y", years_from=None)


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)))
def test_every_day_of_a_hundred_years_is_read_back_from_two_digits(day):
    assert read_day(f"{day:%d/%m/%y}", ("%d/%m/%y",), years_from=1970) == day
