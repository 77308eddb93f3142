"""A carrier's INVOIC: every line with its kind, its money and its place; all of it or nothing."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import Sense
from drawbar.freight.money import Money
from drawbar.freight.reference import Reference, ReferenceKind

BILL = """
BGM+380+INV-7+9
DTM+137:20260321:102
DTM+3:20260320:102
RFF+CU:S-O-1
RFF+CN:4711
NAD+CA+4012345000009::9
NAD+PE+++FACTOR INC
CUX+2:EUR:4
LIN+1++FC
MOA+203:1650
LIN+2++BAF
IMD+F++:::BUNKER
MOA+203:412.50
UNS+S
MOA+77:2062.50
"""
BY = {"charges": {"BAF": ChargeKind.FUEL_SURCHARGE}}


def eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def billed(hear, body: str = BILL, **by):
    reading = hear("INVOIC", body, by=BY | by)
    assert reading.problems == ()
    return reading.facts[0].bill


def test_a_bill_says_what_it_wants_and_for_what(hear):
    bill = billed(hear)

    assert (bill.carrier_ref, bill.invoice_number) == ("NORD", "INV-7")
    assert (bill.billed_on, bill.total) == (date(2026, 3, 20), eur("2062.50"))
    assert [(line.kind, line.money, line.code) for line in bill.lines] == [
        (ChargeKind.LINEHAUL, eur("1650"), "FC"),
        (ChargeKind.FUEL_SURCHARGE, eur("412.50"), "BAF"),
    ]
    assert bill.references == (
        Reference(ReferenceKind.CARRIER_INVOICE, "INV-7", "NORD"),
        Reference(ReferenceKind.SHIPMENT, "S-O-1"),
        Reference(ReferenceKind.PRO, "4711", "NORD"),
    )
    assert bill.remit_to == "FACTOR INC"
    assert bill.document_total == bill.document_lines_total == eur("2062.50")


def test_a_line_leads_back_to_its_byte(hear):
    line = billed(hear).lines[1]

    assert line.text == "BUNKER"
    assert line.place.startswith("interchange 1 / set 1 / segment 14 / element 1 / byte ")


def test_charges_allowances_and_taxes_of_the_whole_are_lines(hear):
    body = BILL.replace("LIN+1", "ALC+C++++HD\nMOA+23:20\nALC+A++++FC\nMOA+204:10\nLIN+1")
    body = body.replace("MOA+77:2062.50", "MOA+77:2466.38\nTAX+7+VAT+++:::19\nMOA+124:393.88")

    bill = billed(hear, body, charges=BY["charges"] | {"HD": ChargeKind.OTHER})

    assert [(line.kind.value, line.money.amount) for line in bill.lines[2:]] == [
        ("other", Decimal(20)),
        ("linehaul", Decimal(-10)),
        ("tax", Decimal("393.88")),
    ]
    assert bill.lines[4].text == "19 %"
    assert bill.document_lines_total == bill.total


def test_a_tax_that_is_only_a_total_is_a_line(hear):
    body = BILL.replace("MOA+77:2062.50", "MOA+77:2100\nMOA+124:37.50")

    assert billed(hear, body).lines[-1].kind is ChargeKind.TAX


def test_a_credit_note_is_negative_throughout(hear):
    bill = billed(hear, BILL.replace("BGM+380", "BGM+381"))

    assert [line.money for line in bill.lines] == [eur("-1650"), eur("-412.50")]
    assert bill.total == eur("-2062.50")


def test_a_credit_note_with_signs_of_its_own_is_not_turned_around(hear):
    body = BILL.replace("BGM+380", "BGM+381").replace("MOA+203:", "MOA+203:-")

    assert billed(hear, body.replace("MOA+77:", "MOA+77:-")).total == eur("-2062.50")


def test_a_corrected_invoice_names_the_one_that_it_replaces(hear):
    bill = billed(
        hear, BILL.replace("BGM+380", "BGM+384").replace("RFF+CU", "RFF+IV:INV-6\nRFF+CU")
    )

    assert bill.corrects == "INV-6"


def test_an_unknown_charge_comes_with_the_bill_and_is_a_problem_beside_it(hear):
    reading = hear("INVOIC", BILL)

    assert [line.sense for line in reading.facts[0].bill.lines] == [
        Sense.UNDERSTOOD,
        Sense.UNKNOWN,
    ]
    assert [one.cause for one in reading.problems] == ["edifact:NORD:INVOIC:BAF"]


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("DTM+137:20260321:102\nDTM+3:20260320:102\n", "DTM+11:20260301:102\n", "invoiced_on"),
        ("MOA+77:2062.50", "MOA+7:1", "net_amount"),
        ("CUX+2:EUR:4\n", "", "currency"),
        ("CUX+2:EUR:4\n", "CUX+2:EU:4\n", "currency"),
        ("MOA+203:412.50", "MOA+203:412.50:USD", "currency"),
    ],
    ids=["no date", "no total", "no currency", "not a currency", "another currency"],
)
def test_what_keeps_a_bill_back_is_named(hear, old, new, cause):
    reading = hear("INVOIC", BILL.replace(old, new), by=BY)

    assert reading.facts == ()
    assert [one.cause for one in reading.problems] == [f"edifact:NORD:INVOIC:{cause}"]


CENTS = st.integers(0, 10**8).map(lambda each: Decimal(each).scaleb(-2))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # it keeps nothing
@given(st.lists(CENTS, min_size=1, max_size=6), st.sampled_from(["380", "381"]))
def test_no_cent_of_an_invoice_is_lost_or_made(hear, amounts, kind):
    lines = "".join(f"LIN+{n}++FC\nMOA+203:{each}\n" for n, each in enumerate(amounts, start=1))
    total = sum(amounts, start=Decimal(0))
    head = BILL[: BILL.index("LIN")].replace("380", kind)

    bill = billed(hear, f"{head}{lines}UNS+S\nMOA+77:{total}\n")

    sign = -1 if kind == "381" else 1
    assert bill.document_lines_total == bill.total == Money(sign * total, "EUR")
