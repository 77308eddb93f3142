"""Several bills in one table: each as a whole or not at all, and none holds another back."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.connectors.csv_folder.mapping import readers
from drawbar.freight.attribute import Locality, Move, Tally
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import Sense
from drawbar.freight.money import Money
from drawbar.freight.reference import Reference, ReferenceKind
from tests.connectors.csv_folder.conftest import RECEIPT, profile_of

HEADING = (
    "invoice,invoice date,tender,shipment,pro,bol,po,order,line,charge,description,stop,amount,"
    "currency,total,remit to"
)
NAMES = "S-O-1-V1T1,S-O-1,77001,B-77,,"
FIRST = (
    f'I-1,03/20/2026,{NAMES},1,Line haul,,,"1,650.00",USD,"1,659.50",FACTOR',
    f'I-1,03/20/2026,{NAMES},2,Fuel,diesel,2,9.50,USD,"1,659.50",FACTOR',
)
SECOND = ("I-2,03/21/2026,,S-O-2,,,PO-9,,1,Line haul,,,100.00,USD,100.00,",)


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def bills(reading) -> list:
    return [fact.bill for fact in reading.facts]


def test_each_bill_of_a_table_has_its_lines_with_their_place(hear):
    reading = hear("bills", HEADING, *FIRST, *SECOND)
    first, second = bills(reading)

    assert (first.invoice_number, first.billed_on) == ("I-1", date(2026, 3, 20))
    assert [(one.number, one.kind, one.money, one.stop, one.place) for one in first.lines] == [
        (1, ChargeKind.LINEHAUL, usd("1650.00"), 0, "line 2 column 'amount'"),
        (2, ChargeKind.FUEL_SURCHARGE, usd("9.50"), 2, "line 3 column 'amount'"),
    ]
    assert first.total == first.document_total == first.document_lines_total == usd("1659.50")
    assert first.remit_to == "FACTOR"
    assert second.references == (
        Reference(ReferenceKind.SHIPMENT, "S-O-2"),
        Reference(ReferenceKind.PO, "PO-9"),
        Reference(ReferenceKind.CARRIER_INVOICE, "I-2", "PRHL"),
    )
    assert [fact.lineage.place for fact in reading.facts] == ["line 2", "line 4"]


def test_a_header_that_differs_from_its_lines_goes_along(hear):
    (bill,) = bills(hear("bills", HEADING, SECOND[0].replace("USD,100.00", "USD,900.00")))

    assert (bill.total, bill.document_lines_total) == (usd("900.00"), usd("100.00"))


def test_the_same_bill_twice_in_one_table_is_two_bills(hear):
    first, again = bills(hear("bills", HEADING, *FIRST, *FIRST))

    assert first.bill_ref != again.bill_ref
    assert first.lines[1].money == again.lines[1].money == usd("9.50")


def test_one_number_on_two_loads_is_two_bills(hear):
    other = SECOND[0].replace("I-2", "I-1").replace("03/21", "03/20")

    assert [bill.invoice_number for bill in bills(hear("bills", HEADING, *FIRST, other))] == [
        "I-1",
        "I-1",
    ]


def test_the_same_file_makes_the_same_bills_again(hear):
    first, again = (hear("bills", HEADING, *FIRST) for _ in range(2))
    elsewhere = hear("bills", HEADING, *SECOND, *FIRST)

    assert first == again
    assert elsewhere.facts[1].bill.bill_ref != first.facts[0].bill.bill_ref


@pytest.mark.parametrize(
    ("before", "after", "cause"),
    [
        ("9.50,", "9.5O,", "amount:number"),
        ("03/20/2026", "20.3.26", "invoice date:day"),
        ("USD", "dollars", "currency:form"),
        ("USD", "", "currency:empty"),
        (",2,Fuel", ",3,Fuel", "line:gap"),
        (",1,Line haul", ",2,Line haul", "line:gap"),
    ],
    ids=["an amount", "a day", "a currency", "no currency", "a gap", "no first line"],
)
def test_a_bill_that_cannot_be_read_waits_as_a_whole_and_alone(hear, before, after, cause):
    reading = hear("bills", HEADING, *(line.replace(before, after) for line in FIRST), *SECOND)

    assert [bill.invoice_number for bill in bills(reading)] == ["I-2"]
    assert f"csv:PRHL:bills:{cause}" in {problem.cause for problem in reading.problems}


def test_a_charge_that_nobody_knows_comes_with_its_bill_and_is_a_problem_beside_it(hear):
    reading = hear("bills", HEADING, *(line.replace("Fuel", "Gas") for line in FIRST))
    (bill,) = bills(reading)

    assert [one.sense for one in bill.lines] == [Sense.UNDERSTOOD, Sense.UNKNOWN]
    assert bill.lines[1].code == "Gas"
    assert bill.document_lines_total == bill.total
    assert [(one.cause, one.code) for one in reading.problems] == [
        ("csv:PRHL:bills:charge:Gas", "Gas")
    ]


def test_one_entry_replays_an_unknown_charge(hear):
    lines = [line.replace("Fuel", "Gas") for line in FIRST]
    (problem,) = hear("bills", HEADING, *lines).problems
    (bill,) = bills(hear("bills", HEADING, *lines, charges={"Gas": ChargeKind.FUEL_SURCHARGE}))

    assert problem.kind is CaseKind.UNKNOWN_CODE
    assert bill.lines[1].kind is ChargeKind.FUEL_SURCHARGE


def test_no_currency_is_assumed_but_the_profiles(hear):
    (bill,) = bills(hear("bills", HEADING, SECOND[0].replace("USD", ""), currency="CAD"))

    assert bill.currency == "CAD"


def test_a_bill_that_names_no_load_is_still_a_bill(hear):
    (bill,) = bills(hear("bills", HEADING, SECOND[0].replace("S-O-2,,,PO-9", ",,,")))

    assert [one.kind for one in bill.references] == [ReferenceKind.CARRIER_INVOICE]


@given(st.lists(st.decimals("-9999.99", "99999.99", places=2), min_size=1, max_size=12))
def test_never_bills_another_sum_than_its_rows(amounts):
    total = sum(amounts)
    rows = [
        f'I-1,03/20/2026,,S-O-1,,,,,{number},Line haul,,,"{amount:,.2f}",USD,"{total:,.2f}",'
        for number, amount in enumerate(amounts, start=1)
    ]
    body = "\n".join((HEADING, *rows)).encode()
    reading = readers(profile_of())["csv:PRHL:bills"](body, RECEIPT)

    assert reading.problems == ()
    (bill,) = bills(reading)
    assert bill.total.amount == bill.document_lines_total.amount == total


MOVE = (
    "ship date,origin zip,origin city,origin state,destination zip,destination city,"
    "destination state,total weight lb"
)


def test_a_bill_may_say_when_and_from_where_to_where_it_was_moved(hear):
    said = '03/18/2026,75201,Dallas,TX,,Chicago,IL,"18,000"'
    (bill,) = bills(hear("bills", f"{HEADING},{MOVE}", *(f"{row},{said}" for row in FIRST)))

    assert bill.move == Move(
        ship_on=date(2026, 3, 18),
        origin=Locality(postal_code="75201", city="Dallas", region="TX"),
        destination=Locality(city="Chicago", region="IL"),
        header=Tally(weight_lb=Decimal(18000)),
    )


def test_a_table_without_the_columns_says_nothing_of_the_move(hear):
    assert [one.move for one in bills(hear("bills", HEADING, *FIRST))] == [None]


def test_a_ship_date_that_is_no_day_keeps_its_bill_back(hear):
    reading = hear("bills", f"{HEADING},{MOVE}", *(f"{row},soon,,,,,,," for row in SECOND))

    assert reading.facts == ()
    assert "soon" in reading.problems[0].text
