"""Which shipments come on one invoice."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.billing.grouping import Billable, bundles, group_of
from drawbar.freight.billing_terms import BillingTerms, InvoiceGroup, InvoicePer
from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.invoice import InvoicedShipment
from drawbar.freight.money import Money
from drawbar.freight.reference import Reference, ReferenceKind

BY_PO = BillingTerms(per=InvoicePer.WEEK, by=InvoiceGroup.PO)


def load(ref: str, *, po: str = "", currency: str = "USD", city: str = "Chicago, IL") -> Billable:
    charge = AgreedCharge(
        charge_ref="linehaul",
        charge=Charge(kind=ChargeKind.LINEHAUL, money=Money(Decimal("10.00"), currency)),
        why=Explanation(rule="lane"),
    )
    names = (Reference(ReferenceKind.PO, po),) if po else ()
    about = InvoicedShipment(
        shipment_ref=ref, references=names, origin="Dallas, TX", destination=city
    )
    return Billable(about=about, lines=(charge,))


def refs(terms: BillingTerms, *loads: Billable) -> list[list[str]]:
    return [[one.about.shipment_ref for one in some.shipments] for some in bundles(loads, terms)]


def test_shipments_of_one_po_come_together():
    loads = (load("S-1", po="B"), load("S-2", po="A"), load("S-3", po="B"))

    assert refs(BY_PO, *loads) == [["S-2"], ["S-1", "S-3"]]


def test_two_currencies_are_two_invoices():
    loads = (load("S-1"), load("S-2", currency="CAD"), load("S-3"))

    assert refs(BillingTerms(per=InvoicePer.MONTH), *loads) == [["S-2"], ["S-1", "S-3"]]


def test_invoiced_by_shipment_each_is_alone():
    assert refs(BillingTerms(), load("S-2"), load("S-1")) == [["S-1"], ["S-2"]]


@pytest.mark.parametrize(
    ("by", "group"),
    [
        (InvoiceGroup.CUSTOMER, ""),
        (InvoiceGroup.PO, "PO-9"),
        (InvoiceGroup.ORIGIN, "Dallas, TX"),
        (InvoiceGroup.DESTINATION, "Chicago, IL"),
    ],
)
def test_what_groups_a_shipment(by: InvoiceGroup, group: str):
    assert group_of(load("S-1", po="PO-9").about, by) == group


some_loads = st.lists(
    st.builds(
        load,
        st.integers(1, 99).map(lambda number: f"S-{number:02}"),
        po=st.sampled_from(["", "A", "B"]),
        currency=st.sampled_from(["USD", "CAD"]),
    ),
    unique_by=lambda one: one.about.shipment_ref,
)


@given(some_loads, st.sampled_from(InvoiceGroup), st.integers(1, 5), st.randoms())
def test_each_shipment_is_on_one_invoice_whatever_the_order(loads, by, most, chance):
    terms = BillingTerms(per=InvoicePer.DAY, by=by, shipments_max=most)
    found = bundles(loads, terms)

    flat = [one.about.shipment_ref for some in found for one in some.shipments]
    assert sorted(flat) == sorted(one.about.shipment_ref for one in loads)
    assert all(1 <= len(some.shipments) <= most for some in found)
    assert all(one.currency == some.currency for some in found for one in some.shipments)
    shuffled = list(loads)
    chance.shuffle(shuffled)
    assert bundles(shuffled, terms) == found
