"""How fast a world goes by: days of it a minute, loads and facts a second, and what it takes.

The whole thing is measured, with its processes, sockets and files; whoever else works on the
machine is in the figures. Run it with ``python -m bench.world --days 14 --size medium``; a day of
25 loads takes some fifteen seconds.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from msgspec import Struct

from bench.processes import children, cpu_seconds, peak_mb, shared_mb, watched
from bench.stopwatch import Laps, timed
from drawbar.cli.demo.run import Running, Wish
from drawbar.cli.demo.score import score_of
from drawbar.cli.demo.to_the_end import opened
from drawbar.cli.demo.wishing import LOADS_PER_DAY, Told, wish_of
from drawbar.records.server.embedded import find_seat
from drawbar.world.score import Score

PLACES = {
    "the worker settles": "drawbar.cli.world_worker:WorldWorker.settle",
    "orders and outages": "drawbar.world.conductor.conductor:Conductor._enter",
    "small systems speak": "drawbar.world.conductor.conductor:Conductor._say",
    "· paper at the door": "drawbar.cli.demo.door:Door.hand_in",
    "carriers listen": "drawbar.world.conductor.conductor:Conductor._listen",
    "the treasury pays": "drawbar.world.conductor.money:Treasury.turn",
}


class Taken(Struct, frozen=True, kw_only=True):
    """What a run took, by who took it: seconds on the processor, and the most memory in MB."""

    seconds: float
    cpu: dict[str, float]
    peak: dict[str, float]


def main() -> None:
    asked = _asked()
    with own_place(), timed(PLACES) as laps:
        wish = wish_of(Told(seed=asked.seed, size=asked.size, days=asked.days, speed=None))
        with opened(wish, port=0) as world:
            taken = played(world, wish)
            score, facts = score_of(world, wish), facts_of(world)
            turns = world.play.turns
    show(wish, score, facts, turns, taken)
    show_laps(laps, taken.seconds)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=14)
    parser.add_argument("--size", choices=list(LOADS_PER_DAY), default="medium")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


@contextmanager
def own_place() -> Iterator[None]:
    """Have a world and a database of one's own that are thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)  # under root the server's account must get through
        os.environ.pop("DATABASE_URL", None)
        os.environ["DRAWBAR_DATA"] = str(Path(folder, "data"))
        yield


def played(world: Running, wish: Wish) -> Taken:
    """Play the world to its end."""
    start = perf_counter()
    with watched(lambda: shared_mb(_postgres(wish))) as postgres:
        world.play.start()
        world.play.ended.wait()
    seconds = perf_counter() - start
    if world.play.fault:
        raise world.play.fault
    me = os.getpid()
    worker, systems = children(me, saying="paced_worker"), children(me, saying="drawbar.world ")
    who = {"conductor and pages": [me], "worker": worker, "small systems": systems}
    cpu = {name: cpu_seconds(pids) for name, pids in who.items()}
    peak = {name: sum(map(peak_mb, pids)) for name, pids in who.items()}
    cpu["Postgres"], peak["Postgres"] = cpu_seconds(_postgres(wish)), max(postgres, default=0.0)
    return Taken(seconds=seconds, cpu=cpu, peak=peak)


def _postgres(wish: Wish) -> list[int]:
    """Return the server and its backends."""
    cluster = find_seat(wish.name, environ=os.environ, data_dir=None).place.cluster
    server = int((cluster / "postmaster.pid").read_text().split()[0])
    return [server, *children(server)]


def facts_of(world: Running) -> int:
    with world.firm.pool.connection() as connection:
        row = connection.execute(b"SELECT count(*) FROM facts").fetchone()
    return int(row[0]) if row else 0


def show(wish: Wish, score: Score, facts: int, turns: int, taken: Taken) -> None:
    loads = score.road.orders
    a_day = wish.loads_per_day
    print(f"{wish.days} days of {a_day} loads, {loads:,} loads, {facts:,} facts, {turns:,} turns")
    print("(the machine is shared: whoever else works on it is in these figures)\n")
    print(f"{'simulated days a minute':34}{wish.days / taken.seconds * 60:10.1f}")
    print(f"{'loads a second':34}{loads / taken.seconds:10.1f}")
    print(f"{'facts a second':34}{facts / taken.seconds:10.0f}")
    print(f"{'seconds':34}{taken.seconds:10.1f}")
    print(f"\n{'who':34}{'peak MB':>10}{'CPU s':>10}{'share':>8}")
    for name, spent in taken.cpu.items():
        share = spent / taken.seconds
        print(f"{name:34}{taken.peak[name]:10.0f}{spent:10.1f}{share:8.0%}")


def show_laps(laps: Laps, seconds: float) -> None:
    print(f"\n{'where the time goes':34}{'s':>10}{'share':>8}")
    for words, spent in laps.items():
        print(f"{words:34}{spent:10.1f}{spent / seconds:8.0%}")


if __name__ == "__main__":
    main()
