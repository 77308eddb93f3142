"""A carrier's 210: every line with its kind, its money and its place; all of it or nothing."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from drawbar.connectors.x12_folder.manifest import Mailbox
from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import Sense
from drawbar.freight.money import Money
from drawbar.freight.reference import Reference, ReferenceKind

BILL = """
B3**19267*S-1001*PP**20260320*223125****ABCD
C3*USD
N9*CN*123456789
N9*BM*B-77
N1*RE*FACTOR INC*25*FCT1
LX*1
L1*1***165000****400
LX*2
L1*2***41250****FUE****FUEL SURCHARGE
LX*3
L1*3***16875****DTL
L3*****223125
"""


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def billed(hear, body: str = BILL, **by):
    reading = hear("210", body, by=by)
    assert reading.problems == ()
    return reading.facts[0].bill


def causes(hear, body: str, **by) -> list[str]:
    reading = hear("210", body, by=by)
    assert reading.facts == ()
    return [problem.cause for problem in reading.problems]


def test_a_bill_says_what_it_wants_and_for_what(hear):
    bill = billed(hear)

    assert (bill.carrier_ref, bill.invoice_number) == ("ABCD", "19267")
    assert (bill.billed_on, bill.total) == (date(2026, 3, 20), usd("2231.25"))
    assert [(line.kind, line.money, line.code) for line in bill.lines] == [
        (ChargeKind.LINEHAUL, usd("1650.00"), "400"),
        (ChargeKind.FUEL_SURCHARGE, usd("412.50"), "FUE"),
        (ChargeKind.DETENTION, usd("168.75"), "DTL"),
    ]
    assert bill.references == (
        Reference(ReferenceKind.SHIPMENT, "S-1001"),
        Reference(ReferenceKind.CARRIER_INVOICE, "19267", "ABCD"),
        Reference(ReferenceKind.PRO, "123456789", "ABCD"),
        Reference(ReferenceKind.BOL, "B-77"),
    )
    assert bill.remit_to == "FCT1"


def test_a_line_leads_back_to_its_byte(hear):
    line = billed(hear).lines[1]

    assert line.text == "FUEL SURCHARGE"
    assert line.place.startswith("interchange 1 / set 1 / segment 10 / element 4 / byte ")


def test_the_foot_and_the_sum_of_the_lines_go_along(hear):
    bill = billed(hear, BILL.replace("L3*****223125", "L3*****999900"))

    assert bill.document_total == usd("9999.00")
    assert bill.document_lines_total == usd("2231.25")
    assert bill.total == usd("2231.25")


def test_a_discount_is_negative(hear):
    bill = billed(hear, BILL.replace("L1*3***16875****DTL", "L1*3***-16875****DSC"))

    assert bill.lines[2].money == usd("-168.75")


def test_the_same_file_makes_the_same_bill_on_any_day(hear, hear_bytes, wrap):
    first = billed(hear)
    again = hear_bytes(wrap("210", BILL)).facts[0].bill

    assert first.bill_ref == again.bill_ref
    assert first.bill_ref.startswith("B-260320-")


def test_one_invoice_number_in_two_files_is_two_bills(hear):
    first, second = (hear("210", BILL, control=n).facts[0].bill for n in (41, 42))

    assert first.bill_ref != second.bill_ref


def test_a_bill_is_dated_not_timed(hear):
    fact = hear("210", BILL).facts[0]

    assert fact.happened_at == datetime(2026, 3, 20, tzinfo=UTC)


def test_an_unknown_charge_comes_with_its_bill_and_is_a_problem_once_per_code(hear):
    body = BILL.replace("****DTL", "****QQQ").replace("****FUE", "****QQQ")
    reading = hear("210", body)
    bill = reading.facts[0].bill

    assert [problem.cause for problem in reading.problems] == ["x12:ABCD:210:QQQ"]
    assert [one.sense for one in bill.lines] == [Sense.UNDERSTOOD, Sense.UNKNOWN, Sense.UNKNOWN]
    assert [one.code for one in bill.lines] == ["400", "QQQ", "QQQ"]
    assert bill.document_lines_total == bill.total == usd("2231.25")


def test_one_entry_replays_an_unknown_charge(hear):
    body = BILL.replace("****DTL", "****QQQ")
    bill = billed(hear, body, charges={"QQQ": ChargeKind.STORAGE})

    assert bill.lines[2].kind is ChargeKind.STORAGE
    assert bill.bill_ref == hear("210", body).facts[0].bill.bill_ref


def test_a_bill_that_is_understood_is_told_under_a_key_of_its_own(hear):
    body = BILL.replace("****DTL", "****QQQ")
    unread, read = (
        hear("210", body, by={"charges": one}) for one in ({}, {"QQQ": ChargeKind.STORAGE})
    )

    assert unread.facts[0].key != read.facts[0].key
    assert (
        read.facts[0].key == hear("210", body, by={"charges": {"QQQ": ChargeKind.TAX}}).facts[0].key
    )


def test_a_bill_that_lacks_something_else_is_not_taken_and_its_code_is_told_too(hear):
    reading = hear("210", BILL.replace("****DTL", "****QQQ").replace("C3*USD\n", ""))

    assert reading.facts == ()
    assert {problem.cause for problem in reading.problems} == {
        "x12:ABCD:210:currency",
        "x12:ABCD:210:QQQ",
    }


def test_another_bill_in_the_same_file_is_not_held_back(hear):
    reading = hear("210", BILL.replace("****DTL", "****QQQ"), BILL)

    assert len(reading.facts) == 2
    assert [problem.cause for problem in reading.problems] == ["x12:ABCD:210:QQQ"]


def test_no_currency_is_assumed(hear):
    body = BILL.replace("C3*USD\n", "")

    assert causes(hear, body) == ["x12:ABCD:210:currency"]
    assert billed(hear, body, currency="CAD").currency == "CAD"


@pytest.mark.parametrize(
    ("before", "after", "cause"),
    [
        ("L1*1***165000****400", "L1*1***1650.00****400", "x12:ABCD:210:finding:amount_has_point"),
        ("*20260320*", "*20261320*", "x12:ABCD:210:finding:date_bad"),
        ("*223125****ABCD", "*****ABCD", "x12:ABCD:210:finding:element_missing"),
        ("****ABCD", "****WXYZ", "x12:ABCD:210:scac:WXYZ"),
        ("C3*USD", "C3*us1", "x12:ABCD:210:currency"),
    ],
    ids=["dollars for cents", "no such day", "no total", "another carrier's bill", "no currency"],
)
def test_a_bill_that_cannot_be_relied_on_is_not_taken(hear, before, after, cause):
    assert cause in causes(hear, BILL.replace(before, after))


def test_a_carrier_may_number_its_bills_by_pro(hear):
    bill = billed(hear, invoice_number_is_pro=True)

    assert Reference(ReferenceKind.PRO, "19267", "ABCD") in bill.references


@pytest.mark.needs("samples")
def test_a_parcel_carriers_bill_is_read_once_its_codes_are_mapped(samples, hear_bytes):
    body = (samples / "edi/x12/210/jf-tech_omniparser__2_ups_edi_210.input.txt").read_bytes()
    profile = {
        "ours": Mailbox(qualifier="ZZ", id="PHH"),
        "theirs": Mailbox(qualifier="02", id="UPSN"),
        "is_test": True,
        "party_ref": "UPSN",
    }
    unmapped = hear_bytes(body, **profile)
    codes = {problem.cause.rpartition(":")[2] for problem in unmapped.problems}
    mapped = hear_bytes(body, **profile, charges=dict.fromkeys(codes, ChargeKind.OTHER))

    assert Sense.UNKNOWN in {line.sense for one in unmapped.facts for line in one.bill.lines}
    assert {fact.bill.total for fact in mapped.facts} >= {usd("94.15"), usd("285.55")}
    assert [problem.cause for problem in mapped.problems] == ["x12:UPSN:210:finding:count_wrong"]


def test_who_bills_for_a_carrier_names_the_load_by_the_carriers_numbers(hear):
    bill = billed(hear, BILL.replace("****ABCD", "****ZXYW"), scacs={"ZXYW": "NRTH"})

    assert bill.carrier_ref == "NRTH"
    assert {one.party for one in bill.references if one.party} == {"NRTH"}
