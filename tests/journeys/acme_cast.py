"""The firm of a demo: the example company on small systems of its own, in a folder of its own."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from drawbar.cli.firm import example_folder
from drawbar.world.troupe import Player, Troupe


def players(state: Path) -> dict[str, Player]:
    """Return who plays in a demo, by the names of the firm's systems."""
    edi = state / "edi"
    folders = ("--inbox", str(edi / "to-carrier"), "--outbox", str(edi / "from-carrier"))
    return {
        "erp": Player(kind="erp", state=state / "erp"),
        "wms": Player(kind="wms", state=state / "wms"),
        "abcd": Player(
            kind="carrier-edi", state=state / "abcd", options=("--scac", "ABCD", "--live", *folders)
        ),
        "northlake": Player(kind="carrier-api", state=state / "northlake", options=("--live",)),
    }


def company_of(troupe: Troupe, state: Path) -> Path:
    """Write the example company with the addresses of the small systems; return its folder."""
    company = state / "company"
    shutil.copytree(example_folder(), company, dirs_exist_ok=True)
    edi = state / "edi"
    names = {"inbox": "from-carrier", "outbox": "to-carrier", "own": "read", "notices": "notices"}
    for name in names.values():
        (edi / name).mkdir(parents=True, exist_ok=True)
    _rewrite(company, "abcd", {"folders": {key: str(edi / name) for key, name in names.items()}})
    for system in ("erp", "wms", "northlake"):
        _rewrite(company, system, {"line": {"address": troupe[system].address}})
    return company


def _rewrite(company: Path, system: str, told: Mapping[str, Any]) -> None:
    path = company / "systems" / f"{system}.yaml"
    described = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump({**described, **told}, sort_keys=False), encoding="utf-8")


def furnish(troupe: Troupe) -> None:
    """Let the ERP know the parties, and fill the warehouse."""
    for code, name, role in PARTIES:
        party = {"code": code, "name": name, "role": role}
        troupe["erp"].tell("/control/parties", party)
    for item in ("PUMP", "*"):  # the star stands for whatever a visitor orders
        troupe["wms"].tell("/control/stock", {"item": item, "available": 1000})


PARTIES = (
    ("GLOBEX", "Globex Manufacturing", "customer"),
    ("INITECH", "Initech Retail", "customer"),
    ("ABCD", "Able Bodied Carriers", "supplier"),
    ("NRTH", "Northlake Freight", "supplier"),
)
