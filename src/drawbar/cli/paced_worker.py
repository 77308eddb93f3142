"""A worker that is told the time: one line in, all the work of that instant, one line out.

Whoever runs a world starts it as a process of its own, and may kill it at any moment.
"""

import json
import sys
import time
from datetime import datetime
from pathlib import Path

import click
import msgspec
import psycopg
from msgspec import Struct
from psycopg_pool import PoolTimeout

from drawbar.cli.firm import Firm
from drawbar.cli.options import firm_options, the_firm
from drawbar.cli.pacer import Pacer
from drawbar.engine import SetClock


class Instant(Struct, frozen=True):
    """What the worker is told: what time it is, and who has something new to say."""

    now: datetime
    news: tuple[str, ...] = ()


@click.command()
@firm_options
def paced_worker(company: Path | None, database: str) -> None:
    """Work at the instants that stdin names, for a world that owns the clock."""
    first = sys.stdin.readline()
    if not first:
        return
    clock = SetClock(msgspec.json.decode(first, type=Instant).now)
    with the_firm(company, database, threads=4, clock=clock) as firm:
        pacer = Pacer(firm)
        line = first
        while line:
            told = msgspec.json.decode(line, type=Instant)
            clock.set(told.now)
            rounds = _settle(firm, pacer, told)
            sys.stdout.write(json.dumps({"now": told.now.isoformat(), "rounds": rounds}) + "\n")
            sys.stdout.flush()
            line = sys.stdin.readline()


def _settle(firm: Firm, pacer: Pacer, told: Instant) -> int:
    """Do the work of an instant; where the database dies in it, do the rest when it is back."""
    while True:
        try:
            return pacer.settle(told.news)
        except (psycopg.OperationalError, PoolTimeout):
            time.sleep(0.2)
            firm.database.revive()
            pacer.take_over()


if __name__ == "__main__":
    paced_worker()
