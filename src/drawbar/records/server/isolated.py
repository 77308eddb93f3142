"""A database of one's own for one trial, copied from another in a moment.

It is removed afterwards, with whoever is still connected to it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from drawbar.records.server.logins import Logins, altered

_CLIENTS_OUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = %s AND backend_type = 'client backend'
"""


@contextmanager
def isolated(logins: Logins, name: str, *, template: str | None = None) -> Iterator[Logins]:
    """Copy ``template`` (else the database of ``logins``) to ``name``; yield the logins to it.

    The copied database must have no sessions just then: psycopg's ``ObjectInUse`` says so.
    """
    original = template or str(conninfo_to_dict(logins.owner_url)["dbname"])
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with _maintenance(logins) as owner:
        owner.execute(copy.format(sql.Identifier(name), sql.Identifier(original)))
    try:
        yield logins.at(name)
    finally:
        _remove(logins, name)


def _remove(logins: Logins, name: str) -> None:
    """Drop a database and whoever is connected to it.

    Not by ``WITH (FORCE)``: that refuses an owner while the server's own vacuum, which belongs to
    the superuser, is at work there. A plain drop sends the vacuum away, but no client.
    """
    with _maintenance(logins) as owner:
        shut = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(sql.Identifier(name))
        owner.execute(shut)
        owner.execute(_CLIENTS_OUT, [name])
        owner.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def _maintenance(logins: Logins) -> psycopg.Connection:
    """Connect to the maintenance database, so that we are in nobody's way."""
    return psycopg.connect(altered(logins.owner_url, dbname="postgres"), autocommit=True)
