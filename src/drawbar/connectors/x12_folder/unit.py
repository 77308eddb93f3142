"""Units as a partner writes them, turned into those of the standard wherever a set states one."""

from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from msgspec import Struct, structs

T = TypeVar("T")
Unit = Literal["lb", "kg", "mi"]

STANDARD: Mapping[str, str] = {"lb": "L", "kg": "K", "mi": "DM"}
"""Our word -> the code of the standard. Source: X12 elements 188 and 221."""


def in_standard_units(stated: T, units: Mapping[str, Unit]) -> T:
    """Return a typed set with each unit that the profile explains in the standard's code."""
    replaced: T = _replaced(stated, {code: STANDARD[unit] for code, unit in units.items()})
    return replaced


def _replaced(stated: Any, codes: Mapping[str, str]) -> Any:
    if not codes:
        return stated
    if isinstance(stated, tuple):
        return tuple(_replaced(one, codes) for one in stated)
    if not isinstance(stated, Struct):
        return stated
    changes = {}
    for name in stated.__struct_fields__:
        value = getattr(stated, name)
        if isinstance(value, str):
            is_unit = name == "unit" or name.endswith("_unit")
            changed = codes.get(value.strip(), value) if is_unit else value
        else:
            changed = _replaced(value, codes)
        if changed is not value:
            changes[name] = changed
    return structs.replace(stated, **changes) if changes else stated
