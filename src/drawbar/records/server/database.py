"""Open the database Drawbar works on: the firm's own, or one we run ourselves.

Whoever opens it says when they are done; our own server stops with the last of them.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from psycopg.conninfo import conninfo_to_dict

from drawbar.records.roles import refuse_unsafe_request_role
from drawbar.records.server.embedded import EmbeddedServer, find_seat, join_server, logins_of
from drawbar.records.server.logins import Logins
from drawbar.records.server.outside import connected, outside_logins
from drawbar.records.server.refusal import UnableToOpenDatabase

_NAME = re.compile(r"[a-z][a-z0-9_]{0,47}")


class Database:
    """An opened database: three logins, and a use of our own server where it is ours."""

    def __init__(self, logins: Logins, *, version: int, server: EmbeddedServer | None) -> None:
        """Use :func:`open_database`."""
        self.logins = logins
        self._version = version
        self._server = server

    @property
    def owner_url(self) -> str:
        """For migrations: owns every table."""
        return self.logins.owner_url

    @property
    def engine_url(self) -> str:
        """For intake and workers: every row, no table of its own."""
        return self.logins.engine_url

    @property
    def request_url(self) -> str:
        """For the web and partners: under row-level security."""
        return self.logins.request_url

    @property
    def is_embedded(self) -> bool:
        """Whether the server is our own."""
        return self._server is not None

    def describe(self) -> str:
        """Say in one line what database this is, without a password."""
        parts = conninfo_to_dict(self.owner_url)
        where = f"{parts.get('dbname')} at {parts.get('host')}:{parts.get('port', 5432)}"
        if self._server is None:
            return f"PostgreSQL {self._version}, {where}, from DATABASE_URL"
        return f"PostgreSQL {self._version} of our own, {where}, {self._server.seat.place.folder}"

    def revive(self) -> None:
        """Start our own server again if it was killed; read the URLs anew after it."""
        if self._server is not None:
            port = self._server.revive()
            name = str(conninfo_to_dict(self.owner_url)["dbname"])
            self.logins = logins_of(self._server.seat, port=port, database=name)

    def close(self) -> None:
        """Leave; our own server stops if nobody else uses it. Leaving twice is harmless."""
        if self._server is not None:
            self._server.leave()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_database(
    name: str = "drawbar", *, environ: Mapping[str, str], data_dir: Path | None = None
) -> Database:
    """Return the database of ``DATABASE_URL``, else ``name`` on a server of our own.

    ``data_dir`` (else ``DRAWBAR_DATA``) says where our own server lives. Raises
    ``UnableToOpenDatabase`` with a remedy, and ``UnsafeRequestRole``.
    """
    if environ.get("DATABASE_URL"):
        logins, version = outside_logins(environ)
        database = Database(logins, version=version, server=None)
    else:
        database = _open_embedded(name, environ, data_dir)
    try:
        with connected(database.request_url) as request:
            refuse_unsafe_request_role(request)
    except BaseException:
        database.close()
        raise
    return database


def _open_embedded(name: str, environ: Mapping[str, str], data_dir: Path | None) -> Database:
    if not _NAME.fullmatch(name):
        raise UnableToOpenDatabase(
            f"{name!r} cannot be the name of a database.",
            "Take small letters, digits and _, beginning with a letter.",
        )
    seat = find_seat(name, environ=environ, data_dir=data_dir)
    server, port = join_server(seat, database=name)
    logins = logins_of(seat, port=port, database=name)
    return Database(logins, version=18, server=server)
