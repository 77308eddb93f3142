"""Where a value stood in a partner's file, so that a screen can show it and a 997 can name it."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, structs


class Place(Struct, frozen=True, gc=False):
    """``segment`` counts from ST = 1 (0: outside a set), ``element`` from 1 (0: whole segment).

    ``offset`` is the byte in the file where the segment begins; -1 for what we built ourselves.
    """

    segment: int
    element: int = 0
    offset: int = -1
    component: int = 0


NOWHERE = Place(segment=0)

Places = Mapping[str, Place]
"""Field name of a typed value -> where it was read. Empty for what we built ourselves."""


def unplaced(value: Any) -> Any:
    """Return a typed value without its places: equal when two files say the same."""
    if isinstance(value, tuple):
        return tuple(unplaced(item) for item in value)
    if not isinstance(value, Struct):
        return value
    changes = {name: unplaced(getattr(value, name)) for name in value.__struct_fields__}
    if "at" in changes:
        changes["at"] = {}
    return structs.replace(value, **changes)
