"""What the database itself refuses, whoever asks: the last guard of the books and of the bytes."""

from datetime import UTC, date, datetime
from decimal import Decimal

import psycopg
import pytest

from drawbar.freight.ledger import Account, Entry, EntryLine, Purpose
from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.ledger import Booking, book

pytestmark = pytest.mark.system
T0 = datetime(2026, 11, 23, tzinfo=UTC)


def entry(ref: str, *amounts: str) -> Entry:
    lines = tuple(
        EntryLine(account=Account.FREIGHT_COST, money=Money(Decimal(amount), "USD"))
        for amount in amounts
    )
    return Entry(
        entry_ref=ref,
        purpose=Purpose.COST_ACCRUED,
        about=StreamKey(StreamKind.SHIPMENT, "S-1"),
        shipment_ref="S-1",
        document_on=date(2026, 11, 23),
        lines=lines,
    )


def booked(pool, *entries: Entry) -> None:
    with pool.connection() as connection, connection.cursor(binary=True) as cursor:
        book(cursor, [Booking(one, 1, T0) for one in entries])


def lines(pool, ref: str, *added: tuple[int, str, str]) -> None:
    with pool.connection() as connection, connection.cursor() as cursor:
        values = [part for number, amount, currency in added for part in (number, amount, currency)]
        rows = ", ".join(f"('{ref}', %s, 'freight_cost', %s, %s)" for _ in added)
        cursor.execute(f"INSERT INTO entry_lines VALUES {rows}".encode(), values)


def test_keeps_balanced_entries_many_at_a_time(pool):
    booked(pool, entry("E-1", "10.00", "-10.00"), entry("E-2", "7.00", "-5.00", "-2.00"))

    with pool.connection() as connection:
        total = "SELECT count(*), sum(amount) FROM entry_lines"
        assert connection.execute(total).fetchone() == (5, Decimal(0))


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ([(1, "10.00", "USD"), (2, "-9.99", "USD")], "E-1: debits and credits differ by 0.01 USD"),
        ([(1, "10.00", "USD"), (2, "-10.00", "EUR")], "differ by -10.00 EUR"),
        ([(1, "10.00", "USD")], "differ by 10.00 USD"),
        ([(1, "0.00", "USD"), (2, "0.00", "USD")], "entry_lines_amount_check"),
        ([(1, "NaN", "USD"), (2, "NaN", "USD")], "entry_lines_amount_check"),
    ],
    ids=["a cent too much", "two currencies", "one side only", "zero", "not a number"],
)
def test_refuses_an_entry_that_does_not_balance(pool, added, said):
    with pool.connection() as connection:
        connection.execute(
            "INSERT INTO entries (entry_ref, purpose, about_kind, about_ref, shipment_ref,"
            " document_on, reverses, text, fact_id, booked_at)"
            " VALUES ('E-1', '', '', '', '', now(), '', '', 1, now())"
        )
    with pytest.raises(psycopg.errors.CheckViolation, match=said):
        lines(pool, "E-1", *added)


def test_refuses_lines_added_to_an_entry_afterwards_even_if_they_balance(pool):
    booked(pool, entry("E-1", "10.00", "-10.00"))

    with pytest.raises(psycopg.errors.CheckViolation, match="E-1 was complete already"):
        lines(pool, "E-1", (3, "1.00", "USD"), (4, "-1.00", "USD"))


def test_refuses_lines_without_an_entry(pool):
    with pytest.raises(psycopg.errors.CheckViolation, match="E-9 has no entry"):
        lines(pool, "E-9", (1, "1.00", "USD"), (2, "-1.00", "USD"))


def test_refuses_an_entry_that_was_booked_before(pool):
    booked(pool, entry("E-1", "10.00", "-10.00"))

    with pytest.raises(psycopg.errors.UniqueViolation):
        booked(pool, entry("E-1", "10.00", "-10.00"))


@pytest.mark.parametrize("change", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0}"])
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("entries", "text"),
        ("entry_lines", "amount"),
        ("facts", "body"),
        ("fact_streams", "notes"),
    ],
)
def test_s10_what_is_written_once_is_never_changed_not_even_by_the_owner(
    pool, logins, change, table, column
):
    booked(pool, entry("E-1", "10.00", "-10.00"))
    statement = change.format(table, column).encode()

    with (
        psycopg.connect(logins.owner_url) as owner,
        pytest.raises(psycopg.errors.RestrictViolation, match="kept as they were written"),
    ):
        owner.execute(statement)
    with pool.connection() as connection, pytest.raises(psycopg.Error):
        connection.execute(statement)


def test_the_request_role_reads_and_writes_nothing(logins):
    with psycopg.connect(logins.request_url, autocommit=True) as request:
        assert request.execute("SELECT count(*) FROM shipments").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            request.execute("INSERT INTO number_series VALUES ('x', 1, now(), '')")
