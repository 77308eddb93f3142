"""Look over a company folder file by file: every mistake is named, not only the first."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec import Struct

from drawbar.cli.company_folder import UnreadableCompany, load_company
from drawbar.connectors.registry import UnknownConnector, UnreadableSettings, readers_of
from drawbar.flow.company import Policy, RoutingGuide
from drawbar.freight.contract import Contract
from drawbar.freight.party import Carrier, Customer


class _Guides(Struct, frozen=True, forbid_unknown_fields=True):
    guides: tuple[RoutingGuide, ...]


_KINDS: Mapping[str, Any] = {
    "customers/*.yaml": Customer,
    "partners/*.yaml": Carrier,
    "contracts/*.yaml": Contract,
    "policies/desk.yaml": Policy,
    "policies/routing.yaml": _Guides,
}


def company_mistakes(folder: Path) -> list[str]:
    """Return what is wrong, each with its file; empty where the folder can be worked with."""
    mistakes = [*_unreadable(folder), *_unfit_systems(folder)]
    try:
        load_company(folder)
    except UnreadableCompany as error:
        if str(error) not in mistakes:
            mistakes.append(str(error))
    return mistakes


def secrets_missing(folder: Path, environ: Mapping[str, str]) -> list[str]:
    """Return the variables that the systems name for their secrets and that are not set."""
    named = {
        name
        for path in sorted((folder / "systems").glob("*.yaml"))
        for name in _secret_names(_described(path))
    }
    return sorted(name for name in named if not environ.get(name))


def _unreadable(folder: Path) -> Iterator[str]:
    for pattern, kind in _KINDS.items():
        for path in sorted(folder.glob(pattern)):
            try:
                msgspec.convert(_yaml(path), kind, strict=False)
            except (yaml.YAMLError, ValueError, OSError) as error:
                yield f"{path}: {error}"


def _unfit_systems(folder: Path) -> Iterator[str]:
    for path in sorted((folder / "systems").glob("*.yaml")):
        try:
            readers_of(path.stem, _yaml(path))
        except (UnknownConnector, UnreadableSettings) as error:
            yield f"{path}: {error}"
        except (yaml.YAMLError, ValueError, OSError, AttributeError, TypeError) as error:
            yield f"{path} does not describe a system: {error}"


def _yaml(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - builds no objects


def _described(path: Path) -> object:
    try:
        return _yaml(path)
    except (yaml.YAMLError, ValueError, OSError):
        return {}  # named as a mistake already


def _secret_names(described: object) -> Iterator[str]:
    if not isinstance(described, dict):
        return
    for name, value in described.items():
        if name.endswith("_env") and isinstance(value, str) and value:
            yield value
        yield from _secret_names(value)
