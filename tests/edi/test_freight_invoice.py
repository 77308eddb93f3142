"""A carrier's invoice: cents are cents, and it adds up or says where it does not."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.edi import (
    Amount,
    FindingCode,
    FreightInvoice,
    InvoiceCharge,
    InvoiceLine,
    InvoiceTotal,
    Segment,
    TransactionSet,
    build,
    parse,
    unplaced,
)


def taken(*lines: str):
    segments = tuple(
        Segment(tag, tuple(elements), position=position, index=position)
        for position, line in enumerate(("ST*210*0001", *lines, "SE*9*0001"), start=1)
        for tag, *elements in [line.split("*")]
    )
    return parse(
        TransactionSet(code="210", control_number="0001", version="004010", segments=segments)
    )


def invoice(*, net: str = "110000", linehaul: str = "100000", fuel: str = "10000", total="110000"):
    return taken(
        f"B3**INV-1*S-1*PP**20260301*{net}**20260305*035*NRTH",
        "C3*USD",
        "ITD*01*3*2**10**30",
        "N9*CN*PRO1",
        "N1*BT*SHIPPER INC*93*44",
        "LX*1",
        "L5*1*PAPER",
        "L0*1*500*DM*42000*G",
        f"L1*1*2*PM*{linehaul}****400",
        f"L1*1*20*PH*{fuel}****FUE",
        f"L3*42000*G***{total}",
    )


def codes(found) -> list[FindingCode]:
    return [finding.code for finding in found]


def test_an_invoice_says_who_wants_how_much_for_what():
    typed, found = invoice()

    assert isinstance(typed, FreightInvoice)
    assert found == ()
    assert (typed.invoice_number, typed.shipment_id, typed.scac) == ("INV-1", "S-1", "NRTH")
    assert (typed.net_amount, typed.currency) == (Amount(Decimal("1100.00"), "110000"), "USD")
    assert (typed.invoiced_on, typed.delivered_on) == (date(2026, 3, 1), date(2026, 3, 5))
    assert [(charge.code, charge.amount.value) for charge in typed.charges] == [
        ("400", Decimal("1000.00")),
        ("FUE", Decimal("100.00")),
    ]
    assert typed.terms.net_days == 30
    assert typed.references[0].value == "PRO1"
    assert typed.at["net_amount"].element == 7


@pytest.mark.parametrize(
    ("change", "tag", "element", "expected", "actual"),
    [
        ({"net": "1100", "total": "1100"}, "B3", 7, "1100.00", "11.00"),
        ({"fuel": "9999"}, "B3", 7, "1099.99", "1100.00"),
        ({"total": "110001"}, "L3", 5, "1100.00", "1100.01"),
    ],
    ids=["dollars where cents belong", "a cent too few", "total a cent over"],
)
def test_an_invoice_that_does_not_foot_is_found(change, tag, element, expected, actual):
    typed, found = invoice(**change)

    (finding,) = found
    assert (finding.code, finding.tag) == (FindingCode.CHARGES_DO_NOT_FOOT, tag)
    assert finding.place.element == element
    assert (finding.expected, finding.actual) == (expected, actual)
    assert typed.net_amount.raw == change.get("net", "110000")


def test_dollars_and_cents_are_found_and_not_interpreted():
    typed, found = invoice(net="1100.00")

    assert typed.net_amount == Amount(None, "1100.00")
    assert codes(found) == [FindingCode.AMOUNT_HAS_POINT]


def test_a_charge_that_is_no_number_is_not_summed():
    _, found = invoice(fuel="N/A")

    assert codes(found) == [FindingCode.NUMBER_BAD]


def test_a_discount_is_a_negative_charge():
    typed, found = invoice(net="90000", fuel="-10000", total="90000")

    assert found == ()
    assert typed.charges[1].amount.value == Decimal("-100.00")


def test_a_missing_currency_is_named_and_not_assumed():
    typed, found = taken(
        "B3**INV-1*S-1*PP**20260301*100****NRTH", "LX*1", "L1*1***100****400", "L3*****100"
    )

    assert typed.currency == ""
    assert codes(found) == [FindingCode.CURRENCY_MISSING]


cents = st.integers(-(10**9), 10**9).map(lambda number: Decimal(number).scaleb(-2))


@given(st.lists(cents, min_size=1, max_size=20), st.integers(-3, 3))
def test_footing_is_exact_to_the_cent(amounts, off):
    net = sum(amounts, Decimal(off).scaleb(-2))
    charges = tuple(InvoiceCharge(amount=Amount(amount), code="400") for amount in amounts)
    ours = FreightInvoice(
        invoice_number="INV-1",
        shipment_id="S-1",
        scac="NRTH",
        payer="PP",
        currency="USD",
        invoiced_on=date(2026, 3, 1),
        net_amount=Amount(net),
        lines=(InvoiceLine(number=1, charges=charges),),
        total=InvoiceTotal(charge=Amount(net)),
    )

    typed, found = taken(*("*".join((item.tag, *item.elements)) for item in build(ours).segments))

    assert typed.charged == sum(amounts)
    assert typed.net_amount.value == net
    assert (FindingCode.CHARGES_DO_NOT_FOOT in codes(found)) is (off != 0)


def test_an_invoice_comes_back_as_it_was_built():
    typed, _ = invoice()
    lines = ("*".join((item.tag, *item.elements)) for item in build(typed).segments)

    assert unplaced(taken(*lines)[0]) == unplaced(typed)
