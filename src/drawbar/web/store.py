"""Where the web doors read: a pool of connections under the role that may only look."""

from collections.abc import Callable
from typing import Any

from psycopg import Connection
from psycopg_pool import ConnectionPool

Reads = ConnectionPool[Connection[tuple[Any, ...]]]


def open_reads(request_url: str | Callable[[], str], *, size: int = 8) -> Reads:
    """Return an open pool for requests. Whoever opens it closes it."""
    return ConnectionPool(
        request_url,
        min_size=1,
        max_size=size,
        name="drawbar web",
        kwargs={"autocommit": True, "options": "-c timezone=UTC -c statement_timeout=15s"},
        open=True,
    )
