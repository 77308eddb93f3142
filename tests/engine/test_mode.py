"""What is not live is never sent: whoever delivers, whatever dies, whenever the mode changes."""

from datetime import timedelta

import pytest
from msgspec import structs

from drawbar.engine.resolving import Answer, Resolution
from drawbar.engine.returning import Returner
from drawbar.flow.mode import EVERY, Mode, changes
from drawbar.freight.delivery import Lane, Unknown
from drawbar.messages.mode import modes_in_force, undecided, write_modes
from drawbar.messages.outbox import Outgoing, put_out
from drawbar.messages.queue import claim, hold
from tests.engine.database import rows, state
from tests.engine.far_side import Warehouse, deliverer
from tests.engine.toy import release, reserve, shipment

pytestmark = pytest.mark.system
FLOW = "ReserveStock"


@pytest.fixture
def warehouse():
    return Warehouse()


@pytest.fixture
def lane(engine, warehouse):
    worker = deliverer(engine, warehouse)
    yield worker
    worker.close()


def say(engine, mode: Mode | None, flow: str = FLOW, system: str = "wms"):
    """Change the mode of one flow as an apply does."""

    def write(batch, _):
        before = modes_in_force(batch.cursor)
        after = {**before.get(system, {})}
        after.pop(flow, None)
        if mode is not None:
            after[flow] = mode
        told = changes(before, {system: after})
        values = {"by": "dana", "because": "test", "version": 1, "at": batch.now}
        return write_modes(batch.cursor, told, **values)

    return engine.within(write)


def ask(engine, *refs: str, stream: str = ""):
    owed = [
        Outgoing(
            delivery=reserve(ref, shipment(stream) if stream else None),
            created_at=engine.clock.now(),
        )
        for ref in refs
    ]
    engine.within(lambda batch, _: put_out(batch.cursor, owed))


def deliveries(pool):
    return rows(pool, "SELECT business_key, state, kept_back FROM deliveries ORDER BY delivery_id")


def open_decisions(engine):
    return engine.within(lambda batch, _: [one.business_key for one in undecided(batch.cursor)])


def test_in_shadow_all_is_computed_nothing_is_sent_and_the_bytes_are_kept(
    engine, lane, warehouse, pool
):
    say(engine, Mode.SHADOW)
    engine.learn([release("SO-1")])

    assert lane.deliver_until_idle() == 1

    assert warehouse.calls == []
    assert deliveries(pool) == [("R-SO-1", "skipped", "shadow")]
    assert rows(pool, "SELECT direction, outcome, body FROM messages") == [
        ("out", "shadow", b"reserve R-SO-1")
    ]
    assert rows(pool, "SELECT error, attempts FROM deliveries") == [("not sent: shadow", 0)]
    assert state(pool, "shipments", "SO-1").documents == ()


def test_observed_nothing_is_made_into_bytes(engine, lane, warehouse, pool):
    say(engine, Mode.OBSERVE)
    ask(engine, "A")

    lane.deliver_until_idle()

    assert warehouse.calls == []
    assert deliveries(pool) == [("R-A", "skipped", "observe")]
    assert rows(pool, "SELECT message_ref FROM messages") == []


def test_what_is_said_of_every_flow_counts_where_nothing_else_is_said(engine, lane, warehouse):
    say(engine, Mode.SHADOW, flow=EVERY)
    ask(engine, "A")
    lane.deliver_until_idle()
    assert warehouse.calls == []

    say(engine, Mode.LIVE)
    ask(engine, "B")
    lane.deliver_until_idle()
    assert warehouse.calls == ["send R-B"]


def test_what_is_not_live_does_not_hold_up_what_follows_it(engine, lane, warehouse, pool):
    say(engine, Mode.SHADOW)
    ask(engine, *map(str, range(50)), stream="S-1")

    assert lane.deliver_until_idle() == 50

    assert {kept for _, _, kept in deliveries(pool)} == {"shadow"}


def test_a_step_says_that_there_is_more_while_it_keeps_back(engine, lane):
    say(engine, Mode.SHADOW)
    ask(engine, *map(str, range(21)))

    assert [lane.step(), lane.step(), lane.step()] == [20, 1, 0]


def test_a_lane_that_is_held_keeps_back_all_the_same(engine, lane, pool):
    say(engine, Mode.SHADOW)
    ask(engine, "A")
    told = {"system": "wms", "lane": Lane.DISPATCH, "until": None, "by": "Ann", "why": "x"}
    engine.within(lambda batch, _: hold(batch.cursor, **told))

    lane.deliver_until_idle()

    assert deliveries(pool) == [("R-A", "skipped", "shadow")]


def test_where_nobody_serves_the_system_a_shadow_is_no_case(engine, pool):
    say(engine, Mode.SHADOW, flow=EVERY)
    ask(engine, "A")

    Returner(engine, served=set()).step()

    assert deliveries(pool) == [("R-A", "skipped", "shadow")]
    assert rows(pool, "SELECT kind FROM cases") == []


def test_what_cannot_be_put_into_bytes_is_a_case_as_when_live(engine, lane, warehouse, pool):
    def broken(_):
        raise LookupError("no such thing")

    warehouse.render = broken
    say(engine, Mode.SHADOW)
    ask(engine, "A")

    lane.deliver_until_idle()

    assert rows(pool, "SELECT state, error FROM deliveries") == [
        ("dead", "LookupError: no such thing")
    ]
    assert rows(pool, "SELECT kind FROM cases") == [("delivery_rejected",)]


@pytest.mark.parametrize("mode", [Mode.SHADOW, Mode.OBSERVE])
def test_no_claim_takes_what_is_not_live_whoever_claims(engine, mode, pool):
    say(engine, mode)
    ask(engine, "A")
    told = {"system": "wms", "lane": Lane.DISPATCH, "limit": 9, "lease": timedelta(seconds=9)}

    found = engine.within(lambda batch, _: claim(batch.cursor, now=batch.now, **told))

    assert found.claimed == ()
    assert deliveries(pool) == [("R-A", "ready", "")]


def test_going_live_sends_nothing_of_the_shadow_whether_a_worker_saw_it_or_not(
    engine, lane, warehouse, pool
):
    say(engine, Mode.SHADOW)
    ask(engine, "seen")
    lane.deliver_until_idle()
    ask(engine, "unseen")

    say(engine, Mode.LIVE)
    ask(engine, "new")
    lane.deliver_until_idle()

    assert warehouse.calls == ["send R-new"]
    assert deliveries(pool) == [
        ("R-seen", "skipped", "shadow"),
        ("R-unseen", "skipped", "shadow"),
        ("R-new", "confirmed", ""),
    ]
    assert open_decisions(engine) == ["R-unseen", "R-seen"]


def test_a_word_less_in_the_folder_sends_nothing_of_the_shadow_either(engine, lane, warehouse):
    say(engine, Mode.SHADOW)
    ask(engine, "A")

    say(engine, None)
    lane.deliver_until_idle()

    assert warehouse.calls == []
    assert open_decisions(engine) == ["R-A"]


def decided(engine, answer: Answer, **more: str) -> bool:
    return engine.resolve(
        Resolution(delivery_id=1, answer=answer, by="dana", why="looked there", **more)
    )


def test_a_person_may_send_what_the_shadow_kept_back_once_it_is_live(
    engine, lane, warehouse, clock, pool
):
    say(engine, Mode.SHADOW)
    ask(engine, "A")
    lane.deliver_until_idle()
    assert decided(engine, Answer.SEND_AGAIN)
    clock.passes(minutes=1)
    lane.deliver_until_idle()
    assert warehouse.calls == []
    assert open_decisions(engine) == ["R-A"]

    say(engine, Mode.LIVE)
    assert decided(engine, Answer.SEND_AGAIN)
    lane.deliver_until_idle()

    assert warehouse.calls == ["send R-A"]
    assert deliveries(pool) == [("R-A", "confirmed", "")]
    assert open_decisions(engine) == []


def test_a_person_may_say_that_the_old_interface_did_it_and_the_flow_goes_on(engine, lane, pool):
    say(engine, Mode.SHADOW)
    engine.learn([release("SO-1")])
    lane.deliver_until_idle()

    assert decided(engine, Answer.IT_WAS_DONE, document="OLD-7")

    assert state(pool, "shipments", "SO-1").documents == ("OLD-7",)
    assert deliveries(pool) == [("R-SO-1", "confirmed", "")]
    assert not decided(engine, Answer.SKIP)


def test_a_person_may_leave_it_at_that_and_decides_once(engine, lane, pool):
    say(engine, Mode.SHADOW)
    ask(engine, "A")
    lane.deliver_until_idle()

    assert decided(engine, Answer.SKIP)

    assert open_decisions(engine) == []
    assert deliveries(pool) == [("R-A", "skipped", "shadow")]
    assert not decided(engine, Answer.SEND_AGAIN)


def test_what_was_tried_live_is_never_tried_again_behind_the_old_interface(
    engine, lane, warehouse, clock, pool
):
    warehouse.mood = [lambda _: Unknown(text="time-out")]
    ask(engine, "A")
    lane.deliver_once()

    say(engine, Mode.SHADOW)
    clock.passes(hours=1)
    lane.deliver_until_idle()
    say(engine, Mode.LIVE)
    clock.passes(hours=1)
    lane.deliver_until_idle()

    assert warehouse.calls == ["send R-A"]
    assert deliveries(pool) == [("R-A", "unsure", "")]
    assert rows(pool, "SELECT kind, item FROM cases WHERE settled_at IS NULL") == [
        ("delivery_unsure", "wms R-A")
    ]


def test_what_a_dead_worker_held_when_the_flow_was_stopped_is_asked_about(
    engine, lane, warehouse, clock, pool
):
    ask(engine, "A")
    told = {"system": "wms", "lane": Lane.DISPATCH, "limit": 9, "lease": timedelta(seconds=9)}
    engine.within(lambda batch, _: claim(batch.cursor, now=batch.now, **told))

    say(engine, Mode.SHADOW)
    clock.passes(minutes=1)
    doubtful = say(engine, Mode.LIVE)
    lane.deliver_until_idle()

    assert [key for _, _, key in doubtful] == ["R-A"]
    assert warehouse.calls == []
    assert deliveries(pool) == [("R-A", "unsure", "")]


def test_a_worker_that_dies_while_it_keeps_back_leaves_all_as_it_was(engine, lane, warehouse, pool):
    say(engine, Mode.SHADOW)
    ask(engine, "A")
    render = warehouse.render

    def dies(_):
        raise SystemExit

    warehouse.render = dies
    with pytest.raises(SystemExit):
        lane.deliver_once()
    assert deliveries(pool) == [("R-A", "ready", "")]

    warehouse.render = render
    lane.deliver_until_idle()
    assert warehouse.calls == []
    assert deliveries(pool) == [("R-A", "skipped", "shadow")]


def test_every_change_is_kept_with_who_when_and_why(engine, pool):
    say(engine, Mode.SHADOW)
    say(engine, Mode.LIVE)
    say(engine, None)

    assert rows(
        pool,
        "SELECT before, after, said_by, because, company_version FROM flow_mode_changes"
        " ORDER BY change_id",
    ) == [
        ("", "shadow", "dana", "test", 1),
        ("shadow", "live", "dana", "test", 1),
        ("live", "", "dana", "test", 1),
    ]


def test_another_system_of_the_same_lane_is_not_kept_back(engine, lane, warehouse, pool):
    say(engine, Mode.SHADOW, flow=EVERY, system="other")
    ask(engine, "A")
    owed = structs.replace(reserve("B"), system="other")
    outgoing = [Outgoing(delivery=owed, created_at=engine.clock.now())]
    engine.within(lambda batch, _: put_out(batch.cursor, outgoing))

    lane.deliver_until_idle()

    assert warehouse.calls == ["send R-A"]
    assert deliveries(pool) == [("R-A", "confirmed", ""), ("R-B", "ready", "")]
