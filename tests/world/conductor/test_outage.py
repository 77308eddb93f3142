"""A system is away for as long as the plan says, also when the world pauses meanwhile."""

import http.client

import pytest

from drawbar.world.truth import FaultTruth, read_truth
from tests.world.conductor.theatre import BEGIN, DAY, MINUTE, the_plan

OUTAGE = next(one for one in the_plan().outages if one.subject == "erp")
LAPSE = the_plan().lapses[0]
AT, UNTIL = OUTAGE.at, OUTAGE.until
assert UNTIL is not None


def is_there(world) -> bool:
    try:
        world.erp("/api/documents", method="GET")
    except (OSError, http.client.HTTPException):
        world.cast.erp.close()
        return False
    return True


def test_an_outage_begins_and_ends(world):
    world.conductor.open(BEGIN)
    found = []
    for now in (AT - MINUTE, AT, UNTIL - MINUTE, UNTIL):
        world.conductor.turn(now)
        found.append(is_there(world))

    assert found == [True, False, False, True]


def test_an_outage_stands_in_the_truth_once_it_has_begun(world):
    world.conductor.open(BEGIN)
    world.conductor.turn(AT - MINUTE)
    before = OUTAGE in read_truth(world.book.unseal().read_bytes())
    world.conductor.turn(AT)

    assert (before, OUTAGE in read_truth(world.book.unseal().read_bytes())) == (False, True)


def test_the_world_goes_on_while_a_system_is_away(world):
    world.conductor.open(BEGIN)
    world.conductor.turn(AT)
    world.conductor.turn(UNTIL - MINUTE)

    assert world.firm.settled[-1][0] == UNTIL - MINUTE


@pytest.mark.parametrize(
    ("resumed_at", "there"), [(AT + MINUTE, False), (UNTIL, True)], ids=["meanwhile", "afterwards"]
)
def test_a_system_that_starts_anew_is_away_again(world, resumed_at, there):
    world.conductor.open(BEGIN)
    world.conductor.turn(AT)
    world.erp("/control/faults", method="DELETE")  # it starts anew and knows nothing of it
    world.reopen()
    world.conductor.open(resumed_at)

    assert is_there(world) == there


def test_one_answer_is_lost_where_the_plan_says_so(world):
    world.conductor.open(BEGIN)
    world.conductor.turn(LAPSE.at)
    with pytest.raises((OSError, http.client.HTTPException)):
        world.cast.erp._tell("POST", "/api/documents", b"{}")
    world.cast.erp.close()
    said = read_truth(world.book.unseal().read_bytes())

    assert is_there(world)
    assert LAPSE in said


def test_the_staged_outage_comes_after_the_incidents_began_also_after_a_pause(world):
    begun = UNTIL + DAY
    world.conductor.open(BEGIN)
    world.conductor.turn(begun)
    world.conductor.stage(begun)
    world.reopen()
    kinds = {one.kind for one in world.conductor.incidents}
    world.conductor.turn(begun + 91 * MINUTE)
    staged = [one for one in _faults(world) if one.at > begun]

    assert "erp_outage" in kinds
    assert not is_there(world)
    assert [one.kind for one in staged] == ["erp_outage"]


def _faults(world) -> list[FaultTruth]:
    said = read_truth(world.book.unseal().read_bytes())
    return [one for one in said if isinstance(one, FaultTruth)]


def test_what_is_staged_is_staged_once(world):
    world.conductor.open(BEGIN)
    world.conductor.turn(BEGIN)
    world.conductor.stage(BEGIN)
    first = world.conductor.incidents
    world.conductor.stage(BEGIN + DAY)
    world.reopen()

    assert world.conductor.incidents == first
    assert len(first) == 8
    world.conductor.turn(BEGIN)
    rows = world.erp("/api/changes/orders?limit=500", method="GET")["rows"]
    assert {one["number"] for one in rows} == {one.order.number for one in first if one.order}
