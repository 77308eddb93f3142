"""Connections of the engine: a pool of them, all in UTC."""

import time
from collections.abc import Callable
from weakref import WeakKeyDictionary

from psycopg import Connection
from psycopg_pool import ConnectionPool

from drawbar.records.sheet import Row

CHECKED_SECONDS = 1.0
STATEMENTS_MAX = 400

Pool = ConnectionPool[Connection[Row]]


def open_pool(engine_url: str | Callable[[], str], *, size: int = 4, name: str = "drawbar") -> Pool:
    """Return an open pool of at most ``size`` connections. Whoever opens it closes it.

    ``engine_url`` may be asked anew for each connection: our own server can move to another port.
    """
    return ConnectionPool(
        engine_url,
        min_size=1,
        max_size=size,
        name=name,
        configure=_configure,
        check=_check,
        kwargs={"autocommit": False, "options": "-c timezone=UTC"},
        open=True,
    )


_checked_at: WeakKeyDictionary[Connection[Row], float] = WeakKeyDictionary()


def _configure(connection: Connection[Row]) -> None:
    """Let a connection keep every statement prepared that the loop uses, in its usual sizes."""
    connection.prepared_max = STATEMENTS_MAX


def _check(connection: Connection[Row]) -> None:
    """Raise where the server is gone: it may have been killed since the connection was used.

    One that was well a moment ago is taken at its word: asking costs as much as a small statement.
    """
    now = time.monotonic()
    if now - _checked_at.get(connection, 0.0) > CHECKED_SECONDS:
        ConnectionPool.check_connection(connection)
        _checked_at[connection] = now
