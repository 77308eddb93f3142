"""Entries, whole: name, purpose, sides, what they correct, and where they stand in the books."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.ledger import Account, Entry, EntryLine, Purpose
from drawbar.freight.money import Money, total
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.subledger.balance import accrued, balance, unbilled
from drawbar.subledger.booking import Booking, entry, entry_ref
from drawbar.subledger.cost import accrue_cost, approve_bill, cancel_cost, end_dispute, pay_bill
from drawbar.subledger.expected import Exposure, exposure
from drawbar.subledger.posting import posted, shared_out
from drawbar.subledger.revenue import (
    accrue_revenue,
    combined,
    receive_payment,
    release_credit,
    release_invoice,
)

INVOICE = StreamKey(StreamKind.CUSTOMER_INVOICE, "I-000007")
A = Account


def usd(amount: str | Decimal) -> Money:
    return Money(Decimal(amount), "USD")


def booking(shipment: str = "S-1001", revision: int = 3, text: str = "lane of March") -> Booking:
    return Booking(
        about=INVOICE,
        shipment_ref=shipment,
        document_on=date(2026, 3, 30),
        revision=revision,
        text=text,
    )


def booked(
    purpose: Purpose, *, corrects: str = "", shipment: str = "S-1001", **sides: str
) -> Entry:
    return Entry(
        entry_ref=f"customer_invoice:I-000007:{purpose.value}:3",
        purpose=purpose,
        about=INVOICE,
        shipment_ref=shipment,
        document_on=date(2026, 3, 30),
        lines=tuple(
            EntryLine(account=Account(name), money=usd(amount)) for name, amount in sides.items()
        ),
        reverses=corrects,
        text="lane of March",
    )


def test_an_entry_tells_all_that_its_booking_says_and_no_side_of_nothing():
    amounts = {
        A.FREIGHT_COST: usd("5.00"),
        A.FREIGHT_VARIANCE: usd("0.00"),
        A.FREIGHT_ACCRUED: usd("-5.00"),
    }

    assert entry(booking(), Purpose.COST_ADJUSTED, amounts, corrects="first") == (
        booked(
            Purpose.COST_ADJUSTED, corrects="first", freight_cost="5.00", freight_accrued="-5.00"
        ),
    )
    assert entry(booking(), Purpose.COST_ADJUSTED, {A.FREIGHT_COST: usd("0.00")}) == ()
    assert entry_ref(booking(), Purpose.BILL_PAID) == "customer_invoice:I-000007:bill_paid:3"


@pytest.mark.parametrize(
    ("book", "said", "expected"),
    [
        (
            accrue_cost,
            {"expected": usd("5.00"), "accrued": usd("0.00")},
            [booked(Purpose.COST_ACCRUED, freight_cost="5.00", freight_accrued="-5.00")],
        ),
        (
            accrue_cost,
            {
                "expected": usd("105.00"),
                "accrued": usd("100.00"),
                "corrects": "first",
                "exchange": usd("2.00"),
            },
            [
                booked(
                    Purpose.COST_ADJUSTED,
                    corrects="first",
                    freight_cost="3.00",
                    exchange_variance="2.00",
                    freight_accrued="-5.00",
                )
            ],
        ),
        (
            cancel_cost,
            {"accrued": usd("5.00"), "owed": usd("2.00"), "corrects": "first"},
            [
                booked(
                    Purpose.COST_REVERSED,
                    corrects="first",
                    freight_cost="-5.00",
                    freight_accrued="5.00",
                ),
                booked(Purpose.COST_ACCRUED, freight_cost="2.00", freight_accrued="-2.00"),
            ],
        ),
        (
            approve_bill,
            {
                "payable": usd("90.00"),
                "accrued": usd("100.00"),
                "stays": usd("15.00"),
                "corrects": "first",
            },
            [
                booked(
                    Purpose.BILL_APPROVED,
                    corrects="first",
                    freight_accrued="85.00",
                    freight_variance="5.00",
                    accounts_payable="-90.00",
                )
            ],
        ),
        (
            approve_bill,
            {"payable": usd("-20.00"), "accrued": usd("0.00"), "stays": usd("12.00")},
            [
                booked(
                    Purpose.BILL_APPROVED,
                    freight_cost="12.00",
                    freight_accrued="-12.00",
                    freight_variance="-20.00",
                    accounts_payable="20.00",
                )
            ],
        ),
        (
            end_dispute,
            {
                "conceded": usd("10.00"),
                "accrued": usd("25.00"),
                "stays": usd("0.00"),
                "corrects": "first",
            },
            [
                booked(
                    Purpose.BILL_APPROVED,
                    corrects="first",
                    freight_accrued="25.00",
                    freight_variance="-15.00",
                    accounts_payable="-10.00",
                )
            ],
        ),
        (
            end_dispute,
            {
                "conceded": usd("0.00"),
                "accrued": usd("25.00"),
                "stays": usd("4.00"),
                "corrects": "first",
            },
            [
                booked(
                    Purpose.COST_ADJUSTED,
                    corrects="first",
                    freight_accrued="21.00",
                    freight_variance="-21.00",
                )
            ],
        ),
        (
            pay_bill,
            {"paid": usd("5.00")},
            [booked(Purpose.BILL_PAID, accounts_payable="5.00", bank_clearing="-5.00")],
        ),
        (
            accrue_revenue,
            {"expected": usd("5.00"), "accrued": usd("0.00")},
            [booked(Purpose.REVENUE_ACCRUED, unbilled_receivable="5.00", freight_revenue="-5.00")],
        ),
        (
            release_invoice,
            {"invoiced": usd("105.00"), "accrued": usd("120.00"), "stays": usd("20.00")},
            [
                booked(
                    Purpose.INVOICE_RELEASED,
                    accounts_receivable="105.00",
                    unbilled_receivable="-100.00",
                    freight_revenue="-5.00",
                )
            ],
        ),
        (
            release_credit,
            {"credited": usd("40.00"), "corrects": "first"},
            [
                booked(
                    Purpose.CREDIT_RELEASED,
                    corrects="first",
                    freight_revenue="40.00",
                    accounts_receivable="-40.00",
                )
            ],
        ),
        (
            receive_payment,
            {"paid": usd("105.00")},
            [booked(Purpose.INVOICE_PAID, bank_clearing="105.00", accounts_receivable="-105.00")],
        ),
    ],
    ids=[
        "the first accrual",
        "another rate of exchange in part",
        "a cancelled load",
        "a bill approved in part",
        "a credit while more stays accrued",
        "a dispute that pays",
        "a dispute that pays nothing",
        "a bill paid",
        "the first revenue",
        "an invoice beyond what was accrued",
        "a credit note",
        "an invoice paid",
    ],
)
def test_each_event_books_just_these_sides(book, said, expected):
    assert book(booking(), **said) == tuple(expected)


def lines(*sides: tuple[Account, str, str]) -> tuple[EntryLine, ...]:
    return tuple(
        EntryLine(account=account, money=usd(amount), cost_centre=centre)
        for account, centre, amount in sides
    )


ONE = structs.replace(
    booked(Purpose.INVOICE_RELEASED, accounts_receivable="1.00", freight_revenue="-1.00"),
    lines=lines(
        (A.ACCOUNTS_RECEIVABLE, "", "100.00"),
        (A.FREIGHT_REVENUE, "north", "-60.00"),
        (A.FREIGHT_REVENUE, "south", "-40.00"),
    ),
)
TWO = structs.replace(
    ONE,
    entry_ref="customer_invoice:I-000007:invoice_released:4",
    shipment_ref="S-1002",
    lines=lines(
        (A.ACCOUNTS_RECEIVABLE, "", "50.00"),
        (A.FREIGHT_REVENUE, "north", "-52.00"),
        (A.FREIGHT_REVENUE, "south", "2.00"),
    ),
)


def test_one_document_of_several_shipments_is_one_entry_with_alike_sides_added():
    assert combined([ONE, TWO]) == structs.replace(
        ONE,
        shipment_ref="",
        lines=lines(
            (A.ACCOUNTS_RECEIVABLE, "", "150.00"),
            (A.FREIGHT_REVENUE, "north", "-112.00"),
            (A.FREIGHT_REVENUE, "south", "-40.00"),
            (A.FREIGHT_REVENUE, "south", "2.00"),
        ),
        text="I-000007 for 2 shipments",
    )


def test_one_document_of_one_shipment_is_its_entry():
    assert combined([TWO]) == TWO


CENTS = st.integers(1, 100_000).map(lambda cents: Decimal(cents).scaleb(-2))


@given(st.lists(CENTS, min_size=2, max_size=4))
def test_a_combined_entry_debits_all_that_its_parts_debit(amounts):
    parts = [
        structs.replace(
            ONE,
            lines=lines((A.ACCOUNTS_RECEIVABLE, "", str(one)), (A.FREIGHT_REVENUE, "", str(-one))),
        )
        for one in amounts
    ]

    whole = combined(parts)

    debits = [line.money for line in whole.lines if line.money.amount > 0]
    assert total(debits, currency="USD") == usd(sum(amounts))


def test_balances_are_of_one_account_currency_and_shipment_where_named():
    pesos = structs.replace(
        ONE,
        lines=(
            EntryLine(account=A.UNBILLED_RECEIVABLE, money=Money(Decimal(7), "MXN")),
            EntryLine(account=A.FREIGHT_REVENUE, money=Money(Decimal(-7), "MXN")),
        ),
    )
    first = booked(Purpose.REVENUE_ACCRUED, unbilled_receivable="5.00", freight_accrued="-5.00")
    second = structs.replace(first, shipment_ref="S-1002")
    books = [pesos, first, second, first]

    assert balance(books, A.UNBILLED_RECEIVABLE, currency="USD") == usd("15.00")
    assert unbilled(books, shipment_ref="S-1001", currency="USD") == usd("10.00")
    assert accrued(books, shipment_ref="S-1002", currency="USD") == usd("5.00")
    assert unbilled(books, shipment_ref="S-1001", currency="MXN") == Money(Decimal(7), "MXN")
    assert unbilled([], shipment_ref="S-1001", currency="USD") == usd("0.00")


@pytest.mark.parametrize(
    ("open_from", "posted_on"),
    [
        (None, None),
        (date(2026, 3, 30), None),
        (date(2026, 3, 29), None),
        (date(2026, 3, 31), date(2026, 3, 31)),
    ],
    ids=["nothing is closed", "the first open day", "an open day", "a closed day"],
)
def test_s01_an_entry_stands_on_its_day_or_the_first_open_one(open_from, posted_on):
    assert posted(ONE, open_from=open_from) == structs.replace(ONE, posted_on=posted_on)


def test_s11_cost_and_revenue_are_shared_out_and_balances_are_not():
    whole = booked(Purpose.BILL_APPROVED, freight_cost="2231.25", accounts_payable="-2231.25")

    assert shared_out(whole, {"north": Decimal(60), "south": Decimal(40)}) == structs.replace(
        whole,
        lines=lines(
            (A.FREIGHT_COST, "north", "1338.75"),
            (A.FREIGHT_COST, "south", "892.50"),
            (A.ACCOUNTS_PAYABLE, "", "-2231.25"),
        ),
    )
    assert shared_out(ONE, {"east": Decimal(1)}).lines[1:] == ONE.lines[1:]
    assert shared_out(whole, {}) == whole
    nobody = shared_out(whole, {"north": Decimal(1), "south": Decimal(0)})
    assert nobody.lines[0] == lines((A.FREIGHT_COST, "north", "2231.25"))[0]
    assert len(nobody.lines) == 2


def agreed(ref: str, amount: str, *, provisional: bool = False) -> AgreedCharge:
    return AgreedCharge(
        charge_ref=ref,
        charge=Charge(kind=ChargeKind.OTHER, money=usd(amount)),
        why=Explanation(rule="test"),
        provisional=provisional,
    )


def test_k05_what_is_open_is_split_by_why_whatever_the_order_of_the_charges():
    charges = (
        agreed("fuel", "412.50", provisional=True),
        agreed("linehaul", "1650.00"),
        agreed("detention", "131.25"),
    )

    told = exposure(
        charges,
        used={"linehaul": usd("1550.00"), "fuel": usd("12.50")},
        released={"linehaul": usd("10.00")},
        disputed={"linehaul": usd("56.25"), "detention": usd("500.00"), "fuel": usd("1.00")},
        currency="USD",
    )

    assert told == Exposure(
        unbilled=usd("33.75"), disputed=usd("187.50"), provisional=usd("400.00")
    )
    assert told.total == usd("621.25")
