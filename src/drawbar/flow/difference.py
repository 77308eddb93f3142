"""The differences between two versions of what the firm decided, field by field, as people read."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from msgspec import Struct

NAMES = ("clause", "zone", "kind", "category", "guide_ref", "index")
"""What tells the entries of a list apart, where they have it; else their place does."""

UNSAID = frozenset({"known_at", "version"})
"""What every version has of its own."""


class Difference(Struct, frozen=True):
    """One field and what it said before and says now; empty where it said nothing."""

    field: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.field}: {self.before or 'nothing'} -> {self.after or 'nothing'}"


def differences(before: Any, after: Any) -> list[Difference]:
    """Return what differs, in the order of the fields; empty where both say the same."""
    return list(_walk(before, after, ""))


def _walk(before: Any, after: Any, field: str) -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before, Struct) and type(before) is type(after):
        for name in type(before).__struct_fields__:
            if field or name not in UNSAID:
                inner = f"{field}.{name}" if field else name
                yield from _walk(getattr(before, name), getattr(after, name), inner)
    elif isinstance(before, tuple) and isinstance(after, tuple) and _is_listed((*before, *after)):
        yield from _entries(_named(before), _named(after), field)
    elif isinstance(before, dict) and isinstance(after, dict):
        yield from _entries(before, after, field)
    else:
        yield Difference(field, _said(before), _said(after))


def _entries(before: dict[Any, Any], after: dict[Any, Any], field: str) -> Iterator[Difference]:
    for name in dict.fromkeys((*before, *after)):
        yield from _walk(before.get(name), after.get(name), f"{field}[{name}]")


def _is_listed(entries: tuple[Any, ...]) -> bool:
    return any(isinstance(one, Struct) for one in entries)


def _named(entries: tuple[Any, ...]) -> dict[str, Any]:
    """Return entries by what names them; two of one name by their places too."""
    named: dict[str, Any] = {}
    for place, one in enumerate(entries):
        name = next((str(getattr(one, name)) for name in NAMES if hasattr(one, name)), str(place))
        named[name if name not in named else f"{name} ({place})"] = one
    return named


def _said(value: Any) -> str:
    match value:
        case None:
            return ""
        case Enum():
            return str(value.value)
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case Struct():
            fields = ((name, getattr(value, name)) for name in type(value).__struct_fields__)
            told = (f"{name} {_said(one)}" for name, one in fields if one not in (None, "", (), {}))
            return ", ".join(one for one in told if one)
        case tuple():
            return ", ".join(_said(one) for one in value)
        case _:
            return str(value)
