"""Payments in the books: a payment of 2,175.00 less 43.50 for quick pay and 50.00 of credits."""

from datetime import date
from decimal import Decimal

import pytest

from drawbar.freight.claim import ClaimKind
from drawbar.freight.ledger import Account, Entry, EntryLine, Purpose
from drawbar.freight.money import Money, total
from drawbar.freight.payment import PaidBill
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.subledger.booking import Booking
from drawbar.subledger.claim import Turn, book_claim
from drawbar.subledger.payment import instruct_bill, return_bill
from drawbar.subledger.posting import posted, shared_out

BOOKING = Booking(
    about=StreamKey(StreamKind.FREIGHT_BILL, "B-1"),
    shipment_ref="S-1001",
    document_on=date(2026, 3, 31),
    revision=1,
)


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def paid(gross: str, discount: str = "0.00", netted: str = "0.00") -> PaidBill:
    return PaidBill(
        bill_ref="B-1",
        carrier_ref="ABCD",
        shipment_ref="S-1001",
        invoice_number="19267",
        billed=usd(gross),
        gross=usd(gross),
        discount=usd(discount),
        netted=usd(netted),
    )


def sides(entry: Entry) -> dict[Account, Decimal]:
    return {line.account: line.money.amount for line in entry.lines}


def test_s06_the_discount_stands_on_its_own_account():
    (booked,) = instruct_bill(BOOKING, paid("2175.00", "43.50"))

    assert sides(booked) == {
        Account.ACCOUNTS_PAYABLE: Decimal("2175.00"),
        Account.QUICK_PAY_DISCOUNT: Decimal("-43.50"),
        Account.BANK_CLEARING: Decimal("-2131.50"),
    }


def test_what_is_netted_of_a_payment_sums_to_zero_over_bills_credits_and_claims():
    came = {Account.CREDITS_NETTED: usd("20.00")}
    taken = Turn(before=usd("20.00"), after=usd("0.00"), came=came)
    entries = (
        *instruct_bill(BOOKING, paid("100.00", netted="50.00")),
        *instruct_bill(BOOKING, paid("-30.00", netted="-30.00")),
        *book_claim(BOOKING, ClaimKind.CARGO, taken),
    )

    netted = [sides(one)[Account.CREDITS_NETTED] for one in entries]
    assert netted == [Decimal("-50.00"), Decimal("30.00"), Decimal("20.00")]
    assert sum(netted) == 0


def test_a_return_makes_payable_again_what_was_to_leave_the_bank():
    (back,) = return_bill(BOOKING, paid("100.00", "2.00", "50.00"), corrects="E-1")

    assert back.reverses == "E-1"
    assert sides(back) == {
        Account.ACCOUNTS_PAYABLE: Decimal("-48.00"),
        Account.BANK_CLEARING: Decimal("48.00"),
    }


def cost(amount: str) -> Entry:
    lines = (
        EntryLine(account=Account.FREIGHT_COST, money=usd(amount)),
        EntryLine(account=Account.FREIGHT_ACCRUED, money=-usd(amount)),
    )
    return Entry(
        entry_ref="E-1",
        purpose=Purpose.COST_ACCRUED,
        about=BOOKING.about,
        shipment_ref="S-1001",
        document_on=date(2026, 3, 31),
        lines=lines,
    )


def test_s11_2231_25_over_sixty_and_forty_is_1338_75_and_892_50():
    split = shared_out(cost("2231.25"), {"north": Decimal(60), "south": Decimal(40)})

    assert [(one.cost_centre, one.money.amount) for one in split.lines] == [
        ("north", Decimal("1338.75")),
        ("south", Decimal("892.50")),
        ("", Decimal("-2231.25")),
    ]


@pytest.mark.parametrize("amount", ["0.01", "0.02", "100.00", "-33.33"])
def test_no_share_loses_a_cent(amount):
    thirds = dict.fromkeys("abc", Decimal(1))

    split = shared_out(cost(amount), thirds)

    parts = [one.money for one in split.lines if one.cost_centre]
    assert total(parts, currency="USD") == usd(amount)


@pytest.mark.parametrize(
    ("open_from", "on"),
    [
        (None, date(2026, 3, 31)),
        (date(2026, 3, 31), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 4, 1)),
    ],
    ids=["never closed", "its day is open", "its day is closed"],
)
def test_an_entry_is_posted_on_its_day_or_the_first_open_one(open_from, on):
    entry = posted(cost("1.00"), open_from=open_from)

    assert (entry.document_on, entry.booked_on) == (date(2026, 3, 31), on)
