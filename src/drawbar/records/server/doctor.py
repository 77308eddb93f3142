"""What an operator should know about the database, each line with its remedy.

It only looks: no server is started and nothing is made.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct
from psycopg import Connection

from drawbar.records import roles
from drawbar.records.roles import ENGINE, OWNER, REQUEST, UnsafeRequestRole
from drawbar.records.server.account import Account
from drawbar.records.server.binaries import SHELF, Binaries, find_binaries, is_complete
from drawbar.records.server.embedded import find_place_and_account, logins_of
from drawbar.records.server.outside import NEWEST, OLDEST, REMEDY, connected
from drawbar.records.server.password import Passwords
from drawbar.records.server.place import Place, refuse_closed_parent
from drawbar.records.server.port import is_free
from drawbar.records.server.postmaster import find
from drawbar.records.server.refusal import UnableToOpenDatabase
from drawbar.records.server.seat import Seat


class Check(Struct, frozen=True):
    """One line of the doctor. ``remedy`` is empty when all is well."""

    name: str
    ok: bool
    what: str
    remedy: str = ""


def examine(
    name: str = "drawbar", *, environ: Mapping[str, str], data_dir: Path | None = None
) -> list[Check]:
    """Return the state of the database that ``open_database`` would open, worst news not first."""
    if environ.get("DATABASE_URL"):
        request_url = environ.get("DRAWBAR_REQUEST_URL", "")
        return _examine_connection(environ["DATABASE_URL"], request_url)
    try:
        place, account = find_place_and_account(name, environ=environ, data_dir=data_dir)
    except UnableToOpenDatabase as refusal:
        return [_failed("account", refusal)]
    checks = [
        Check("account", ok=True, what=f"the server runs as `{account.name}`"),
        _checked("binaries", lambda: _binaries(account)),
        _checked("directory", lambda: _directory(place, account)),
    ]
    if all(check.ok for check in checks) and place.passwords.exists():
        checks += _examine_server(place, account, name)
    return checks


def _checked(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, ok=True, what=look())
    except UnableToOpenDatabase as refusal:
        return _failed(name, refusal)


def _failed(name: str, refusal: UnableToOpenDatabase) -> Check:
    return Check(name, ok=False, what=refusal.what, remedy=refusal.remedy)


def _binaries(account: Account) -> str:
    found = find_binaries()
    if not account.is_lent:
        return f"PostgreSQL of {found.version} in {found.site}"
    if is_complete(Binaries(SHELF / found.version, found.version), found):
        return f"PostgreSQL of {found.version}, kept in {SHELF / found.version}"
    return f"PostgreSQL of {found.version}; the first start keeps a copy in {SHELF}"


def _directory(place: Place, account: Account) -> str:
    if not place.folder.exists():
        return f"{place.folder}, made at the first start"
    refuse_closed_parent(place, account)
    if place.cluster.exists() and not place.passwords.exists():
        raise UnableToOpenDatabase(
            f"The passwords of the server in {place.folder} are gone.",
            f"Bring {place.passwords} back from a backup.",
        )
    return str(place.folder)


def _examine_server(place: Place, account: Account, database: str) -> list[Check]:
    words = msgspec.json.decode(place.passwords.read_bytes(), type=Passwords)
    seat = Seat(place, account, find_binaries(), words)
    found = find(seat)
    if found is None:
        return [_idle_port(place)]
    port = Check("port", ok=True, what=f"{found.port}, the server runs")
    logins = logins_of(seat, port=found.port, database=database)
    return [port, *_examine_connection(logins.owner_url, logins.request_url)]


def _idle_port(place: Place) -> Check:
    kept = place.port.read_text() if place.port.exists() else ""
    if not kept:
        return Check("port", ok=True, what="chosen at the first start")
    if is_free(int(kept)):
        return Check("port", ok=True, what=f"{kept}, free; the server does not run")
    return Check("port", ok=True, what=f"{kept} is taken; the next start takes another")


def _examine_connection(owner_url: str, request_url: str) -> list[Check]:
    try:
        with connected(owner_url) as owner:
            checks = [_version(owner.info.server_version // 10_000), _roles(owner)]
    except UnableToOpenDatabase as refusal:
        return [_failed("connection", refusal)]
    return [*checks, _request_role(request_url)] if request_url else checks


def _version(major: int) -> Check:
    if OLDEST <= major <= NEWEST:
        return Check("version", ok=True, what=f"PostgreSQL {major}")
    return Check(
        "version",
        ok=False,
        what=f"PostgreSQL {major}",
        remedy=f"Drawbar is tested with {OLDEST} to {NEWEST}; use one of them.",
    )


def _roles(owner: Connection) -> Check:
    there = roles.existing_roles(owner)
    missing = sorted({ENGINE, REQUEST} - there)
    if not missing:
        return Check("roles", ok=True, what=", ".join(sorted(there & {OWNER, ENGINE, REQUEST})))
    row = owner.execute(
        "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    if row and row[0]:
        return Check("roles", ok=True, what=f"{', '.join(missing)}: made at the first start")
    return Check("roles", ok=False, what=f"{', '.join(missing)} missing", remedy=REMEDY)


def _request_role(request_url: str) -> Check:
    try:
        with connected(request_url) as request:
            roles.refuse_unsafe_request_role(request)
    except UnableToOpenDatabase as refusal:
        return _failed("request role", refusal)
    except UnsafeRequestRole as refusal:
        remedy = f"Point DRAWBAR_REQUEST_URL at a role that owns nothing, as `{REQUEST}`."
        return Check("request role", ok=False, what=str(refusal), remedy=remedy)
    return Check("request role", ok=True, what="is held by row-level security")
