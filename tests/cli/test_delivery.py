"""``drawbar delivery``: a person decides once about what is stuck; a held system gets nothing."""

import json
from itertools import count

import pytest

from drawbar.cli import delivery as command
from drawbar.engine.delivering import Deliverer
from drawbar.engine.resolving import Answer
from drawbar.engine.settling import Post
from drawbar.freight.delivery import Lane
from drawbar.messages.queue import DeliveryState
from drawbar.records.server import Logins
from tests.cli.stand import Run, learn, working
from tests.engine.far_side import Warehouse
from tests.flow.stage import order, released

_orders = count(4001)
SIGNED = ("--by", "Ana", "--because", "they told me on the phone")


class Abcd(Warehouse):
    """The carrier's side: takes whatever comes."""

    system = "abcd"
    kinds = frozenset({"TenderLoad", "RefuseBill"})


def listed(run: Run, *more: str) -> list[dict[str, object]]:
    found = run("delivery", "list", "--json", *more)
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


@pytest.fixture
def tender(run, firm: Logins) -> int:
    """Return a tender that waits to go out to ABCD."""
    with working(firm) as engine:
        learn(engine, released(order(f"{next(_orders)}")))
    return int(str(listed(run, "--system", "abcd", "--state", "ready")[0]["delivery_id"]))


def delivered(firm: Logins, lane: Lane) -> int:
    with working(firm) as engine:
        worker = Deliverer(engine, Post(Abcd(), lane))
        count = worker.deliver_until_idle()
        worker.close()
    return count


def test_the_words_of_the_command_are_those_of_the_product():
    assert tuple(lane.value for lane in Lane) == command.LANES
    assert set(command.STATES) == {state.value for state in DeliveryState}
    assert set(command.ANSWERS.values()) == {answer.value for answer in Answer}


def test_deliveries_are_found_by_system_lane_and_state(run):
    posted = listed(run, "--system", "erp", "--lane", "finance", "--state", "confirmed")

    assert {one["kind"] for one in posted} == {"PostJournal", "PostVoucher", "PostInvoice"}
    assert listed(run, "--system", "erp", "--state", "ready") == []


def test_people_see_their_number_for_it(run):
    (line,) = [one for one in run("delivery", "list").stdout.splitlines() if "B-1/1" in one]

    assert "confirmed" in line
    assert "D-" in line


def test_what_was_done_there_is_found_by_their_number_from_now_on(run, tender):
    done = run(
        *("delivery", "resolve", tender, "--as", "confirmed", "--document", "TN-4402"), *SIGNED
    )

    told = json.loads(run("trace", "TN-4402", "--json", "--lane", "people").stdout)
    assert done.exit_code == 0, done.output
    assert "confirmed as TN-4402 by Ana" in str(told["stories"][0]["timeline"])


@pytest.mark.parametrize(
    ("answer", "state"), [("retry", "ready"), ("skip", "skipped")], ids=["retry", "skip"]
)
def test_a_person_sends_again_or_leaves_out(run, tender, answer, state):
    done = run("delivery", "resolve", tender, "--as", answer, *SIGNED, "--json")

    assert json.loads(done.stdout)["state"] == state


def test_what_is_settled_is_not_decided_again(run, tender):
    run("delivery", "resolve", tender, "--as", "skip", *SIGNED)

    again = run("delivery", "resolve", tender, "--as", "retry", "--by", "Ben", "--because", "no")

    assert again.exit_code == 5
    assert "skipped already by Ana" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--as", "confirmed", *SIGNED), 2),
        (("--as", "retry", "--document", "X", *SIGNED), 2),
        (("--as", "skip", "--by", "Ana"), 2),
        (("--as", "skip", "--by", "Ana", "--because", " "), 2),
        (SIGNED, 2),
    ],
    ids=["done without a number", "again with a number", "no reason", "a blank", "no answer"],
)
def test_half_a_word_decides_nothing(run, tender, arguments, code):
    assert run("delivery", "resolve", tender, *arguments).exit_code == code
    assert listed(run, "--state", "ready")[0]["delivery_id"] == tender


def test_an_unknown_delivery_exits_3(run):
    assert run("delivery", "resolve", 999999, "--as", "skip", *SIGNED).exit_code == 3


def test_a_held_system_gets_nothing_until_it_is_released(run, firm: Logins, tender):
    held = run("lane", "hold", "abcd", "dispatch", *SIGNED, "--json")
    assert (held.exit_code, json.loads(held.stdout)["changed"]) == (0, True)
    assert delivered(firm, Lane.DISPATCH) == 0
    said = run("delivery", "list", "--json")
    assert "abcd dispatch is held by Ana: they told me on the phone" in said.stderr

    released = run("lane", "release", "abcd", "dispatch", *SIGNED, "--json")

    assert (released.exit_code, json.loads(released.stdout)["changed"]) == (0, True)
    assert delivered(firm, Lane.DISPATCH) > 0


def test_releasing_what_is_open_changes_nothing(run):
    released = run("lane", "release", "wms", "dispatch", *SIGNED, "--json")

    assert (released.exit_code, json.loads(released.stdout)["changed"]) == (0, False)
    assert "open already" in released.stderr


@pytest.mark.parametrize("verb", ["hold", "release", "probe"])
def test_a_system_that_there_is_not_exits_3_and_names_those_that_are(run, verb):
    found = run("lane", verb, "sap", "finance", *SIGNED)

    assert found.exit_code == 3
    assert "abcd, erp, northlake, wms" in found.stderr
