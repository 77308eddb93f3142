"""Where Drawbar keeps what is its own and not in the database: its secret, a demo's small world."""

import os
from collections.abc import Mapping
from pathlib import Path

from drawbar.records.server.place import ROOT_SHELF


def own_folder(name: str, environ: Mapping[str, str]) -> Path:
    """Return the private folder of the installation ``name``, made when it is missing.

    It lies beside the data of ``DRAWBAR_DATA`` and bears its name: fresh data has a fresh one.
    """
    folder = _folder(name, environ)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _folder(name: str, environ: Mapping[str, str]) -> Path:
    if told := environ.get("DRAWBAR_DATA"):
        data = Path(told).expanduser().resolve()
        return data.with_name(f"{data.name}-{name}-private")
    return _shelf(environ) / f"{name}-private"


def _shelf(environ: Mapping[str, str]) -> Path:
    if os.geteuid() == 0:
        return ROOT_SHELF
    home = Path(environ.get("HOME") or Path.home())
    return Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "drawbar"
