"""Where Drawbar keeps what is its own and not in the database: its secret, a demo's small world."""

import os
from collections.abc import Mapping
from pathlib import Path

from drawbar.records.server.place import ROOT_SHELF


def own_folder(name: str, environ: Mapping[str, str]) -> Path:
    """Return the private folder of the installation ``name``, made when it is missing."""
    folder = _shelf(environ) / f"{name}-private"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _shelf(environ: Mapping[str, str]) -> Path:
    if told := environ.get("DRAWBAR_DATA"):
        return Path(told).expanduser().resolve().parent
    if os.geteuid() == 0:
        return ROOT_SHELF
    home = Path(environ.get("HOME") or Path.home())
    return Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "drawbar"
