"""The company folder: what the firm decides, as files that are reviewed like code.

A file that does not say what it must is refused with its name and the place in it.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml
from msgspec import Struct

from drawbar.flow.company import Company, Policy, RoutingGuide
from drawbar.freight.contract import Contract
from drawbar.freight.party import Carrier, Customer

T = TypeVar("T")

LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Leaves every word a string: 24.10 stays exact, and NO is Norway. In C where it was built so."""


class UnreadableCompany(ValueError):
    """A file of the company folder is missing or does not say what it must. Mend it and go on."""


class Head(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``drawbar.toml`` says of the firm."""

    name: str
    zone: str
    currency: str


class _Guides(Struct, frozen=True, forbid_unknown_fields=True):
    guides: tuple[RoutingGuide, ...]


class CompanyFolder(Struct, frozen=True):
    """The firm as its folder describes it; ``systems`` holds each system's settings by its name."""

    path: Path
    company: Company
    systems: dict[str, dict[str, Any]]


def load_company(folder: Path) -> CompanyFolder:
    """Read the whole folder. Raise ``UnreadableCompany``."""
    head = _head(folder / "drawbar.toml")
    customers = tuple(_each(folder / "customers", Customer))
    carriers = tuple(_each(folder / "partners", Carrier))
    company = Company(
        name=head.name,
        zone=head.zone,
        currency=head.currency,
        customers={customer.customer_ref: customer for customer in customers},
        carriers={carrier.carrier_ref: carrier for carrier in carriers},
        contracts=tuple(_each(folder / "contracts", Contract)),
        guides=_read(folder / "policies" / "routing.yaml", _Guides).guides,
        policy=_read(folder / "policies" / "desk.yaml", Policy),
    )
    systems = {path.stem: _yaml(path) for path in sorted((folder / "systems").glob("*.yaml"))}
    return CompanyFolder(folder, company, systems)


def _head(path: Path) -> Head:
    try:
        return msgspec.convert(tomllib.loads(_text(path)), Head)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise UnreadableCompany(f"{path}: {error}") from error


def _each(folder: Path, kind: type[T]) -> Iterator[T]:
    for path in sorted(folder.glob("*.yaml")):
        yield _read(path, kind)


def _read(path: Path, kind: type[T]) -> T:
    try:
        return msgspec.convert(_yaml(path), kind, strict=False)
    except (msgspec.ValidationError, ValueError) as error:
        raise UnreadableCompany(f"{path}: {error}") from error


def _yaml(path: Path) -> Any:
    try:
        return yaml.load(_text(path), Loader=LOADER)  # noqa: S506 - builds no objects
    except yaml.YAMLError as error:
        raise UnreadableCompany(f"{path}: {error}") from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise UnreadableCompany(f"{path} is missing; a company folder has one") from error
