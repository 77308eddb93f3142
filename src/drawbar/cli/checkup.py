"""A checkup of the installation: this machine, the program, the company folder, the systems.

It only looks. What must be mended has failed; what may be so for a good reason is a warning.
"""

import shutil
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from msgspec import Struct, structs

from drawbar.cli.company.draft import Draft
from drawbar.cli.company.files import NoFolder, files_of
from drawbar.cli.company.folder import errors, load_company, look_over
from drawbar.cli.company.mistake import Mistake, Spot, Weight
from drawbar.cli.company.secrets import secrets_missing
from drawbar.cli.schema_check import examine_schema
from drawbar.cli.untaken import untaken
from drawbar.connectors.registry import open_system
from drawbar.records.server.doctor import examine
from drawbar.records.server.embedded import find_place_and_account
from drawbar.records.server.refusal import UnableToOpenDatabase

PYTHON_MIN = (3, 11)
DISK_MIN_GB = 1
DISK_SCANT_GB = 5
_GB = 1 << 30
_ASSETS = ("static/drawbar.css", "static/drawbar.svg", "templates/layout.html")


class Verdict(StrEnum):
    """How a check ended."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


class Finding(Struct, frozen=True, kw_only=True):
    """One line of the checkup. ``remedy`` is empty where all is well."""

    name: str
    verdict: Verdict
    what: str
    remedy: str = ""


def checkup(company: Path, *, database: str, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Yield every finding, each as soon as it is known."""
    yield python(sys.version_info[:3])
    yield _assets()
    draft, mistakes = _looked_over(company)
    yield from _company(company, draft, mistakes, environ)
    for check in (
        *examine(database, environ=environ),
        *examine_schema(database, environ=environ),
    ):
        verdict = Verdict.OK if check.ok else Verdict.FAILED
        yield Finding(
            name=f"database {check.name}", verdict=verdict, what=check.what, remedy=check.remedy
        )
    if not errors(mistakes):
        yield from _undeliverable(company)
        yield from _systems(company)
    yield disk(*_space(database, environ))


def python(running: tuple[int, ...]) -> Finding:
    """Judge the version of Python."""
    shown = ".".join(map(str, running))
    if running >= PYTHON_MIN:
        what = f"{shown}, Drawbar {version('drawbar')}"
        return Finding(name="python", verdict=Verdict.OK, what=what)
    remedy = f"Install Python {'.'.join(map(str, PYTHON_MIN))} or newer."
    return Finding(name="python", verdict=Verdict.FAILED, what=shown, remedy=remedy)


def disk(free_bytes: int, where: Path) -> Finding:
    """Judge the space that is left for the database."""
    what = f"{free_bytes / _GB:,.1f} GB free at {where}"
    if free_bytes >= DISK_SCANT_GB * _GB:
        return Finding(name="disk", verdict=Verdict.OK, what=what)
    verdict = Verdict.WARNING if free_bytes >= DISK_MIN_GB * _GB else Verdict.FAILED
    remedy = "Make room there, or name another place in DRAWBAR_DATA: a full disk stops everything."
    return Finding(name="disk", verdict=verdict, what=what, remedy=remedy)


def _assets() -> Finding:
    folder = files("drawbar.web.desks")
    missing = [name for name in _ASSETS if not folder.joinpath(*name.split("/")).is_file()]
    if not missing:
        return Finding(name="pages", verdict=Verdict.OK, what="style sheet and templates are there")
    what = f"missing: {', '.join(missing)}"
    remedy = "Install Drawbar again: the installation is not whole."
    return Finding(name="pages", verdict=Verdict.FAILED, what=what, remedy=remedy)


def _looked_over(folder: Path) -> tuple[Draft | None, list[Mistake]]:
    try:
        return look_over(files_of(folder))
    except NoFolder as error:
        remedy = "Make one with: drawbar init DIR"
        return None, [Mistake(spot=Spot(str(folder)), what=str(error), remedy=remedy)]


def _company(
    folder: Path, draft: Draft | None, mistakes: list[Mistake], environ: Mapping[str, str]
) -> Iterator[Finding]:
    for mistake in mistakes:
        verdict = Verdict.FAILED if mistake.weight is Weight.ERROR else Verdict.WARNING
        what = f"{folder}/{structs.replace(mistake, remedy='')}"
        yield Finding(name="company", verdict=verdict, what=what, remedy=mistake.remedy)
    if not errors(mistakes):
        company = load_company(folder).company
        counts = (
            f"{len(company.customers)} customers",
            f"{len(company.carriers)} carriers",
            f"{len(company.contracts)} contracts",
        )
        what = f"{company.name} in {folder}: {', '.join(counts)}"
        yield Finding(name="company", verdict=Verdict.OK, what=what)
    for name in secrets_missing(draft, environ) if draft else ():
        remedy = f"Set {name} where Drawbar is started, if that system asks for it."
        yield Finding(
            name="secret", verdict=Verdict.WARNING, what=f"{name} is not set", remedy=remedy
        )


def _undeliverable(company: Path) -> Iterator[Finding]:
    folder = load_company(company)
    systems = {name: open_system(name, told) for name, told in folder.systems.items()}
    for lack in untaken(folder.company, systems):
        remedy = "Name a connector that takes it; until then each becomes a case for a person."
        yield Finding(name="deliveries", verdict=Verdict.WARNING, what=lack, remedy=remedy)


def _systems(company: Path) -> Iterator[Finding]:
    described = load_company(company).systems
    if not described:
        return
    with ThreadPoolExecutor(len(described), "probe") as threads:
        yield from threads.map(_probed, described, described.values())


def _probed(system: str, described: Mapping[str, object]) -> Finding:
    """Ask one system how it is. Whatever goes wrong says that it is not well, and why."""
    why = "does not answer that it is well"
    try:
        is_well = open_system(system, described).probe()
    except Exception as error:  # noqa: BLE001 - a probe that fails in any way says: not well
        is_well, why = False, f"cannot be asked: {error}"
    if is_well:
        return Finding(name=f"system {system}", verdict=Verdict.OK, what="is well")
    remedy = f"Start it, or mend systems/{system}.yaml; what is for it waits in order until then."
    return Finding(name=f"system {system}", verdict=Verdict.WARNING, what=why, remedy=remedy)


def _space(database: str, environ: Mapping[str, str]) -> tuple[int, Path]:
    """Return the free bytes where our own database is, or would be; else where we stand."""
    where = Path.cwd()
    if not environ.get("DATABASE_URL"):
        try:
            place, _ = find_place_and_account(database, environ=environ, data_dir=None)
            where = place.folder
        except UnableToOpenDatabase:
            pass  # said by the checks of the database itself
    while not where.exists():
        where = where.parent
    return shutil.disk_usage(where).free, where
