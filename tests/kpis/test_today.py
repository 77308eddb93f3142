"""The day in numbers: which loads and bills count, on which day, and what is held."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.money import Money
from drawbar.kpis import today
from drawbar.kpis.match import BillEnd, MatchRow, ended, touchless_match
from drawbar.kpis.service import ArrivalRow, on_time
from drawbar.kpis.today import BillRow, LoadRow

NOON = datetime(2026, 3, 7, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def load(ref="S-1", **told):
    return LoadRow(shipment_ref=ref, **{"released_at": NOON} | told)


def bill(ref="B-1", end=BillEnd.APPROVED, **told):
    return BillRow(bill_ref=ref, end=end, **{"received_at": NOON, "decided_at": NOON} | told)


def refs(entries):
    return [entry.ref for entry in entries]


def test_a_load_counts_for_each_step_that_it_took():
    moved = load(accepted_at=NOON, picked_up_at=NOON + HOUR)

    assert refs(today.orders_released([moved])) == ["S-1"]
    assert refs(today.dispatched([moved])) == ["S-1"]
    assert today.picked_up([moved])[0].at == NOON + HOUR
    assert today.delivered([moved]) == ()


def test_a_period_begins_with_its_first_instant_and_ends_before_its_last():
    entries = today.orders_released([load("S-1"), load("S-2", released_at=NOON + HOUR)])

    assert refs(today.within(entries, NOON, NOON + HOUR)) == ["S-1"]


def test_a_proof_is_missing_only_of_what_was_delivered():
    rows = [
        load("S-1", delivered_at=NOON),
        load("S-2", delivered_at=NOON, proof_at=NOON),
        load("S-3"),
    ]

    assert refs(today.pods_missing(rows)) == ["S-1"]


def test_a_delivered_load_is_unbilled_until_it_has_an_invoice():
    owed = Money(Decimal("2646.00"), "USD")
    rows = [
        load("S-1", delivered_at=NOON, to_invoice=owed),
        load("S-2", delivered_at=NOON, to_invoice=owed, is_invoiced=True),
    ]

    assert [(entry.ref, entry.money) for entry in today.unbilled(rows)] == [("S-1", owed)]


@pytest.mark.parametrize(
    ("status", "is_touchless", "end"),
    [
        ("approved", True, BillEnd.APPROVED),
        ("paid", False, BillEnd.EXCEPTION),
        ("stopped", False, BillEnd.EXCEPTION),
        ("duplicate", False, BillEnd.DUPLICATE),
        ("rejected", False, BillEnd.REFUSED),
        ("waiting_events", None, BillEnd.WAITING),
    ],
)
def test_where_a_bill_stands_says_how_it_ended(status, is_touchless, end):
    assert ended(status, is_touchless=is_touchless) is end


def test_what_waits_was_never_touchless():
    assert today.bills_touchless([bill(end=BillEnd.WAITING, decided_at=None)]) == ()


def arrivals():
    minutes = st.one_of(st.none(), st.integers(-90, 90))
    return st.lists(minutes, max_size=12)


@given(arrivals())
def test_on_time_is_the_same_share_as_the_kpi_says(arrived):
    rows = [
        ArrivalRow(
            ref=f"S-{number}",
            due_at=NOON,
            arrived_at=None if late is None else NOON + timedelta(minutes=late),
        )
        for number, late in enumerate(arrived)
    ]
    entries = today.arrivals_on_time(
        [load(row.ref, deliveries=(row,)) for row in rows], now=NOON + HOUR
    )

    share = on_time(rows, grace_minutes=today.ON_TIME_GRACE_MINUTES)
    assert (sum(entry.counts for entry in entries), len(entries)) == (share.count, share.base)


@given(st.lists(st.sampled_from(BillEnd), max_size=12))
def test_touchless_is_the_same_share_as_the_kpi_says(ends):
    rows = [bill(f"B-{number}", end) for number, end in enumerate(ends)]
    entries = today.bills_touchless(rows)

    share = touchless_match([MatchRow(bill_ref=row.bill_ref, end=row.end) for row in rows])
    assert (sum(entry.counts for entry in entries), len(entries)) == (share.count, share.base)


@given(st.lists(st.one_of(st.none(), st.decimals("0.01", "9999", places=2)), max_size=8))
def test_nothing_held_is_lost_and_nothing_is_held_twice(amounts):
    rows = [
        bill(f"B-{number}", held=None if amount is None else Money(amount, "USD"))
        for number, amount in enumerate(amounts)
    ]

    held = sum(entry.money.amount for entry in today.money_held(rows))
    assert held == sum(amount for amount in amounts if amount is not None)
