"""The JSON Schema of each kind of file in a company folder, as an editor checks it while one types.

A figure may be written as a figure or as a text: both are read exactly as they stand there.
"""

from typing import Any

import msgspec

from drawbar.catalog.schemas import DIALECT
from drawbar.cli.company.files import KINDS, FileKind
from drawbar.connectors.x12_folder.manifest import Settings as Profile
from drawbar.flow.mode import Mode

TABLE = {"type": "string", "pattern": r"\.csv$", "description": "A CSV file beside the contract"}


_OF_EVERY_SYSTEM: dict[str, Any] = {
    "modes": {
        "type": "object",
        "description": "Flow, or all, and how far it goes; live where nothing is said",
        "additionalProperties": {"enum": [one.value for one in Mode]},
    },
    "legacy": {
        "type": "string",
        "description": "A folder with what the old interface sends, to compare with",
    },
}


def company_schemas() -> dict[str, dict[str, Any]]:
    """Return one self-contained JSON Schema (2020-12) per kind of file, by its name."""
    return {kind.name: _schema(kind) for kind in KINDS} | {"x12_folder": _profile()}


def _profile() -> dict[str, Any]:
    """Return the schema of a partner's X12 profile: its name is that of the file."""
    made = _steady(msgspec.json.schema(Profile))
    shape = made["$defs"]["Settings"]
    shape["properties"].pop("system")
    shape["properties"]["connector"] = {"const": "x12_folder"}
    shape["properties"] |= _OF_EVERY_SYSTEM
    shape["required"] = ["connector", *(one for one in shape["required"] if one != "system")]
    return {
        "$schema": DIALECT,
        "$id": "drawbar:company:x12_folder",
        "title": "systems/*.yaml of a company folder, for a partner who speaks X12",
        **made,
    }


def _schema(kind: FileKind) -> dict[str, Any]:
    made = _written(msgspec.json.schema(kind.says))
    if kind.name == "contract":
        _may_lack(made["$defs"]["Contract"], "lanes")
    return {
        "$schema": DIALECT,
        "$id": f"drawbar:company:{kind.name}",
        "title": f"{kind.pattern} of a company folder",
        **made,
    }


def _steady(shape: Any) -> Any:
    """Return a schema that is the same every time: a default that is a set comes in any order."""
    if isinstance(shape, list):
        return [_steady(one) for one in shape]
    if not isinstance(shape, dict):
        return shape
    steady = {name: _steady(one) for name, one in shape.items()}
    default = steady.get("default")
    if isinstance(default, list) and all(isinstance(one, str) for one in default):
        steady["default"] = sorted(default)
    if isinstance(default, dict):
        steady["default"] = _sorted_within(default)
    return steady


def _sorted_within(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _sorted_within(one) for name, one in value.items()}
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return sorted(value)
    return value


def _may_lack(shape: dict[str, Any], name: str) -> None:
    """Let a field be left out: a table beside the contract may say it."""
    shape["required"] = [one for one in shape["required"] if one != name]


def _written(shape: Any) -> Any:
    """Return a schema for what people write: figures as figures too, lists as tables too."""
    if isinstance(shape, list):
        return [_written(one) for one in shape]
    if not isinstance(shape, dict):
        return shape
    if shape.get("format") == "decimal":
        return {**shape, "type": ["string", "number"]}
    if shape.get("type") == "array":
        return {"anyOf": [{name: _written(one) for name, one in shape.items()}, TABLE]}
    return {name: _written(one) for name, one in shape.items()}
