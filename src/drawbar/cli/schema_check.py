"""Whether the tables of the database are those that this Drawbar needs; looking changes nothing."""

from collections.abc import Mapping

import msgspec
import psycopg

from drawbar.cli.firm import migrations
from drawbar.records.migrate import Migration, read_migrations
from drawbar.records.server import UnableToOpenDatabase
from drawbar.records.server.binaries import find_binaries
from drawbar.records.server.doctor import Check
from drawbar.records.server.embedded import find_place_and_account, logins_of
from drawbar.records.server.outside import connected
from drawbar.records.server.password import Passwords
from drawbar.records.server.postmaster import find
from drawbar.records.server.seat import Seat

_APPLIED = "SELECT number, checksum FROM migrations"


def examine_schema(name: str, *, environ: Mapping[str, str]) -> list[Check]:
    """Return the state of the migrations; empty where no database can be asked just now."""
    try:
        url = _owner_url(name, environ)
        if not url:
            return []
        with connected(url) as connection:
            applied: dict[int, str] = dict(connection.execute(_APPLIED).fetchall())
    except psycopg.errors.UndefinedTable:
        applied = {}
    except UnableToOpenDatabase:
        return []  # said by the checks of the database itself
    return [compared(read_migrations(migrations()), applied)]


def compared(wanted: list[Migration], applied: Mapping[int, str]) -> Check:
    """Return what the applied steps are to the wanted ones; steps still missing are no fault."""
    known = {one.number: one for one in wanted}
    ahead = sorted(applied.keys() - known.keys())
    changed = [one.name for one in wanted if applied.get(one.number, one.checksum) != one.checksum]
    missing = [one.name for one in wanted if one.number not in applied]
    if ahead:
        what = f"the database is newer than this program: it has {ahead[-1]:04}"
        remedy = "Install the Drawbar that last ran on it, or a later one."
        return Check("migrations", ok=False, what=what, remedy=remedy)
    if changed:
        what = f"changed after they were applied: {', '.join(changed)}"
        return Check("migrations", ok=False, what=what, remedy="Install Drawbar again, unchanged.")
    later = f"; the next start applies {', '.join(missing)}" if missing else ""
    return Check("migrations", ok=True, what=f"{len(applied)} applied{later}")


def _owner_url(name: str, environ: Mapping[str, str]) -> str:
    """Return how the owner logs in, empty where our own server does not run."""
    if environ.get("DATABASE_URL"):
        return environ["DATABASE_URL"]
    place, account = find_place_and_account(name, environ=environ, data_dir=None)
    if not place.passwords.exists():
        return ""
    words = msgspec.json.decode(place.passwords.read_bytes(), type=Passwords)
    seat = Seat(place, account, find_binaries(), words)
    found = find(seat)
    return logins_of(seat, port=found.port, database=name).owner_url if found else ""
