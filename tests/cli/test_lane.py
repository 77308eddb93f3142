"""``drawbar lane``: what waits is seen; a held lane is released by name and reason."""

import json

from drawbar.cli import lane as command
from drawbar.freight.delivery import Lane
from tests.cli.stand import Run

SIGNED = ("--by", "Ana", "--because", "they told me on the phone")


def lane(run: Run, system: str, name: str) -> dict[str, object]:
    found = run("lane", "list", "--json")
    assert found.exit_code == 0, found.output
    every = json.loads(found.stdout)
    return next(one for one in every if (one["system"], one["lane"]) == (system, name))


def test_the_lanes_of_the_command_are_those_of_the_product():
    assert tuple(one.value for one in Lane) == command.LANES


def test_a_lane_is_held_and_released_by_name_and_reason(run):
    held = run("lane", "hold", "erp", "finance", *SIGNED)
    during = lane(run, "erp", "finance")
    released = run("lane", "release", "erp", "finance", *SIGNED)
    again = run("lane", "release", "erp", "finance", *SIGNED)

    assert (held.exit_code, during["gate"], during["held_by"]) == (0, "held", "Ana")
    assert "was let go by Ana" in released.stderr
    assert "is open already" in again.stderr
    assert lane(run, "erp", "finance")["gate"] == "open"


def test_a_system_is_asked_now(run):
    assert "is asked now" in run("lane", "probe", "erp", "finance", *SIGNED).stderr


def test_a_system_that_there_is_not_is_answered_with_those_that_are(run):
    found = run("lane", "hold", "sap", "finance", *SIGNED)

    assert found.exit_code == 3
    assert "there are:" in found.stderr


def test_only_a_case_of_an_unknown_code_is_mapped(run):
    cases = json.loads(run("case", "list", "--json", "--kind", "bill_stopped").stdout)

    found = run("case", "map", str(cases[0]["case_id"]), "delayed", *SIGNED)

    assert found.exit_code == 5
    assert "waits for no code" in found.stderr
