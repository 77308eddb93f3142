"""A world on paper is audited as anybody's files are, and scored by its sealed truth."""

import json

import pytest
from click.testing import CliRunner

from drawbar.cli.commands import main

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def scored():
    asked = ["world", "audit", "--loads", "400", "--days", "14", "--wrong", "20", "--json"]
    ran = CliRunner().invoke(main, asked)
    assert ran.exit_code == 0, ran.output
    return json.loads(ran.stdout)


def test_nothing_wrong_is_paid_and_nothing_owed_is_held(scored):
    assert scored["false_approvals"] == 0
    assert scored["missed_overcharge_usd"] == "0.00"
    assert scored["held_wrongly_usd"] == "0.00"
    assert scored["touchless_pct"] == 100.0


def test_every_duplicate_is_caught_and_no_look_alike_is_held(scored):
    assert scored["duplicates"] > 0
    assert scored["look_alikes"] > 0
    assert scored["duplicates_missed"] == scored["look_alikes_held"] == 0
    assert scored["unanswered"] == 0


def test_the_table_of_several_worlds_has_each_kind_once():
    asked = ["world", "audit", "--loads", "60", "--days", "4", "--markdown"]
    ran = CliRunner().invoke(main, [*asked, "--wrong", "0", "--wrong", "60"])

    assert ran.exit_code == 0, ran.output
    totals, kinds = (part.splitlines() for part in ran.stdout.strip().split("\n\n"))
    assert [line.split(" | ")[0] for line in totals[2:]] == ["| 0 %", "| 60 %"]
    named = [line.split("`")[1] for line in kinds if "`" in line]
    assert len(named) == len(set(named)) > 20
    assert "| `clean` | " in kinds[2]
    assert " / " in kinds[2]  # other numbers of bills, the same share paid
    assert "100.00 % |" in kinds[2]


def test_several_worlds_are_several_objects():
    asked = ["world", "audit", "--loads", "20", "--days", "2", "--json"]
    ran = CliRunner().invoke(main, [*asked, "--wrong", "0", "--wrong", "50"])

    assert [one["wrong_pct"] for one in json.loads(ran.stdout)] == [0, 50]
