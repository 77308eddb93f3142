"""Whether a bill adds up: header against lines, and document against all of its lines."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import BillLine, FreightBill
from drawbar.freight.money import Money
from drawbar.matching.control_total import Differs, Foots, control_total


def usd(amount: str | Decimal, currency="USD") -> Money:
    return Money(Decimal(amount), currency)


def bill(*lines: Money, header: Money, document=(None, None)) -> FreightBill:
    return FreightBill(
        bill_ref="B-1",
        carrier_ref="ABCD",
        invoice_number="19267",
        billed_on=date(2026, 4, 10),
        currency="USD",
        references=(),
        lines=tuple(
            BillLine(number=number, kind=ChargeKind.OTHER, money=money)
            for number, money in enumerate(lines, start=1)
        ),
        total=header,
        document_total=document[0],
        document_lines_total=document[1],
    )


def test_a_header_far_above_its_lines_pays_nothing():
    answer = control_total(bill(usd("1000"), usd("100"), header=usd("99999.00")))

    assert answer == Differs(
        expected=usd("99999"),
        actual=usd("1100"),
        text="The header says 99,999.00 USD, the lines come to 1,100.00 USD.",
    )


@pytest.mark.parametrize(
    ("header", "foots"), [("1100.00", True), ("1100.01", False), ("1099.99", False)]
)
def test_the_first_cent_counts(header, foots):
    answer = control_total(bill(usd("1000"), usd("100"), header=usd(header)))

    assert isinstance(answer, Foots if foots else Differs)


def test_credits_count_below_zero():
    assert control_total(bill(usd("1000"), usd("-100"), header=usd("900"))) == Foots()


def test_a_bill_without_lines_adds_up_to_nothing():
    assert isinstance(control_total(bill(header=usd("0.01"))), Differs)


def test_m13_a_document_adds_up_over_all_of_its_bills():
    s3 = bill(usd("1600"), header=usd("1600"), document=(usd("4650"), usd("4650.00")))

    assert control_total(s3) == Foots()


def test_m13_a_document_that_does_not_add_up_stops_each_of_its_bills():
    s1 = bill(usd("1500"), header=usd("1500"), document=(usd("4650"), usd("4600")))

    answer = control_total(s1)

    text = "The document says 4,650 USD, all of its lines come to 4,600 USD."
    assert answer == Differs(expected=usd("4650"), actual=usd("4600"), text=text)


@pytest.mark.parametrize("document", [(usd("5"), None), (None, usd("5"))], ids=["header", "lines"])
def test_a_document_that_says_half_is_not_compared(document):
    assert control_total(bill(usd("1"), header=usd("1"), document=document)) == Foots()


def test_two_currencies_never_add_up():
    answer = control_total(
        bill(usd("1000"), usd("100", "CAD"), usd("7", "MXN"), header=usd("1107"))
    )

    text = "The header is in USD, but line 2 100 CAD, line 3 7 MXN."
    assert answer == Differs(expected=usd("1107"), actual=usd("1000"), text=text)


def test_a_document_header_in_another_currency_does_not_add_up():
    document = (usd("1", "CAD"), usd("1"))

    assert isinstance(control_total(bill(usd("1"), header=usd("1"), document=document)), Differs)


cents = st.integers(-(10**7), 10**7).map(lambda count: Decimal(count).scaleb(-2))


@given(st.lists(cents, max_size=6), cents)
def test_never_foots_when_a_cent_is_missing(amounts, header):
    answer = control_total(bill(*(usd(one) for one in amounts), header=usd(header)))

    assert isinstance(answer, Foots) is (sum(amounts) == header)
