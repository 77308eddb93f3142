"""Which cut-off ends a customer's invoice period. The firm is in Chicago."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.billing.period import NoPeriod, period_of
from drawbar.freight.billing_terms import BillingTerms, InvoicePer, Weekday

CHICAGO = "America/Chicago"
WEEKLY = BillingTerms(per=InvoicePer.WEEK, cut_off="17:00")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def ends(terms: BillingTerms, at: str) -> str:
    return f"{period_of(terms, utc(at), zone_name=CHICAGO).until:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-03-09 14:00", "2026-03-13 22:00"),
        ("2026-03-13 21:59", "2026-03-13 22:00"),
        ("2026-03-13 22:00", "2026-03-20 22:00"),
        ("2026-03-06 22:59", "2026-03-06 23:00"),
    ],
    ids=["monday", "last minute", "at the cut-off", "before summer time"],
)
def test_a_week_ends_on_its_weekday_at_the_wall_clock(at: str, until: str):
    assert ends(WEEKLY, at) == until


def test_the_clock_is_the_customers_where_it_has_one():
    terms = BillingTerms(per=InvoicePer.DAY, cut_off="00:00", zone="Asia/Tokyo")

    assert ends(terms, "2026-03-09 14:00") == "2026-03-09 15:00"


@pytest.mark.parametrize(
    ("day", "at", "until"),
    [
        (31, "2026-02-10 12:00", "2026-03-01 00:00"),
        (31, "2026-04-10 12:00", "2026-04-30 23:00"),
        (20, "2026-04-10 12:00", "2026-04-20 23:00"),
    ],
    ids=["february is short", "april has thirty", "the twentieth"],
)
def test_a_month_ends_on_its_day_or_the_last_there_is(day: int, at: str, until: str):
    assert ends(BillingTerms(per=InvoicePer.MONTH, cut_off_day=day), at) == until


@pytest.mark.parametrize(
    ("at", "until"),
    [("2026-03-02 12:00", "2026-03-15 23:00"), ("2026-03-16 12:00", "2026-03-31 23:00")],
)
def test_a_half_month_ends_on_the_fifteenth_and_on_the_last_day(at: str, until: str):
    assert ends(BillingTerms(per=InvoicePer.HALF_MONTH), at) == until


def test_a_period_that_was_closed_is_never_named_again():
    closed = utc("2026-03-13 22:00")

    late = period_of(WEEKLY, utc("2026-03-10 12:00"), zone_name=CHICAGO, after=closed)

    assert (late.since, late.until) == (closed, utc("2026-03-20 22:00"))


def test_a_customer_invoiced_by_shipment_has_no_period():
    with pytest.raises(NoPeriod):
        period_of(BillingTerms(), utc("2026-03-10 12:00"), zone_name=CHICAGO)


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)),  # noqa: DTZ001 - made aware below
    st.sampled_from([one for one in InvoicePer if one is not InvoicePer.SHIPMENT]),
    st.sampled_from(Weekday),
    st.integers(1, 31),
    st.sampled_from(["00:00", "02:30", "18:00", "23:59"]),
    st.sampled_from([CHICAGO, "Asia/Tokyo", "Europe/London", "Pacific/Apia"]),
)
def test_every_moment_is_in_one_period_and_periods_follow_without_a_gap(
    at, per, weekday, day, cut_off, zone
):
    terms = BillingTerms(
        per=per, cut_off=cut_off, cut_off_weekday=weekday, cut_off_day=day, zone=zone
    )
    moment = at.replace(tzinfo=UTC)

    period = period_of(terms, moment, zone_name=CHICAGO)
    following = period_of(terms, period.until, zone_name=CHICAGO)

    assert period.since <= moment < period.until
    assert following.since == period.until
    assert timedelta(0) < period.until - period.since <= timedelta(days=32)
