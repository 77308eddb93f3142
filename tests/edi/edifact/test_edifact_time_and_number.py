"""Dates, periods and amounts as EDIFACT states them."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.edi import Amount
from drawbar.edi.edifact import stated_time
from drawbar.edi.edifact.number import read_number, write_number
from drawbar.edi.edifact.stated_time import is_stated

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("form", "text", "on", "clock", "zone", "until"),
    [
        ("101", "260301", DAY, None, "", None),
        ("102", "20260301", DAY, None, "", None),
        ("201", "2603010930", DAY, time(9, 30), "", None),
        ("202", "260301093015", DAY, time(9, 30, 15), "", None),
        ("203", "202603010930", DAY, time(9, 30), "", None),
        ("204", "20260301093015", DAY, time(9, 30, 15), "", None),
        ("205", "202603010930+0100", DAY, time(9, 30), "+0100", None),
        ("303", "202603010930UTC", DAY, time(9, 30), "UTC", None),
        ("304", "20260301093015EST", DAY, time(9, 30, 15), "EST", None),
        ("401", "0930", None, time(9, 30), "", None),
        ("718", "20260301-20260305", DAY, None, "", date(2026, 3, 5)),
        ("718", "2026030120260305", DAY, None, "", date(2026, 3, 5)),
        ("719", "202603010930202603051200", DAY, time(9, 30), "", date(2026, 3, 5)),
        ("", "202603010930", DAY, time(9, 30), "", None),
    ],
)
def test_a_date_is_read_by_its_format(form, text, on, clock, zone, until):
    stated = stated_time("137", text, form)

    assert (stated.on, stated.clock, stated.zone, stated.until_on) == (on, clock, zone, until)
    assert is_stated(text, form)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("102", "20260230"),
        ("102", "202603010930"),
        ("203", "20260301"),
        ("203", "202603012460"),
        ("303", "20260301"),
        ("718", "20260301"),
        ("718", "20260301-20260399"),
        ("401", "9999"),
    ],
)
def test_what_is_not_of_its_format_is_said(form, text):
    assert not is_stated(text, form)


def test_a_format_that_we_do_not_know_is_kept_as_it_is():
    stated = stated_time("137", "20263", "616")

    assert (stated.text, stated.form, stated.on) == ("20263", "616", None)
    assert is_stated("20263", "616")


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1234.50", ".", "1234.50"),
        ("1234,50", ",", "1234.50"),
        ("1234,5", ".", "1234.5"),
        ("1,234", ".", None),
        ("1,234", ",", "1.234"),
        ("1,234", ".,", "1.234"),
        ("-12.5", ".", "-12.5"),
        (".5", ".", "0.5"),
        ("1.234,50", ",", None),
        ("1 234", ".", None),
        ("TEST", ".", None),
        ("-", ".", None),
        ("9" * 19, ".", None),
    ],
)
def test_an_amount_is_read_with_the_mark_of_its_file(text, decimal, value):
    assert read_number(text, decimal) == Amount(None if value is None else Decimal(value), text)


@given(
    st.decimals(min_value=-(10**15), max_value=10**15, places=4),
    st.sampled_from([".", ",", ".,", ",."]),
)
def test_an_amount_written_is_the_amount_read(value, decimal):
    text = write_number(Amount(value), decimal)

    assert read_number(text, decimal).value == value


@given(st.text("0123456789.,-", max_size=12), st.sampled_from([".", ","]))
def test_an_amount_in_another_file_is_never_another_amount(text, other):
    amount = read_number(text, ".")

    written = write_number(amount, other)

    if amount.value is not None:
        assert read_number(written, other).value == amount.value
