"""A worker that is told the time: one line in, all the work of that instant, one line out.

Whoever runs a world starts it as a process of its own, and may kill it at any moment.
"""

import sys
from datetime import datetime
from pathlib import Path

import click
import msgspec
import psycopg
from msgspec import Struct
from psycopg_pool import PoolTimeout

from drawbar.cli.firm import Firm
from drawbar.cli.options import UNAVAILABLE, fail, firm_options, the_firm
from drawbar.cli.pacer import Pacer
from drawbar.engine import SetClock


class Instant(Struct, frozen=True):
    """What the worker is told: what time it is, and who has something new to say."""

    now: datetime
    news: tuple[str, ...] = ()


class Settled(Struct, frozen=True):
    """What the worker answers: which systems it told something, and when it is due again."""

    told: tuple[str, ...]
    next_due: datetime | None = None


@click.command()
@firm_options
def paced_worker(company: Path | None, database: str) -> None:
    """Work at the instants that stdin names, for a world that owns the clock."""
    first = sys.stdin.readline()
    if not first:
        return
    clock = SetClock(msgspec.json.decode(first, type=Instant).now)
    with the_firm(company, database, threads=4, clock=clock) as firm:
        try:
            _work(firm, clock, first)
        except (psycopg.OperationalError, PoolTimeout) as error:
            fail(f"database away: {str(error).splitlines()[0]}", code=UNAVAILABLE)


def _work(firm: Firm, clock: SetClock, line: str) -> None:
    """Do the work of one instant after the other; where the database dies, so does the worker.

    Whoever told the instant starts another one: it takes over and does the rest.
    """
    pacer = Pacer(firm)
    while line:
        told = msgspec.json.decode(line, type=Instant)
        clock.set(told.now)
        spoken_to = pacer.settle(told.news)
        done = Settled(told=tuple(sorted(spoken_to)), next_due=pacer.next_due())
        sys.stdout.write(msgspec.json.encode(done).decode() + "\n")
        sys.stdout.flush()
        line = sys.stdin.readline()


if __name__ == "__main__":
    paced_worker()
