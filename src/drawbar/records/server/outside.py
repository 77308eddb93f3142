"""A PostgreSQL the firm runs itself, named by ``DATABASE_URL``.

The roles are made where we may make them; else the firm's administrator is told the SQL to run.
"""

from collections.abc import Mapping

import psycopg
from psycopg import Connection, errors

from drawbar.records import roles
from drawbar.records.roles import ENGINE, REQUEST
from drawbar.records.server.logins import Logins, altered
from drawbar.records.server.password import random_password
from drawbar.records.server.refusal import UnableToOpenDatabase

OLDEST, NEWEST = 15, 18
_LOCK = 0x6472_6177_0001  # one start at a time makes the roles
ADMINISTRATOR_SQL = f"""
  CREATE ROLE {ENGINE} LOGIN BYPASSRLS PASSWORD '...';
  CREATE ROLE {REQUEST} LOGIN PASSWORD '...';"""
REMEDY = (
    f"Ask the server's administrator to run:{ADMINISTRATOR_SQL}\n"
    "and set DRAWBAR_ENGINE_URL and DRAWBAR_REQUEST_URL to log in as these roles."
)
_SECRETS = """
CREATE SCHEMA IF NOT EXISTS drawbar_private;
CREATE TABLE IF NOT EXISTS drawbar_private.secret (
    role     text PRIMARY KEY,
    password text NOT NULL
)"""


def outside_logins(environ: Mapping[str, str]) -> tuple[Logins, int]:
    """Return how to log in to ``DATABASE_URL``, and the server's major version."""
    url = environ["DATABASE_URL"]
    with connected(url) as owner:
        version = owner.info.server_version // 10_000
        if version < OLDEST:
            raise UnableToOpenDatabase(
                f"The server of DATABASE_URL is PostgreSQL {version}.",
                f"Drawbar needs {OLDEST} to {NEWEST}.",
            )
        given = {
            ENGINE: environ.get("DRAWBAR_ENGINE_URL"),
            REQUEST: environ.get("DRAWBAR_REQUEST_URL"),
        }
        urls = {role: told or _lent_url(owner, url, role) for role, told in given.items()}
        _grant(owner)
    return Logins(url, urls[ENGINE], urls[REQUEST]), version


def connected(url: str) -> Connection:
    """Connect, or raise ``UnableToOpenDatabase`` without telling the password."""
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise UnableToOpenDatabase(
            f"The database cannot be reached: {str(error).strip()}.",
            "Check DATABASE_URL, DRAWBAR_ENGINE_URL and DRAWBAR_REQUEST_URL, or unset all three: "
            "Drawbar then starts a server of its own.",
        ) from error


def _lent_url(owner: Connection, url: str, role: str) -> str:
    """Return a URL for a role of our making; its password is kept where only the owner reads."""
    try:
        with owner.transaction():
            owner.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            owner.execute(_SECRETS)
            password = _secret_of(owner, role)
    except errors.InsufficientPrivilege as error:
        raise UnableToOpenDatabase(
            f"The role of DATABASE_URL may not make the role `{role}`.", REMEDY
        ) from error
    return altered(url, user=role, password=password)


def _secret_of(owner: Connection, role: str) -> str:
    query = "SELECT password FROM drawbar_private.secret WHERE role = %s"
    kept = owner.execute(query, [role]).fetchone()
    is_there = role in roles.existing_roles(owner)
    if kept is None and is_there:
        raise UnableToOpenDatabase(
            f"The role `{role}` exists, but this database does not know its password.",
            f"Set DRAWBAR_{role.removeprefix('drawbar_').upper()}_URL to log in as `{role}`.",
        )
    password = str(kept[0]) if kept else random_password()
    if not is_there:  # a restored dump knows the password of a role it did not bring
        _make(owner, role, password)
    if kept is None:
        owner.execute("INSERT INTO drawbar_private.secret VALUES (%s, %s)", [role, password])
    return password


def _make(owner: Connection, role: str, password: str) -> None:
    if role == ENGINE:
        roles.make_engine_role(owner, password=password)
    else:
        roles.make_role(owner, role, password=password)


def _grant(owner: Connection) -> None:
    """Grant what the roles need; that a role is missing is for the administrator."""
    missing = {ENGINE, REQUEST} - roles.existing_roles(owner)
    if missing:
        raise UnableToOpenDatabase(f"The server has no role `{min(missing)}`.", REMEDY)
    if not roles.has_defaults(owner):
        with owner.transaction():
            owner.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            roles.grant_defaults(owner)
