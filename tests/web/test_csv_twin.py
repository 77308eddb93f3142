"""A file for a spreadsheet: typed names, exact values, and no text that becomes a formula."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.web.desks.csv_twin import csv_bytes, named, safe


def read(columns, rows):
    text = b"".join(csv_bytes([named(name) for name in columns], rows)).decode()
    return list(csv.reader(io.StringIO(text)))


def test_the_head_says_what_the_values_are():
    head = read(["ref", "billed", "attempts", "due_at", "billed_on"], [])

    assert head == [
        ["ref:text", "billed:decimal", "attempts:integer", "due_at:utc", "billed_on:date"]
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (Decimal("-1234567.50"), "-1234567.50"),
        (Decimal("1E+3"), "1000"),
        (True, "true"),
        (7, "7"),
        (datetime(2026, 3, 2, 15, tzinfo=UTC), "2026-03-02T15:00:00Z"),
        (date(2026, 3, 2), "2026-03-02"),
        ("Dallas, TX", "Dallas, TX"),
        ("=1+1", "'=1+1"),
        ("-2 pieces short", "'-2 pieces short"),
        ("\t=1", "'\t=1"),
    ],
)
def test_a_value_is_written_so_that_it_stays_what_it_is(value, text):
    assert safe(value) == text


@given(st.text())
def test_no_text_ever_begins_a_formula(text):
    assert not safe(text).startswith(("=", "+", "-", "@"))


def test_every_row_is_there_however_many():
    rows = read(["ref"], ({"ref": f"S-{n}"} for n in range(1201)))

    assert len(rows) == 1202
    assert rows[-1] == ["S-1200"]
