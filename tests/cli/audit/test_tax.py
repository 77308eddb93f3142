"""Tax in the files of a stranger: 19 % on what is paid. Agreed: 1,000.00."""

from decimal import Decimal

from tests.cli.audit.folder import BILLS, CONTRACT, LOAD, LOADS, audited, bill

FLAT = CONTRACT.replace("1650.00", "1000.00").split("fuel:")[0]
TAXED = f'{FLAT}tax: [{{clause: "6", category: S, percent: "19"}}]\n'
FILES = {"contracts/ABCD.yaml": TAXED, "shipments.csv": LOADS + LOAD}


def test_tax_on_what_is_not_billed_is_not_owed(tmp_path):
    lines = (("linehaul", "600.00"), ("tax", "190.00"))

    said = audited(tmp_path, FILES | {"bills.csv": BILLS + bill(*lines)})

    assert said.total("payable") == Decimal("714.00")
    tax = said.bills[0]["lines"][1]
    assert (tax["reason"], tax["disputed"]) == ("TAX", "76.00")
    assert "19 % of 600.00 USD, what is paid of linehaul, is 114.00 USD" in tax["text"]


def test_tax_of_the_whole_is_paid_once_the_whole_was_billed(tmp_path):
    rows = bill(("linehaul", "600.00"), ("tax", "190.00"))
    rest = bill(("linehaul", "400.00"), number="2")

    said = audited(tmp_path, FILES | {"bills.csv": BILLS + rows + rest})

    assert said.total("payable") == Decimal("1190.00")


def test_tax_falls_with_the_line_that_is_paid_short(tmp_path):
    lines = (("linehaul", "1200.00"), ("tax", "228.00"))

    said = audited(tmp_path, FILES | {"bills.csv": BILLS + bill(*lines)})

    assert said.total("payable") == Decimal("1190.00")
