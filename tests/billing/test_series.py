"""What numbers, groups and periods an invoice falls in, by the terms of its customer."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from drawbar.billing.grouping import Billable, Bundle, bundles
from drawbar.billing.period import NoPeriod, period_of
from drawbar.billing.series import Series, credit_series, invoice_series
from drawbar.freight.billing_terms import BillingTerms, InvoiceGroup, InvoicePer
from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.invoice import InvoicedShipment, InvoicePeriod
from drawbar.freight.money import Money
from drawbar.freight.reference import Reference, ReferenceKind

NORTH = Series("customer_invoice:NORTH", "I-NORTH")
AT = datetime(2026, 3, 25, 12, tzinfo=UTC)
PERIOD = InvoicePeriod(
    since=datetime(2026, 3, 13, 23, tzinfo=UTC), until=datetime(2026, 3, 20, 23, tzinfo=UTC)
)
HAUL = AgreedCharge(
    charge_ref="linehaul",
    charge=Charge(kind=ChargeKind.LINEHAUL, money=Money(Decimal("1.00"), "USD")),
    why=Explanation(rule="lane"),
)


def test_an_order_number_groups_shipments_and_names_the_bundle():
    about = InvoicedShipment(
        shipment_ref="S-1001",
        references=tuple(Reference(ReferenceKind.PO, value) for value in ("PO-9", "PO-10")),
    )
    one = Billable(about=about, lines=(HAUL,))

    assert bundles([one], BillingTerms(by=InvoiceGroup.PO)) == (
        Bundle(group="PO-10, PO-9", currency="USD", shipments=(one,)),
    )


@pytest.mark.parametrize(
    ("terms", "invoices", "credits_"),
    [
        (BillingTerms(), ("customer_invoice", "I"), ("credit_note", "C")),
        (
            BillingTerms(legal_entity="NORTH"),
            ("customer_invoice:NORTH", "I-NORTH"),
            ("credit_note:NORTH", "C-NORTH"),
        ),
        (
            BillingTerms(legal_entity="NORTH", number_by_currency=True),
            ("customer_invoice:NORTH:CAD", "I-NORTH-CAD"),
            ("credit_note:NORTH:CAD", "C-NORTH-CAD"),
        ),
        (
            BillingTerms(number_by_currency=True),
            ("customer_invoice:CAD", "I-CAD"),
            ("credit_note:CAD", "C-CAD"),
        ),
    ],
    ids=["one of all", "an entity's own", "an entity's own in each currency", "each currency"],
)
def test_numbers_count_by_entity_and_currency(terms, invoices, credits_):
    assert invoice_series(terms, "CAD") == Series(*invoices)
    assert credit_series(terms, "CAD") == Series(*credits_)


def test_a_number_below_one_is_refused_and_named():
    with pytest.raises(ValueError, match=r"^invoices are numbered from 1, not 0$"):
        NORTH.ref_of(0)


def test_periods_are_told_in_utc():
    told = period_of(
        BillingTerms(per=InvoicePer.WEEK), datetime(2026, 3, 18, 9, tzinfo=UTC),
        zone_name="America/Chicago",
    )  # fmt: skip

    assert told == PERIOD
    assert told.since.tzinfo is UTC
    assert told.until.tzinfo is UTC


def test_a_customer_invoiced_by_shipment_has_no_period():
    with pytest.raises(NoPeriod, match=r"^this customer is invoiced shipment by shipment$"):
        period_of(BillingTerms(), AT, zone_name="UTC")
