"""Bring the tables to the version this Drawbar needs, step by step, each step once.

A step that was applied is never changed; a database ahead of the program is left alone.
"""

import hashlib
import re
from importlib.resources.abc import Traversable
from pathlib import Path

import psycopg
from msgspec import Struct
from psycopg import Connection
from psycopg.pq import TransactionStatus

from drawbar.records.roles import admit_engine

_LOCK = 0x6472_6177_0002  # stored nowhere, but every version must take the same
_FILE_NAME = re.compile(r"(?P<number>\d{4})_[a-z0-9_]+\.sql")
_TABLE = """
CREATE TABLE IF NOT EXISTS migrations (
    number     integer PRIMARY KEY,
    name       text NOT NULL,
    checksum   text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
)"""


class UnableToMigrate(RuntimeError):
    """The tables do not fit this program, or a step is wrong; nothing of the step was kept."""


class Migration(Struct, frozen=True):
    """One numbered step. ``checksum`` is over its text with line ends as one character."""

    number: int
    name: str
    statements: str

    @property
    def checksum(self) -> str:
        """What tells this text from a changed one."""
        return hashlib.sha256(self.statements.encode()).hexdigest()


def migrate(owner_url: str, folder: Traversable | Path) -> list[str]:
    """Apply the steps of ``folder`` that are missing, in order, and return their names.

    Two may migrate at once: the second waits and finds nothing to do. Raises ``UnableToMigrate``.
    """
    wanted = read_migrations(folder)
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])  # ends with the connection
        connection.execute(_TABLE)
        missing = _missing(wanted, _applied(connection))
        for migration in missing:
            _apply(connection, migration)
        admit_engine(connection)
    return [migration.name for migration in missing]


def read_migrations(folder: Traversable | Path) -> list[Migration]:
    """Return the steps in ``folder`` by number; a file that is no step, or a double, is refused."""
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    found = [_read(folder, name) for name in names]
    numbers = [migration.number for migration in found]
    for number in numbers:
        if numbers.count(number) > 1:
            raise UnableToMigrate(f"Two migrations have the number {number:04}. Renumber one.")
    return found


def _read(folder: Traversable | Path, name: str) -> Migration:
    matched = _FILE_NAME.fullmatch(name)
    if matched is None:
        raise UnableToMigrate(f"{name} is not named like a migration, as 0001_orders.sql.")
    text = (folder / name).read_text(encoding="utf-8").replace("\r\n", "\n")
    return Migration(int(matched["number"]), name, text)


def _applied(connection: Connection) -> dict[int, tuple[str, str]]:
    rows = connection.execute("SELECT number, name, checksum FROM migrations ORDER BY number")
    return {number: (name, checksum) for number, name, checksum in rows}


def _missing(wanted: list[Migration], applied: dict[int, tuple[str, str]]) -> list[Migration]:
    known = {migration.number for migration in wanted}
    for number, (name, _) in applied.items():
        if number not in known:
            raise UnableToMigrate(
                f"The database is newer than this program: it has {name}, which the program does "
                "not know. Install the Drawbar that last ran on it, or a later one."
            )
    for migration in wanted:
        _refuse_change(migration, applied)
    return [migration for migration in wanted if migration.number not in applied]


def _refuse_change(migration: Migration, applied: dict[int, tuple[str, str]]) -> None:
    name, checksum = applied.get(migration.number, ("", migration.checksum))
    if checksum != migration.checksum:
        raise UnableToMigrate(
            f"{migration.name} was changed after it was applied as {name}. Bring the applied text "
            "back and put the change into a new migration."
        )
    if migration.number not in applied and migration.number < max(applied, default=0):
        raise UnableToMigrate(
            f"{migration.name} comes before migrations that were applied without it. Renumber it."
        )


def _apply(connection: Connection, migration: Migration) -> None:
    try:
        with connection.transaction():
            connection.execute(migration.statements.encode())
            _refuse_own_commit(connection, migration)
            connection.execute(
                "INSERT INTO migrations (number, name, checksum) VALUES (%s, %s, %s)",
                [migration.number, migration.name, migration.checksum],
            )
    except psycopg.Error as error:
        raise UnableToMigrate(f"{migration.name} failed: {error}") from error


def _refuse_own_commit(connection: Connection, migration: Migration) -> None:
    if connection.info.transaction_status is not TransactionStatus.INTRANS:
        raise UnableToMigrate(f"{migration.name} ends its transaction. Remove BEGIN and COMMIT.")
