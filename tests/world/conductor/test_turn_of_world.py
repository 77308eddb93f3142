"""A turn of the world: everything that is due happens at one instant, in one order."""

from collections import Counter
from datetime import timedelta

import pytest

from drawbar.world.conductor.cast import Unheard
from drawbar.world.plan import Acceptance, Saying
from drawbar.world.store import stamp
from drawbar.world.truth import LoadTruth, OrderTruth, Seal, read_truth
from tests.world.conductor.theatre import BEGIN, DAY, MINUTE, the_plan

FIRST = the_plan().orders[0]
ENTERED = FIRST.entered_at


def truth(world):
    return read_truth(world.book.unseal().read_bytes())


def orders(world) -> list[tuple[str, int, str]]:
    rows = world.erp("/api/changes/orders?limit=500", method="GET")["rows"]
    return [(one["number"], one["revision"], one["state"]) for one in rows]


def saying(key: str, at, mouth="carrier", **body) -> Saying:
    return Saying(key=key, at=at, mouth=mouth, body=body)


def acceptance() -> Acceptance:
    return Acceptance(carrier="NRTH", tender="S-9-V1T1", shipment="S-9", pro="N9", at=BEGIN, seq=1)


def test_the_stage_is_set_once_and_the_truth_is_sealed(world):
    for _ in range(2):
        world.conductor.open(BEGIN)
        world.reopen()

    (seal,) = truth(world)
    assert isinstance(seal, Seal)
    assert seal.digest == the_plan().digest


def test_an_order_is_entered_when_it_is_due_and_not_before(world):
    world.conductor.open(BEGIN)
    world.conductor.turn(ENTERED - MINUTE)
    before = orders(world)
    world.conductor.turn(ENTERED)

    assert before == []
    assert orders(world) == [(FIRST.number, 1, "open")]
    assert any(isinstance(one, OrderTruth) and one.order == FIRST.number for one in truth(world))
    assert "erp" in world.firm.settled[-1][1]


def test_a_change_is_another_revision(world):
    changed = next(one for one in the_plan().orders if one.revisions)
    world.conductor.open(BEGIN)
    world.conductor.turn(changed.revisions[-1].at + DAY)

    assert (changed.number, 1 + len(changed.revisions), "open") in orders(world)


def test_a_turn_that_is_taken_again_enters_nothing_twice(world):
    world.conductor.open(BEGIN)
    world.conductor.turn(ENTERED + DAY)  # before the ERP is away
    once = orders(world)
    world.reopen()
    world.conductor.open(ENTERED + DAY)
    world.conductor.turn(ENTERED + DAY)
    world.book.note("next", "0")  # as if it had been killed before it could note anything
    world.reopen()
    world.conductor.turn(ENTERED + DAY)

    assert len(once) == 8
    assert orders(world) == once


def test_a_turn_that_is_cut_short_is_known_as_the_last_one(world):
    def power_cut():
        raise RuntimeError("power cut")

    world.conductor.open(BEGIN)
    world.conductor.turn(BEGIN)
    world.firm.at_rest = [power_cut]
    with pytest.raises(RuntimeError):
        world.conductor.turn(ENTERED)
    world.reopen()

    assert world.conductor.last_turn() == ENTERED


def test_a_new_world_had_no_turn(world):
    assert world.conductor.last_turn() is None


def test_whoever_was_told_something_listens_at_the_same_instant(world):
    behaviour = {"answer": "accept", "after_minutes": 0, "reason": "", "pro": "N1"}

    def tendered():
        lesson = {"ref": FIRST.number, "behaviour": behaviour}
        world.cast.desks["northlake"].tell("/control/behaviour", lesson)
        world.tender(FIRST.number)
        return {"northlake", "erp"}

    world.conductor.open(BEGIN)
    world.firm.at_rest = [tendered]
    world.conductor.turn(ENTERED)

    assert world.said() == ["tender.accepted"]
    assert world.firm.settled[-1] == (ENTERED, frozenset({"northlake"}))
    (load,) = (one for one in truth(world) if isinstance(one, LoadTruth))
    assert (load.order, load.carrier, load.accepted_at) == (FIRST.number, "NRTH", ENTERED)


def test_whoever_was_told_nothing_that_stirs_is_not_read_again(world):
    world.conductor.open(BEGIN)
    world.firm.at_rest = [lambda: {"northlake"}]
    world.conductor.turn(BEGIN)

    assert len(world.firm.settled) == 1


def test_a_load_that_was_taken_back_is_not_spoken_of_any_more(world):
    world.conductor.open(BEGIN)
    world.conductor.turn(ENTERED)
    world.tender(FIRST.number)
    world.conductor.turn(ENTERED + 30 * MINUTE)
    promised = world.book.next_due()
    world.tender(FIRST.number, action="cancel")
    world.conductor.turn(ENTERED + 45 * MINUTE)

    assert promised is not None
    assert world.book.next_due() is None


def test_what_a_carrier_cannot_say_stands_in_nobodys_book(world):
    world.conductor.open(BEGIN)
    world.book.plan(acceptance(), [saying("k", BEGIN, ref="S-9", report={"status": "X3"})])
    with pytest.raises(Unheard, match="S-9"):
        world.conductor.turn(BEGIN)

    assert [one.key for one in world.book.due(BEGIN)] == ["k"]


def test_paper_goes_over_the_desk_with_its_key(world):
    paper = saying("pod/1", BEGIN, "desk", path="/v1/pods", body={"pieces": 3})
    world.conductor.open(BEGIN)
    world.book.plan(acceptance(), [paper])
    world.conductor.turn(BEGIN)
    world.conductor.turn(BEGIN + MINUTE)

    assert [(one.path, one.body, one.key) for one in world.firm.papers] == [
        ("/v1/pods", {"pieces": 3}, "pod/1")
    ]


def test_paper_that_cannot_be_had_yet_comes_again(world):
    world.conductor.open(BEGIN)
    world.book.plan(acceptance(), [saying("pod/1", BEGIN, "desk", path="/v1/pods", body={})])
    world.firm.refuses = {"/v1/pods"}
    world.conductor.turn(BEGIN)
    again_at = world.book.next_due()
    world.firm.refuses = set()
    world.conductor.turn(BEGIN + 29 * MINUTE)
    too_early = len(world.firm.papers)
    world.conductor.turn(BEGIN + 30 * MINUTE)

    assert again_at == BEGIN + timedelta(minutes=30)
    assert (too_early, len(world.firm.papers)) == (0, 1)


def test_telematics_is_told_what_trucks_did(world):
    seen = {"load": "S-1", "carrier": "NRTH", "kind": "entered", "stop": 1}
    said = Saying(key="t/1", at=BEGIN, mouth="telematics", body=seen | {"at": stamp(BEGIN)})
    world.conductor.open(BEGIN)
    world.book.plan(acceptance(), [said])
    world.conductor.turn(BEGIN)
    told = world.cast.desks["roadsense"].tell("/batches", method="GET")["events"]

    assert [one["kind"] for one in told] == ["entered"]
    assert world.firm.settled[-1] == (BEGIN, frozenset({"roadsense"}))


@pytest.mark.parametrize(
    ("in_firm", "expected"),
    [(None, ENTERED), (ENTERED - MINUTE, ENTERED - MINUTE), (ENTERED + DAY, ENTERED)],
    ids=["the firm has nothing to do", "the firm is first", "the world is first"],
)
def test_the_next_thing_is_whatever_comes_first(world, in_firm, expected):
    world.conductor.open(BEGIN)
    world.conductor.turn(the_plan().outages[0].until)  # whoever is away is back
    world.firm.due = in_firm

    assert world.conductor.next_due() == expected


def test_an_order_that_nobody_planned_is_driven_and_its_bill_paid_soon(world):
    world.conductor.open(BEGIN)
    world.conductor.turn(BEGIN)
    world.tender("HAND-1", pay="500.00")
    world.conductor.turn(BEGIN + MINUTE)
    world.conductor.turn(BEGIN + 3 * timedelta(hours=1))
    ((number, total),) = bills(world)
    world.voucher(number, total, due_on=BEGIN.date() + 30 * DAY)
    world.conductor.turn(BEGIN + 4 * timedelta(hours=1))

    assert Counter(world.said()) == {"tender.accepted": 1, "tracking": 4, "pod": 1, "invoice": 1}
    assert world.payments() == [(f"{number}/1", total)]


def bills(world) -> list[tuple[str, str]]:
    """Return number and total of what the carrier billed."""
    found = world.cast.desks["northlake"].tell("/events?limit=500", method="GET")["events"]
    invoices = [one["invoice"] for one in found if one["type"] == "invoice"]
    return [(one["number"], one["total"]) for one in invoices]


def test_the_same_words_about_an_order_are_no_revision(world):
    changed = {**FIRST.sales_order, "memo": "call before arrival"}
    world.conductor.open(BEGIN)
    for body in (FIRST.sales_order, FIRST.sales_order, changed, changed, FIRST.sales_order):
        world.erp("/control/orders", body)

    assert [revision for _, revision, _ in orders(world)] == [1, 2, 3]
