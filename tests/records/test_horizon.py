"""The horizon: whoever moves the clock to it sleeps through nothing."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drawbar.freight.delivery import Unknown
from drawbar.messages.queue import hold, limit
from drawbar.records.horizon import next_due
from tests.engine.database import empty
from tests.engine.far_side import Warehouse, deliverer
from tests.engine.test_delivering import ask
from tests.engine.test_due import STEPS, Scene, set_gate
from tests.engine.toy import T0, release, report

pytestmark = pytest.mark.system
HOUR, FAR = timedelta(hours=1), timedelta(days=400)
ROUNDED = timedelta(milliseconds=2)
"""A token of a gate with a rate is whole up to a millisecond before the horizon says so."""


def horizon(engine):
    return engine.within(lambda batch, _: next_due(batch.cursor, now=batch.now))


def test_an_empty_house_has_no_horizon(engine):
    assert horizon(engine) is None


def test_a_deadline_is_due_next_and_then_no_more(engine, clock):
    engine.learn([release("SO-1")])
    engine.run_until_idle()
    assert horizon(engine) == T0 + HOUR

    clock.passes(hours=1)
    assert engine.work_once().total == 1
    assert horizon(engine) is None


def test_the_end_of_a_wait_is_due(engine, clock):
    engine.learn([report("E-1", pro="777")])
    assert horizon(engine) == T0 + timedelta(days=7)

    clock.passes(days=7)
    assert engine.work_once().total == 1


def test_a_delivery_that_failed_is_due_again(engine, clock):
    far = Warehouse()
    far.mood = [lambda _: Unknown(text="away")]
    lane = deliverer(engine, far, alone=True)
    ask(engine, "A")
    lane.deliver_until_idle()
    again = horizon(engine)
    assert again is not None
    assert again > T0

    clock.time = again
    assert lane.deliver_once()


def test_a_system_that_is_away_is_asked_at_the_horizon(engine, clock):
    far = Warehouse()
    far.is_well = False
    far.mood = [lambda _: Unknown(text="down")] * 5
    lane = deliverer(engine, far, alone=True)
    ask(engine, *"ABCDE")
    set_gate(engine, limit, rate=None, burst=1, concurrency=9)
    lane.deliver_once()
    probed_at = horizon(engine)
    assert probed_at is not None

    far.is_well, clock.time = True, probed_at
    lane.deliver_until_idle()
    assert far.probes == 1


@pytest.mark.parametrize(
    ("until", "expected"),
    [(T0 + HOUR, T0 + HOUR), (None, None)],
    ids=["for an hour", "by a person"],
)
def test_a_hold_ends_by_itself_where_it_was_said_when(engine, until, expected):
    ask(engine, "A")
    set_gate(engine, hold, until=until, by="dana", why="month end")

    assert horizon(engine) == expected


def test_a_slow_lane_is_due_when_the_next_one_may_pass(engine, clock):
    lane = deliverer(engine, Warehouse(), alone=True)
    ask(engine, "A", "B", stream="S-1")
    set_gate(engine, limit, rate=0.5, burst=1, concurrency=2)
    lane.deliver_until_idle()
    assert not engine.due().lanes
    passes_at = horizon(engine)
    assert passes_at is not None
    assert T0 + timedelta(seconds=2) <= passes_at < T0 + timedelta(seconds=3)

    clock.time = passes_at
    assert lane.deliver_once()


QUIET = sorted(STEPS.keys() - {"a worker dies"})
"""Who lost a worker takes over what it left, so its leases are nobody's horizon."""


@given(st.lists(st.sampled_from(QUIET), max_size=14))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_before_the_horizon_nothing_falls_due(engine, clock, logins, steps):
    empty(logins)
    scene = Scene(engine, clock)
    for step in steps:
        STEPS[step](scene)
    settle(scene)

    found = horizon(engine)
    clock.time = clock.time + FAR if found is None else found - ROUNDED

    assert engine.due().idle
    assert engine.work_once().total == 0


def settle(scene):
    while not scene.engine.due().idle:
        scene.engine.run_until_idle()
        scene.lane.deliver_until_idle()
