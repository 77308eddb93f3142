"""A database of one's own for one trial, copied from another in a moment.

It is removed afterwards: whoever was connected to it has left by then.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from drawbar.records.server.logins import Logins, altered


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
    """Drop a database; sessions that are just leaving have some seconds for it.

    Not by ``WITH (FORCE)``: that refuses an owner while the server's own vacuum, which belongs to
    the superuser, is at work there. A plain drop sends the vacuum away.
    """
    with _maintenance(logins) as owner:
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _maintenance(logins: Logins) -> psycopg.Connection:
    """Connect to the maintenance database, so that we are in nobody's way."""
    return psycopg.connect(altered(logins.owner_url, dbname="postgres"), autocommit=True)
