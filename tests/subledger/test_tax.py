"""Tax in the books. Agreed unless said: 100.00 of freight and 19.00 of tax that we get back."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.ledger import RESULT, Account
from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.subledger.booking import Booking
from drawbar.subledger.cost import accrue_cost, approve_bill, cancel_cost, end_dispute
from drawbar.subledger.posting import shared_out
from drawbar.subledger.revenue import accrue_revenue, release_credit, release_invoice
from drawbar.subledger.tax import TaxPart

A = Account
BOOKING = Booking(
    about=StreamKey(StreamKind.SHIPMENT, "S-1001"),
    shipment_ref="S-1001",
    document_on=date(2026, 3, 30),
    revision=1,
)


def eur(amount: str | Decimal) -> Money:
    return Money(Decimal(amount), "EUR")


def tax(before: str = "0.00", after: str = "0.00", settled: str = "0.00") -> TaxPart:
    return TaxPart(before=eur(before), after=eur(after), settled=eur(settled))


def sides(entries) -> dict[Account, str]:
    (entry,) = entries
    return {line.account: str(line.money.amount) for line in entry.lines}


def test_cost_is_accrued_net_and_its_tax_is_owed_to_us():
    entries = accrue_cost(BOOKING, expected=eur("119.00"), accrued=eur("0.00"), tax=tax("0", "19"))

    assert sides(entries) == {
        A.FREIGHT_COST: "100.00",
        A.TAX_RECOVERABLE: "19.00",
        A.FREIGHT_ACCRUED: "-119.00",
    }


def test_a_tax_that_turns_out_to_be_got_back_leaves_the_cost_though_no_money_changes():
    entries = accrue_cost(
        BOOKING, expected=eur("119.00"), accrued=eur("119.00"), tax=tax("0", "19")
    )

    assert sides(entries) == {A.FREIGHT_COST: "-19.00", A.TAX_RECOVERABLE: "19.00"}


def test_a_cancelled_load_gives_back_the_tax_of_what_it_no_longer_costs():
    reversal, owed = cancel_cost(
        BOOKING, accrued=eur("119.00"), owed=eur("59.50"), tax=tax("19.00", "9.50")
    )

    assert sides((reversal,))[A.TAX_RECOVERABLE] == "-19.00"
    assert sides((reversal,))[A.FREIGHT_COST] == "-100.00"
    assert sides((owed,))[A.TAX_RECOVERABLE] == "9.50"
    assert sides((owed,))[A.FREIGHT_COST] == "50.00"


@pytest.mark.parametrize(
    ("payable", "stays", "part", "booked"),
    [
        (
            *("119.00", "0.00", tax("19.00", "0.00", "19.00")),
            {A.FREIGHT_ACCRUED: "119.00", A.ACCOUNTS_PAYABLE: "-119.00"},
        ),
        (
            *("119.02", "0.00", tax("19.00", "0.00", "19.02")),
            {
                A.FREIGHT_ACCRUED: "119.00",
                A.TAX_RECOVERABLE: "0.02",
                A.ACCOUNTS_PAYABLE: "-119.02",
            },
        ),
        (
            *("121.38", "0.00", tax("19.00", "0.00", "19.38")),
            {
                A.FREIGHT_ACCRUED: "119.00",
                A.FREIGHT_VARIANCE: "2.00",
                A.TAX_RECOVERABLE: "0.38",
                A.ACCOUNTS_PAYABLE: "-121.38",
            },
        ),
        (
            *("100.00", "19.00", tax("19.00", "19.00")),
            {A.FREIGHT_ACCRUED: "100.00", A.ACCOUNTS_PAYABLE: "-100.00"},
        ),
        (
            *("-11.90", "119.00", tax("19.00", "19.00", "-1.90")),
            {A.FREIGHT_VARIANCE: "-10.00", A.TAX_RECOVERABLE: "-1.90", A.ACCOUNTS_PAYABLE: "11.90"},
        ),
        (
            *("0.00", "130.90", tax("19.00", "20.90")),
            {A.FREIGHT_COST: "10.00", A.FREIGHT_ACCRUED: "-11.90", A.TAX_RECOVERABLE: "1.90"},
        ),
    ],
    ids=[
        "as accrued",
        "two cents more of tax",
        "freight and tax beyond the accrual",
        "the tax stays in dispute",
        "a credit",
        "more is expected now",
    ],
)
def test_a_bill_replaces_its_accrual_and_only_freight_varies(payable, stays, part, booked):
    entries = approve_bill(
        BOOKING, payable=eur(payable), accrued=eur("119.00"), stays=eur(stays), tax=part
    )

    assert sides(entries) == booked


def test_a_tax_that_we_do_not_pay_after_all_is_not_got_back_and_no_variance():
    entries = end_dispute(
        BOOKING, conceded=eur("0.00"), accrued=eur("19.00"), stays=eur("0.00"), tax=tax("19.00")
    )

    assert sides(entries) == {A.FREIGHT_ACCRUED: "19.00", A.TAX_RECOVERABLE: "-19.00"}


def test_a_tax_that_is_conceded_is_got_back():
    part = tax("19.00", "0.00", "19.00")
    entries = end_dispute(
        BOOKING, conceded=eur("19.00"), accrued=eur("19.00"), stays=eur("0.00"), tax=part
    )

    assert sides(entries) == {A.FREIGHT_ACCRUED: "19.00", A.ACCOUNTS_PAYABLE: "-19.00"}


def test_revenue_is_accrued_net_and_its_tax_is_a_debt():
    entries = accrue_revenue(
        BOOKING, expected=eur("238.00"), accrued=eur("0.00"), tax=tax("0", "38.00")
    )

    assert sides(entries) == {
        A.UNBILLED_RECEIVABLE: "238.00",
        A.FREIGHT_REVENUE: "-200.00",
        A.TAX_PAYABLE: "-38.00",
    }


@pytest.mark.parametrize(
    ("accrued", "before", "booked"),
    [
        ("238.00", "38.00", {A.ACCOUNTS_RECEIVABLE: "238.00", A.UNBILLED_RECEIVABLE: "-238.00"}),
        (
            *("0.00", "0.00"),
            {
                A.ACCOUNTS_RECEIVABLE: "238.00",
                A.FREIGHT_REVENUE: "-200.00",
                A.TAX_PAYABLE: "-38.00",
            },
        ),
    ],
    ids=["accrued before", "never accrued"],
)
def test_an_invoice_asks_for_the_gross_and_earns_the_net(accrued, before, booked):
    entries = release_invoice(
        BOOKING,
        invoiced=eur("238.00"),
        accrued=eur(accrued),
        stays=eur("0.00"),
        tax=tax(before, "0.00", "38.00"),
    )

    assert sides(entries) == booked


def test_a_credit_takes_back_revenue_and_the_debt_of_its_tax():
    entries = release_credit(BOOKING, credited=eur("11.90"), corrects="first", tax=eur("1.90"))

    assert sides(entries) == {
        A.FREIGHT_REVENUE: "10.00",
        A.TAX_PAYABLE: "1.90",
        A.ACCOUNTS_RECEIVABLE: "-11.90",
    }


def test_cost_centres_share_the_cost_and_never_the_tax():
    (entry,) = accrue_cost(BOOKING, expected=eur("119.00"), accrued=eur("0"), tax=tax("0", "19"))

    shared = shared_out(entry, {"EAST": Decimal(60), "WEST": Decimal(40)})

    assert {Account.TAX_RECOVERABLE, Account.TAX_PAYABLE}.isdisjoint(RESULT)
    assert [(one.account, str(one.money.amount), one.cost_centre) for one in shared.lines] == [
        (A.FREIGHT_COST, "60.00", "EAST"),
        (A.FREIGHT_COST, "40.00", "WEST"),
        (A.TAX_RECOVERABLE, "19.00", ""),
        (A.FREIGHT_ACCRUED, "-119.00", ""),
    ]


CENTS = st.decimals("0.00", "500.00", places=2)


@given(net=st.tuples(CENTS, CENTS, CENTS), part=st.tuples(CENTS, CENTS, CENTS))
def test_no_cent_of_tax_is_ever_cost_or_variance(net, part):
    accrued, stays, payable = (eur(a + b) for a, b in zip(net, part, strict=True))
    before, after, settled = map(eur, part)
    entries = approve_bill(
        BOOKING,
        payable=payable,
        accrued=accrued,
        stays=stays,
        tax=TaxPart(before=before, after=after, settled=settled),
    )

    lines = [line for one in entries for line in one.lines]
    result = sum(line.money.amount for line in lines if line.account in RESULT)
    balance = sum(line.money.amount for line in lines if line.account is A.TAX_RECOVERABLE)
    assert result == net[2] + net[1] - net[0]
    assert balance == part[2] + part[1] - part[0]
