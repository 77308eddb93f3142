"""What freight costs in the books, before and after the bill. Shipment S-1001, USD."""

from datetime import date
from decimal import Decimal

import pytest

from drawbar.freight.ledger import Account, Entry, Purpose
from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.subledger.balance import accrued, balance
from drawbar.subledger.booking import Booking
from drawbar.subledger.cost import accrue_cost, approve_bill, cancel_cost, end_dispute, pay_bill

MARCH, APRIL = date(2026, 3, 30), date(2026, 4, 1)


def usd(amount: str | int) -> Money:
    return Money(Decimal(amount), "USD")


def booking(revision=1, on=MARCH, kind=StreamKind.SHIPMENT, ref="S-1001") -> Booking:
    return Booking(
        about=StreamKey(kind, ref),
        shipment_ref="S-1001",
        document_on=on,
        revision=revision,
        text="S-1001",
    )


def shown(entry: Entry) -> dict[str, Decimal]:
    return {line.account.value: line.money.amount for line in entry.lines}


def lines(**amounts: str) -> dict[str, Decimal]:
    return {account: Decimal(amount) for account, amount in amounts.items()}


def test_the_first_accrual_books_all_that_is_expected():
    (entry,) = accrue_cost(booking(), expected=usd("2062.50"), accrued=usd(0))

    assert entry.purpose is Purpose.COST_ACCRUED
    assert shown(entry) == lines(freight_cost="2062.50", freight_accrued="-2062.50")
    assert entry.entry_ref == "shipment:S-1001:cost_accrued:1"
    assert (entry.reverses, entry.document_on, entry.text) == ("", MARCH, "S-1001")
    assert (entry.about, entry.shipment_ref) == (StreamKey(StreamKind.SHIPMENT, "S-1001"), "S-1001")


def test_r11_a_new_rate_books_the_difference_and_names_what_it_corrects():
    (entry,) = accrue_cost(
        booking(2), expected=usd("1990.00"), accrued=usd("2025.00"), corrects="first"
    )

    assert entry.purpose is Purpose.COST_ADJUSTED
    assert shown(entry) == lines(freight_cost="-35.00", freight_accrued="35.00")
    assert entry.reverses == "first"


def test_an_accrual_after_all_was_billed_is_an_adjustment():
    (entry,) = accrue_cost(booking(3), expected=usd(50), accrued=usd(0), corrects="first")

    assert entry.purpose is Purpose.COST_ADJUSTED


def test_nothing_new_books_nothing():
    assert accrue_cost(booking(2), expected=usd("5.00"), accrued=usd("5.0")) == ()


def test_r23_a_cancelled_load_reverses_its_accrual_and_accrues_the_tonu():
    reversal, owed = cancel_cost(
        booking(2), accrued=usd("1842.00"), owed=usd("250.00"), corrects="first"
    )

    assert reversal.purpose is Purpose.COST_REVERSED
    assert shown(reversal) == lines(freight_cost="-1842.00", freight_accrued="1842.00")
    assert reversal.reverses == "first"
    assert owed.purpose is Purpose.COST_ACCRUED
    assert shown(owed) == lines(freight_cost="250.00", freight_accrued="-250.00")
    assert owed.entry_ref != reversal.entry_ref


def test_r23_cancelled_in_time_leaves_no_accrual():
    entries = cancel_cost(booking(2), accrued=usd("1842.00"), owed=usd(0), corrects="first")

    assert [entry.purpose for entry in entries] == [Purpose.COST_REVERSED]


def test_o09_cancelled_before_anything_was_accrued_books_nothing():
    assert cancel_cost(booking(), accrued=usd(0), owed=usd(0)) == ()


@pytest.mark.parametrize(
    ("payable", "before", "stays", "sides"),
    [
        ("100", "100", "0", {"freight_accrued": "100", "accounts_payable": "-100"}),
        (
            "102",
            "100",
            "0",
            {"freight_accrued": "100", "freight_variance": "2", "accounts_payable": "-102"},
        ),
        (
            "95",
            "100",
            "0",
            {"freight_accrued": "100", "freight_variance": "-5", "accounts_payable": "-95"},
        ),
        ("60", "100", "40", {"freight_accrued": "60", "accounts_payable": "-60"}),
        ("50", "0", "0", {"freight_variance": "50", "accounts_payable": "-50"}),
        ("-50", "0", "0", {"freight_variance": "-50", "accounts_payable": "50"}),
        ("0", "100", "90", {"freight_accrued": "10", "freight_variance": "-10"}),
        (
            "60",
            "0",
            "40",
            {
                "freight_cost": "40",
                "freight_accrued": "-40",
                "freight_variance": "60",
                "accounts_payable": "-60",
            },
        ),
    ],
    ids=[
        "as agreed",
        "above, within tolerance",
        "below, the rest not expected",
        "a first part",
        "a balance due, released before",
        "a credit memo",
        "nothing payable, some released",
        "not accrued before",
    ],
)
def test_an_approved_bill_replaces_its_accrual(payable, before, stays, sides):
    (entry,) = approve_bill(
        booking(kind=StreamKind.FREIGHT_BILL, ref="B-1"),
        payable=usd(payable),
        accrued=usd(before),
        stays=usd(stays),
        corrects="first",
    )

    assert entry.entry_ref == "freight_bill:B-1:bill_approved:1"
    assert entry.reverses == "first"
    assert shown(entry) == lines(**sides)


def test_a_bill_that_changes_nothing_books_nothing():
    assert approve_bill(booking(), payable=usd(0), accrued=usd(5), stays=usd(5)) == ()


def test_s01_cost_falls_in_the_month_of_its_event():
    entries = (
        *accrue_cost(booking(1, MARCH), expected=usd("2062.50"), accrued=usd(0)),
        *accrue_cost(booking(2, APRIL), expected=usd("2231.25"), accrued=usd("2062.50")),
        *approve_bill(
            booking(3, date(2026, 4, 10)),
            payable=usd("2231.25"),
            accrued=usd("2231.25"),
            stays=usd(0),
        ),
    )

    def cost(month: int) -> Money:
        inside = [entry for entry in entries if entry.document_on.month == month]
        return balance(inside, Account.FREIGHT_COST, currency="USD")

    assert (cost(3), cost(4)) == (usd("2062.50"), usd("168.75"))
    assert accrued(entries, shipment_ref="S-1001", currency="USD") == usd(0)
    assert balance(entries, Account.FREIGHT_VARIANCE, currency="USD") == usd(0)


@pytest.mark.parametrize(
    ("conceded", "purpose", "sides"),
    [
        (
            "56.25",
            Purpose.BILL_APPROVED,
            {"freight_accrued": "56.25", "accounts_payable": "-56.25"},
        ),
        (
            "20.00",
            Purpose.BILL_APPROVED,
            {
                "freight_accrued": "56.25",
                "freight_variance": "-36.25",
                "accounts_payable": "-20.00",
            },
        ),
        ("0", Purpose.COST_ADJUSTED, {"freight_accrued": "56.25", "freight_variance": "-56.25"}),
    ],
    ids=["conceded", "in part", "dropped"],
)
def test_k05_the_end_of_a_dispute_ends_its_accrual(conceded, purpose, sides):
    (entry,) = end_dispute(
        booking(2), conceded=usd(conceded), accrued=usd("56.25"), stays=usd(0), corrects="first"
    )

    assert (entry.purpose, entry.reverses) == (purpose, "first")
    assert shown(entry) == lines(**sides)


def test_m13_an_excess_was_never_accrued_and_dropping_it_books_nothing():
    assert end_dispute(booking(2), conceded=usd(0), accrued=usd(0), stays=usd(0)) == ()


def test_a_payment_clears_the_debt():
    (entry,) = pay_bill(booking(), paid=usd("2175.00"))

    assert entry.purpose is Purpose.BILL_PAID
    assert shown(entry) == lines(accounts_payable="2175.00", bank_clearing="-2175.00")


def test_the_same_booking_always_has_the_same_name():
    first = accrue_cost(booking(7), expected=usd(1), accrued=usd(0))

    assert accrue_cost(booking(7), expected=usd(1), accrued=usd(0)) == first
    other = accrue_cost(booking(8), expected=usd(1), accrued=usd(0))
    assert other[0].entry_ref != first[0].entry_ref
