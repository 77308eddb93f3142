"""A customer's invoice, released on 2026-03-20 to Globex, who pays in 30 days."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.billing.grouping import Billable, Bundle
from drawbar.billing.invoice import Heading, NothingToInvoice, UnknownTerms, invoice, line_of
from drawbar.billing.series import CREDIT_NOTES, INVOICES, credit_series, invoice_series
from drawbar.freight.billing_terms import BillingTerms
from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.invoice import CustomerInvoice, InvoicedShipment
from drawbar.freight.money import MixedCurrencies, Money
from drawbar.freight.party import Customer

GLOBEX = Customer(customer_ref="GLOBEX", name="Globex", payment_days=30)
amounts = st.decimals(Decimal("0.01"), 10_000, places=4)


def line(amount: str | Decimal, currency: str = "USD") -> AgreedCharge:
    return AgreedCharge(
        charge_ref="linehaul",
        charge=Charge(kind=ChargeKind.LINEHAUL, money=Money(Decimal(amount), currency)),
        why=Explanation(rule="lane", clause="4.1"),
    )


def released(*lines: AgreedCharge, customer: Customer = GLOBEX, number: int = 123):
    return invoice(
        Heading(number=number, on=date(2026, 3, 20)), customer=customer, bundle=bundle(lines)
    )


def bundle(*shipments: tuple[AgreedCharge, ...]) -> Bundle:
    billables = tuple(
        Billable(about=InvoicedShipment(shipment_ref=f"S-{place}"), lines=lines)
        for place, lines in enumerate(shipments, start=1001)
    )
    return Bundle(group="", currency="USD", shipments=billables)


def test_an_invoice_names_what_for_whom_how_much_and_until_when():
    assert released(line("1650.00"), line("412.50")) == CustomerInvoice(
        invoice_ref="I-000123",
        number=123,
        customer_ref="GLOBEX",
        shipment_ref="S-1001",
        invoiced_on=date(2026, 3, 20),
        due_on=date(2026, 4, 19),
        lines=(line_of(line("1650.00")), line_of(line("412.50"))),
        shipments=(InvoicedShipment(shipment_ref="S-1001"),),
        total=Money(Decimal("2062.50"), "USD"),
    )


@pytest.mark.parametrize(("days", "due"), [(0, date(2026, 3, 20)), (45, date(2026, 5, 4))])
def test_it_is_due_by_the_customers_terms(days, due):
    assert released(line("1.00"), customer=structs.replace(GLOBEX, payment_days=days)).due_on == due


def test_the_total_is_what_the_customer_gets_by_adding_up_the_lines():
    released_ = released(line("0.335"), line("0.335"))

    assert [one.charge.money.amount for one in released_.lines] == [Decimal("0.34")] * 2
    assert released_.total == Money(Decimal("0.68"), "USD")


def test_a_rebate_may_be_a_line_of_its_own():
    assert released(line("100.00"), line("-10.00")).total == Money(Decimal("90.00"), "USD")


@pytest.mark.parametrize(
    "lines", [(), (line("0.00"),), (line("0.004"),), (line("-1.00"),)], ids=str
)
def test_there_is_no_invoice_for_nothing(lines):
    with pytest.raises(NothingToInvoice):
        released(*lines)


def test_there_is_no_invoice_in_two_currencies():
    with pytest.raises(MixedCurrencies):
        released(line("1.00"), line("1.00", "EUR"))


def test_there_is_no_invoice_without_terms():
    with pytest.raises(UnknownTerms):
        released(line("1.00"), customer=structs.replace(GLOBEX, payment_days=None))


def test_why_a_line_is_owed_goes_with_it():
    assert released(line("1.00")).lines[0].why.clause == "4.1"


def test_numbers_sort_like_their_names_and_outgrow_their_zeros():
    assert [INVOICES.ref_of(number) for number in (1, 123, 999_999, 1_000_000)] == [
        "I-000001",
        "I-000123",
        "I-999999",
        "I-1000000",
    ]


@pytest.mark.parametrize("number", [0, -1])
def test_numbers_begin_at_one(number):
    with pytest.raises(ValueError, match="numbered from 1"):
        INVOICES.ref_of(number)


def test_an_invoice_of_several_shipments_says_which_line_is_for_which():
    heading = Heading(number=1, on=date(2026, 3, 20))

    several = invoice(
        heading, customer=GLOBEX, bundle=bundle((line("2310.00"),), (line("1985.50"),))
    )

    assert several.shipment_refs == ("S-1001", "S-1002")
    assert several.shipment_ref == ""
    assert several.total == Money(Decimal("4295.50"), "USD")
    assert several.total_of("S-1002") == Money(Decimal("1985.50"), "USD")


def test_series_are_named_by_entity_and_currency_only_where_asked_for():
    own = BillingTerms(legal_entity="NL", number_by_currency=True)

    assert invoice_series(BillingTerms(), "EUR") == INVOICES
    assert credit_series(BillingTerms(), "EUR") == CREDIT_NOTES
    assert invoice_series(own, "EUR").ref_of(7) == "I-NL-EUR-000007"
    assert credit_series(own, "EUR").ref_of(7) == "C-NL-EUR-000007"


@given(st.lists(amounts, min_size=1, max_size=8), st.integers(1, 10_000_000))
def test_b05_releasing_again_gives_the_same_invoice_to_the_cent(charged, number):
    lines = [line(amount) for amount in charged]

    once, again = released(*lines, number=number), released(*lines, number=number)

    assert once == again
    assert once.total.amount == sum(one.charge.money.amount for one in once.lines)
    assert once.total == once.total.rounded()


@given(st.integers(1, 10_000_000), st.integers(1, 10_000_000))
def test_two_numbers_are_never_one_invoice(one, other):
    assert (INVOICES.ref_of(one) == INVOICES.ref_of(other)) == (one == other)
