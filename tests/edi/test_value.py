"""Numbers, dates and times: exact, or not at all."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.edi import Amount, UnableToFormat
from drawbar.edi.value import (
    read_cents,
    read_date,
    read_decimal,
    read_time,
    read_whole,
    write_cents,
    write_date,
    write_decimal,
    write_time,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [("12740", "127.40"), ("-1274", "-12.74"), ("5", "0.05"), ("0", "0"), ("000100", "1.00")],
)
def test_amounts_are_cents(text, value):
    assert read_cents(text) == Amount(Decimal(value), text)


@pytest.mark.parametrize("text", ["1274.00", "1,274", "", "12-", "+5", "1e9", "NaN", "٣", "9" * 19])
def test_what_is_no_whole_number_of_cents_is_never_guessed(text):
    assert read_cents(text) == Amount(None, text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("21230.12", "21230.12"), ("-.5", "-0.5"), ("5472.", "5472"), ("48000.000", "48000")],
)
def test_decimals_have_their_own_point(text, value):
    assert read_decimal(text).value == Decimal(value)


@pytest.mark.parametrize("text", ["1e400", "Infinity", ".", "-", "1.2.3", "1 000"])
def test_what_is_no_decimal_is_never_guessed(text):
    assert read_decimal(text).value is None


def test_a_number_that_was_sent_is_written_as_it_was_sent():
    assert write_decimal(read_decimal("48000.000")) == "48000.000"
    assert write_cents(read_cents("000100")) == "000100"
    assert write_cents(read_cents("12.74")) == "12.74"


@pytest.mark.parametrize(
    ("value", "text"), [("1E+3", "1000"), ("0.50", "0.5"), ("-12", "-12"), ("100", "100")]
)
def test_a_number_of_ours_is_written_in_plain_digits(value, text):
    assert write_decimal(Amount(Decimal(value))) == text


def test_a_changed_amount_is_not_written_as_it_was_sent():
    assert write_cents(Amount(Decimal("2.00"), "100")) == "200"


def test_a_fraction_of_a_cent_is_refused():
    with pytest.raises(UnableToFormat):
        write_cents(Amount(Decimal("0.005")))


@given(st.decimals(-(10**10), 10**10, places=2))
def test_no_cent_is_lost_on_the_way_out_and_in(value):
    assert read_cents(write_cents(Amount(value))).value == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20260229", None),
        ("20240229", date(2024, 2, 29)),
        ("260301", date(2026, 3, 1)),
        ("691231", date(2069, 12, 31)),
        ("700101", date(1970, 1, 1)),
        ("2026031", None),
        ("20261301", None),
        ("00000101", None),
        ("", None),
    ],
)
def test_dates_have_six_or_eight_digits_and_exist(text, day):
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("0930", time(9, 30)),
        ("093015", time(9, 30, 15)),
        ("0930157", time(9, 30, 15, 700_000)),
        ("09301507", time(9, 30, 15, 70_000)),
        ("2400", None),
        ("0960", None),
        ("930", None),
        ("09:30", None),
    ],
)
def test_times_have_hours_and_minutes_and_may_have_seconds(text, clock):
    assert read_time(text) == clock


hundredths = st.integers(0, 99).map(lambda number: number * 10_000)
clocks = st.builds(
    time, st.integers(0, 23), st.integers(0, 59), st.integers(0, 59), microsecond=hundredths
)


@given(st.dates(), clocks)
def test_dates_and_times_come_back_as_they_were_written(day, clock):
    assert read_date(write_date(day)) == day
    assert read_time(write_time(clock)) == clock


def test_whole_numbers_are_whole():
    assert (read_whole("007"), read_whole("7.0"), read_whole("")) == (7, None, None)
