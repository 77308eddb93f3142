"""Where requests read: connections under the role that may only look, bounded in time."""

from collections.abc import Callable
from typing import Any

from psycopg import Connection, Error
from psycopg_pool import ConnectionPool, PoolTimeout

Access = Connection[tuple[Any, ...]]
"""One connection of a request or of the command line."""

Reads = ConnectionPool[Access]


def open_reads(request_url: str | Callable[[], str], *, size: int = 8) -> Reads:
    """Return an open pool for requests. Whoever opens it closes it."""
    return ConnectionPool(
        request_url,
        min_size=1,
        max_size=size,
        name="drawbar web",
        check=ConnectionPool.check_connection,  # the server may have been killed meanwhile
        kwargs={"autocommit": True, "options": "-c timezone=UTC -c statement_timeout=15s"},
        open=True,
    )


def is_answering(reads: Reads, *, seconds: float = 2) -> bool:
    """Say whether the database answers within a moment."""
    try:
        with reads.connection(timeout=seconds) as connection:
            connection.execute("SELECT 1")
    except (Error, PoolTimeout):
        return False
    return True
