"""The worked cases of the trade that a stranger's files can show, through the command."""

from decimal import Decimal

import pytest

from tests.cli.audit.folder import AGREED, BILLS, ENDS, LOAD, LOADS, audited, bill

HAUL = (("linehaul", "1650.00"), ("fuel_surcharge", "412.50"))
PER_LOAD = "carrier,invoice,invoice date,shipment,charge,amount,total\n"


def loads(*refs: str, po: str = "") -> str:
    rows = (f"{ref},ABCD,BOL-{ref},{po},{ENDS},2026-03-11 11:00\n" for ref in refs)
    return LOADS + "".join(rows)


def test_a_bill_as_agreed_is_payable_to_the_cent(tmp_path):
    said = audited(tmp_path, {"bills.csv": BILLS + bill(*AGREED)})

    assert said.code == 0
    assert (said.total("payable"), said.total("disputed")) == (Decimal("2231.25"), 0)
    assert said.bills[0]["contract_ref"] == "ABCD-2026"


def test_m09_one_invoice_number_on_many_loads_is_no_duplicate(tmp_path):
    refs = [f"S-{number}" for number in range(8)]
    rows = "".join(
        f"ABCD,19267,2026-03-14,{ref},{what},{amount},2062.50\n"
        for ref in refs
        for what, amount in HAUL
    )

    said = audited(tmp_path, {"shipments.csv": loads(*refs), "bills.csv": PER_LOAD + rows})

    assert [one["decision"] for one in said.bills] == ["approved"] * 8
    assert said.total("payable") == Decimal("16500.00")


def test_m11_a_po_on_two_loads_is_ambiguous_and_both_are_listed(tmp_path):
    rows = "".join(f"ABCD,7,2026-03-14,PO-9,{what},{amount},2062.50\n" for what, amount in HAUL)
    head = PER_LOAD.replace("shipment", "po")

    said = audited(
        tmp_path, {"shipments.csv": loads("S-1001", "S-1002", po="PO-9"), "bills.csv": head + rows}
    )

    (one,) = said.bills
    assert (one["decision"], one["reason"]) == ("undecided", "AMBIGUOUS")
    assert "S-1001, S-1002" in one["text"]
    assert (one["payable"], one["undecided"]) == ("0.00", "2062.50")


def test_m11_a_bol_beside_the_po_settles_it(tmp_path):
    head = "carrier,invoice,invoice date,po,bol,charge,amount,total\n"
    rows = "".join(
        f"ABCD,7,2026-03-14,PO-9,BOL-S-1001,{what},{amount},2062.50\n" for what, amount in HAUL
    )

    said = audited(
        tmp_path, {"shipments.csv": loads("S-1001", "S-1002", po="PO-9"), "bills.csv": head + rows}
    )

    assert said.of("payable") == {"S-1001": Decimal("2062.50")}


def test_m11_references_that_point_at_different_loads_are_a_conflict(tmp_path):
    head = "carrier,invoice,invoice date,shipment,bol,charge,amount,total\n"
    rows = "".join(
        f"ABCD,7,2026-03-14,S-1002,BOL-S-1001,{what},{amount},2062.50\n" for what, amount in HAUL
    )

    said = audited(tmp_path, {"shipments.csv": loads("S-1001", "S-1002"), "bills.csv": head + rows})

    assert said.bills[0]["reason"] == "REFERENCE_CONFLICT"
    assert said.total("payable") == 0


def test_m12_a_bill_whose_shipment_is_in_a_later_file_is_matched(tmp_path):
    files = {"a-bills.csv": BILLS + bill(*AGREED), "z-shipments.csv": LOADS + LOAD}

    said = audited(tmp_path, files | {"shipments.csv": LOADS})

    assert said.bills[0]["decision"] == "approved"


def test_m12_a_bill_whose_shipment_never_appears_is_a_match_failure_and_no_saving(tmp_path):
    said = audited(tmp_path, {"bills.csv": BILLS + bill(*HAUL, bol="B-0")})

    (one,) = said.bills
    assert one["reason"] == "MATCH_FAILURE"
    assert (one["undecided"], one["saved"]) == ("2062.50", "0.00")


def test_m13_a_consolidated_invoice_is_judged_load_by_load(tmp_path):
    contract = (
        "contract_ref: C\nparty_ref: ABCD\ncurrency: USD\nvalid_from: 2026-01-01\nlanes:\n"
        '  - {clause: "1", destination: {city: Chicago}, flat: "1500.00"}\n'
        '  - {clause: "2", destination: {city: Houston}, flat: "1550.00"}\n'
        '  - {clause: "3", destination: {city: Denver}, flat: "1475.00"}\n'
    )
    ends = {"S1": "Chicago,IL", "S2": "Houston,TX,77001", "S3": "Denver,CO"}
    shipments = (
        "shipment,carrier,origin city,origin state,origin zip,pickup date,destination city,"
        "destination state,destination zip\n"
    ) + "".join(f"{ref},ABCD,Dallas,TX,75201,2026-03-09,{end}\n" for ref, end in ends.items())
    amounts = {"S1": "1500.00", "S2": "1550.00", "S3": "1600.00"}
    rows = "".join(
        f"ABCD,W-1,2026-03-14,{ref},linehaul,{amount},4650.00\n" for ref, amount in amounts.items()
    )

    said = audited(
        tmp_path,
        {"contracts/ABCD.yaml": contract, "shipments.csv": shipments, "bills.csv": PER_LOAD + rows},
    )

    assert said.of("payable") == {
        "S1": Decimal("1500.00"),
        "S2": Decimal("1550.00"),
        "S3": Decimal("1475.00"),
    }
    assert (said.total("payable"), said.total("disputed")) == (Decimal(4525), Decimal(125))
    assert said.bills[-1]["decision"] in {"approved", "short_paid"}


def test_m19_fuel_on_accessorials_is_50_too_much(tmp_path):
    lines = (("linehaul", "1650.00"), ("lumper", "200.00"), ("fuel_surcharge", "462.50"))
    receipts = "shipment,charge,amount,currency\nS-1001,lumper,200.00,USD\n"

    said = audited(tmp_path, {"bills.csv": BILLS + bill(*lines), "receipts.csv": receipts})

    (one,) = said.bills
    assert (one["not_owed"], one["reason"]) == ("50.00", "FUEL_BASE")


FUEL_WEEKS = """
contract_ref: F
party_ref: ABCD
currency: USD
valid_from: 2026-01-01
lanes: [{clause: "1", flat: "1480.00"}]
fuel:
  - {clause: "to Tuesday", percent: "29.0", valid_from: 2026-03-11, valid_to: 2026-03-18}
  - {clause: "from Wednesday", percent: "31.0", valid_from: 2026-03-18}
"""


def test_r08_the_fuel_week_is_that_of_the_pickup_at_its_own_clock(tmp_path):
    shipments = (
        "shipment,carrier,origin city,origin state,destination city,destination state,"
        "pickup date,pickup departed,delivered\n"
        "S-1001,ABCD,Fresno,CA,Chicago,IL,2026-03-17,2026-03-17 23:30,2026-03-19 10:00\n"
    )
    rows = "".join(
        f"ABCD,5,2026-03-20,S-1001,{what},{amount},1938.80\n"
        for what, amount in (("linehaul", "1480.00"), ("fuel_surcharge", "458.80"))
    )

    said = audited(
        tmp_path,
        {
            "contracts/ABCD.yaml": FUEL_WEEKS,
            "shipments.csv": shipments,
            "bills.csv": PER_LOAD + rows,
        },
    )

    (one,) = said.bills
    assert (one["not_owed"], one["reason"]) == ("29.60", "FUEL_WEEK")
    assert [line["payable"] for line in one["lines"]] == ["1480.00", "429.20"]


@pytest.mark.parametrize(
    ("arrived", "departed", "payable", "reasons"),
    [
        ("09:40", "14:07", "168.75", set()),
        ("10:45", "15:00", "0.00", {"LATE_ARRIVAL"}),
    ],
    ids=["in time", "r17 45 minutes late"],
)
def test_r17_waiting_is_paid_to_whom_came_in_time(tmp_path, arrived, departed, payable, reasons):
    load = LOAD.replace("09:40", arrived).replace("14:07", departed)

    said = audited(tmp_path, {"shipments.csv": LOADS + load, "bills.csv": BILLS + bill(*AGREED)})

    assert said.bills[0]["lines"][2]["payable"] == payable
    assert said.reasons == reasons


def test_a_shipment_that_nobody_billed_is_listed_with_what_it_will_cost(tmp_path):
    said = audited(tmp_path, {"bills.csv": BILLS + bill(*AGREED, bol="B-0")})

    (one,) = said.missing
    assert (one["shipment"], one["expected"], one["is_overdue"]) == ("S-1001", "2231.25", False)
