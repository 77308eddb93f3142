"""Control numbers out: each given once, none left out, whatever is refused, retried or killed."""

import threading

import pytest

from drawbar.connectors.port import Capabilities, Sending
from drawbar.engine.resolving import Answer, Resolution
from drawbar.freight.control_number import NUMBER_MAX
from drawbar.freight.delivery import Unknown
from drawbar.messages.outbox import Outgoing, put_out
from drawbar.messages.queue import take_over
from tests.engine.database import rows
from tests.engine.far_side import Warehouse, deliverer
from tests.engine.toy import release, reserve

pytestmark = pytest.mark.system


class Partner(Warehouse):
    """Counts what it gets: reservations in groups of OW, releases in groups of XX."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: list[tuple[str, int, int]] = []
        self.mute: set[str] = set()
        self.dying = False

    def capabilities(self) -> Capabilities:
        types = {"ReserveStock": "OW", "ReleaseStock": "XX"}
        return Capabilities(kinds=self.kinds, can_find=True, numbered=types)

    def render(self, sending: Sending) -> bytes:
        if self.dying:
            raise KeyboardInterrupt
        assert sending.control is not None
        said = f"{sending.control.interchange} {sending.control.name} {sending.business_key}"
        return b"" if sending.business_key in self.mute else said.encode()

    def reserve(self, sending: Sending):
        control = sending.control
        assert control is not None
        if not control.drawn:
            return Unknown(text="no number")
        self.numbers.append((sending.business_key, control.interchange, control.group))
        return super().reserve(sending)


@pytest.fixture
def partner():
    return Partner()


@pytest.fixture
def lane(engine, partner):
    worker = deliverer(engine, partner, at_once=3)
    yield worker
    worker.close()


def owe(engine, *refs: str) -> None:
    now = engine.clock.now()
    outgoing = [Outgoing(delivery=reserve(ref), created_at=now) for ref in refs]
    engine.within(lambda batch, _: put_out(batch.cursor, outgoing))


def given(pool):
    return rows(
        pool, "SELECT series, era, number, delivery_id FROM control_numbers ORDER BY series, number"
    )


def test_each_type_of_group_counts_from_one_and_interchanges_count_through(engine, lane, partner):
    owe(engine, "A", "B")
    lane.deliver_until_idle()

    assert sorted(partner.numbers) == [("R-A", 1, 1), ("R-B", 2, 2)]


def test_the_confirmation_names_the_group(engine, lane, pool):
    engine.learn([release("SO-1")])
    lane.deliver_until_idle()

    body = rows(pool, "SELECT body FROM facts WHERE name = 'DeliveryConfirmed'")[0][0]
    assert b"OW 1" in bytes(body)


def test_what_cannot_be_put_into_bytes_draws_no_number(engine, lane, partner, pool):
    partner.mute = {"R-B"}
    owe(engine, "A", "B", "C")
    lane.deliver_until_idle()

    assert sorted(partner.numbers) == [("R-A", 1, 1), ("R-C", 2, 2)]
    partner.mute = set()
    engine.clock.passes(minutes=5)
    lane.deliver_until_idle()
    assert ("R-B", 3, 3) in partner.numbers
    assert [number for _, _, number, _ in given(pool)] == [1, 2, 3, 1, 2, 3]


def test_another_try_goes_out_under_the_same_numbers(engine, lane, partner, pool):
    partner.mood = [lambda _: Unknown(text="cut")]
    owe(engine, "A")
    lane.deliver_until_idle()
    engine.clock.passes(minutes=5)
    owe(engine, "B")
    lane.deliver_until_idle()

    assert sorted(partner.numbers) == [("R-A", 1, 1), ("R-B", 2, 2)]
    assert rows(pool, "SELECT count(*) FROM messages WHERE direction = 'out'") == [(2,)]


def test_a_worker_that_dies_while_it_makes_the_bytes_burns_no_number(engine, partner, pool):
    owe(engine, "A")
    partner.dying = True
    worker = deliverer(engine, partner)
    with pytest.raises(KeyboardInterrupt):
        worker.deliver_once()
    assert given(pool) == []

    partner.dying = False
    worker.deliver_until_idle()
    worker.close()
    assert partner.numbers == [("R-A", 1, 1)]


def test_a_worker_that_dies_behind_its_commit_leaves_the_number_to_the_next(engine, partner, pool):
    owe(engine, "A")
    dead = deliverer(engine, partner)
    engine.within(lambda batch, _: dead._claim(batch, 1))  # and never sends
    engine.within(lambda batch, _: take_over(batch.cursor, batch.now))

    worker = deliverer(engine, partner)
    worker.deliver_until_idle()
    worker.close()

    assert partner.numbers == [("R-A", 1, 1)]
    assert [number for _, _, number, _ in given(pool)] == [1, 1]


def test_two_workers_never_give_one_number_twice(engine, partner, pool):
    owe(engine, *(f"{number}" for number in range(40)))
    workers = [deliverer(engine, partner, at_once=2) for _ in range(2)]
    threads = [threading.Thread(target=one.deliver_until_idle) for one in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for worker in workers:
        worker.deliver_until_idle()
        worker.close()

    assert sorted(number for _, number, _ in partner.numbers) == list(range(1, 41))


def test_after_nine_nines_comes_the_first_number_again(engine, lane, partner, pool):
    owe(engine, "A", "B")
    with pool.connection() as connection:
        connection.execute(
            "INSERT INTO control_series (system, direction, series, last)"
            " VALUES ('wms', 'out', 'interchange', %s), ('wms', 'out', 'group OW', 7)",
            [NUMBER_MAX - 1],
        )
    lane.deliver_until_idle()

    assert sorted(partner.numbers) == [("R-A", NUMBER_MAX, 8), ("R-B", 1, 9)]
    assert [era for _, era, _, _ in given(pool)] == [0, 0, 1, 0]


def test_a_system_that_counted_by_deliveries_goes_on_behind_them(engine, lane, partner, pool):
    owe(engine, "A")
    with pool.connection() as connection:
        connection.execute(
            "INSERT INTO control_series (system, direction, series, last)"
            " VALUES ('wms', 'out', 'before', 812)"
        )
    lane.deliver_until_idle()

    assert partner.numbers == [("R-A", 813, 813)]


def test_what_a_person_calls_done_keeps_its_numbers(engine, lane, partner, pool):
    partner.mood = [lambda _: Unknown(text="cut")]
    partner.can_find = False
    owe(engine, "A")
    lane.deliver_until_idle()
    done = Resolution(delivery_id=1, answer=Answer.IT_WAS_DONE, by="dana", why="seen", document="9")
    assert engine.resolve(done)

    body = rows(pool, "SELECT body FROM facts WHERE name = 'DeliveryConfirmed'")[0][0]
    assert b"OW 1" in bytes(body)
