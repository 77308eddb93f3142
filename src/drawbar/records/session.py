"""Connections of the engine: a pool of them, all in UTC."""

from collections.abc import Callable

from psycopg import Connection
from psycopg_pool import ConnectionPool

from drawbar.records.sheet import Row

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
        check=ConnectionPool.check_connection,  # the server may have been killed meanwhile
        kwargs={"autocommit": False, "options": "-c timezone=UTC"},
        open=True,
    )
