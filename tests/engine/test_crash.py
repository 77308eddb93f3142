"""A worker killed at any point loses nothing and doubles nothing: the next one goes on."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from drawbar.engine import Engine, Learned, writing
from tests.engine.crash import do_everything
from tests.engine.database import rows, state
from tests.engine.toy import Toy, payment, release

pytestmark = pytest.mark.system
ROOT = Path(__file__).resolve().parents[2]

POINTS = [
    "before drawbar.engine.learning:write",
    "after drawbar.engine.writing:write_streams",
    "after drawbar.engine.taking:put_out",
    "after drawbar.engine.engine:Engine:take",
    "after drawbar.engine.waiting:take_pending",
    "after drawbar.engine.engine:Engine:decide_pending",
    "after drawbar.engine.delivering:claim",
    "before tests.engine.crash:Ledger:reserve",
    "after tests.engine.crash:Ledger:reserve",
    "after drawbar.engine.settling:settle",
    "after drawbar.engine.delivering:Deliverer:settle",
]


def run(code: list[str]) -> int:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    env = {**os.environ, "PYTHONPATH": paths}
    return subprocess.run([sys.executable, *code], cwd=ROOT, env=env, check=False).returncode


@pytest.mark.parametrize("point", POINTS)
def test_whoever_is_killed_the_next_one_brings_it_to_the_same_end(
    pool, logins, clock, tmp_path, point
):
    book = tmp_path / "book"
    if "crash" in point:  # the class as the program knows it
        point = point.replace("tests.engine.crash", "__main__")

    killed = run(["-m", "tests.engine.crash", point, logins.engine_url, str(book)])
    assert killed == -signal.SIGKILL

    clock.passes(seconds=40)  # a lease of the dead worker runs out
    do_everything(logins.engine_url, book, clock)

    assert book.read_text().splitlines() == ["R-SO-1"]
    assert state(pool, "customers", "GLOBEX").paid == 10
    assert state(pool, "customers", "GLOBEX").orders == ("SO-1",)
    assert state(pool, "shipments", "SO-1").documents == ("D-R-SO-1",)
    assert rows(pool, "SELECT state FROM deliveries") == [("confirmed",)]
    for table, number in {
        "facts": 4,
        "entries": 1,
        "pending": 0,
        "dead_facts": 0,
        "cases": 0,
    }.items():
        assert rows(pool, f"SELECT count(*) FROM {table}") == [(number,)], table


def test_a_connection_cut_in_the_middle_of_a_batch_keeps_nothing_of_it(
    engine, pool, template, monkeypatch
):
    write = writing.write_streams

    def cut(cursor, written):
        write(cursor, written)
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with monkeypatch.context() as patch:
        patch.setattr(writing, "write_streams", cut)
        with pytest.raises(psycopg.OperationalError):
            engine.learn([payment("P-1")])

    assert rows(pool, "SELECT count(*) FROM facts") == [(0,)]
    assert engine.learn([payment("P-1")]) == Learned(applied=1)


def test_many_learning_facts_of_one_new_stream_at_once_lose_none(pool, clock):
    def learn(number: int) -> Learned:
        engine = Engine(pool, Toy(), clock, {})
        return engine.learn([payment(f"P-{number}-{part}") for part in range(5)])

    with ThreadPoolExecutor(6) as workers:
        learned = list(workers.map(learn, range(12)))

    assert sum(one.applied for one in learned) == 60
    assert state(pool, "customers", "GLOBEX").paid == 600
    assert rows(pool, "SELECT version FROM customers") == [(60,)]


def test_many_learning_the_same_facts_at_once_apply_each_once(pool, clock):
    def learn(_number: int) -> Learned:
        return Engine(pool, Toy(), clock, {}).learn([payment(f"P-{one}") for one in range(20)])

    with ThreadPoolExecutor(6) as workers:
        learned = list(workers.map(learn, range(6)))

    assert sum(one.applied for one in learned) == 20
    assert sum(one.duplicate for one in learned) == 100
    assert state(pool, "customers", "GLOBEX").paid == 200


def test_two_processes_learning_the_same_new_streams_lose_none(pool, logins):
    code = (
        "import sys\n"
        "from drawbar.engine import Engine\n"
        "from drawbar.records.session import open_pool\n"
        "from tests.engine.database import HandClock\n"
        "from tests.engine.toy import Toy, payment\n"
        "with open_pool(sys.argv[1], size=1) as pool:\n"
        "    engine = Engine(pool, Toy(), HandClock(), {})\n"
        "    for n in range(40):\n"
        "        engine.learn([payment(f'P-{sys.argv[2]}-{n}', by=f'C-{n}')])\n"
    )

    with ThreadPoolExecutor(2) as both:
        ended = list(both.map(lambda who: run(["-c", code, logins.engine_url, who]), "ab"))

    assert ended == [0, 0]
    assert rows(pool, "SELECT count(*), min(version), max(version) FROM customers") == [(40, 2, 2)]


def test_the_numbers_of_facts_follow_the_order_in_which_a_stream_took_them(pool, clock):
    with ThreadPoolExecutor(4) as workers:
        list(
            workers.map(
                lambda n: Engine(pool, Toy(), clock, {}).learn([payment(f"P-{n}")]), range(24)
            )
        )

    versions = [
        version for (version,) in rows(pool, "SELECT version FROM fact_streams ORDER BY fact_id")
    ]
    assert versions == sorted(versions)


def test_the_order_in_which_facts_come_makes_no_difference_to_the_end(pool, clock):
    engine = Engine(pool, Toy(), clock, {})
    facts = [release("SO-1"), payment("P-1"), release("SO-2"), payment("P-2", "5.00")]
    engine.learn([facts[number] for number in (3, 0, 2, 1)])
    engine.run_until_idle()
    there = state(pool, "customers", "GLOBEX")

    others = [release("SO-1", by="X"), payment("Q-1", by="X"), payment("Q-2", "5.00", by="X")]
    engine.learn(others[1:])

    assert (there.paid, there.orders) == (15, ("SO-1", "SO-2"))
    assert state(pool, "customers", "X").paid == there.paid
