"""Invoices where it hurts: a shared one credited in part, closed months, midnight, said twice.

Globex is owed 2,646.00 for each load, delivered on Wednesday 2026-03-11.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from drawbar.freight.billing_terms import BillingTerms, InvoicePer, Release
from drawbar.freight.invoice import InvoiceKind
from drawbar.freight.ledger import Account, Purpose
from drawbar.freight.period import PeriodClosed
from tests.flow.billing_stage import asked, credited, delivered, firm, invoice_state, invoices
from tests.flow.stage import MONDAY, Stage, usd, when

WEEKLY = BillingTerms(per=InvoicePer.WEEK, cut_off="17:00", zone="America/Chicago")
FRIDAY = datetime(2026, 3, 13, 22, 0, tzinfo=UTC)  # 17:00 in Chicago
APRIL = (datetime(2026, 4, 2, 15, 0, tzinfo=UTC) - MONDAY).total_seconds() / 60


def shared() -> Stage:
    """Return two loads on one invoice: lines 1 and 2 are the first's."""
    stage = firm(WEEKLY, approval_limits={})
    delivered(stage, "1001", "1002")
    stage.pass_time(FRIDAY)
    return stage


def close_march(stage: Stage) -> None:
    at = when(APRIL - 60)
    stage.learn(PeriodClosed(key="closed", period="2026-03", closed_by="M. Ito", **at))


def test_one_load_of_a_shared_invoice_is_credited_and_the_other_stays_as_it_was():
    stage = shared()

    stage.learn(credited((1, "2100.00"), (2, "546.00"), at=9000, rebill=True))

    _, note, anew = invoices(stage)
    assert (note.shipment_refs, note.total) == (("S-1001",), usd("-2646.00"))
    assert (anew.kind, anew.shipment_refs) == (InvoiceKind.REBILL, ("S-1001",))
    assert invoice_state(stage).owed == usd("2646.00")
    assert stage.balance(Account.ACCOUNTS_RECEIVABLE) == Decimal("5292.00")


def test_a_rebill_after_the_month_was_closed_stands_in_the_open_one():
    stage = shared()
    before = stage.balance(Account.FREIGHT_REVENUE)
    close_march(stage)

    stage.learn(credited((1, "2100.00"), (2, "546.00"), at=APRIL, rebill=True))

    moved = [
        one
        for one in stage.entries
        if one.purpose in {Purpose.CREDIT_RELEASED, Purpose.INVOICE_RELEASED}
    ]
    assert {one.booked_on.month for one in moved[2:]} == {4}
    assert {one.booked_on.month for one in moved[:2]} == {3}
    assert stage.balance(Account.FREIGHT_REVENUE) == before
    assert [one.invoiced_on.month for one in invoices(stage)] == [3, 4, 4]


def test_an_invoice_of_a_month_that_is_closed_keeps_its_day_and_is_booked_in_the_open_one():
    stage = firm(BillingTerms(release=Release.BY_HAND), approval_limits={})
    delivered(stage, "1001")
    close_march(stage)

    stage.learn(asked("1001", at=9000))  # learned in March, decided after the close

    (made,) = invoices(stage)
    (entry,) = (one for one in stage.entries if one.purpose is Purpose.INVOICE_RELEASED)
    assert (made.invoiced_on.month, entry.booked_on.month) == (3, 4)
    (sent,) = stage.sent("PostInvoice")
    assert sent.payload.entry.booked_on.month == 4


@pytest.mark.parametrize(
    ("zone", "day"),
    [("America/Los_Angeles", 31), ("America/New_York", 1)],
    ids=["still March there", "April there"],
)
def test_an_invoice_bears_the_day_of_its_customer(zone: str, day: int):
    stage = firm(BillingTerms(release=Release.BY_HAND, zone=zone))
    delivered(stage, "1001")
    midnight = (datetime(2026, 4, 1, 5, 30, tzinfo=UTC) - MONDAY) / timedelta(minutes=1)

    stage.learn(asked("1001", at=midnight))

    assert invoices(stage)[0].invoiced_on.day == day


def test_a_release_that_two_people_and_the_end_of_the_week_ask_for_is_one_invoice():
    stage = firm(WEEKLY)
    delivered(stage, "1001")

    stage.learn(asked("1001", key="one"), asked("1001", key="other"))
    stage.pass_time(FRIDAY + timedelta(days=14))

    (made,) = invoices(stage)
    assert made.number == 1


def test_a_load_that_earns_nothing_is_not_invoiced_and_takes_no_number():
    stage = firm(flat={"1": "0.00", "2": "1985.50"})
    delivered(stage, "1001")

    assert invoices(stage) == []
    assert stage.balance(Account.ACCOUNTS_RECEIVABLE) == 0
