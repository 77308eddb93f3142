"""A bill of which a row could not be read is not paid by the rows that could."""

import json

import pytest

from tests.cli.audit.folder import LOAD, LOADS, audited, bill

BARE = "carrier,invoice,invoice date,bol,charge,amount\n"
HAUL = "ABCD,1,2026-03-14,B-77,linehaul,1650.00\n"
HEADED = BARE.replace("amount\n", "amount,total\n")
OTHER = LOAD.replace("S-1001", "S-1002").replace("B-77", "B-78")


@pytest.mark.parametrize(
    "row",
    [
        "ABCD,1,2026-03-14,B-77,linehaul,-1OO.00\n",
        "ABCD,1,2026-03-1O,B-77,linehaul,-100.00\n",
        "ABCD,1,2026-03-14,,linehaul,NaN\n",
        f"ABCD,1,2026-03-14,B-77,linehaul,{'1' * 600}\n",
    ],
    ids=["amount", "date", "amount of no load", "endless amount"],
)
def test_a_row_that_may_be_a_credit_leaves_its_bill_undecided(tmp_path, row):
    said = audited(tmp_path, {"bills.csv": BARE + HAUL + row})
    (found,) = said.bills
    assert (found["decision"], found["payable"]) == ("undecided", "0.00")
    assert (found["undecided"], found["reason"]) == ("1650.00", "UNREAD")
    assert "row 3 of invoice 1 could not be read" in found["text"]
    assert said.code == 8


def test_a_header_that_comes_to_what_was_read_tells_that_nothing_is_missing(tmp_path):
    rows = HAUL.replace("\n", ",1650.00\n") + "ABCD,1,2026-03-14,B-77,linehaul,n/a,1650.00\n"
    said = audited(tmp_path, {"bills.csv": HEADED + rows})
    assert said.of("payable") == {"S-1001": 1650}


def test_a_row_with_a_blank_amount_bills_nothing(tmp_path):
    said = audited(
        tmp_path, {"bills.csv": BARE + HAUL + "ABCD,1,2026-03-14,B-77,fuel_surcharge,\n"}
    )
    assert said.of("payable") == {"S-1001": 1650}
    assert [one["places"] for one in said.unread] == [["row 3"]]


def test_of_one_invoice_for_many_loads_only_the_load_of_the_row_waits(tmp_path):
    rows = HAUL + HAUL.replace("B-77", "B-78") + "ABCD,1,2026-03-14,B-78,linehaul,-1OO.00\n"
    said = audited(tmp_path, {"shipments.csv": LOADS + LOAD + OTHER, "bills.csv": BARE + rows})
    decided = {one["lines"][0]["place"]: one["decision"] for one in said.bills}
    assert decided == {"bills.csv row 2": "approved", "bills.csv row 3": "undecided"}


def test_another_carriers_bill_of_the_same_number_is_judged(tmp_path):
    strange = "EFGH,1,2026-03-14,B-77,linehaul,-1OO.00\n"
    said = audited(tmp_path, {"bills.csv": BARE + HAUL + strange})
    assert said.of("payable") == {"S-1001": 1650}


@pytest.mark.parametrize("total", [{}, {"total": "55.00"}], ids=["no total", "with a total"])
def test_a_bill_without_any_line_is_named(tmp_path, total):
    record = {"carrier": "ABCD", "invoice": "1", "invoice_date": "2026-03-14", "lines": [], **total}
    said = audited(tmp_path, {"bills.ndjson": json.dumps(record)})
    assert [one["places"] for one in said.unread] == [["line 1"]]


@pytest.mark.parametrize(
    "rows",
    [HAUL + "ABCD,1,2026-03-14,B-77,linehaul,-1,100.00\n", HAUL.replace("1650", "1,650")],
    ids=["credit", "charge"],
)
def test_a_figure_that_a_comma_tears_apart_is_not_read_by_its_first_half(tmp_path, rows):
    said = audited(tmp_path, {"bills.csv": BARE + rows})
    assert said.total("payable") == 0
    assert "more cells than headings" in said.unread[0]["text"]


def test_blank_cells_beyond_the_headings_mean_nothing(tmp_path):
    said = audited(tmp_path, {"bills.csv": BARE + HAUL.replace("\n", ",,\n")})
    assert (said.of("payable"), said.unread) == ({"S-1001": 1650}, [])


def test_a_truck_that_leaves_after_today_is_a_slip_of_the_pen(tmp_path):
    load = LOAD.replace("2026-03-11 14:07", "2027-03-11 14:07")
    waited = "ABCD,1,2026-03-14,B-77,detention,300.00\n"
    said = audited(tmp_path, {"shipments.csv": LOADS + load, "bills.csv": BARE + waited})
    assert said.total("payable") == 0
    assert said.unread[0]["text"] == "2027-03-11 20:07Z is in the future"
    assert said.unread[0]["field"] == "delivery departed"


@pytest.mark.parametrize("column", ["total", "invoice total"])
@pytest.mark.parametrize("totals", [("100.00", "2062.50"), ("2062.50", "9000.00")], ids=str)
def test_rows_that_disagree_on_the_total_leave_the_bill_undecided(tmp_path, column, totals):
    lines = (("linehaul", "1650.00"), ("fuel_surcharge", "412.50"))
    rows = (
        f"ABCD,1,2026-03-14,B-77,{what},{amount},{total}\n"
        for (what, amount), total in zip(lines, totals, strict=True)
    )
    head = BARE.replace("amount\n", f"amount,{column}\n")
    (found,) = audited(tmp_path, {"bills.csv": head + "".join(rows)}).bills
    assert (found["decision"], found["reason"]) == ("undecided", "CONTROL_TOTAL")


def test_a_wrong_header_is_told_as_it_stands_beside_a_code_without_meaning(tmp_path):
    rows = bill(("linehaul", "1650.00"), ("XYZ", "10.00"), total="1650.00")
    (found,) = audited(tmp_path, {"bills.csv": HEADED + rows}).bills
    assert (found["decision"], found["reason"]) == ("undecided", "CONTROL_TOTAL")
    assert found["text"] == "The header says 1,650.00 USD, the lines come to 1,660.00 USD."
    assert found["undecided"] == "1650.00"
