"""Connections of the engine: each has its own scratch tables for rows on their way in."""

from collections.abc import Callable

from psycopg import Connection
from psycopg_pool import ConnectionPool

from drawbar.records.queries import statements
from drawbar.records.sheet import Row

Pool = ConnectionPool[Connection[Row]]


def open_pool(engine_url: str | Callable[[], str], *, size: int = 4, name: str = "drawbar") -> Pool:
    """Return an open pool of at most ``size`` prepared connections. Whoever opens it closes it.

    ``engine_url`` may be asked anew for each connection: our own server can move to another port.
    """
    return ConnectionPool(
        engine_url,
        min_size=1,
        max_size=size,
        name=name,
        configure=prepare,
        kwargs={"autocommit": False, "options": "-c timezone=UTC"},
        open=True,
    )


def prepare(connection: Connection[Row]) -> None:
    """Make the scratch tables; they empty themselves at each commit."""
    connection.execute(statements("session")["scratch"])
    connection.commit()
