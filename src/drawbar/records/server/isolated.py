"""A database of one's own for one trial, copied from another in a moment.

It is removed afterwards, with whoever is still connected to it.
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
    _alone(logins, "CREATE DATABASE {} TEMPLATE {}", name, original)
    try:
        yield logins.at(name)
    finally:
        _alone(logins, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _alone(logins: Logins, statement: str, *names: str) -> None:
    """Run ``statement`` from the maintenance database, so that we are in nobody's way."""
    with psycopg.connect(altered(logins.owner_url, dbname="postgres"), autocommit=True) as owner:
        owner.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
