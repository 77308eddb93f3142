"""Whatever is wrong with the input is named with its file, place, field and remedy, and no more."""

import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from tests.cli.audit.folder import AGREED, BILLS, CONTRACT, LOAD, LOADS, Said, audited, bill

GOOD = bill(*AGREED, number="GOOD")
OTHER = LOAD.replace("S-1001", "S-1002").replace("B-77", "B-78")
HAUL = (("linehaul", "1650.00"),)


def row(**changes: str) -> str:
    """Return one line of a bill for the other load."""
    cells = {
        "carrier": "ABCD",
        "invoice": "BAD",
        "date": "2026-03-14",
        "bol": "B-78",
        "charge": "linehaul",
        "amount": "1650.00",
        "total": "1650.00",
    }
    return ",".join((cells | changes).values()) + "\n"


def beside_good(tmp_path: Path, **changes: str) -> Said:
    """Audit a folder with a good bill and one that has something wrong."""
    files = {"shipments.csv": LOADS + LOAD + OTHER, "bills.csv": BILLS + row(**changes) + GOOD}
    said = audited(tmp_path, files)
    good = next(one for one in said.bills if one["invoice"] == "GOOD")
    assert good["payable"] == "2231.25", "the other bill is judged all the same"
    return said


@pytest.mark.parametrize(
    ("changes", "field", "word"),
    [
        ({"amount": "NaN"}, "amount", "'NaN' is not a number"),
        ({"amount": "1e400"}, "amount", "'1e400' is not a number"),
        ({"amount": "Infinity"}, "amount", "is not a number"),
        ({"amount": "9999999999999999"}, "amount", "number"),
        ({"amount": '"1.650,00"'}, "amount", "is not a number written as 1,234.56"),
        ({"amount": '"1,650"'}, "amount", "could be a thousand or a decimal comma"),
        ({"amount": ""}, "amount", "nothing stands in 'amount'"),
        ({"amount": "1650.00 EUR"}, "amount", "is not in USD"),
        ({"amount": "1" * 600}, "amount", "longer than 500 characters"),
        ({"date": "03/14/2026"}, "invoice date", "is not a day or time such as 2026-03-31"),
        ({"date": "2026-02-30"}, "invoice date", "is not a day or time"),
        ({"date": "2026-12-01"}, "invoice date", "is in the future"),
        ({"carrier": ""}, "carrier", "names no carrier"),
        ({"invoice": ""}, "invoice", "nothing stands in 'invoice'"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_row_that_cannot_be_read_is_named_and_stops_no_other_bill(tmp_path, changes, field, word):
    said = beside_good(tmp_path, **changes)

    (one,) = said.unread
    assert (one["file"], one["places"], one["field"]) == ("bills.csv", ["row 2"], field)
    assert word in one["text"]
    assert one["remedy"]
    assert said.code == 8


def test_an_unknown_code_is_named_once_with_all_its_lines_and_its_other_lines_are_paid(tmp_path):
    rows = bill(*HAUL, ("ZZTOP", "10.00")) + bill(*HAUL, ("zztop", "10.00"), number="2", bol="B-78")

    said = audited(tmp_path, {"shipments.csv": LOADS + LOAD + OTHER, "bills.csv": BILLS + rows})

    assert said.of("payable") == {"S-1001": Decimal("1650.00"), "S-1002": Decimal("1650.00")}
    assert said.total("undecided") == Decimal("20.00")
    assert said.reasons == {"UNKNOWN_CODE"}
    remedy = said.bills[0]["remedy"]
    assert "codes.yaml" in remedy
    assert "ZZTOP" in remedy


def test_a_code_that_codes_yaml_explains_is_understood(tmp_path):
    files = {
        "bills.csv": BILLS + bill(("Frachtrate", "1650.00")),
        "codes.yaml": "charges: {FRACHTRATE: linehaul}\n",
    }

    assert audited(tmp_path, files).bills[0]["decision"] == "approved"


def test_a_credit_without_a_meaning_stops_its_whole_bill(tmp_path):
    said = audited(tmp_path, {"bills.csv": BILLS + bill(*HAUL, ("MYSTERY", "-100.00"))})

    assert (said.total("payable"), said.total("undecided")) == (0, Decimal("1550.00"))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"total": "1700.00"}, "CONTROL_TOTAL"),
        ({"amount": "1650.005", "total": "1650.005"}, "CONTROL_TOTAL"),
        ({"bol": "B-0"}, "MATCH_FAILURE"),
        ({"bol": ""}, "MATCH_FAILURE"),
        ({"carrier": "EFGH"}, "PAYEE"),
    ],
    ids=[
        "header is not the sum",
        "parts of a cent",
        "no such load",
        "names no load",
        "not its load",
    ],
)
def test_what_is_wrong_with_a_bill_is_its_reason(tmp_path, changes, reason):
    said = beside_good(tmp_path, **changes)

    bad = next(one for one in said.bills if one["invoice"] == "BAD")
    assert (bad["reason"], Decimal(bad["payable"])) == (reason, 0)
    assert Decimal(bad["disputed"]) == Decimal(bad["billed"])
    assert bad["text"]
    assert bad["remedy"]


@pytest.mark.parametrize(
    ("contract", "word"),
    [
        (CONTRACT.replace("city: Dallas", "city: Tulsa"), "No lane of the contract"),
        (CONTRACT.replace("2026-01-01\nlanes", "2026-06-01\nlanes"), "No buy contract with ABCD"),
        (CONTRACT.replace("party_ref: ABCD", "party_ref: EFGH"), "No buy contract with ABCD"),
    ],
    ids=["missing rate", "gap in validity", "other carrier"],
)
def test_a_load_without_a_price_is_undecided_and_no_saving(tmp_path, contract, word):
    said = audited(tmp_path, {"contracts/ABCD.yaml": contract, "bills.csv": BILLS + bill(*HAUL)})

    (one,) = said.bills
    assert (one["reason"], one["undecided"], one["saved"]) == ("UNRATED", "1650.00", "0.00")
    assert word in one["text"]
    assert one["remedy"]


def test_two_contracts_that_overlap_are_named(tmp_path):
    other = CONTRACT.replace("ABCD-2026", "ABCD-OTHER").replace("1650", "1500")

    said = audited(tmp_path, {"contracts/B.yaml": other, "bills.csv": BILLS + bill(*HAUL)})

    assert "ABCD-OTHER" in said.bills[0]["text"]
    assert said.bills[0]["reason"] == "UNRATED"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("TX,75201", "ZZ,", "origin zone"),
        ("2026-03-09", "", "pickup from"),
        ("2026-03-11 14:07", "2026-03-11", "delivery departed"),
        ("2026-03-11 14:07", "2026-03-11 25:07", "delivery departed"),
        ("Chicago,IL", ",", "destination city"),
    ],
    ids=["no zone", "no pickup day", "no time", "no such time", "no destination"],
)
def test_a_shipment_that_cannot_be_read_is_named_and_its_bill_waits(tmp_path, old, new, field):
    said = audited(
        tmp_path,
        {"shipments.csv": LOADS + LOAD.replace(old, new), "bills.csv": BILLS + bill(*HAUL)},
    )

    (one,) = said.unread
    assert one["file"] == "shipments.csv"
    assert one["field"] == field
    assert one["remedy"]
    assert said.bills[0]["decision"] == "undecided"


@pytest.mark.parametrize(
    ("column", "cell", "word"),
    [
        ("weight", "-5", "below zero"),
        ("weight unit", "stone", "no unit of weight"),
        ("pieces", "1.5", "is not a count"),
        ("origin zone", "Mars/Olympus", "no time zone is called"),
    ],
    ids=["negative weight", "unknown unit", "half a piece", "unknown zone"],
)
def test_a_cell_of_a_shipment_that_cannot_be_is_refused(tmp_path, column, cell, word):
    weight = ",weight" if column == "weight unit" else ""
    head = LOADS.replace("\n", f",{column}{weight}\n")
    extra = f",{cell}" + (",5" if weight else "")

    said = audited(
        tmp_path, {"shipments.csv": head + LOAD.replace("\n", f"{extra}\n"), "bills.csv": BILLS}
    )

    assert [one["field"] for one in said.unread] == [column]
    assert word in said.unread[0]["text"]


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("bills.csv", b"", "the file is empty"),
        ("bills.csv", ("\ufeff" + BILLS + GOOD).encode("utf-16-le"), "UTF-16"),
        ("bills.csv", b"%PDF-1.7", "no text"),
        ("bills.csv", b"carrier,invoice\0\n", "NUL"),
        ("bills.csv", b"a,b,c\n1,2,3\n", "no column for 'invoice'"),
        ("bills.csv", b"invoice,invoice\n1,2\n", "two columns could be 'invoice'"),
        ("bills.xlsx", b"PK\x03\x04broken", "no workbook"),
        ("bills.xlsx", b"", "empty"),
        ("bills.json", b"[{", "no JSON"),
        ("bills.json", b"[" * 100_000, "no JSON"),
        ("bills.yaml", b"a: [", "bills.yaml"),
        ("bills.210", b"ISA*00*", "ISA"),
        ("what-is-this.csv", b"x,y\n1,2\n", "nothing says what is in this file"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_file_that_cannot_be_read_is_named_and_stops_no_other(tmp_path, name, content, word):
    said = audited(tmp_path, {name: content, "more-bills.csv": BILLS + GOOD})

    assert [one["payable"] for one in said.bills] == ["2231.25"]
    assert {one["file"] for one in said.unread} == {name}
    assert word in said.unread[0]["text"]
    assert said.unread[0]["remedy"]
    assert said.code == 8


def test_a_workbook_that_would_unpack_to_far_too_much_is_refused_unopened(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    body = (tmp_path / "bomb.xlsx").read_bytes()

    said = audited(tmp_path / "folder", {"bills.xlsx": body, "more-bills.csv": BILLS + GOOD})

    assert "times its size" in said.unread[0]["text"]
    assert said.total("payable") == Decimal("2231.25")


def test_a_ten_megabyte_cell_is_refused_by_its_row(tmp_path):
    rows = row(bol="x" * 10_000_000) + GOOD

    said = audited(tmp_path, {"bills.csv": BILLS + rows})

    assert said.unread[0]["places"] == ["row 2"]
    assert "longer than" in said.unread[0]["text"]
    assert said.total("payable") == Decimal("2231.25")


def test_a_bill_of_far_too_many_lines_is_not_judged(tmp_path):
    rows = "".join(row(amount="1.00", total="") for _ in range(20_001))

    said = audited(tmp_path, {"bills.csv": BILLS + rows + GOOD})

    assert "20,001 lines" in said.unread[0]["text"]
    assert said.total("payable") == Decimal("2231.25")


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + (BILLS + GOOD).encode(),
        (BILLS + GOOD).replace(",", ";").encode(),
        (BILLS + GOOD).replace(",", "\t").encode(),
        (BILLS + GOOD).replace("\n", "\r\n").encode(),
        ("\n\n" + BILLS + "\n" + GOOD).encode(),
        (BILLS + GOOD).replace("carrier,invoice", "SCAC , Invoice_No.").encode(),
        (BILLS + GOOD).replace("1650.00,2231.25", '"$1,650.00","2,231.25 USD"').encode(),
    ],
    ids=["byte order mark", "semicolons", "tabs", "CRLF", "blank lines", "other words", "signs"],
)
def test_another_way_to_write_a_table_is_no_obstacle(tmp_path, content):
    said = audited(tmp_path, {"bills.csv": content})

    assert said.total("payable") == Decimal("2231.25")
    assert said.unread == []


def test_windows_letters_are_read_and_said(tmp_path):
    rows = (BILLS + GOOD).replace("linehaul", "Line haul").replace("GOOD", "GOOD-é")

    said = audited(tmp_path, {"bills.csv": rows.encode("windows-1252")})

    assert said.bills[0]["invoice"] == "GOOD-é"
    assert any("Windows-1252" in one["text"] for one in said.notes)


def test_a_decimal_comma_is_read_where_the_folder_says_so(tmp_path):
    rows = (BILLS + GOOD).replace(",", ";").replace("1650.00", "1.650,00").replace(".25", ",25")
    rows = rows.replace("412.50", "412,50").replace("168.75", "168,75")
    told = 'numbers: {point: ",", thousands: "."}\n'

    said = audited(
        tmp_path, {"bills.csv": rows, "columns.yaml": f"files:\n  'bills*': {{{told.strip()}}}\n"}
    )

    assert said.total("payable") == Decimal("2231.25")


def test_an_unknown_column_is_named_with_a_guess_and_refused_by_nobody(tmp_path):
    rows = BILLS.replace("\n", ",amuont paid\n") + GOOD.replace("\n", ",1\n")

    said = audited(tmp_path, {"bills.csv": rows})

    (note,) = [one for one in said.notes if one["field"] == "amuont paid"]
    assert "'amuont paid'" in note["text"]
    assert said.total("payable") == Decimal("2231.25")


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("columns.yaml", "dates: ['%d']\n", "lacks the year"),
        ("columns.yaml", "zone: Mars\n", "no time zone"),
        ("columns.yaml", "colums: {}\n", "colums"),
        ("codes.yaml", "charges: {A: lunch}\n", "lunch"),
        ("tolerance.yaml", "bill_over: much\n", "bill_over"),
        ("columns.yaml", "a: [\n", "columns.yaml"),
    ],
    ids=["form", "zone", "field", "meaning", "tolerance", "no YAML"],
)
def test_settings_that_cannot_be_meant_end_the_audit_with_a_word(tmp_path, name, content, word):
    said = audited(tmp_path, {name: content, "bills.csv": BILLS + GOOD})

    assert said.code == 4
    assert name in said.errors
    assert word in said.errors


def test_a_folder_that_does_not_exist_is_said(tmp_path):
    assert Said(tmp_path / "nowhere").code == 3


def test_a_folder_without_bills_says_so(tmp_path):
    said = audited(tmp_path, {})

    assert said.code == 4
    assert "No bill was found" in said.errors


def test_a_bill_whose_sum_is_beyond_any_bill_stops_no_other(tmp_path):
    rows = row(amount="999999999999999", total="") + row(amount="999999999999998", total="")

    said = audited(tmp_path, {"bills.csv": BILLS + rows + GOOD})

    assert "cannot be" in said.unread[0]["text"]
    assert said.total("payable") == Decimal("2231.25")


def test_whom_to_pay_is_not_asked_where_nothing_is_on_file(tmp_path):
    head = BILLS.replace("\n", ",remit to\n")

    said = audited(tmp_path, {"bills.csv": head + GOOD.replace("\n", ",Factor Inc\n")})

    assert said.bills[0]["decision"] == "approved"
