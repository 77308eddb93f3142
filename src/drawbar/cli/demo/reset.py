"""Forgetting a demo: its database folder goes, once nobody uses the server in it."""

import shutil
from collections.abc import Mapping

from drawbar.records.server import open_database
from drawbar.records.server.embedded import find_seat


class NotADemo(ValueError):
    """``DATABASE_URL`` may hold more than a demo; nothing was dropped. Drop it yourself."""


class StillInUse(ValueError):
    """Somebody else uses the demo's database. End the other demo first."""


def forget_database(name: str, environ: Mapping[str, str]) -> None:
    """Remove the demo's own database. Raise ``NotADemo`` or ``StillInUse``."""
    if environ.get("DATABASE_URL"):
        raise NotADemo("DATABASE_URL is set: drop and create that database yourself")
    place = find_seat(name, environ=environ, data_dir=None).place
    if not place.folder.exists():
        return
    with open_database(name, environ=environ):
        pass  # leaving stops the server, unless somebody else is there
    if (place.cluster / "postmaster.pid").exists():
        raise StillInUse("another demo is running on this database; end it with Ctrl-C")
    shutil.rmtree(place.folder)
