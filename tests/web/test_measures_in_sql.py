"""Measures of bills, of customers' debts and of closed months: SQL and the definitions agree."""

import secrets
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drawbar.freight.ledger import RESULT
from drawbar.freight.money import Money
from drawbar.kpis.close import CloseRow, days_to_close, margin_restatement
from drawbar.kpis.receivable import ReceivableRow, days_sales_outstanding
from drawbar.records.desk.kpi_rows import BY_HAND, cohort
from drawbar.records.desk.measure import MEASURES, reading
from drawbar.records.desk.measured_books import closes, receivables
from drawbar.records.desk.reads import open_reads
from drawbar.records.queries import statements
from tests.web.a_week import tell_a_week

pytestmark = pytest.mark.system

SQL = statements("kpis")
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
BEGIN, END = datetime(2026, 3, 1, 6, tzinfo=UTC), datetime(2026, 4, 1, 5, tzinfo=UTC)
FIRM = SimpleNamespace(zone="America/Chicago", currency="USD", customers={})
_few = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
days = st.dates(date(2026, 1, 15), date(2026, 5, 10))
amounts = st.decimals("0.01", "9999", places=2)


def usd(amount) -> Money:
    return Money(Decimal(amount), "USD")


@pytest.fixture(scope="module")
def cursor(doors):
    with psycopg.connect(doors.logins.owner_url) as connection, connection.cursor() as cursor:
        yield cursor


def book(cursor, about, on, lines, *, purpose="", kind="customer_invoice", **more):
    """Write a balanced entry of these amounts by account; the rest is on an account of no one."""
    ref = secrets.token_hex(8)
    head = {"posted_on": on, "booked_at": datetime(2026, 1, 1, tzinfo=UTC)} | more
    cursor.execute(
        "INSERT INTO entries (entry_ref, purpose, about_kind, about_ref, shipment_ref, document_on,"
        " posted_on, reverses, text, fact_id, booked_at)"
        " VALUES (%s, %s, %s, %s, '', %s, %s, '', '', 1, %s)",
        [ref, purpose, kind, about, on, head["posted_on"], head["booked_at"]],
    )
    sides = {**lines, "bank_clearing": -sum(lines.values())}
    told = [(account, amount) for account, amount in sides.items() if amount]
    cursor.execute(
        "INSERT INTO entry_lines (entry_ref, number, account, amount, currency) SELECT %s, n, a, m,"
        " 'USD' FROM unnest(%s::int[], %s::text[], %s::numeric[]) AS told (n, a, m)",
        [ref, list(range(len(told))), [one[0] for one in told], [one[1] for one in told]],
    )


def write_document(cursor, ref, on, amount, *, left, taken_from=None):
    kind = "credit_note" if taken_from else "invoice"
    cursor.execute(
        "INSERT INTO customer_invoices (ref, version, changed_at, body, status, customer_ref, kind,"
        " invoiced_on, total, open, currency, series, number, credits)"
        " VALUES (%s, 1, now(), '', 'released', 'GLOBEX', %s, %s, %s, %s, 'USD', %s, 1, %s)",
        [ref, kind, on, amount, left, ref, taken_from],
    )
    purpose = "credit_released" if taken_from else "invoice_released"
    book(cursor, ref, on, {"accounts_receivable": amount}, purpose=purpose)


@st.composite
def invoices(draw):
    """Draw an invoice with credit notes and payments after it, at times more than it asks for."""
    amount, on = draw(amounts), draw(days)
    later = st.integers(0, 60).map(lambda days: on + timedelta(days=days))
    parts = st.lists(st.tuples(later, st.decimals("0.01", "3000", places=2)), max_size=3)
    return amount, on, draw(parts), draw(parts)


def write_invoice(cursor, drawn):
    """Write it, and return the rows that the definition takes: by hand, from what was drawn."""
    amount, on, credited, paid = drawn
    ref = f"I-{secrets.token_hex(6)}"
    left = amount - sum(part for _, part in credited) - sum(part for _, part in paid)
    write_document(cursor, ref, on, amount, left=max(left, Decimal(0)))
    for day, part in paid:
        book(cursor, ref, day, {"accounts_receivable": -part}, purpose="invoice_paid")
    notes = []
    for place, (day, part) in enumerate(credited):
        write_document(cursor, f"{ref}-{place}", day, -part, left=Decimal(0), taken_from=ref)
        notes.append((day, -part, Decimal(0)))
    then = amount - sum(part for day, part in (*credited, *paid) if day <= LAST)
    return [
        ReceivableRow(invoice_ref=ref, invoiced_on=day, total=usd(whole), open=usd(owed))
        for day, whole, owed in [(on, amount, max(then, Decimal(0))), *notes]
    ]


@_few
@given(drawn=st.lists(invoices(), max_size=6))
def test_days_of_sales_are_of_what_was_open_then(cursor, drawn):
    cursor.execute("ROLLBACK")
    rows = [row for one in drawn for row in write_invoice(cursor, one)]
    asked = {"first": FIRST, "last": LAST, "currency": "USD"}

    wanted = days_sales_outstanding(rows, **asked)

    read = [one.row for one in receivables(cursor, FIRM, FIRST, LAST)]
    in_sql = cursor.execute(SQL["sales_days"], asked).fetchall()
    assert days_sales_outstanding(read, **asked) == wanted
    assert in_sql == ([] if wanted is None else [(wanted,)])


def test_what_was_paid_before_the_period_is_not_even_read(cursor):
    cursor.execute("ROLLBACK")
    write_invoice(cursor, (Decimal(100), date(2026, 1, 20), [], [(date(2026, 2, 3), Decimal(100))]))
    write_invoice(cursor, (Decimal(70), date(2026, 1, 21), [], [(date(2026, 4, 3), Decimal(70))]))

    (late,) = receivables(cursor, FIRM, FIRST, LAST)

    assert late.row.open == usd(70)


MONTHS = (date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1))
bookings = st.tuples(
    st.sampled_from(MONTHS),  # the document's month
    st.sampled_from(MONTHS),  # the month of the books
    st.integers(-80, 80),  # booked so many days from the first close
    st.decimals("-5000", "5000", places=2),
)


@_few
@given(
    told=st.lists(bookings, max_size=12),
    delays=st.tuples(*(st.integers(1, 40) for _ in MONTHS)),
    reopened=st.booleans(),
)
def test_a_closed_month_is_restated_by_what_came_later(cursor, told, delays, reopened):
    cursor.execute("ROLLBACK")
    first_closed = {}
    for first, delay in zip(MONTHS, delays, strict=True):
        first_closed[first] = datetime(2026, 3, 2, 18, tzinfo=UTC) + timedelta(hours=delay)
    for document, posted, after, amount in told:
        if amount:
            at = first_closed[posted] + timedelta(days=after)
            lines = {"freight_cost": -amount}
            book(cursor, "S-1", document, lines, kind="shipment", posted_on=posted, booked_at=at)
    for first, closed in first_closed.items():
        last = closed + timedelta(days=3 if reopened else 0)
        ends = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        cursor.execute(
            "INSERT INTO periods (ref, version, changed_at, body, status, ends_on, closed_by,"
            " closed_at, first_closed_at) VALUES (%s, 1, now(), '', 'closed', %s, 'ann', %s, %s)",
            [f"{first:%Y-%m}", ends, last, closed],
        )

    rows = [one.row for one in closes(cursor, FIRM, BEGIN, END)]

    assert [row.period for row in rows] == [f"{first:%Y-%m}" for first in MONTHS]
    for row, first in zip(rows, MONTHS, strict=True):
        assert row.final.amount == sum(a for d, _, _, a in told if d == first)
        assert row.reported.amount == sum(a for _, p, n, a in told if p == first and n <= 0)
    assert_close_in_sql(cursor, rows)


def assert_close_in_sql(cursor, rows: list[CloseRow]):
    asked = {"begin": BEGIN, "end": END, "zone": FIRM.zone, "currency": "USD"}
    asked["result"] = sorted(RESULT)
    days = days_to_close(rows)
    assert cursor.execute(SQL["closing_days"], asked).fetchone() == (days.base, days.value)
    (restated,) = cursor.execute(SQL["margin_put_right"], asked).fetchone() or (None,)
    assert restated == margin_restatement(rows, currency="USD")


STATUSES = (
    *("waiting_shipment", "waiting_events", "approved", "short_paid", "stopped"),
    *("duplicate", "rejected", "paid", "recorded"),
)


@st.composite
def bills(draw):
    """Draw a bill in any state, with when it came, was decided and was paid."""
    came = BEGIN + timedelta(seconds=draw(st.integers(-90_000, 2_800_000)))
    status = draw(st.sampled_from(STATUSES))
    waits = status.startswith("waiting") or status == "recorded"
    decided = None if waits else came + timedelta(microseconds=draw(st.integers(0, 10**12)))
    return {
        "ref": f"B-{secrets.token_hex(8)}",
        "status": status,
        "decided_at": decided,
        "recycled": draw(st.sampled_from([None, True, False])),
        "touchless": None if waits else draw(st.booleans()),
        "disputed": draw(st.sampled_from([None, Decimal(0), Decimal("12.50")])),
        "facts": [(came, "BillReceived"), (came + timedelta(hours=9), "BillAssigned")],
        "paid": came + timedelta(seconds=draw(st.integers(40_000, 9_000_000))),
    }


def write_bill(cursor, bill):
    cursor.execute(
        "INSERT INTO freight_bills (ref, version, changed_at, body, status, decided_at, recycled,"
        " touchless, disputed, currency) VALUES (%(ref)s, 1, now(), '', %(status)s, %(decided_at)s,"
        " %(recycled)s, %(touchless)s, %(disputed)s, 'USD')",
        bill,
    )
    for at, name in (*bill["facts"], (bill["paid"], "VoucherPaid")):
        told = {"key": secrets.token_hex(8), "name": name, "at": at, "ref": bill["ref"]}
        cursor.execute(
            "WITH told AS (INSERT INTO facts (key, name, happened_at, learned_at, message_ref,"
            " place, history, body) VALUES (%(key)s, %(name)s, %(at)s, %(at)s, '', '', false, '')"
            " RETURNING fact_id) INSERT INTO fact_streams (fact_id, kind, ref, version, notes)"
            " SELECT fact_id, 'freight_bill', %(ref)s, 1, '{}' FROM told",
            told,
        )


def measured(cursor, doors):
    """Return what each measure comes to over the period, by its rows."""
    with open_reads(doors.logins.request_url) as reads:  # remembers nothing of another example
        firm = doors.settings.company
        seen = cohort(cursor, reads, firm, period=(BEGIN, END), now=END)
    return {name: reading(one, list(one.rows(seen)), seen, "USD") for name, one in MEASURES.items()}


@_few
@given(drawn=st.lists(bills(), max_size=10))
def test_measures_of_bills_in_sql_are_those_by_definition(cursor, doors, drawn):
    cursor.execute("ROLLBACK")
    for bill in drawn:
        write_bill(cursor, bill)
    asked = {"begin": BEGIN, "end": END}

    came, owed, first, untouched, people, twice, decided, right, contested = cursor.execute(
        SQL["bills_by_end"], asked
    ).fetchone()
    hours = cursor.execute(SQL["hours_of_bills"], asked).fetchone()

    found = measured(cursor, doors)
    for name, part, whole in (
        ("first_pass_match", first, owed),
        ("touchless_match", untouched, owed),
        ("exception_rate", people, owed),
        ("duplicate_rate", twice, came),
        ("billing_accuracy", right, decided),
        ("dispute_rate", contested, decided),
    ):
        assert (len(found[name].counting), found[name].base) == (part, whole), name
    cycle, payment = found["invoice_cycle_time"], found["bill_to_payment"]
    told = [(one.base, one.value) for one in (cycle, payment)]
    assert told == [(hours[0], worded(hours[1])), (hours[2], worded(hours[3]))]


def worded(figure) -> str:
    return "" if figure is None else f"{figure}"


def test_measures_of_a_week_of_loads_in_sql_are_those_by_definition(cursor, doors):
    cursor.execute("ROLLBACK")
    tell_a_week(doors)
    asked = {"begin": BEGIN, "end": END, "currency": "USD", "by_hand": [*BY_HAND]}
    asked["result"] = sorted(RESULT)

    found = measured(cursor, doors)

    (margin,) = cursor.execute(SQL["margin_of_loads"], asked).fetchone()
    (leaked,) = cursor.execute(SQL["money_leaked"], asked).fetchone()
    loads, untouched, touches = cursor.execute(SQL["touches_by_load"], asked).fetchone()
    assert found["margin"].value == f"{margin}"
    assert Decimal(found["margin_leak"].value) == leaked
    assert found["manual_touches"].value == f"{touches}"
    assert (len(found["untouched"].counting), found["untouched"].base) == (untouched, loads)
    assert loads == 7
