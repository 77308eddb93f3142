"""``drawbar world score``: a run is scored from its folder alone."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from drawbar.cli.commands import main
from tests.world.score.town import Town, founded

Score = Callable[..., Result]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with founded(tmp_path / "world") as made:
        made.whole("SO-1")
        made.voucher("SO-1")
        made.invoice("SO-1")
        made.score()
        yield made


@pytest.fixture
def score(town: Town) -> Score:
    def asked(*words: object) -> Result:
        return CliRunner().invoke(main, ["world", "score", str(town.folder), *map(str, words)])

    return asked


def wronged(town: Town) -> None:
    """Let the firm pay more than it owes."""
    town.voucher("SO-1", "5.00", revision=2)


def test_a_person_reads_figures_kinds_and_carriers(score):
    told = score("--now", "2026-03-20T00:00:00Z").stdout

    assert "touchless_pct          100.0" in told
    assert "ABCD         1  1,000.00   1,000.00" in told


def test_a_program_reads_the_headline_first(score):
    told = json.loads(score("--json").stdout)

    assert next(iter(told)) == "orders"
    assert (told["bills"], told["detail"]["seal"]["seed"]) == (1, 7)


def test_what_is_wrong_is_told_with_its_rule(town, score):
    wronged(town)

    told = score().stdout

    assert "Approved falsely: 1" in told
    assert "1005.00 of 1000.00 USD vouchered, 1000.00 payable" in told


def test_a_score_is_an_answer_whatever_it_says_but_not_if_it_is_strict(town, score):
    wronged(town)

    strict = score("--strict")

    assert (score().exit_code, strict.exit_code) == (0, 1)
    assert "false_approvals, doubled" in strict.stderr


def test_a_strict_score_without_mistakes_is_fine(score):
    assert score("--strict").exit_code == 0


def test_what_the_firm_says_of_itself_is_counted(town, score, tmp_path):
    wronged(town)
    town.order("SO-2")
    town.score()
    (tmp_path / "persons").write_text("B-SO-1/2\n\n")
    (tmp_path / "hand").write_text("  SO-2  \n")

    late = ("--now", "2026-03-20T00:00:00Z", "--json")
    alone = json.loads(score(*late).stdout)
    told = json.loads(
        score(*late, "--persons", tmp_path / "persons", "--in-hand", tmp_path / "hand").stdout
    )

    assert (alone["false_approvals"], alone["lost"]) == (1, 1)
    assert (told["false_approvals"], told["lost"]) == (0, 0)


def test_a_ledger_is_compared(score, tmp_path):
    file = tmp_path / "ledger.jsonl"
    line = {"account": "5100", "currency": "USD", "debit": "1000.00", "document_key": "B-SO-1/1"}
    file.write_text(json.dumps(line) + "\n")

    told = score("--ledger", file)

    assert "erp_difference         5000.00" in told.stdout
    assert "ERP and ledger differ: 3 lines" in told.stdout


def test_a_report_is_written_beside_the_answer(score, tmp_path):
    done = score("--html", tmp_path / "report.html", "--json")

    assert json.loads(done.stdout)["orders"] == 1
    assert (tmp_path / "report.html").read_text().startswith("<!doctype html>")


@pytest.mark.parametrize("now", ["yesterday", "2026-03-20T00:00:00"], ids=["no instant", "no zone"])
def test_an_instant_that_is_none_is_refused(score, now):
    done = score("--now", now)

    assert (done.exit_code, "--now" in done.stderr) == (2, True)


def test_a_folder_without_a_world_exits_3(tmp_path):
    done = CliRunner().invoke(main, ["world", "score", str(tmp_path / "none")])

    assert (done.exit_code, done.stdout) == (3, "")
    assert "truth.jsonl" in done.stderr


@pytest.mark.parametrize("name", ["truth.jsonl", "ledger.jsonl"])
def test_a_line_that_cannot_be_read_exits_4_and_is_named(town, score, name):
    (town.folder / name).write_text('{"what": "riddle"}\n')
    more = ("--ledger", town.folder / name) if name.startswith("ledger") else ()

    done = score(*more)

    assert done.exit_code == 4
    assert f"{name}: line 1" in done.stderr
