"""How effects reach other systems: in order, once where they can be asked, else a person is."""

import threading
from datetime import timedelta

import pytest

from drawbar.engine.attempt import prepare
from drawbar.engine.delivering import LEASES
from drawbar.engine.resolving import Answer, Resolution
from drawbar.engine.settling import Tried
from drawbar.freight.delivery import Lane, NeedsConfirmation, Rejected, Unknown
from drawbar.messages.outbox import Outgoing, put_out
from drawbar.messages.queue import claim, hold, limit, open_up, take_over
from tests.engine.database import rows, state
from tests.engine.far_side import Warehouse, deliverer
from tests.engine.toy import T0, release, reserve, shipment

pytestmark = pytest.mark.system
GATE = {"system": "wms", "lane": Lane.DISPATCH}


@pytest.fixture
def warehouse():
    return Warehouse()


@pytest.fixture
def lane(engine, warehouse):
    worker = deliverer(engine, warehouse)
    yield worker
    worker.close()


def ask(engine, *refs: str, stream: str = "", **changes):
    """Owe a reservation for each of ``refs``, all in one stream if ``stream`` names it."""
    from msgspec import structs

    owed = [reserve(ref, shipment(stream) if stream else None) for ref in refs]
    outgoing = [
        Outgoing(delivery=structs.replace(one, **changes), created_at=engine.clock.now())
        for one in owed
    ]
    engine.within(lambda batch, _: put_out(batch.cursor, outgoing))


def states(pool):
    return dict(rows(pool, "SELECT business_key, state FROM deliveries ORDER BY delivery_id"))


def test_an_effect_is_sent_and_its_confirmation_is_learned_with_its_bytes(engine, lane, pool):
    engine.learn([release("SO-1")])

    assert lane.deliver_once() == 1

    assert states(pool) == {"R-SO-1": "confirmed"}
    assert state(pool, "shipments", "SO-1").documents == ("D-1",)
    assert rows(pool, "SELECT direction, body FROM messages ORDER BY message_id") == [
        ("out", b"reserve R-SO-1"),
        ("in", b"done"),
    ]
    ((key, said),) = rows(
        pool,
        "SELECT f.key, m.body FROM facts f JOIN messages m USING (message_ref)"
        " WHERE f.name = 'DeliveryConfirmed'",
    )
    assert (key, said) == ("confirmed:wms:R-SO-1", b"done")


def test_deliveries_of_one_stream_go_out_one_after_the_other(engine, lane, warehouse):
    ask(engine, "A", "B", "C", stream="S-1")

    assert [lane.deliver_once() for _ in range(4)] == [1, 1, 1, 0]
    assert warehouse.calls == ["send R-A", "send R-B", "send R-C"]


def test_the_sooner_departure_goes_first_between_streams_but_never_inside_one(
    engine, pool, warehouse
):
    ask(engine, "late", stream="S-1", depart_at=T0 + timedelta(hours=9))
    ask(engine, "soon", stream="S-2", depart_at=T0 + timedelta(hours=1))
    ask(engine, "behind late", stream="S-1", depart_at=T0)
    worker = deliverer(engine, warehouse, at_once=1)

    worker.deliver_until_idle()

    assert warehouse.calls == ["send R-soon", "send R-late", "send R-behind late"]
    worker.close()


def test_a_rejected_delivery_keeps_its_place_until_a_person_resolves_it(
    engine, lane, warehouse, pool
):
    ask(engine, "A", "B", stream="S-1")
    warehouse.mood = [lambda _: Rejected(text="unknown item", field="sku")]
    lane.deliver_until_idle()
    assert states(pool) == {"R-A": "rejected", "R-B": "ready"}
    assert rows(pool, "SELECT kind, item, settled_at FROM cases") == [
        ("delivery_rejected", "wms R-A", None)
    ]

    again = Resolution(delivery_id=1, answer=Answer.SEND_AGAIN, by="dana", why="item added")
    assert engine.resolve(again)
    lane.deliver_until_idle()

    assert states(pool) == {"R-A": "confirmed", "R-B": "confirmed"}
    assert rows(pool, "SELECT because, settled_by FROM cases") == [("item added", "dana")]


def test_a_skipped_delivery_lets_the_next_one_go(engine, lane, warehouse, pool):
    ask(engine, "A", "B", stream="S-1")
    warehouse.mood = [lambda _: Rejected(text="no")]
    lane.deliver_until_idle()

    engine.resolve(Resolution(delivery_id=1, answer=Answer.SKIP, by="dana", why="not needed"))
    lane.deliver_until_idle()

    assert states(pool) == {"R-A": "skipped", "R-B": "confirmed"}
    assert not engine.resolve(Resolution(delivery_id=1, answer=Answer.SKIP, by="dana", why="x"))


def test_a_lost_answer_is_looked_up_and_the_effect_happens_once(
    engine, lane, warehouse, pool, clock
):
    ask(engine, "A")
    warehouse.mood = [warehouse.reserve_but_lose_the_answer]
    lane.deliver_once()
    assert rows(pool, "SELECT state, outcome_unknown FROM deliveries") == [("ready", True)]
    assert lane.deliver_once() == 0  # it waits a moment first

    clock.passes(seconds=1)
    lane.deliver_once()

    assert warehouse.calls == ["send R-A", "find R-A"]
    assert warehouse.done == {"R-A": ["D-1"]}
    assert states(pool) == {"R-A": "confirmed"}
    assert rows(pool, "SELECT count(*) FROM messages WHERE direction = 'out'") == [(1,)]


def test_what_was_not_done_is_sent_again_after_the_look_up(engine, lane, warehouse, clock):
    ask(engine, "A")
    warehouse.mood = [lambda _: Unknown(text="refused line")]
    lane.deliver_once()
    clock.passes(seconds=1)
    lane.deliver_once()

    assert warehouse.calls == ["send R-A", "find R-A", "send R-A"]
    assert warehouse.done == {"R-A": ["D-1"]}


def test_a_far_side_that_may_still_be_at_it_is_not_asked_too_early(engine, lane, warehouse, clock):
    ask(engine, "A")
    warehouse.mood = [lambda _: Unknown(text="time-out", busy_seconds=30)]
    lane.deliver_once()

    clock.passes(seconds=29)
    assert lane.deliver_once() == 0
    clock.passes(seconds=1)

    assert lane.deliver_once() == 1
    assert warehouse.calls[:2] == ["send R-A", "find R-A"]


def test_a_fault_inside_a_connector_loses_nothing(engine, lane, warehouse, pool, clock):
    def broken(_sending):
        raise KeyError("sku")

    ask(engine, "A")
    warehouse.mood = [broken]
    lane.deliver_once()
    assert rows(pool, "SELECT error FROM deliveries") == [("KeyError: 'sku'",)]

    clock.passes(seconds=1)
    lane.deliver_once()
    assert states(pool) == {"R-A": "confirmed"}


def test_several_documents_under_our_key_are_a_case(engine, lane, warehouse, pool, clock):
    ask(engine, "A")
    warehouse.mood = [lambda _: Unknown(text="time-out")]
    warehouse.done["R-A"] = ["D-7", "D-8"]
    lane.deliver_once()
    clock.passes(seconds=1)
    lane.deliver_once()

    assert states(pool) == {"R-A": "unsure"}
    assert rows(pool, "SELECT kind FROM cases") == [("delivery_unsure",)]


def test_a_person_is_asked_where_the_far_side_cannot_be(engine, lane, warehouse, pool, clock):
    ask(engine, "A")
    warehouse.can_find = False
    warehouse.mood = [warehouse.reserve_but_lose_the_answer]
    lane.deliver_once()
    clock.passes(seconds=1)
    lane.deliver_until_idle()
    assert (states(pool), warehouse.calls) == ({"R-A": "unsure"}, ["send R-A"])

    done = Answer.IT_WAS_DONE
    engine.resolve(Resolution(delivery_id=1, answer=done, by="dana", why="seen", document="D-1"))

    assert states(pool) == {"R-A": "confirmed"}
    assert state(pool, "shipments", "A").documents == ("D-1",)


def test_a_question_of_the_far_side_goes_to_a_person(engine, lane, warehouse, pool):
    ask(engine, "A")
    warehouse.mood = [lambda _: NeedsConfirmation(text="Number used before. Go on?")]
    lane.deliver_once()

    assert rows(pool, "SELECT kind, text FROM cases") == [
        ("delivery_unsure", "Number used before. Go on?")
    ]


def claimed_by_hand(engine):
    return engine.within(
        lambda batch, _: claim(
            batch.cursor, **GATE, now=batch.now, limit=9, lease=LEASES[Lane.DISPATCH]
        )
    ).claimed


def test_the_result_of_a_worker_whose_lease_ran_out_is_refused(
    engine, lane, warehouse, pool, clock
):
    ask(engine, "A")
    (late,) = claimed_by_hand(engine)
    assert lane.deliver_once() == 0

    clock.passes(seconds=16)
    lane.deliver_once()
    assert warehouse.calls == ["find R-A", "send R-A"]

    too_late = Tried(prepare(warehouse, late), Rejected(text="too late"))
    assert lane.settle([too_late]) == 0
    assert states(pool) == {"R-A": "confirmed"}
    assert rows(pool, "SELECT count(*) FROM cases") == [(0,)]


def test_two_workers_never_hold_the_same_delivery(engine, clock):
    ask(engine, "A", "B")

    first, second = claimed_by_hand(engine), claimed_by_hand(engine)

    assert {one.business_key for one in first} == {"R-A", "R-B"}
    assert second == ()


def test_nothing_goes_through_a_gate_on_hold_until_it_is_over(engine, lane, pool, clock):
    ask(engine, "A", "B")
    until = T0 + timedelta(hours=1)
    engine.within(
        lambda batch, _: hold(batch.cursor, **GATE, until=until, by="dana", why="month end")
    )
    assert lane.deliver_once() == 0

    clock.passes(hours=1)
    assert lane.deliver_once() == 2


def test_a_hold_without_an_end_is_opened_by_a_person(engine, lane, clock):
    ask(engine, "A")
    engine.within(lambda batch, _: hold(batch.cursor, **GATE, until=None, by="dana", why="stop"))
    clock.passes(days=30)
    assert lane.deliver_once() == 0

    engine.within(lambda batch, _: open_up(batch.cursor, **GATE, by="dana"))
    assert lane.deliver_once() == 1


def test_a_gate_lets_through_as_many_a_second_as_the_far_side_bears(engine, lane, clock):
    engine.within(lambda batch, _: limit(batch.cursor, **GATE, rate=2.0, burst=3, concurrency=9))
    ask(engine, *"ABCDEFGH")
    assert [lane.deliver_once(), lane.deliver_once()] == [3, 0]

    clock.passes(seconds=1)
    assert [lane.deliver_once(), lane.deliver_once()] == [2, 0]


def test_a_gate_lets_through_as_many_at_once_as_the_far_side_bears(engine, clock):
    engine.within(lambda batch, _: limit(batch.cursor, **GATE, rate=None, burst=1, concurrency=2))
    ask(engine, *"ABCDE")

    assert [len(claimed_by_hand(engine)) for _ in range(2)] == [2, 0]


def test_an_open_circuit_lets_one_probe_through_and_then_everything(
    engine, lane, warehouse, pool, clock
):
    ask(engine, *"ABCDEF")
    warehouse.is_well = False
    warehouse.mood = [lambda _: Unknown(text="down")] * 4
    lane.deliver_once()  # four at once
    clock.passes(seconds=1)
    lane.deliver_once()
    assert rows(pool, "SELECT circuit FROM gates") == [("open",)]
    calls = len(warehouse.calls)

    assert lane.deliver_once() == 0
    clock.passes(seconds=5)
    assert lane.deliver_once() == 1  # the probe, in vain
    assert (warehouse.probes, len(warehouse.calls)) == (1, calls)

    warehouse.is_well = True
    clock.passes(seconds=5)
    lane.deliver_until_idle()
    assert warehouse.probes == 2
    assert set(states(pool).values()) == {"confirmed"}
    assert all(len(documents) == 1 for documents in warehouse.done.values())


def test_of_two_workers_at_an_open_circuit_one_probes(engine, pool, clock):
    circuit = (
        "INSERT INTO gates (system, lane, circuit, failures, probe_at) VALUES (%s, %s, %s, %s, %s)"
    )
    with pool.connection() as connection:
        connection.execute(circuit, ["wms", "dispatch", "open", 5, T0])
    looks = [
        engine.within(
            lambda batch, _: claim(
                batch.cursor, **GATE, now=batch.now, limit=1, lease=timedelta(seconds=1)
            )
        )
        for _ in range(2)
    ]

    assert [type(look.admission).__name__ for look in looks] == ["ProbeDue", "Broken"]


def test_a_supervisor_who_knows_that_all_died_takes_their_deliveries_back_at_once(
    engine, lane, warehouse, pool
):
    ask(engine, "A", "B")
    held = claimed_by_hand(engine)
    warehouse.done["R-A"] = ["D-9"]  # the dead worker had got that far

    assert engine.within(lambda batch, _: take_over(batch.cursor, batch.now)) == 2
    assert lane.deliver_once() == 2

    assert sorted(warehouse.calls) == ["find R-A", "find R-B", "send R-B"]
    assert warehouse.done == {"R-A": ["D-9"], "R-B": ["D-2"]}
    late = [Tried(prepare(warehouse, one), Rejected(text="too late")) for one in held]
    assert lane.settle(late) == 0
    assert states(pool) == {"R-A": "confirmed", "R-B": "confirmed"}


def test_nothing_is_taken_over_where_nothing_was_on_its_way(engine, lane):
    ask(engine, "A", "B")
    lane.deliver_once()

    assert engine.within(lambda batch, _: take_over(batch.cursor, batch.now)) == 0


def test_alone_every_call_is_made_in_the_callers_thread_in_the_order_of_the_claim(
    engine, warehouse, pool
):
    threads = []

    def note(sending):
        threads.append(threading.current_thread())
        return warehouse.reserve(sending)

    ask(engine, *"CABD")
    warehouse.mood = [note] * 4
    worker = deliverer(engine, warehouse, alone=True)

    assert worker.deliver_once() == 4

    assert warehouse.calls == ["send R-C", "send R-A", "send R-B", "send R-D"]
    assert set(threads) == {threading.current_thread()}
    assert set(states(pool).values()) == {"confirmed"}


def test_alone_what_waits_for_its_turn_stays_ours_while_the_far_side_is_slow(
    engine, warehouse, clock
):
    def slow(sending):
        clock.passes(seconds=10)
        return warehouse.reserve(sending)

    ask(engine, *"ABC")
    warehouse.mood = [slow] * 3
    worker = deliverer(engine, warehouse, alone=True)
    worker.step()
    worker.step()

    assert engine.due().claimed == 1
    assert worker.step() == 1
    assert engine.due().idle
