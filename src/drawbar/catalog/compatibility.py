"""Whether a changed schema still understands what was written under the old one.

Facts are kept for years: a new version of the code must read every one that was ever stored.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]


def breaks(old: Schema, new: Schema) -> tuple[str, ...]:
    """Return why ``new`` refuses something that ``old`` allows, in words; empty where nothing.

    Both are schemas as ``fact_schemas`` makes them. More fields with a default, more values and
    wider types are compatible; what cannot be judged is named, not passed over.
    """
    before, after = old.get("$defs", {}), new.get("$defs", {})
    reasons: list[str] = []
    for name, definition in before.items():
        if name in after:
            reasons += _in_definition(name, definition, after[name])
        else:
            reasons.append(f"{name} is gone")
    return tuple(reasons)


def _in_definition(name: str, old: Schema, new: Schema) -> Iterator[str]:
    for value in old.get("enum", ()):
        if value not in new.get("enum", ()):
            yield f"{name} no longer allows {value!r}"
    was, now = old.get("properties", {}), new.get("properties", {})
    required = set(new.get("required", ())) - set(old.get("required", ()))
    for field in sorted(required):
        yield f"{name}.{field} is required now"
    for field in was:
        if field not in now:
            yield f"{name}.{field} is gone"
        elif not _allows(was[field], now[field]):
            yield f"{name}.{field} has another type"


_WORDS = frozenset({"description", "title", "default"})


def _allows(old: Schema, new: Schema) -> bool:
    """Return whether every alternative of the old type is one of the new type."""
    wide = [_bare(option) for option in new.get("anyOf", (new,))]
    return all(_bare(option) in wide for option in old.get("anyOf", (old,)))


def _bare(schema: Schema) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key not in _WORDS}
