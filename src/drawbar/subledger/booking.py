"""The head of an entry: what it books, for which shipment, when, and its place in the series."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from drawbar.freight.ledger import Account, Entry, EntryLine, Purpose
from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKey


class Booking(Struct, frozen=True, kw_only=True):
    """What the caller knows of an entry. ``revision`` counts the bookings ``about`` one stream.

    The same ``about``, purpose and revision always make the same entry_ref.
    """

    about: StreamKey
    shipment_ref: str
    document_on: date
    revision: int
    text: str = ""


def entry(
    booking: Booking, purpose: Purpose, amounts: Mapping[Account, Money], *, corrects: str = ""
) -> tuple[Entry, ...]:
    """Return the entry over ``amounts``, debits above zero; none where every amount is zero.

    ``corrects`` is the entry_ref that it adjusts or reverses. Raise ``UnbalancedEntry``.
    """
    lines = tuple(
        EntryLine(account=account, money=money)
        for account, money in amounts.items()
        if money.amount
    )
    if not lines:
        return ()
    made = Entry(
        entry_ref=entry_ref(booking, purpose),
        purpose=purpose,
        about=booking.about,
        shipment_ref=booking.shipment_ref,
        document_on=booking.document_on,
        lines=lines,
        reverses=corrects,
        text=booking.text,
    )
    return (made,)


def entry_ref(booking: Booking, purpose: Purpose) -> str:
    """Return the entry's name: "shipment:S-1001:cost_accrued:1". # stored."""
    about = booking.about
    return f"{about.kind.value}:{about.ref}:{purpose.value}:{booking.revision}"
