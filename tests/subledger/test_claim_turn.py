"""Each turn of a claim in the books: 290.00 USD, owed from the carrier's word on, S-1001."""

from datetime import date
from decimal import Decimal

import pytest

from drawbar.freight.claim import ClaimKind
from drawbar.freight.ledger import Account, Entry, EntryLine, Purpose
from drawbar.freight.money import MixedCurrencies, Money
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.subledger.booking import Booking
from drawbar.subledger.claim import Turn, book_claim

A, CARGO, OVERCHARGE = Account, ClaimKind.CARGO, ClaimKind.OVERCHARGE
CLAIM = StreamKey(StreamKind.CLAIM, "CC-S-1001")
BOOKING = Booking(about=CLAIM, shipment_ref="S-1001", document_on=date(2026, 4, 1), revision=2)


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def turn(before: str, after: str, *, lost: str = "", **came: str) -> Turn:
    back = {Account(name): usd(amount) for name, amount in came.items()}
    gone = usd(lost) if lost else None
    return Turn(before=usd(before), after=usd(after), came=back, lost=gone)


def booked(purpose: Purpose, **sides: str) -> Entry:
    return Entry(
        entry_ref=f"claim:CC-S-1001:{purpose.value}:2",
        purpose=purpose,
        about=CLAIM,
        shipment_ref="S-1001",
        document_on=date(2026, 4, 1),
        lines=tuple(
            EntryLine(account=Account(name), money=usd(amount)) for name, amount in sides.items()
        ),
    )


ACCEPTED, COLLECTED = Purpose.CLAIM_ACCEPTED, Purpose.CLAIM_COLLECTED
WRITTEN_OFF = Purpose.CLAIM_WRITTEN_OFF


@pytest.mark.parametrize(
    ("kind", "told", "entry"),
    [
        (
            CARGO, turn("0.00", "290.00"),
            booked(ACCEPTED, claims_receivable="290.00", claims_recovered="-290.00"),
        ),
        (
            OVERCHARGE, turn("0.00", "290.00"),
            booked(ACCEPTED, claims_receivable="290.00", freight_variance="-290.00"),
        ),
        (
            CARGO, turn("290.00", "200.00", bank_clearing="90.00"),
            booked(COLLECTED, claims_receivable="-90.00", bank_clearing="90.00"),
        ),
        (
            CARGO, turn("0.00", "0.00", credits_netted="50.00"),
            booked(COLLECTED, credits_netted="50.00", claims_recovered="-50.00"),
        ),
        (
            OVERCHARGE, turn("100.00", "0.00", credits_netted="150.00"),
            booked(
                COLLECTED, claims_receivable="-100.00", credits_netted="150.00",
                freight_variance="-50.00",
            ),
        ),
        (
            CARGO, turn("290.00", "0.00", lost="290.00"),
            booked(WRITTEN_OFF, claims_receivable="-290.00", written_off="290.00"),
        ),
        (
            CARGO, turn("290.00", "0.00", lost="90.00", bank_clearing="200.00"),
            booked(
                WRITTEN_OFF, claims_receivable="-290.00", written_off="90.00",
                bank_clearing="200.00",
            ),
        ),
    ],
    ids=[
        "accepted for goods", "accepted for freight", "paid in part", "netted before it was owed",
        "more netted than was owed", "written off", "paid and the rest let go",
    ],
)  # fmt: skip
def test_a_turn_books_what_is_owed_what_came_and_what_is_lost(kind, told, entry):
    assert book_claim(BOOKING, kind, told) == (entry,)


def test_an_overcharge_credited_where_its_loss_stands_is_one_side():
    """20.00 come back on freight variance itself, and 290.00 owed are made good there too."""
    told = turn("0.00", "290.00", freight_variance="20.00")

    assert book_claim(BOOKING, OVERCHARGE, told) == (
        booked(COLLECTED, claims_receivable="290.00", freight_variance="-290.00"),
    )


def test_a_step_without_money_books_nothing():
    assert book_claim(BOOKING, CARGO, turn("0.00", "0.00")) == ()
    assert book_claim(BOOKING, CARGO, turn("290.00", "290.00", lost="0.00")) == ()


def test_two_currencies_never_meet_in_a_claim():
    with pytest.raises(MixedCurrencies):
        book_claim(BOOKING, CARGO, Turn(before=usd("1.00"), after=Money(Decimal(1), "CAD")))
