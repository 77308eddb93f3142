"""What blocks a month: only what was earned in it or earlier, and only what is open by now."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from drawbar.records.desk.books import counted

pytestmark = pytest.mark.system
FEBRUARY, MARCH = date(2026, 2, 28), date(2026, 3, 31)


def earn(cursor, ref: str, *amounts: str, on: date) -> None:
    """Book what a shipment earned, and with further amounts what of it was invoiced."""
    for number, amount in enumerate(amounts):
        entry = f"shipment:{ref}:test:{number}"
        cursor.execute(
            "INSERT INTO entries (entry_ref, purpose, about_kind, about_ref, shipment_ref,"
            " document_on, posted_on, reverses, text, fact_id, booked_at) VALUES"
            " (%s, 'revenue_accrued', 'shipment', %s, %s, %s, %s, '', '', 0, now())",
            (entry, ref, ref, on, on),
        )
        cursor.execute(
            "INSERT INTO entry_lines (entry_ref, number, account, amount, currency) VALUES"
            " (%(e)s, 1, 'unbilled_receivable', %(a)s, 'USD'),"
            " (%(e)s, 2, 'freight_revenue', -%(a)s, 'USD')",
            {"e": entry, "a": Decimal(amount)},
        )


def unbilled(cursor, ends_on: date):
    before = datetime(ends_on.year, ends_on.month + 1, 1, 6, tzinfo=UTC)
    return counted(cursor, "unbilled", before=before, ends_on=ends_on)


def test_only_what_a_month_earned_and_nobody_invoiced_blocks_it(pool):
    with pool.connection() as connection, connection.cursor() as cursor:
        earn_and_invoice(cursor)
        of_february, of_march = unbilled(cursor, FEBRUARY), unbilled(cursor, MARCH)

    assert (of_february.count, str(of_february.money[0])) == (1, "100.00 USD")
    assert (of_march.count, str(of_march.money[0])) == (2, "125.00 USD")


def earn_and_invoice(cursor) -> None:
    earn(cursor, "S-1", "100.00", on=FEBRUARY)
    earn(cursor, "S-2", "250.00", "-250.00", on=FEBRUARY)
    earn(cursor, "S-3", "40.00", "-15.00", on=date(2026, 3, 1))
