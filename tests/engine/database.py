"""A database of one's own for each test, copied from one that was migrated once."""

import os
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import psycopg
import pytest
from tests.engine.toy import T0, Toy

from drawbar.engine import Engine
from drawbar.freight.fact import Fact
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Reading
from drawbar.records.codec import state_decoder
from drawbar.records.migrate import migrate
from drawbar.records.server import Database, Logins, isolated, open_database
from drawbar.records.session import Pool, open_pool

_numbers = count()


class HandClock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.time = T0

    def now(self) -> datetime:
        return self.time

    def passes(self, **delta: float) -> None:
        self.time += timedelta(**delta)


@pytest.fixture(scope="session")
def template() -> Iterator[Database]:
    """Yield a migrated database that tests copy."""
    told = {name: os.environ[name] for name in ("DATABASE_URL",) if name in os.environ}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)  # under root the server's account must get through
        with open_database(environ=told, data_dir=Path(folder, "data")) as database:
            migrate(database.owner_url, files("drawbar.records") / "sql" / "migrations")
            yield database


@pytest.fixture
def logins(template: Database) -> Iterator[Logins]:
    """Yield a migrated database for one test."""
    name = f"trial_{os.getpid()}_{next(_numbers)}"
    with isolated(template.logins, name) as copied:
        yield copied
        _wait_until_left(template.owner_url, name)


def _wait_until_left(owner_url: str, name: str) -> None:
    """Wait: closed connections take a moment to leave, and the owner may not end the engine's."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
    with psycopg.connect(owner_url, autocommit=True) as owner:
        for _ in range(200):
            if owner.execute(query, [name]).fetchone() == (0,):
                return
            time.sleep(0.02)


@pytest.fixture
def pool(logins: Logins) -> Iterator[Pool]:
    """Yield connections of the engine's role."""
    with open_pool(logins.engine_url, size=8) as opened:
        yield opened


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def engine(pool: Pool, clock: HandClock) -> Engine:
    """Return an engine of the toy firm."""
    return Engine(pool, Toy(), clock, {"toy": read_lines})


def read_lines(body: bytes, receipt: Receipt) -> Reading:
    """Read facts of the toy channel, one as JSON in each line."""
    from drawbar.freight.facts import AnyFact

    facts: list[Fact] = [
        msgspec.structs.replace(
            msgspec.json.decode(line, type=AnyFact),
            lineage=receipt.at(f"line {number}"),
            learned_at=receipt.learned_at,
        )
        for number, line in enumerate(body.splitlines(), start=1)
    ]
    return Reading(facts=tuple(facts))


def told(*facts: Fact) -> bytes:
    """Return a message of the toy channel."""
    return b"\n".join(map(msgspec.json.encode, facts))


def rows(pool: Pool, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Return what ``query`` finds."""
    with pool.connection() as connection:
        return connection.execute(query.encode(), values).fetchall()


def state(pool: Pool, table: str, ref: str) -> Any:
    """Return the state of a stream of the toy firm."""
    ((kind, body),) = rows(pool, f"SELECT %s, body FROM {table} WHERE ref = %s", table, ref)  # noqa: S608
    from tests.engine.toy import Account_, Load

    return state_decoder(Account_ if kind == "customers" else Load).decode(body)
