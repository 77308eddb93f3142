"""What freight earns in the books: at delivery, with the invoice, with the payment."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.ledger import Account, Entry, Purpose
from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.subledger.balance import balance, unbilled
from drawbar.subledger.booking import Booking
from drawbar.subledger.cost import accrue_cost, cancel_cost
from drawbar.subledger.revenue import accrue_revenue, receive_payment, release_invoice


def usd(amount: str | int | Decimal) -> Money:
    return Money(Decimal(amount), "USD")


def booking(revision=1) -> Booking:
    return Booking(
        about=StreamKey(StreamKind.SHIPMENT, "S-1001"),
        shipment_ref="S-1001",
        document_on=date(2026, 3, 30),
        revision=revision,
    )


def shown(entry: Entry) -> dict[str, Decimal]:
    return {line.account.value: line.money.amount for line in entry.lines}


def lines(**amounts: str) -> dict[str, Decimal]:
    return {account: Decimal(amount) for account, amount in amounts.items()}


@pytest.mark.parametrize(
    ("expected", "accrued", "corrects", "purpose", "change"),
    [
        ("300", "0", "", Purpose.REVENUE_ACCRUED, "300"),
        ("280", "300", "first", Purpose.REVENUE_ADJUSTED, "-20"),
        ("280", "300", "", Purpose.REVENUE_ADJUSTED, "-20"),
        ("20", "0", "first", Purpose.REVENUE_ADJUSTED, "20"),
        ("0", "300", "first", Purpose.REVENUE_REVERSED, "-300"),
    ],
)
def test_revenue_is_what_is_expected(expected, accrued, corrects, purpose, change):
    (entry,) = accrue_revenue(
        booking(), expected=usd(expected), accrued=usd(accrued), corrects=corrects
    )

    assert (entry.purpose, entry.reverses) == (purpose, corrects)
    assert shown(entry) == lines(unbilled_receivable=change, freight_revenue=str(-Decimal(change)))


def test_nothing_new_books_nothing():
    assert accrue_revenue(booking(), expected=usd(5), accrued=usd(5)) == ()


@pytest.mark.parametrize(
    ("invoiced", "accrued", "stays", "sides"),
    [
        ("300", "300", "0", {"accounts_receivable": "300", "unbilled_receivable": "-300"}),
        (
            "310",
            "300",
            "0",
            {
                "accounts_receivable": "310",
                "unbilled_receivable": "-300",
                "freight_revenue": "-10",
            },
        ),
        (
            "290",
            "300",
            "0",
            {"accounts_receivable": "290", "unbilled_receivable": "-300", "freight_revenue": "10"},
        ),
        ("200", "300", "100", {"accounts_receivable": "200", "unbilled_receivable": "-200"}),
        ("200", "0", "0", {"accounts_receivable": "200", "freight_revenue": "-200"}),
    ],
    ids=["as earned", "more", "less", "a part", "not accrued before"],
)
def test_an_invoice_replaces_what_was_unbilled(invoiced, accrued, stays, sides):
    (entry,) = release_invoice(
        booking(), invoiced=usd(invoiced), accrued=usd(accrued), stays=usd(stays)
    )

    assert entry.purpose is Purpose.INVOICE_RELEASED
    assert shown(entry) == lines(**sides)


def test_the_customers_payment_clears_the_receivable():
    (entry,) = receive_payment(booking(), paid=usd("300.00"))

    assert entry.purpose is Purpose.INVOICE_PAID
    assert shown(entry) == lines(bank_clearing="300.00", accounts_receivable="-300.00")


def test_r23_a_tonu_leaves_a_margin_of_fifty():
    entries = (
        *accrue_cost(booking(), expected=usd("1842.00"), accrued=usd(0)),
        *cancel_cost(booking(2), accrued=usd("1842.00"), owed=usd("250.00")),
        *accrue_revenue(booking(), expected=usd("300.00"), accrued=usd(0)),
    )

    cost = balance(entries, Account.FREIGHT_COST, currency="USD")
    revenue = -balance(entries, Account.FREIGHT_REVENUE, currency="USD")
    assert revenue - cost == usd("50.00")


amounts = st.decimals(0, 10**5, places=2)


@given(st.lists(amounts, min_size=1, max_size=5), amounts, amounts)
def test_what_is_earned_is_always_what_is_unbilled_and_invoiced(steps, invoiced, stays):
    entries: list[Entry] = []
    before = usd(0)
    for revision, amount in enumerate(steps):
        expected = usd(amount)
        entries += accrue_revenue(booking(revision), expected=expected, accrued=before)
        before = expected
        assert unbilled(entries, shipment_ref="S-1001", currency="USD") == expected
    entries += release_invoice(booking(), invoiced=usd(invoiced), accrued=before, stays=usd(stays))
    earned = -balance(entries, Account.FREIGHT_REVENUE, currency="USD")
    assert unbilled(entries, shipment_ref="S-1001", currency="USD") == usd(stays)
    assert earned == usd(stays) + usd(invoiced)
