"""What a page shows: exact money, local clocks, state in words, and nothing that comes alive."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from drawbar.freight.money import Money
from drawbar.web.desks.cell import shown, stack, time, words
from drawbar.web.desks.rendering import age, moment, money, render
from drawbar.web.desks.state_mark import cause_said, state_mark
from drawbar.web.desks.table import HOME_ZONE

NOON = datetime(2026, 3, 8, 18, tzinfo=UTC)


def test_a_time_is_the_clock_at_the_stop():
    assert "Sun 08 Mar 13:00" in moment(NOON, "America/Chicago")
    assert "CDT" in moment(NOON, "America/Chicago")
    assert 'title="2026-03-08 18:00:00 UTC"' in moment(NOON, "America/Chicago")


def test_a_time_that_nobody_reported_is_a_dash():
    assert "—" in moment(None)


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("1234567.5", "USD", "1,234,567.50 USD"),
        ("1200", "JPY", "1,200 JPY"),
        ("-0.125", "USD", "-0.125 USD"),
        ("1.5", "BHD", "1.500 BHD"),
    ],
)
def test_money_is_exact_and_names_its_currency(amount, currency, text):
    assert money(Money(Decimal(amount), currency)) == text
    assert money(Decimal(amount), currency) == text


@pytest.mark.parametrize(
    ("span", "text"),
    [({"seconds": 59}, "59 s"), ({"minutes": 119}, "1 h"), ({"days": 3, "hours": 20}, "3 d")],
)
def test_an_age_is_one_figure(span, text):
    assert age(NOON - timedelta(**span), NOON) == text


@pytest.mark.parametrize("state", ["paid", "on_hold", "disputed", "a_new_one"])
def test_a_state_is_a_word_before_it_is_a_colour(state):
    assert state.replace("_", " ") in state_mark(state)


def test_what_a_partner_wrote_never_comes_alive():
    page = render(
        "search.html", query='"><script>alert(1)</script>', hits=[], nearby=[], here="", now=NOON
    ).content

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_line_of_nothing_is_not_drawn_below_another():
    cell = stack(words("last_event"), time("last_event_at"))
    row = {"last_event": None, "last_event_at": None, HOME_ZONE: "America/Chicago"}

    assert shown(cell, row) == "—"
    assert "<small><time" in shown(cell, row | {"last_event_at": NOON})


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        ("FUEL_WEEK:ABCD:fuel_surcharge", "Fuel price of another week, ABCD, fuel surcharge"),
        ("LATE_BILL:ABCD:linehaul", "Late bill, ABCD, linehaul"),
        ("unrated:ABCD", "Unrated, ABCD"),
        ("", ""),
    ],
    ids=["a reason with words", "a reason by its name", "another cause", "none"],
)
def test_a_cause_is_said_in_words(cause, said):
    assert cause_said(cause) == said
