"""Our own PostgreSQL: started by the first who needs it, stopped by the last who leaves.

Whatever was killed, the next to come finds a server that runs, or starts it again.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from psycopg import sql

from drawbar.records import roles
from drawbar.records.roles import ENGINE, OWNER, REQUEST
from drawbar.records.server import users
from drawbar.records.server.account import Account, account_of_data, accounts, server_account
from drawbar.records.server.binaries import find_binaries, keep
from drawbar.records.server.cluster import ADMIN, make_cluster
from drawbar.records.server.lock import locked
from drawbar.records.server.logins import Logins, local_url
from drawbar.records.server.outside import connected
from drawbar.records.server.password import keep_passwords
from drawbar.records.server.place import Place, find_place, prepare
from drawbar.records.server.postmaster import start, stop
from drawbar.records.server.refusal import UnableToOpenDatabase
from drawbar.records.server.seat import Seat
from drawbar.records.server.users import this_user


class EmbeddedServer:
    """One use of our own server by this process, from joining to leaving."""

    def __init__(self, seat: Seat) -> None:
        """Use :func:`join_server`."""
        self.seat = seat
        self._user = this_user()

    def join(self) -> int:
        """Start the server if need be, count ourselves in, and return its port."""
        users.join(self.seat.place.users, self._user)
        try:
            make_cluster(self.seat)
            return start(self.seat).port
        except BaseException:
            self._leave()
            raise

    def revive(self) -> int:
        """Start the server again if it was killed, and return its port, which may be another."""
        with locked(self.seat.place.lock):
            return start(self.seat).port

    def leave(self) -> None:
        """Count ourselves out; the last one stops the server. A forked child is not counted."""
        if self._user.process.pid != os.getpid():
            return
        with locked(self.seat.place.lock):
            self._leave()

    def _leave(self) -> None:
        if not users.leave(self.seat.place.users, self._user):
            stop(self.seat)


def find_seat(name: str, *, environ: Mapping[str, str], data_dir: Path | None) -> Seat:
    """Return where and how the server ``name`` runs, its folder made and its programs kept."""
    place, account = find_place_and_account(name, environ=environ, data_dir=data_dir)
    prepare(place, account)
    with locked(place.lock):
        return seat_at(place, account)


def find_place_and_account(
    name: str, *, environ: Mapping[str, str], data_dir: Path | None
) -> tuple[Place, Account]:
    """Return where the server ``name`` lives and as whom it runs; nothing is made."""
    known = accounts()
    account = server_account(os.geteuid(), known)
    place = find_place(name, environ=environ, data_dir=data_dir, account=account)
    return place, account_of_data(place.cluster, account, known)


def seat_at(place: Place, account: Account) -> Seat:
    """Return how ``account`` runs the server of ``place``. The caller holds its lock."""
    if place.cluster.exists() and not place.passwords.exists():
        raise UnableToOpenDatabase(
            f"The passwords of the server in {place.folder} are gone.",
            f"Bring {place.passwords} back from a backup, or name an empty DRAWBAR_DATA.",
        )
    binaries = find_binaries()
    binaries = keep(binaries) if account.is_lent else binaries
    return Seat(place, account, binaries, keep_passwords(place.passwords))


def join_server(seat: Seat, *, database: str) -> tuple[EmbeddedServer, int]:
    """Join the server of ``seat``, make roles and ``database`` where missing; return its port."""
    server = EmbeddedServer(seat)
    with locked(seat.place.lock):
        port = server.join()
        try:
            _furnish(seat, port, database)
        except BaseException:
            server._leave()
            raise
    return server, port


def logins_of(seat: Seat, *, port: int, database: str) -> Logins:
    """Return the three ways into ``database`` of the server at ``port``."""
    words = seat.passwords
    return Logins(
        local_url(user=OWNER, password=words.owner, port=port, database=database),
        local_url(user=ENGINE, password=words.engine, port=port, database=database),
        local_url(user=REQUEST, password=words.request, port=port, database=database),
    )


def _furnish(seat: Seat, port: int, database: str) -> None:
    words = seat.passwords
    url = local_url(user=ADMIN, password=words.admin, port=port, database="postgres")
    with connected(url) as admin:
        missing = {OWNER, ENGINE, REQUEST} - roles.existing_roles(admin)
        if OWNER in missing:
            roles.make_role(admin, OWNER, password=words.owner, powers="CREATEDB")
        if ENGINE in missing:
            roles.make_engine_role(admin, password=words.engine)
        if REQUEST in missing:
            roles.make_role(admin, REQUEST, password=words.request)
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            statement = sql.SQL("CREATE DATABASE {} OWNER {}")
            admin.execute(statement.format(sql.Identifier(database), sql.Identifier(OWNER)))
    with connected(logins_of(seat, port=port, database=database).owner_url) as owner:
        if not roles.has_defaults(owner):
            roles.grant_defaults(owner)
