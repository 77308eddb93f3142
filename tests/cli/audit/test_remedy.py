"""What the audit says of a wrong input mends it: in the words of the file, and never in vain."""

import pytest
from click.testing import CliRunner

from drawbar.cli.commands import main
from tests.cli.audit.folder import BILLS, audited, bill, written

HAUL = ("linehaul", "1650.00")


@pytest.mark.parametrize(
    ("habits", "day", "text", "remedy"),
    [
        ("%m/%d/%Y", "13/03/2026", "no day written as %m/%d/%Y", 'dates: ["%d/%m/%Y"] there'),
        ("", "13/03/2026", "is not a day or time", 'dates: ["%d/%m/%Y"]'),
        ("%m/%d/%Y", "soon", "no day written as %m/%d/%Y", "Correct the cell"),
        ("", "46091", "a spreadsheet's number of a day", "Format the column as a date"),
    ],
    ids=["other order than told", "nothing told", "no day at all", "serial number"],
)
def test_the_remedy_for_a_day_is_one_that_mends_it(tmp_path, habits, day, text, remedy):
    told = {"columns.yaml": f'dates: ["{habits}"]\n'} if habits else {}
    rows = BILLS + bill(HAUL).replace("2026-03-14", day)

    (one,) = audited(tmp_path, {"bills.csv": rows, **told}).unread

    assert text in one["text"]
    assert remedy in one["remedy"]
    assert not habits or f'"{habits}"' not in one["remedy"]


def test_a_bill_that_finds_no_shipment_is_quoted_as_it_is_written(tmp_path):
    (one,) = audited(tmp_path, {"bills.csv": BILLS + bill(HAUL, bol="C-1")}).bills

    assert "No shipment is known by BOL C-1." in one["text"]


def test_an_empty_charge_is_said_to_be_empty(tmp_path):
    (one,) = audited(tmp_path, {"bills.csv": BILLS + bill(("", "10.00"))}).bills

    assert "its charge is empty" in one["text"]
    assert one["remedy"] == "Fill in the charge of that line."


def test_without_a_bill_no_empty_tables_are_shown(tmp_path):
    told = CliRunner().invoke(main, ["audit", str(written(tmp_path, {}))]).stdout

    assert "shipments" in told
    assert "By " not in told
