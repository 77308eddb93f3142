"""Transactions of the engine: tried again where two met, and never half done."""

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import psycopg
from psycopg import errors

from drawbar.records.session import Pool
from drawbar.records.sheet import Rows
from drawbar.records.streams import TABLES, Overtaken

T = TypeVar("T")

TRIES = 12
_NEW_ROWS = {f"{table}_pkey" for table in TABLES.values()} | {
    "fact_keys_pkey",
    "names_pkey",
    "deliveries_system_business_key_key",
}

_CLOSED_MEANWHILE = "entries_in_open_period"


def in_transaction(pool: Pool, work: Callable[[Rows], T]) -> T:
    """Return what ``work`` returns, committed. Try again when it met another transaction.

    Again is harmless: all that it did is undone, and what the other did is seen the next time.
    Raise what ``work`` raises otherwise, with nothing kept.
    """
    for _ in range(TRIES - 1):
        try:
            return _once(pool, work)
        except (psycopg.Error, Overtaken) as error:
            if not is_meeting(error):
                raise
    return _once(pool, work)


def is_meeting(error: BaseException) -> bool:
    """Say whether two transactions wanted the same new row, each other's, or closed the books."""
    if isinstance(error, errors.UniqueViolation):
        return error.diag.constraint_name in _NEW_ROWS
    if isinstance(error, errors.CheckViolation):
        return error.diag.constraint_name == _CLOSED_MEANWHILE
    return isinstance(error, errors.DeadlockDetected | errors.SerializationFailure | Overtaken)


def is_outage(error: BaseException) -> bool:
    """Say whether Postgres is away or full: no fact is to blame, and nothing can be written."""
    return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)


def _once(pool: Pool, work: Callable[[Rows], T]) -> T:
    with pool.connection() as connection, connection.cursor(binary=True) as cursor, _no_garbage():
        return work(cursor)


_collecting = threading.Lock()
_batches = 0


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Keep the collector from walking over a batch again and again; it has no cycles."""
    global _batches  # noqa: PLW0603 - the collector is one per process
    with _collecting:
        _batches += 1
        gc.disable()
    try:
        yield
    finally:
        with _collecting:
            _batches -= 1
            if not _batches:
                gc.enable()
