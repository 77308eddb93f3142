"""Where our own server keeps its data, its port, its passwords and the list of its users.

Everything about one server is in one folder, so that a copy or a removal of it is whole.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from drawbar.records.server.account import Account
from drawbar.records.server.binaries import make_folders
from drawbar.records.server.refusal import OWN_DATABASE, UnableToOpenDatabase

ROOT_SHELF = Path("/var/lib/drawbar")


class Place(Struct, frozen=True):
    """The files of one server below ``folder``."""

    folder: Path

    @property
    def cluster(self) -> Path:
        """The PostgreSQL data directory."""
        return self.folder / "cluster"

    @property
    def lock(self) -> Path:
        """Held while the server is started, joined, left or stopped."""
        return self.folder / "lock"

    @property
    def users(self) -> Path:
        """The processes that use the server."""
        return self.folder / "users.json"

    @property
    def port(self) -> Path:
        """The TCP port, kept from start to start."""
        return self.folder / "port"

    @property
    def postmaster(self) -> Path:
        """Which process the server was when it was last seen ready."""
        return self.folder / "postmaster.json"

    @property
    def passwords(self) -> Path:
        """The passwords of the roles, for us alone."""
        return self.folder / "passwords.json"

    @property
    def log(self) -> Path:
        """What the server says; it writes this itself."""
        return self.cluster / "server.log"


def find_place(
    name: str, *, environ: Mapping[str, str], data_dir: Path | None, account: Account
) -> Place:
    """Return where the server ``name`` lives: as told, else where such data belongs."""
    told = data_dir or environ.get("DRAWBAR_DATA")
    if told:
        return Place(Path(told).expanduser().resolve())
    if account.is_lent:
        return Place(ROOT_SHELF / name)
    home = Path(environ.get("HOME") or account.home)
    share = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return Place((share / "drawbar" / name).resolve())


def prepare(place: Place, account: Account) -> None:
    """Make the folder where it is missing. Raise ``UnableToOpenDatabase`` if it cannot serve."""
    try:
        is_new = not place.folder.exists()
        make_folders(place.folder, mode=0o755 if account.is_lent else 0o700)
        if is_new:
            place.folder.chmod(0o711 if account.is_lent else 0o700)
    except OSError as error:
        raise UnableToOpenDatabase(
            f"The data directory {place.folder} cannot be made: {error.strerror}.",
            f"Name another one in DRAWBAR_DATA. {OWN_DATABASE}",
        ) from error
    if not os.access(place.folder, os.R_OK | os.W_OK | os.X_OK):
        raise UnableToOpenDatabase(
            f"The data directory {place.folder} is not ours to write in.",
            f"Name another one in DRAWBAR_DATA. {OWN_DATABASE}",
        )
    refuse_closed_parent(place, account)


def refuse_closed_parent(place: Place, account: Account) -> None:
    """Raise ``UnableToOpenDatabase`` naming the folder a lent account cannot enter."""
    if not account.is_lent or _can_enter(place.folder, account):
        return
    path = [*reversed(place.folder.parents), place.folder]
    closed = next(folder for folder in path if not _can_enter(folder, account))
    raise UnableToOpenDatabase(
        f"The server runs as `{account.name}`, which cannot enter {closed}, "
        f"so it cannot reach its data in {place.folder}.",
        f"Name a directory outside of it in DRAWBAR_DATA, or leave DRAWBAR_DATA unset: the data "
        f"is then in {ROOT_SHELF}. {OWN_DATABASE}",
    )


def _can_enter(folder: Path, account: Account) -> bool:
    return account.run(["/bin/sh", "-c", 'cd "$1"', "sh", folder]).returncode == 0
