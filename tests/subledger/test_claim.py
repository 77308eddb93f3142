"""What a claim books. A cargo claim of which the carrier owes 290.00 unless said."""

from datetime import date
from decimal import Decimal

import pytest

from drawbar.freight.claim import ClaimKind
from drawbar.freight.ledger import Account, Entry, Purpose
from drawbar.freight.money import MixedCurrencies, Money
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.subledger.booking import Booking
from drawbar.subledger.claim import Turn, book_claim

BOOKING = Booking(
    about=StreamKey(StreamKind.CLAIM, "CC-S-1001"),
    shipment_ref="S-1001",
    document_on=date(2026, 3, 31),
    revision=1,
)
OWED, NOTHING = "290.00", "0.00"


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def booked(
    before: str,
    after: str,
    came: dict[Account, str] | None = None,
    lost: str = NOTHING,
    kind: ClaimKind = ClaimKind.CARGO,
) -> tuple[Entry, ...]:
    back = {account: usd(amount) for account, amount in (came or {}).items()}
    turn = Turn(before=usd(before), after=usd(after), came=back, lost=usd(lost))
    return book_claim(BOOKING, kind, turn)


def sides(entries: tuple[Entry, ...]) -> dict[Account, str]:
    return {line.account: f"{line.money.amount}" for one in entries for line in one.lines}


def test_a_claim_that_nobody_accepted_books_nothing():
    assert booked(NOTHING, NOTHING) == ()


@pytest.mark.parametrize(
    ("kind", "account"),
    [
        (ClaimKind.CARGO, Account.CLAIMS_RECOVERED),
        (ClaimKind.OVERCHARGE, Account.FREIGHT_VARIANCE),
    ],
    ids=["cargo makes good a loss", "an overcharge stood in freight variance"],
)
def test_what_is_accepted_is_owed_to_us(kind: ClaimKind, account: Account):
    (entry,) = booked(NOTHING, OWED, kind=kind)

    assert sides((entry,)) == {Account.CLAIMS_RECEIVABLE: "290.00", account: "-290.00"}
    assert entry.purpose is Purpose.CLAIM_ACCEPTED


@pytest.mark.parametrize(
    "account",
    [Account.BANK_CLEARING, Account.CREDITS_NETTED, Account.ACCOUNTS_PAYABLE],
    ids=["in cash", "netted", "by credit memo"],
)
def test_what_comes_back_clears_what_was_owed(account: Account):
    (entry,) = booked(OWED, "190.00", {account: "100.00"})

    assert sides((entry,)) == {Account.CLAIMS_RECEIVABLE: "-100.00", account: "100.00"}
    assert entry.purpose is Purpose.CLAIM_COLLECTED


def test_money_that_comes_before_a_word_is_recognised_as_it_comes():
    (entry,) = booked(NOTHING, NOTHING, {Account.BANK_CLEARING: "100.00"})

    assert sides((entry,)) == {Account.BANK_CLEARING: "100.00", Account.CLAIMS_RECOVERED: "-100.00"}


def test_what_is_written_off_of_what_was_owed_is_a_loss():
    (entry,) = booked(OWED, NOTHING, lost=OWED)

    assert sides((entry,)) == {Account.CLAIMS_RECEIVABLE: "-290.00", Account.WRITTEN_OFF: "290.00"}
    assert entry.purpose is Purpose.CLAIM_WRITTEN_OFF


def test_a_credit_bill_books_its_money_itself_and_only_clears_what_was_owed():
    came = {Account.FREIGHT_VARIANCE: "290.00"}

    assert booked(NOTHING, NOTHING, came, kind=ClaimKind.OVERCHARGE) == ()
    assert sides(booked(OWED, NOTHING, came, kind=ClaimKind.OVERCHARGE)) == {
        Account.CLAIMS_RECEIVABLE: "-290.00",
        Account.FREIGHT_VARIANCE: "290.00",
    }


def test_a_claim_is_booked_in_one_currency():
    turn = Turn(before=usd(OWED), after=Money(Decimal("290.00"), "EUR"))

    with pytest.raises(MixedCurrencies):
        book_claim(BOOKING, ClaimKind.CARGO, turn)
