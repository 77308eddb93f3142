"""The files of a company folder: which there are, and what each of them is."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from msgspec import Struct

from drawbar.cli.company.mistake import Mistake, Spot, Weight
from drawbar.cli.company.source import BYTES_MAX
from drawbar.connectors.flat.layout import Layout
from drawbar.flow.company import Policy, RoutingGuide
from drawbar.freight.contract import Contract
from drawbar.freight.exchange import ExchangeRate
from drawbar.freight.fuel import IndexPrice
from drawbar.freight.party import Carrier, Customer

CSV_BYTES_MAX = 64 * 1024 * 1024
HEAD = "drawbar.toml"
FOLDERS = (
    "partners",
    "contracts",
    "customers",
    "policies",
    "systems",
    "layouts",
    "catalog",
    "indices",
    "exchange",
)

Files = Mapping[str, bytes]
"""Content by path in the folder, with slashes: ``contracts/ABCD-2026.yaml``."""


class Head(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``drawbar.toml``: the firm's name, the zone of its books' days, the currency of its books."""

    name: str
    zone: str
    currency: str


class PolicyFile(Policy, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file of ``policies/``: any part of what the firm decided; each part stands in one file."""

    guides: tuple[RoutingGuide, ...] = ()


class FileKind(Struct, frozen=True, kw_only=True):
    """What the files of one pattern say, and the name of the schema that describes them."""

    name: str
    pattern: str
    says: Any


KINDS = (
    FileKind(name="drawbar", pattern=HEAD, says=Head),
    FileKind(name="partner", pattern="partners/*.yaml", says=Carrier),
    FileKind(name="customer", pattern="customers/*.yaml", says=Customer),
    FileKind(name="contract", pattern="contracts/*.yaml", says=Contract),
    FileKind(name="policy", pattern="policies/*.yaml", says=PolicyFile),
    FileKind(name="layout", pattern="layouts/*.yaml", says=Layout),
    FileKind(name="index", pattern="indices/*.csv", says=IndexPrice),
    FileKind(name="exchange", pattern="exchange/*.csv", says=ExchangeRate),
)
"""Every kind of file whose fields are checked here; systems are checked by their connectors."""


class NoFolder(ValueError):
    """There is no company folder where one was named. Make one with ``drawbar init``."""


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder that Drawbar reads, in the order of their names.

    Of a file that is too large only so much that it can be refused. Raise ``NoFolder``.
    """
    if not folder.is_dir():
        raise NoFolder(f"{folder} is no folder. Make a company folder with: drawbar init {folder}")
    return {str(path.relative_to(folder).as_posix()): _bytes(path) for path in _paths(folder)}


def _paths(folder: Path) -> Iterator[Path]:
    if (folder / HEAD).is_file():
        yield folder / HEAD
    for name in sorted(FOLDERS):
        inside = sorted((folder / name).glob("*"))
        yield from (one for one in inside if one.is_file() and not one.name.startswith("."))


def _bytes(path: Path) -> bytes:
    most = CSV_BYTES_MAX if path.suffix == ".csv" else BYTES_MAX
    with path.open("rb") as file:
        return file.read(most + 1)


def matching(files: Files, pattern: str) -> list[str]:
    """Return the files of a pattern by name."""
    return sorted(name for name in files if fnmatchcase(name, pattern))


def strays(files: Files, used: set[str]) -> Iterator[Mistake]:
    """Return the files that nothing reads though somebody may believe so."""
    for name in sorted(set(files) - used):
        if name.endswith(".yml"):
            remedy = f"Call it {name.removesuffix('.yml')}.yaml."
            yield _stray(name, remedy, Weight.ERROR)
        elif name.endswith(".csv"):
            yield _stray(name, "Name it in the contract that it belongs to.", Weight.WARNING)
        elif name.endswith((".xlsx", ".xls", ".ods")):
            yield _stray(name, "Save its table as CSV with commas.", Weight.WARNING)


def _stray(name: str, remedy: str, weight: Weight) -> Mistake:
    return Mistake(spot=Spot(name), what="Nothing reads this file.", remedy=remedy, weight=weight)
