"""How well shipments are carried. Everything is due at noon."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from drawbar.kpis.service import (
    ArrivalRow,
    LineRow,
    ProofRow,
    StatusRow,
    cases_on_time_in_full,
    delivery_to_invoice,
    on_time,
    on_time_in_full,
    pod_lag,
    status_completeness,
    status_compliance,
    status_timeliness,
)
from drawbar.kpis.share import Middle

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def after(minutes: int | None) -> datetime | None:
    return None if minutes is None else NOON + timedelta(minutes=minutes)


def arrival(minutes: int | None) -> ArrivalRow:
    return ArrivalRow(ref=str(minutes), due_at=NOON, arrived_at=after(minutes))


def status(minutes: int | None) -> StatusRow:
    return StatusRow(ref=str(minutes), due_at=NOON, reported_at=after(minutes))


def line(ref: str, ordered: int, received: int, *, on_time: bool = True) -> LineRow:
    return LineRow(order_ref=ref, ordered=ordered, received=received, on_time=on_time)


@pytest.mark.parametrize(
    ("minutes", "good"), [(-60, 1), (0, 1), (30, 1), (31, 0), (None, 0)], ids=str
)
def test_on_time_is_no_later_than_due_plus_the_grace(minutes, good):
    assert on_time([arrival(minutes)], grace_minutes=30).count == good


def test_an_arrival_that_nobody_reported_counts_against_us():
    assert on_time([arrival(0), arrival(None)], grace_minutes=0).percent == Decimal("50.00")


def test_one_short_line_spoils_an_order_and_too_many_of_another_do_not_help():
    rows = [line("A", 10, 9), line("A", 10, 11), line("B", 5, 6)]

    assert on_time_in_full(rows).refs == ("B",)
    assert on_time_in_full(rows).percent == Decimal("50.00")
    assert cases_on_time_in_full(rows).percent == Decimal("96.00")


def test_what_came_late_did_not_come_in_full():
    rows = [line("A", 10, 10, on_time=False)]

    assert on_time_in_full(rows).count == 0
    assert cases_on_time_in_full(rows).count == 0


def test_completeness_timeliness_and_compliance_have_their_own_bases():
    rows = [status(-5), status(0), status(1), status(None)]

    assert status_completeness(rows).percent == Decimal("75.00")
    assert status_timeliness(rows).percent == Decimal("66.67")
    assert status_compliance(rows).percent == Decimal("50.00")


def test_the_lag_is_the_median_of_what_there_is():
    rows = [
        ProofRow(shipment_ref=str(hours), delivered_at=NOON, proof_at=NOON + timedelta(hours=hours))
        for hours in (1, 3, 500)
    ]

    assert pod_lag(rows) == Middle(value=Decimal("3.00"), base=3)
    assert pod_lag(rows[:2]) == Middle(value=Decimal("2.00"), base=2)
    assert delivery_to_invoice(rows) == Middle(value=None, base=0)


def test_an_invoice_follows_its_delivery_after_so_many_hours():
    row = ProofRow(shipment_ref="S-1", delivered_at=NOON, invoiced_at=NOON + timedelta(minutes=90))

    assert delivery_to_invoice([row]) == Middle(value=Decimal("1.50"), base=1)
