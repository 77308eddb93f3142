"""The firm of a demo: the world's own customers and contracts, on small systems of its own."""

import shutil
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import yaml

from drawbar.world.conductor import Cast
from drawbar.world.plan import Plan, company_files
from drawbar.world.troupe import Player, Troupe

EDI = {"abcd": ("ABCD", "bar"), "bluffton": ("BLFT", "star"), "cedar": ("CDRV", "cedar")}
CARRIERS = {
    "ABCD": "abcd",
    "BLFT": "bluffton",
    "CDRV": "cedar",
    "NRTH": "northlake",
    "PRHL": "prairie",
}
TELEMATICS = "roadsense"
FOLDERS = {"inbox": "from-carrier", "outbox": "to-carrier", "own": "read", "notices": "notices"}


def players(world: Path) -> dict[str, Player]:
    """Return who plays, by the names of the firm's systems."""
    plain = {"erp": "erp", "wms": "wms", "northlake": "carrier-api", TELEMATICS: "telematics"}
    every = {name: Player(kind=kind, state=world / name) for name, kind in plain.items()}
    for name, (scac, dialect) in EDI.items():
        told = ("--scac", scac, "--dialect", dialect, *_mail(world, name))
        every[name] = Player(kind="carrier-edi", state=world / name, options=told)
    mail = _mail(world, "prairie")
    every["prairie"] = Player(kind="carrier-csv", state=world / "prairie", options=mail)
    return every


def company_of(plan: Plan, troupe: Troupe, world: Path) -> Path:
    """Write the company folder of the world's firm and return it. What stood there is replaced."""
    company = world / "company"
    shutil.rmtree(company, ignore_errors=True)
    for name, text in company_files(plan).items():
        file = company / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (company / "systems").mkdir()
    with as_file(files("drawbar.cli.demo") / "systems") as templates:
        for template in sorted(templates.glob("*.yaml")):
            _place(template, company / "systems", troupe, world)
    return company


def cast_of(troupe: Troupe) -> Cast:
    """Return the players by their roles."""
    addresses = {name: running.address for name, running in troupe.running.items()}
    return Cast(addresses, carriers=CARRIERS, telematics=TELEMATICS)


def _place(template: Path, systems: Path, troupe: Troupe, world: Path) -> None:
    """Write the file of one system with the address or the folders that it has here."""
    name = template.stem
    described: dict[str, Any] = yaml.safe_load(template.read_text(encoding="utf-8"))
    if "line" in described:
        described["line"] = {**described["line"], "address": troupe[name].address}
    if "folders" in described:
        described["folders"] = _folders(described["folders"], world / "mail" / name)
    text = yaml.safe_dump(described, sort_keys=False)
    (systems / template.name).write_text(text, encoding="utf-8")


def _folders(wanted: Mapping[str, str], mail: Path) -> dict[str, str]:
    placed = {key: mail / FOLDERS[key] for key in wanted}
    for folder in placed.values():
        folder.mkdir(parents=True, exist_ok=True)
    return {key: str(folder) for key, folder in placed.items()}


def _mail(world: Path, name: str) -> tuple[str, ...]:
    """Return where a carrier reads and writes: the firm's outbox is its inbox."""
    mail = world / "mail" / name
    return ("--inbox", str(mail / "to-carrier"), "--outbox", str(mail / "from-carrier"))
