"""``drawbar case``: what needs a person is found by owner, and closed once, by name and reason."""

import json

import pytest

from tests.cli.stand import Run

SIGNED = ("--by", "Ana", "--because", "the driver has the gate slip")


def listed(run: Run, *more: str) -> list[dict[str, object]]:
    found = run("case", "list", "--json", *more)
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def stopped(run: Run) -> str:
    return str(listed(run, "--kind", "bill_stopped")[0]["case_id"])


def test_cases_are_found_by_owner_and_kind(run):
    assert {one["owner"] for one in listed(run, "--owner", "finance")} == {"finance"}
    assert [one["subject_ref"] for one in listed(run, "--kind", "bill_stopped")] == ["B-1"]
    assert listed(run, "--owner", "nobody") == []


def test_people_see_the_money_at_risk(run):
    assert "150.00 USD" in run("case", "list").stdout


def test_a_kind_that_there_is_not_is_refused_with_those_that_are(run):
    found = run("case", "list", "--kind", "no_such_kind")

    assert found.exit_code == 2
    assert "bill_stopped" in found.stderr


def test_a_case_shows_what_would_mend_it(run):
    told = run("case", "show", stopped(run)).stdout

    assert "remedy   Send the arrival and departure times, with a signed in and out." in told


@pytest.mark.parametrize("word", ["", "  "], ids=["empty", "blank"])
@pytest.mark.parametrize("option", ["--by", "--because"])
def test_a_case_is_not_closed_without_a_name_and_a_reason(run, option, word):
    said = dict(zip(SIGNED[::2], SIGNED[1::2], strict=True)) | {option: word}
    arguments = [part for pair in said.items() for part in pair]

    assert run("case", "close", stopped(run), *arguments).exit_code == 2


def test_a_case_closes_once_and_says_by_whom_for_ever(run):
    case_id = stopped(run)

    first = run("case", "close", case_id, *SIGNED, "--json")
    second = run("case", "close", case_id, "--by", "Ben", "--because", "me too")

    kept = json.loads(run("case", "show", case_id, "--json").stdout)
    assert (first.exit_code, second.exit_code) == (0, 5)
    assert "Ana" in second.stderr
    assert (kept["settled_by"], kept["because"]) == ("Ana", "the driver has the gate slip")
    assert listed(run, "--kind", "bill_stopped") == []
    assert [one["case_id"] for one in listed(run, "--kind", "bill_stopped", "--all")] == [
        int(case_id)
    ]
    story = run("trace", "1001", "--lane", "people").stdout
    assert "bill_stopped by Ana: the driver has the gate slip" in story


@pytest.mark.parametrize("command", [("show",), ("close", *SIGNED)], ids=["show", "close"])
def test_an_unknown_case_exits_3(run, command):
    found = run("case", command[0], "999999", *command[1:])

    assert (found.exit_code, found.stdout) == (3, "")
