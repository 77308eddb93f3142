"""The example shows what an audit is worth, and the documentation shows what it says."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from drawbar.cli.audit.reason_said import REASON_SAID
from drawbar.cli.commands import main
from drawbar.freight.verdict import Reason
from tests.cli.audit.folder import Said

DOCS = Path(__file__).resolve().parents[3] / "docs" / "audit.md"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit") / "try-me"
    outcome = CliRunner().invoke(main, ["audit", "--example", str(folder)])
    assert outcome.exit_code == 0, outcome.output
    return folder


def test_the_example_is_read_whole_and_saves_money(example):
    said = Said(example)

    assert (said.code, said.unread) == (0, [])
    assert len(said.bills) >= 25
    assert len({one["carrier"] for one in said.bills}) == 4
    (total,) = said.summary["totals"]
    assert Decimal(total["saved"]) > 0
    sums = [Decimal(total[one]) for one in ("payable", "not_owed", "undecided")]
    assert sum(sums) == Decimal(total["billed"])


@pytest.mark.parametrize(
    ("invoice", "decision", "reason"),
    [
        ("A-1001", "approved", ""),
        ("A-1002", "approved", ""),
        ("A-1003", "short_paid", "LATE_ARRIVAL"),
        ("A-1004", "short_paid", "RATE"),
        ("A-1005", "short_paid", "FUEL_BASE"),
        ("A-1007", "duplicate", "DUPLICATE"),
        ("A-1008", "approved", ""),
        ("A-1009", "approved", ""),
        ("A-1010", "approved", ""),
        ("A-1011", "undecided", "CONTROL_TOTAL"),
        ("A-1012", "short_paid", "NOT_AUTHORISED"),
        ("A-1013", "short_paid", "UNKNOWN_CODE"),
        ("A-1014", "short_paid", "FUEL_WEEK"),
        ("A-1015", "undecided", "MATCH_FAILURE"),
        ("19301", "undecided", "AMBIGUOUS"),
        ("C-9002", "approved", ""),
        ("C-9044", "duplicate", "DUPLICATE"),
        ("77001", "approved", ""),
        ("77002", "claimed", "RATE"),
        ("77003", "refused", "PAYEE"),
    ],
)
def test_every_bill_of_the_example_ends_as_it_should(example, invoice, decision, reason):
    (one,) = [one for one in Said(example).bills if one["invoice"] == invoice]

    assert (one["decision"], one["reason"]) == (decision, reason)


def test_an_example_is_not_written_over_something(example):
    outcome = CliRunner().invoke(main, ["audit", "--example", str(example)])

    assert outcome.exit_code == 5
    assert "holds something already" in outcome.stderr


def test_the_documentation_shows_what_the_command_says(example):
    arguments = ["audit", str(example), "--as-of", "2026-04-01", "--quiet"]
    outcome = CliRunner().invoke(main, arguments)
    shown = re.search(r"<!-- example -->\n```\n(.*?)```\n<!-- end -->", DOCS.read_text(), re.DOTALL)

    assert shown is not None
    assert shown[1] == outcome.stdout


def test_every_reason_is_said_in_words_on_the_page_and_in_the_documentation():
    assert set(REASON_SAID) == set(Reason)
    for reason, words in REASON_SAID.items():
        assert f"| `{reason}` | {words} |" in DOCS.read_text()
