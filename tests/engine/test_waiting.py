"""How facts wait: for a name, for a time; woken once, fired once, whoever comes first."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from msgspec import structs

from drawbar.engine import Engine, Learned, writing
from drawbar.engine import learning as learning_module
from drawbar.engine.applying import learn_by_halves
from drawbar.engine.arrival import Arrival
from tests.engine.database import rows, state
from tests.engine.toy import T0, Toy, cancel, release, report

pytestmark = pytest.mark.system


def test_a_fact_about_an_unknown_shipment_waits_and_is_decided_when_its_name_appears(engine, pool):
    assert engine.learn([report("E-1", pro="777")]) == Learned(parked=1)
    assert rows(pool, "SELECT count(*) FROM parked") == [(1,)]

    engine.learn([release("SO-1", pro="777")])

    assert rows(pool, "SELECT count(*) FROM parked") == [(0,)]
    engine.run_until_idle()
    assert state(pool, "shipments", "SO-1").events == ("E-1",)


def test_a_parked_fact_keeps_when_it_was_learned_and_its_number(engine, pool, clock):
    engine.learn([report("E-1", pro="777")])
    clock.passes(days=2)
    engine.learn([release("SO-1", pro="777")])
    engine.run_until_idle()

    ((number, learned_at),) = rows(
        pool,
        "SELECT fact_id, learned_at FROM facts JOIN fact_streams USING (fact_id) WHERE key = 'E-1'",
    )
    assert (number, learned_at) == (1, T0)


def test_a_fact_parked_and_named_in_one_batch_is_decided_next(engine, pool):
    engine.learn([report("E-1", pro="777"), release("SO-1", pro="777")])
    engine.run_until_idle()

    assert rows(pool, "SELECT count(*) FROM parked") == [(0,)]
    assert state(pool, "shipments", "SO-1").events == ("E-1",)


def test_a_parked_fact_that_comes_again_is_known(engine):
    engine.learn([report("E-1", pro="777")])

    assert engine.learn([report("E-1", pro="777")]) == Learned(duplicate=1)


def test_a_wait_ends_at_its_time_with_a_fact_and_once(engine, pool, clock):
    engine.learn([report("E-1", pro="777")])
    clock.passes(days=7)

    assert engine.expire_parked() == Learned(applied=1)
    assert engine.expire_parked() == Learned()
    assert rows(pool, "SELECT kind, item FROM cases") == [("unknown_shipment", "E-1")]
    assert rows(pool, "SELECT count(*) FROM parked") == [(0,)]


def test_a_deadline_fires_when_it_is_due_and_is_learned_then(engine, pool, clock):
    engine.learn([release("SO-1")])
    assert engine.fire_deadlines() == Learned()

    clock.passes(hours=1)
    assert engine.fire_deadlines() == Learned(applied=1)

    assert engine.fire_deadlines() == Learned()
    assert state(pool, "shipments", "SO-1").expired == 1
    assert rows(pool, "SELECT learned_at FROM facts WHERE name = 'TenderExpired'") == [
        (T0 + timedelta(hours=1),)
    ]


def test_a_cleared_deadline_never_fires(engine, clock):
    engine.learn([release("SO-1"), cancel("SO-1")])
    clock.passes(hours=1)

    assert engine.fire_deadlines() == Learned()


def test_a_deadline_fires_once_with_many_workers_at_once(engine, pool, clock):
    engine.learn([release(f"SO-{number}") for number in range(20)])
    clock.passes(hours=1)

    with ThreadPoolExecutor(4) as workers:
        fired = list(workers.map(lambda _: engine.fire_deadlines(), range(8)))

    assert sum((one.applied for one in fired), start=0) == 20
    assert rows(pool, "SELECT count(*) FROM deadlines") == [(0,)]
    assert state(pool, "shipments", "SO-7").expired == 1


def test_a_deadline_that_is_cleared_while_it_fires_does_not_happen(engine, clock, monkeypatch):
    """The worker saw it due; before it has the lock, the order is cancelled."""
    engine.learn([release("SO-1")])
    clock.passes(hours=1)
    look = learning_module.lock_streams
    cleared = []

    def cancel_first(cursor, keys):
        if not cleared:
            cleared.append(1)
            engine.learn([cancel("SO-1")])
        return look(cursor, keys)

    monkeypatch.setattr(learning_module, "lock_streams", cancel_first)

    assert engine.fire_deadlines() == Learned(overtaken=1)


class Hesitant(Toy):
    """The toy firm, slow to decide about one kind of fact: looked up, but not yet locked."""

    def __init__(self, over: str) -> None:
        self.over = over

    def decide(self, fact, known):
        if type(fact).__name__ == self.over:
            time.sleep(0.15)
        return super().decide(fact, known)


def race(engine: Engine, pool, clock, *, rounds: int = 6) -> None:
    """Let a report and the release of its shipment meet; the report must never wait for ever."""
    for number in range(rounds):
        meeting = threading.Barrier(2)

        def learn(fact, meeting=meeting):
            meeting.wait()
            return engine.learn([fact])

        pair = [report(f"E-{number}", pro=f"7{number}"), release(f"SO-{number}", pro=f"7{number}")]
        with ThreadPoolExecutor(2) as workers:
            list(workers.map(learn, pair if number % 2 else pair[::-1]))
        Engine(pool, Toy(), clock, {}).run_until_idle()

        assert rows(pool, "SELECT count(*) FROM parked") == [(0,)]
        assert state(pool, "shipments", f"SO-{number}").events == (f"E-{number}",)


@pytest.mark.parametrize("slow", ["MilestoneReported", "OrderReleased", "neither"])
def test_no_fact_waits_for_a_name_that_appeared_between_its_look_up_and_its_lock(pool, clock, slow):
    race(Engine(pool, Hesitant(slow), clock, {}), pool, clock)


def test_no_fact_waits_for_a_name_that_appeared_between_its_lock_and_its_commit(
    engine, pool, clock, monkeypatch
):
    write = writing.write_streams

    def slowly(cursor, written):
        time.sleep(0.15)  # the name is added, or the fact parked, and neither is committed
        return write(cursor, written)

    monkeypatch.setattr(writing, "write_streams", slowly)
    race(engine, pool, clock)


def test_a_woken_fact_is_decided_once_by_many_workers(engine, pool):
    engine.learn([report(f"E-{number}", pro="777") for number in range(30)])
    engine.learn([release("SO-1", pro="777")])

    with ThreadPoolExecutor(4) as workers:
        done = list(workers.map(lambda _: engine.decide_pending(), range(8)))

    assert sum(one.applied for one in done) == 31  # and the review that follows the release
    assert len(state(pool, "shipments", "SO-1").events) == 30


def test_a_dead_fact_is_replayed_when_the_fault_is_mended(engine, pool, clock):
    engine.learn([cancel("SO-1", "boom")])
    ((dead_id,),) = rows(pool, "SELECT dead_id FROM dead_facts")

    class Mended(Toy):
        def decide(self, fact, known):
            mended = structs.replace(fact, reason="") if hasattr(fact, "reason") else fact
            return super().decide(mended, known)

    assert engine.replay_facts([dead_id], by="dana") == 1
    assert Engine(pool, Mended(), clock, {}).decide_pending() == Learned(applied=1)
    assert rows(pool, "SELECT because FROM cases") == [("replayed and applied",)]
    assert engine.replay_facts([dead_id], by="dana") == 0


def test_a_fact_that_waited_in_vain_may_come_again_and_wait_again(engine, pool, clock):
    engine.learn([report("E-1", pro="777")])
    clock.passes(days=7)
    engine.expire_parked()

    assert engine.learn([report("E-1", pro="777")]) == Learned(parked=1)
    assert engine.expire_parked() == Learned(applied=1)
    engine.learn([release("SO-1", pro="777")])
    assert engine.learn([report("E-1", pro="777")]) == Learned(applied=1)
    assert engine.learn([report("E-1", pro="777")]) == Learned(duplicate=1)


def test_a_fact_that_waited_in_vain_may_come_again_in_better_words(engine, pool, clock):
    engine.learn([report("E-1", pro="typo"), release("SO-1", pro="777")])
    clock.passes(days=7)
    engine.expire_parked()

    assert engine.learn([report("E-1", pro="777")]) == Learned(applied=1)
    assert state(pool, "shipments", "SO-1").events == ("E-1",)


def test_a_dead_fact_that_comes_again_is_tried_again_and_never_applied_twice(engine, pool, clock):
    engine.learn([cancel("SO-1", "boom")])
    assert engine.learn([cancel("SO-1", "boom")]) == Learned(dead=1)

    class Mended(Toy):
        def decide(self, fact, known):
            mended = structs.replace(fact, reason="") if hasattr(fact, "reason") else fact
            return super().decide(mended, known)

    mended = Engine(pool, Mended(), clock, {})
    mended.replay_facts([1, 2], by="dana")
    assert mended.learn([cancel("SO-1", "boom")]) == Learned(applied=1)
    assert mended.run_until_idle() == Learned(duplicate=2)
    assert rows(pool, "SELECT count(*) FROM cases WHERE settled_at IS NULL") == [(0,)]
    assert rows(pool, "SELECT count(*) FROM dead_facts WHERE replayed_at IS NULL") == [(0,)]


def test_a_batch_learned_with_care_gives_what_it_gives_at_once(engine, pool):
    facts = [release("SO-1", pro="7"), report("E-1", pro="7"), report("E-2", pro="8")]
    arrivals = [Arrival(fact=fact) for fact in facts]

    fates = engine.within(lambda batch, _: learn_by_halves(batch, arrivals))

    assert [fate.value for fate in fates] == ["applied", "applied", "parked"]
    assert state(pool, "shipments", "SO-1").events == ("E-1",)
