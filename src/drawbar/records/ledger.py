"""The ledger on file: entries appended once, balanced, never changed, in an open period."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from drawbar.freight.ledger import Entry
from drawbar.records.sheet import Rows, Sheet, aside

_ENTRIES = Sheet(
    "entries",
    {
        "entry_ref": "text",
        "purpose": "text",
        "about_kind": "text",
        "about_ref": "text",
        "shipment_ref": "text",
        "document_on": "date",
        "posted_on": "date",
        "reverses": "text",
        "text": "text",
        "fact_id": "int8",
        "booked_at": "timestamptz",
    },
)
_LINES = Sheet(
    "entry_lines",
    {
        "entry_ref": "text",
        "number": "int4",
        "account": "text",
        "amount": "numeric",
        "currency": "text",
        "cost_centre": "text",
    },
)

_LAST_CLOSED = b"SELECT max(ends_on) FROM periods WHERE status = 'closed'"


class Booking(Struct, frozen=True):
    """An entry, the number of the fact that it follows from, and when that was learned."""

    entry: Entry
    fact_id: int
    booked_at: datetime


def book(cursor: Rows, bookings: Sequence[Booking]) -> None:
    """Append entries. The database refuses one that does not balance, or that was booked before."""
    _ENTRIES.append(
        cursor,
        (
            (
                booking.entry.entry_ref,
                booking.entry.purpose,
                booking.entry.about.kind,
                booking.entry.about.ref,
                booking.entry.shipment_ref,
                booking.entry.document_on,
                booking.entry.booked_on,
                booking.entry.reverses,
                booking.entry.text,
                booking.fact_id,
                booking.booked_at,
            )
            for booking in bookings
        ),
    )
    _LINES.append(
        cursor,
        (
            (
                booking.entry.entry_ref,
                number,
                line.account,
                line.money.amount,
                line.money.currency,
                line.cost_centre,
            )
            for booking in bookings
            for number, line in enumerate(booking.entry.lines, start=1)
        ),
    )


def ask_open_from(cursor: Rows) -> Callable[[], date | None]:
    """Ask for the first day whose period is open; return what reads it, None if all ever were."""
    asked = aside(cursor).execute(_LAST_CLOSED)

    def read() -> date | None:
        row = asked.fetchone()
        assert row is not None
        (closed_to,) = row
        return closed_to + timedelta(days=1) if closed_to else None

    return read
