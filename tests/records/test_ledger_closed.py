"""The last guards of the books: closed periods and posted entries, in whatever role."""

import threading
from datetime import UTC, date, datetime
from decimal import Decimal

import psycopg
import pytest

from drawbar.freight.ledger import Account, Entry, EntryLine, Purpose
from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.ledger import Booking, ask_open_from, book

pytestmark = pytest.mark.system
T0 = datetime(2026, 4, 10, tzinfo=UTC)


def entry(ref: str, document_on: date, posted_on: date | None = None) -> Entry:
    money = Money(Decimal("10.00"), "USD")
    return Entry(
        entry_ref=ref,
        purpose=Purpose.COST_ACCRUED,
        about=StreamKey(StreamKind.SHIPMENT, "S-1"),
        shipment_ref="S-1",
        document_on=document_on,
        posted_on=posted_on,
        lines=(
            EntryLine(account=Account.FREIGHT_COST, money=money, cost_centre="north"),
            EntryLine(account=Account.FREIGHT_ACCRUED, money=-money),
        ),
    )


def booked(pool, *entries: Entry) -> None:
    with pool.connection() as connection, connection.cursor(binary=True) as cursor:
        book(cursor, [Booking(one, 1, T0) for one in entries])


CLOSE = (
    "INSERT INTO periods (ref, version, changed_at, body, status, ends_on)"
    " VALUES ('2026-03', 1, now(), '', 'closed', '2026-03-31')"
)


def close_march(pool) -> None:
    with pool.connection() as connection:
        connection.execute(CLOSE)


def test_refuses_an_entry_in_a_closed_period_and_takes_it_in_the_open_one(pool):
    close_march(pool)

    with pytest.raises(psycopg.errors.CheckViolation, match="closed to 2026-03-31: E-1 is posted"):
        booked(pool, entry("E-1", date(2026, 3, 31)))
    booked(pool, entry("E-1", date(2026, 3, 31), date(2026, 4, 1)), entry("E-2", date(2026, 4, 2)))

    with pool.connection() as connection:
        rows = connection.execute(
            "SELECT document_on, posted_on FROM entries ORDER BY 1"
        ).fetchall()
    assert rows == [(date(2026, 3, 31), date(2026, 4, 1)), (date(2026, 4, 2), date(2026, 4, 2))]


def test_the_first_open_day_follows_the_last_closed_period(pool):
    with pool.connection() as connection, connection.cursor(binary=True) as cursor:
        assert ask_open_from(cursor)() is None
    close_march(pool)

    with pool.connection() as connection, connection.cursor(binary=True) as cursor:
        assert ask_open_from(cursor)() == date(2026, 4, 1)


def test_a_close_waits_for_who_is_booking_and_nobody_slips_in_after_it(pool):
    done = threading.Event()

    def close() -> None:
        close_march(pool)
        done.set()

    with pool.connection() as connection, connection.cursor(binary=True) as cursor:
        book(cursor, [Booking(entry("E-1", date(2026, 3, 30)), 1, T0)])
        closer = threading.Thread(target=close)
        closer.start()
        assert not done.wait(0.5)
    closer.join(10)

    assert done.is_set()
    with pytest.raises(psycopg.errors.CheckViolation):
        booked(pool, entry("E-2", date(2026, 3, 30)))


def test_a_period_is_never_removed(pool):
    close_march(pool)

    with pool.connection() as connection, pytest.raises(psycopg.errors.RestrictViolation):
        connection.execute("DELETE FROM periods")


def test_an_older_program_that_names_no_posting_day_posts_as_dated(pool):
    with pool.connection() as connection:
        connection.execute(
            "INSERT INTO entries (entry_ref, purpose, about_kind, about_ref, shipment_ref,"
            " document_on, reverses, text, fact_id, booked_at)"
            " VALUES ('E-1', '', '', '', '', '2026-03-30', '', '', 1, now())"
        )
        (posted_on,) = connection.execute("SELECT posted_on FROM entries").fetchone()

    assert posted_on == date(2026, 3, 30)


CHANGES = [
    "UPDATE entries SET text = 'other'",
    "UPDATE entry_lines SET amount = amount * 2",
    "DELETE FROM entries",
    "DELETE FROM entry_lines",
    "TRUNCATE entries",
    "TRUNCATE entry_lines",
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("role", ["owner_url", "engine_url", "request_url"])
def test_s10_a_posted_entry_is_not_changed_by_anybody(pool, logins, role, change):
    booked(pool, entry("E-1", date(2026, 4, 2)))
    refused = (psycopg.errors.RestrictViolation, psycopg.errors.InsufficientPrivilege)

    with psycopg.connect(getattr(logins, role)) as connection, pytest.raises(refused):
        connection.execute(change.encode())

    with pool.connection() as connection:
        rows = connection.execute("SELECT amount, cost_centre FROM entry_lines ORDER BY 1 DESC")
        assert rows.fetchall() == [(Decimal("10.00"), "north"), (Decimal("-10.00"), "")]


def test_s10_a_correction_is_a_new_entry_that_names_the_one_it_corrects(pool):
    booked(pool, entry("E-1", date(2026, 4, 2)))
    with pytest.raises(psycopg.errors.UniqueViolation):
        booked(pool, entry("E-1", date(2026, 4, 3)))

    with pool.connection() as connection:
        assert connection.execute("SELECT count(*) FROM entries").fetchone() == (1,)
