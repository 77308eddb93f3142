"""The figures of the first page: SQL and the definitions agree; a day is a day of the firm."""

import secrets
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drawbar.freight.money import total
from drawbar.kpis import today
from drawbar.kpis.exposure import accrual_exposure
from drawbar.kpis.match import MatchRow, touchless_match
from drawbar.records.desk import books
from drawbar.records.desk.today import accruals, bill_rows, first_fact_since
from drawbar.records.queries import statements
from drawbar.web.auth.role import Role
from drawbar.web.desks.figure_days import day_of
from tests.web.a_week import tell_a_week

pytestmark = pytest.mark.system

SQL = statements("kpis")
BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
END = BEGIN + timedelta(days=7)
STATUSES = (
    *("waiting_shipment", "waiting_events", "approved", "short_paid", "stopped"),
    *("duplicate", "rejected", "paid", "recorded"),
)
_few = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def bills(draw):
    """Draw a row of a bill as the flow writes it: what waits is not decided."""
    status = draw(st.sampled_from(STATUSES))
    waits = status.startswith("waiting") or status == "recorded"
    disputes = status in {"short_paid", "stopped"}
    amount = st.decimals("0.01", "9999", places=2)
    return {
        "ref": f"B-{secrets.token_hex(8)}",
        "status": status,
        "billed": draw(amount),
        "disputed": draw(amount) if disputes else None if waits else Decimal(0),
        "decided_at": None if waits else BEGIN + timedelta(hours=draw(st.integers(-24, 200))),
        "touchless": None if waits else status in {"approved", "paid"} and draw(st.booleans()),
    }


@pytest.fixture(scope="module")
def cursor(doors):
    with psycopg.connect(doors.logins.owner_url) as connection, connection.cursor() as cursor:
        yield cursor


def write(cursor, rows):
    cursor.execute("ROLLBACK")
    for row in rows:
        cursor.execute(
            "INSERT INTO freight_bills (ref, version, changed_at, body, status, billed, disputed,"
            " currency, decided_at, recycled, touchless) VALUES (%(ref)s, 1, now(), '', %(status)s,"
            " %(billed)s, %(disputed)s, 'USD', %(decided_at)s, false, %(touchless)s)",
            row,
        )
        cursor.execute(
            "WITH told AS (INSERT INTO facts (key, name, happened_at, learned_at, message_ref,"
            " place, history, body) VALUES (%(ref)s, 'BillReceived', now(), now(), '', '', false,"
            " '') RETURNING fact_id) INSERT INTO fact_streams (fact_id, kind, ref, version, notes)"
            " SELECT fact_id, 'freight_bill', %(ref)s, 1, '{}' FROM told",
            row,
        )


@_few
@given(rows=st.lists(bills(), max_size=12))
def test_touchless_in_sql_is_touchless_by_definition(cursor, rows):
    write(cursor, rows)

    in_sql = cursor.execute(SQL["touchless_share"], {"begin": BEGIN, "end": END}).fetchone()

    decided = [
        row
        for row in bill_rows(cursor, first=0)
        if row.decided_at and BEGIN <= row.decided_at < END
    ]
    share = touchless_match([MatchRow(bill_ref=row.bill_ref, end=row.end) for row in decided])
    assert in_sql == (share.count, share.base)


@_few
@given(rows=st.lists(bills(), max_size=12))
def test_money_held_in_sql_is_money_held_by_definition(cursor, rows):
    write(cursor, rows)

    in_sql = cursor.execute(SQL["money_held"]).fetchall()

    held = today.money_held(bill_rows(cursor, first=0))
    amount = total((entry.money for entry in held), currency="USD").amount
    assert in_sql == ([("USD", len(held), amount)] if held else [])


def test_exposure_is_the_balance_of_the_accrual_account(doors, cursor):
    cursor.execute("ROLLBACK")
    tell_a_week(doors)

    ((currency, balance),) = cursor.execute(SQL["accrual_balance"]).fetchall()

    seen = accrual_exposure([one.row for one in accruals(cursor)], currency=currency)
    assert seen.total.amount == balance > 0
    assert seen.total == seen.disputed + seen.unbilled + seen.provisional


@_few
@given(
    rows=st.lists(
        st.tuples(
            st.integers(-5, 9), st.integers(0, 9), st.booleans(), st.sampled_from(["USD", "CAD"])
        ),
        max_size=6,
    )
)
def test_exposure_in_sql_counts_every_load_and_is_exposure_by_definition(cursor, rows):
    cursor.execute("ROLLBACK")
    for number, (accrued, disputed, provisional, currency) in enumerate(rows):
        asked = [f"S-{number}", accrued, currency, provisional, disputed]
        cursor.execute(
            "INSERT INTO shipments (ref, version, changed_at, body, accrued, accrued_currency,"
            " provisional) VALUES (%s, 1, now(), '', %s, %s, %s)",
            asked[:4],
        )
        cursor.execute(
            "INSERT INTO freight_bills (ref, version, changed_at, body, status, disputed, currency,"
            " shipment_ref) VALUES (%s, 1, now(), '', 'short_paid', %s, %s, %s)",
            [f"B-{number}", disputed, currency, f"S-{number}"],
        )

    seen = books.exposure(cursor)

    listed = [one.row for one in books.accruals(cursor)]
    assert sum(one.loads for one in seen.values()) == len(listed)
    for currency, sums in seen.items():
        alike = [one for one in listed if one.accrued.currency == currency]
        by_definition = accrual_exposure(alike, currency=currency)
        for part in ("total", "disputed", "unbilled", "provisional"):
            assert getattr(sums, part) == getattr(by_definition, part)


def test_no_fact_since_a_time_is_left_out(doors, cursor):
    cursor.execute("ROLLBACK")
    since = datetime(2026, 3, 6, tzinfo=UTC)

    first = first_fact_since(cursor, since)

    left_out = cursor.execute(
        "SELECT count(*) FROM facts WHERE fact_id < %s AND learned_at >= %s", [first, since]
    ).fetchone()
    assert first > 1
    assert left_out == (0,)


def test_a_day_of_the_firm_is_23_hours_when_the_clocks_go_forward():
    begin, end = day_of(date(2026, 3, 8), "America/Chicago")

    assert begin == datetime(2026, 3, 8, 6, tzinfo=UTC)
    assert end - begin == timedelta(hours=23)


def told(doors, name, **asked):
    return doors.client.get(f"/figures/{name}.json", params=asked, headers=doors.key(Role.ADMIN))


def test_a_figure_of_a_day_counts_by_the_clock_of_the_world(doors):
    assert len(told(doors, "delivered", on="2026-03-06").json()["items"]) == 4
    assert told(doors, "delivered").json()["items"] == []


@pytest.mark.parametrize("on", ["2026-02-30", "yesterday"])
def test_a_day_that_is_none_is_refused(doors, on):
    assert told(doors, "delivered", on=on).status_code == 400


def test_a_sheet_has_a_row_for_each_thing_that_counts(doors):
    sheet = doors.get("/figures/bills_received.csv").text.splitlines()

    assert sheet[0].startswith("kind,ref,at")
    assert len(sheet) - 1 == len(told(doors, "bills_received").json()["items"]) > 3


def test_who_may_not_see_money_has_no_figure_of_it(doors):
    for name, status in (("money_held", 404), ("delivered", 200)):
        answer = doors.get(f"/figures/{name}", role=Role.CUSTOMER_SERVICE)
        assert answer.status_code == status
    home = doors.get("/home.json", role=Role.CUSTOMER_SERVICE).json()
    assert {figure["name"] for figure in home["figures"]} >= {"delivered", "pods_missing"}
    assert not {"money_held", "unbilled"} & {figure["name"] for figure in home["figures"]}
