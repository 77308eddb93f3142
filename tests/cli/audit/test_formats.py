"""The same bills come to the same money in whatever kind of file they stand."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from tests.cli.audit.folder import (
    AGREED,
    BILLS,
    CONTRACT,
    LOAD,
    LOADS,
    Said,
    audited,
    bill,
    written,
)

ROWS = [line.split(",") for line in (BILLS + bill(*AGREED)).splitlines()]


def book(path: Path, **sheets: list[list[str]]) -> bytes:
    """Return a workbook with these sheets; what looks like a figure is one."""
    with xlsxwriter.Workbook(str(path)) as made:
        for name, rows in sheets.items():
            page = made.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    is_figure = cell.replace(".", "", 1).isdecimal()
                    page.write(at, column, float(cell) if is_figure else cell)
    return path.read_bytes()


def records() -> list[dict[str, object]]:
    head, *rows = ROWS
    return [dict(zip(head, row, strict=True)) for row in rows]


def nested() -> dict[str, object]:
    lines = [{"charge": kind, "amount": amount} for kind, amount in AGREED]
    head = {"carrier": "ABCD", "invoice": "1", "invoiceDate": "2026-03-14", "bol": "B-77"}
    return {**head, "total": {"amount": "2231.25", "currency": "USD"}, "lines": lines}


EDI = """
ST*210*0001
B3**1*S-1001*PP**20260314*223125****ABCD
C3*USD
N9*BM*B-77
LX*1
L1*1***165000****400
LX*2
L1*2***41250****FUE
LX*3
L1*3***16875****DTL
L3*****223125
SE*12*0001
"""


def interchange(*sets: str, code: str = "IM", control: int = 41) -> bytes:
    inner = "".join(f"{line}~" for one in sets for line in one.split("\n") if line)
    return (
        f"ISA*00*          *00*          *02*ABCD           *ZZ*ACME           "
        f"*260310*0930*U*00401*{control:09d}*0*P*>~"
        f"GS*{code}*ABCD*ACME*20260310*0930*{control}*X*004010~"
        f"{inner}GE*{len(sets)}*{control}~IEA*1*{control:09d}~"
    ).encode()


FILES = {
    "csv": ("bills.csv", (BILLS + bill(*AGREED)).encode()),
    "json": ("bills.json", json.dumps(records()).encode()),
    "json under a name": ("bills.json", json.dumps({"bills": records()}).encode()),
    "json with lines": ("bills.json", json.dumps([nested()]).encode()),
    "ndjson": ("bills.ndjson", "\n".join(map(json.dumps, records())).encode()),
    "yaml": ("bills.yaml", json.dumps([nested()]).encode()),
    "x12": ("anything.dat", interchange(EDI)),
}


@pytest.mark.parametrize(("name", "content"), FILES.values(), ids=FILES)
def test_a_bill_is_the_same_in_every_kind_of_file(tmp_path, name, content):
    said = audited(tmp_path, {name: content})

    assert said.unread == []
    assert said.of("payable") == {"S-1001": Decimal("2231.25")}
    assert [line["charge"] for line in said.bills[0]["lines"]] == [kind for kind, _ in AGREED]


def test_a_workbook_holds_tables_by_the_names_of_its_sheets(tmp_path):
    loads = [line.split(",") for line in (LOADS + LOAD).splitlines()]
    content = book(tmp_path / "made.xlsx", Loads=loads, Invoices=ROWS)

    said = audited(tmp_path / "folder", {"shipments.csv": LOADS, "all.xlsx": content})

    assert said.of("payable") == {"S-1001": Decimal("2231.25")}
    assert said.bills[0]["lines"][0]["place"] == "all.xlsx Invoices row 2"


def test_a_figure_of_a_workbook_has_no_binary_noise(tmp_path):
    rows = [["carrier", "invoice", "invoice date", "bol", "charge", "amount"]]
    rows += [["ABCD", "1", "2026-03-14", "B-77", "linehaul", str(0.1 + 0.2)]]
    content = book(tmp_path / "made.xlsx", bills=rows)

    said = audited(tmp_path / "folder", {"bills.xlsx": content})

    assert said.bills[0]["billed"] == "0.30"


def test_shipments_with_stops_goods_and_events_within_them_are_read(tmp_path):
    load = {
        "shipment": "S-1001",
        "carrier": "ABCD",
        "bol": "B-77",
        "stops": [
            {
                "purpose": "pickup",
                "place": {"city": "Dallas", "state": "TX", "zip": "75201"},
                "earliest_at": "2026-03-09T08:00:00",
            },
            {
                "purpose": "delivery",
                "place": {"city": "Chicago", "state": "IL"},
                "appointment_at": "2026-03-11T10:00:00-05:00",
            },
        ],
        "goods": [{"pieces": 24, "weight_lb": "18000", "class": "70"}],
        "events": [
            {"event": "X1", "at": "2026-03-11T09:40:00", "stop": 2},
            {"event": "delivered", "at": "2026-03-11T14:07:00", "stop": 2},
        ],
    }

    said = audited(
        tmp_path,
        {
            "shipments.csv": LOADS,
            "loads.json": json.dumps([load]),
            "bills.csv": BILLS + bill(*AGREED),
        },
    )

    assert said.unread == []
    assert said.of("payable") == {"S-1001": Decimal("2231.25")}


STATUS = """
ST*214*0001
B10*123456789*S-1001*ABCD
LX*1
AT7*X1*NS***20260311*0940*LT
MS1*CHICAGO*IL
AT7*D1*NS***20260311*1407*LT
MS1*CHICAGO*IL
SE*8*0001
"""


def test_events_come_out_of_a_214(tmp_path):
    load = LOAD.replace("2026-03-11 09:40,2026-03-11 14:07", ",")
    files = {
        "shipments.csv": LOADS + load,
        "status.edi": interchange(STATUS, code="QM"),
        "bills.csv": BILLS + bill(*AGREED),
    }

    said = audited(tmp_path, files)

    assert said.unread == []
    assert said.of("payable") == {"S-1001": Decimal("2231.25")}
    assert "status.edi interchange 1 set 1" in said.bills[0]["agreed"][2]["evidence"][0]


def test_the_same_interchange_sent_again_is_read_once(tmp_path):
    body = interchange(EDI)

    said = audited(tmp_path, {"a.210": body, "b.210": body.replace(b"~", b"~\n")})

    assert len(said.bills) == 1
    assert any("read once" in one["text"] for one in said.notes)


def test_a_company_folder_is_read_as_it_is(tmp_path):
    files = {
        "drawbar.toml": 'name = "Acme"\nzone = "America/Chicago"\ncurrency = "USD"\n',
        "partners/ABCD.yaml": "carrier_ref: ABCD\nname: Able Bodied\nsystem: abcd\n"
        "references: {drop_leading_zeros: true}\n",
        "contracts/ABCD.yaml": CONTRACT + "version: 3\nside: buy\nknown_at: 2026-02-01T00:00:00Z\n",
        "policies/tolerance.yaml": 'tolerance: {policy_ref: MINE, bill_over: "0"}\n',
        "bills.csv": BILLS.replace("carrier", "carrier name")
        + bill(("linehaul", "1650.01")).replace("ABCD", "Able Bodied"),
    }

    said = audited(tmp_path, files)

    (one,) = said.bills
    assert (one["contract_ref"], one["contract_version"]) == ("ABCD-2026", 3)
    assert (one["carrier"], one["not_owed"]) == ("ABCD", "0.01")
    assert said.summary["tolerance"].startswith("MINE")


def test_a_bill_may_stand_in_one_row_with_a_column_for_each_charge(tmp_path):
    rows = (
        "SCAC,Invoice #,Invoice Date,BOL,Linehaul,Fuel Surcharge,Detention Amount,Lumper,Total\n"
        "ABCD,1,2026-03-14,B-77,1650.00,412.50,168.75,,2231.25\n"
    )

    said = audited(tmp_path, {"bills.csv": rows})

    assert (said.unread, said.of("payable")) == ([], {"S-1001": Decimal("2231.25")})
    assert [line["charge"] for line in said.bills[0]["lines"]] == [kind for kind, _ in AGREED]


def test_a_shipment_described_in_two_ways_has_no_price(tmp_path):
    other = LOADS + LOAD.replace("2026-03-09", "2026-03-10")

    said = audited(tmp_path, {"shipments-2.csv": other, "bills.csv": BILLS + bill(*AGREED)})

    assert said.bills[0]["reason"] == "UNRATED"
    assert "described differently" in said.bills[0]["text"]
    assert said.total("payable") == 0


@pytest.mark.parametrize(
    ("cancelled", "payable"),
    [("2026-03-09 06:30", "250.00"), ("2026-03-08 20:00", "0.00")],
    ids=["too late", "in time"],
)
def test_r23_a_truck_not_used_is_paid_when_cancelled_too_late(tmp_path, cancelled, payable):
    contract = CONTRACT + 'tonu: {clause: "3.2", amount: "250.00", hours_before_pickup: "4"}\n'
    head = LOADS.replace("\n", ",cancelled at\n")
    load = f"S-1001,ABCD,B-77,,Dallas,TX,75201,Chicago,IL,2026-03-09 08:00,,,,{cancelled}\n"

    said = audited(
        tmp_path,
        {
            "contracts/ABCD.yaml": contract,
            "shipments.csv": head + load,
            "bills.csv": BILLS + bill(("TONU", "250.00")),
        },
    )

    assert said.bills[0]["payable"] == payable


@pytest.mark.parametrize(
    ("over", "decision"), [("25.00", "approved"), ("25.01", "short_paid")], ids=["last", "first"]
)
def test_tolerance_holds_to_the_cent(tmp_path, over, decision):
    billed = str(Decimal("1650.00") + Decimal(over))
    tolerance = 'bill_over: "25"\nbill_over_percent: "5"\nline_over_percent: "5"\n'

    said = audited(
        tmp_path, {"tolerance.yaml": tolerance, "bills.csv": BILLS + bill(("linehaul", billed))}
    )

    assert said.bills[0]["decision"] == decision


def test_an_audit_writes_nothing_beside_what_it_is_asked_for(tmp_path):
    folder = written(tmp_path / "folder", {"bills.csv": BILLS + bill(*AGREED)})
    before = sorted(str(one) for one in tmp_path.rglob("*"))

    Said(folder)

    assert sorted(str(one) for one in tmp_path.rglob("*")) == before
