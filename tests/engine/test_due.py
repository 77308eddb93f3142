"""What is due: exactly what the loop and the deliverers would find, asked for in one query."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drawbar.engine import Due
from drawbar.freight.delivery import Lane, Rejected, Unknown
from drawbar.messages.queue import claim, hold, limit, open_up
from tests.engine.database import empty
from tests.engine.far_side import Warehouse, deliverer
from tests.engine.test_delivering import ask
from tests.engine.toy import T0, release, report

pytestmark = pytest.mark.system
GATE = {"system": "wms", "lane": Lane.DISPATCH}
WMS = (("wms", Lane.DISPATCH),)


@pytest.fixture
def warehouse():
    return Warehouse()


@pytest.fixture
def lane(engine, warehouse):
    return deliverer(engine, warehouse, alone=True)


def claim_by_hand(engine, *, seconds: int = 15):
    lease = timedelta(seconds=seconds)
    return engine.within(
        lambda batch, _: claim(batch.cursor, **GATE, now=batch.now, limit=1, lease=lease)
    ).claimed


def set_gate(engine, change, **values):
    engine.within(lambda batch, _: change(batch.cursor, **GATE, **values))


def test_nothing_is_due_in_an_empty_house(engine):
    assert engine.due() == Due()
    assert engine.due().idle


def test_facts_deadlines_and_waits_are_due_when_the_engine_would_find_them(engine, clock):
    engine.learn([release("SO-1"), report("E-1", pro="777")])
    assert engine.due().facts == 1

    engine.decide_pending()
    assert not engine.due().pending

    clock.passes(hours=1)
    assert (engine.due().deadlines, engine.due().parks) == (1, 0)
    clock.passes(days=7)
    assert (engine.due().deadlines, engine.due().parks) == (1, 1)

    engine.run_until_idle()
    assert not engine.due().pending


def test_a_delivery_is_due_until_it_is_made(engine, lane):
    ask(engine, "A", "B", stream="S-1")
    assert engine.due().lanes == WMS

    lane.deliver_until_idle()

    assert not engine.due().lanes


def test_what_is_on_its_way_is_claimed_until_its_lease_ends_and_due_again_after(engine, clock):
    ask(engine, "A")
    claim_by_hand(engine, seconds=15)

    due = engine.due()
    assert (due.claimed, due.lease_until, due.lanes) == (1, T0 + timedelta(seconds=15), ())
    assert not due.idle
    clock.passes(seconds=15)
    assert engine.due().claimed == 1
    clock.passes(seconds=1)
    assert (engine.due().claimed, engine.due().lanes) == (0, WMS)


def test_what_stands_behind_a_rejected_delivery_is_not_due(engine, lane, warehouse):
    ask(engine, "A", "B", stream="S-1")
    warehouse.mood = [lambda _: Rejected(text="no")]

    lane.deliver_until_idle()

    assert engine.due().idle


def test_nothing_is_due_at_a_gate_on_hold(engine, clock):
    ask(engine, "A")
    set_gate(engine, hold, until=T0 + timedelta(hours=1), by="dana", why="month end")
    assert not engine.due().lanes

    clock.passes(hours=1)
    assert engine.due().lanes == WMS


def test_an_open_circuit_is_due_when_it_wants_a_probe(engine, lane, warehouse, clock):
    ask(engine, *"ABCDE")
    set_gate(engine, limit, rate=None, burst=1, concurrency=9)
    warehouse.is_well = False
    warehouse.mood = [lambda _: Unknown(text="down")] * 5
    lane.deliver_once()
    assert engine.due().idle

    clock.passes(seconds=1)

    assert engine.due().lanes == WMS


STEPS = {
    "owe a delivery": lambda s: s.owe(),
    "let the far side reject": lambda s: s.far.mood.append(lambda _: Rejected(text="no")),
    "let the far side fail": lambda s: s.far.mood.append(lambda _: Unknown(text="away")),
    "the far side falls ill": lambda s: setattr(s.far, "is_well", False),
    "the far side recovers": lambda s: setattr(s.far, "is_well", True),
    "deliver": lambda s: s.lane.deliver_once(),
    "a worker dies": lambda s: claim_by_hand(s.engine, seconds=2),
    "a second passes": lambda s: s.clock.passes(seconds=1),
    "a minute passes": lambda s: s.clock.passes(minutes=1),
    "an hour passes": lambda s: s.clock.passes(hours=1),
    "hold": lambda s: set_gate(s.engine, hold, until=None, by="dana", why="stop"),
    "open": lambda s: set_gate(s.engine, open_up, by="dana"),
    "one a second": lambda s: set_gate(s.engine, limit, rate=0.5, burst=1, concurrency=2),
    "release an order": lambda s: s.engine.learn([release(f"SO-{s.next()}", pro=f"7{s.number}")]),
    "report a truck": lambda s: s.engine.learn([report(f"E-{s.next()}", pro=f"7{s.number + 2}")]),
    "decide": lambda s: s.engine.decide_pending(),
}


class Scene:
    """A firm, a far side and a worker that has no threads."""

    def __init__(self, engine, clock):
        self.engine, self.clock, self.far, self.number = engine, clock, Warehouse(), 0
        self.lane = deliverer(engine, self.far, alone=True)

    def next(self):
        self.number += 1
        return self.number

    def owe(self):
        ask(self.engine, f"D-{self.next()}", stream=f"S-{self.number % 2}")


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=14))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_happened_it_says_what_the_loop_and_the_deliverer_then_find(
    engine, clock, logins, steps
):
    empty(logins)
    scene = Scene(engine, clock)
    for step in steps:
        STEPS[step](scene)

    due = engine.due()
    assert bool(due.lanes) == bool(scene.lane.deliver_once())

    for look, act in {
        "facts": engine.decide_pending,
        "deadlines": engine.fire_deadlines,
        "parks": engine.expire_parked,
    }.items():
        expected = getattr(engine.due(), look)
        assert act().total == expected
