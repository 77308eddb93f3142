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
from psycopg.conninfo import conninfo_to_dict

from drawbar.engine import Engine
from drawbar.freight.fact import Fact
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Reading
from drawbar.records.codec import state_decoder
from drawbar.records.migrate import migrate
from drawbar.records.server import Database, Logins, open_database
from drawbar.records.session import Pool, open_pool
from tests.engine.toy import T0, Toy

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
    original = conninfo_to_dict(template.owner_url)["dbname"]
    with psycopg.connect(template.owner_url, dbname="postgres", autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {name} TEMPLATE {original}".encode())
        yield template.logins.at(name)
        _drop(owner, name)


def _drop(owner: psycopg.Connection, name: str) -> None:
    """Drop a database that closed connections, and the vacuum, may take a moment to leave."""
    for _ in range(200):
        try:
            owner.execute(f"DROP DATABASE {name}".encode())
        except psycopg.errors.ObjectInUse:
            time.sleep(0.05)
        else:
            return


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


def empty(logins: Logins) -> None:
    """Take everything out of a database, so that the next example of a property begins anew."""
    with psycopg.connect(logins.owner_url) as owner:
        owner.execute(_EMPTY)


_EMPTY = b"""
DO $$
DECLARE every text[]; one text;
BEGIN
  SELECT array_agg(relname) INTO every FROM pg_class
   WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'migrations';
  FOREACH one IN ARRAY every LOOP
    EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', one);
  END LOOP;
  EXECUTE 'TRUNCATE ' || array_to_string(every, ', ') || ' RESTART IDENTITY';
  FOREACH one IN ARRAY every LOOP
    EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', one);
  END LOOP;
END $$
"""


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
    ((kind, body),) = rows(pool, f"SELECT %s, body FROM {table} WHERE ref = %s", table, ref)
    from tests.engine.toy import Account_, Load

    return state_decoder(Account_ if kind == "customers" else Load).decode(body)
