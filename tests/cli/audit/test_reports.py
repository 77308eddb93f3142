"""The reports stand by themselves, hold exact figures, and nothing in them acts."""

import json
import re
from decimal import Decimal
from pathlib import Path

import jsonschema_rs
import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from drawbar.cli.audit.schemas import audit_schemas
from drawbar.cli.commands import main
from tests.cli.audit.folder import AGREED, BILLS, LOAD, LOADS, Said, audited, bill, written

EVIL = "=HYPERLINK(1)<script>alert(1)</script>"
FILES = {
    "shipments.csv": LOADS + LOAD.replace("14:07", "11:00"),
    "bills.csv": BILLS + bill(*AGREED, number=EVIL) + bill(("XYZ", "5.00"), number="2"),
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    written(folder / "in", FILES)
    Said(folder / "in", "--html", str(folder / "a.html"), "--xlsx", str(folder / "a.xlsx"))
    return folder


def sheet(reports: Path, name: str) -> list[list[object]]:
    return CalamineWorkbook.from_path(str(reports / "a.xlsx")).get_sheet_by_name(name).to_python()


def test_the_page_loads_nothing_from_anywhere(reports):
    page = (reports / "a.html").read_text()

    assert re.findall(r'(?:src|href|url\()\s*=?\s*["\']?https?:', page) == []
    assert "@import" not in page


def test_the_page_shows_what_a_stranger_wrote_and_obeys_none_of_it(reports):
    page = (reports / "a.html").read_text()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_page_unfolds_each_bill_to_its_steps_and_evidence(reports):
    page = (reports / "a.html").read_text()

    assert page.count("<details") >= 2
    assert "ABCD-2026 version 1, 3.1" not in page
    assert "ABCD-2026 version 1, 2.1" in page
    assert "shipments.csv row 2" in page
    assert 'name="reason"' in page
    assert "prefers-color-scheme: dark" in page


def test_the_workbook_has_typed_cells_and_no_formula(reports):
    head, *rows = sheet(reports, "Bills")

    assert head[:3] == ["Bill", "Carrier", "Invoice"]
    (first,) = [row for row in rows if row[2] == EVIL]
    assert first[head.index("Billed")] == 2231.25
    assert str(first[head.index("Dated")]) == "2026-03-14"
    raw = (reports / "a.xlsx").read_bytes()
    assert b"<f>" not in raw


def test_the_workbook_says_under_what_it_was_made(reports):
    about = {row[0]: row[1] for row in sheet(reports, "About")}

    assert about["Contract"] == "ABCD-2026 v1"
    assert about["Drawbar"]


def test_every_object_is_what_its_schema_says(tmp_path):
    said = audited(tmp_path, FILES | {"more-bills.csv": BILLS + "ABCD,,,,,x,\n"})
    schemas = {name: jsonschema_rs.validator_for(one) for name, one in audit_schemas().items()}

    assert said.bills
    assert said.unread
    for one in (*said.bills, *said.missing, *said.unread, *said.notes, said.summary):
        schemas[one["type"]].validate(one)


def test_amounts_are_text_and_exact(tmp_path):
    (one,) = [one for one in audited(tmp_path, FILES).bills if one["invoice"] == EVIL]

    assert [line["billed"] for line in one["lines"]] == [amount for _, amount in AGREED]
    assert json.dumps(one).count('"billed": "2231.25"') == 1


def test_the_summary_is_the_sum_of_the_bills(tmp_path):
    said = audited(tmp_path, FILES)

    (total,) = said.summary["totals"]
    for name in ("billed", "payable", "not_owed", "undecided", "saved"):
        assert Decimal(total[name]) == said.total(name)
    by_reason = said.summary["by_reason"]
    assert sum(Decimal(one["not_owed"]) for one in by_reason) == said.total("not_owed")


@pytest.mark.parametrize("total", ["2300.00", "2200.00"], ids=["above its lines", "below them"])
def test_reasons_come_to_what_is_undecided_also_where_a_header_is_not_its_lines(tmp_path, total):
    said = audited(tmp_path, {"bills.csv": BILLS + bill(*AGREED, total=total)})

    by_reason = said.summary["by_reason"]
    assert said.total("undecided") == Decimal(total)
    assert sum(Decimal(one["undecided"]) for one in by_reason) == said.total("undecided")


def test_a_report_that_has_no_folder_is_refused_before_anything_is_read(tmp_path):
    written(tmp_path / "in", FILES)
    report = tmp_path / "nowhere" / "a.html"
    outcome = CliRunner().invoke(main, ["audit", str(tmp_path / "in"), "--html", str(report)])

    assert outcome.exit_code == 3
    assert "There is no folder" in outcome.stderr
    assert not outcome.stdout


def test_where_a_report_was_written_is_said(tmp_path):
    written(tmp_path / "in", FILES)
    report = tmp_path / "a.html"
    outcome = CliRunner().invoke(main, ["audit", str(tmp_path / "in"), "--html", str(report)])

    assert report.is_file()
    assert f"Wrote {report}." in outcome.stderr
