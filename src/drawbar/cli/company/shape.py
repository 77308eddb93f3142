"""Whether a file says what it must: every field that is unknown, missing, or of another kind.

msgspec stops at the first mistake; a person wants to mend all of them at once.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct
from msgspec.structs import FieldInfo, fields

from drawbar.cli.company.mistake import Mistake, Path, clipped, meant
from drawbar.cli.company.source import TEXT_MAX, Sheet
from drawbar.freight.money import LARGEST, SMALLEST_EXPONENT

MAY_BE_NEGATIVE = frozenset({"markup_percent"})
"""Figures that may be below zero: a customer may be charged less than the carrier's charge."""

_WORDS: Mapping[Any, str] = {
    Decimal: "a figure such as 1250.00",
    int: "a whole number",
    bool: "true or false",
    str: "a text",
    date: "a day such as 2026-04-01",
    datetime: "an instant with its zone, such as 2026-04-01T06:00:00Z",
}


_PATTERNS = {
    r"^[A-Z]{3}$(?!\n)": "three capital letters such as USD",
    r"^([01]\d|2[0-3]):[0-5]\d$(?!\n)": "a time such as 17:00",
    r"^[A-Z0-9]{0,8}$(?!\n)": "at most eight capital letters and digits",
}


def shape_mistakes(sheet: Sheet, kind: Any, value: Any, path: Path = ()) -> list[Mistake]:
    """Return what keeps ``value`` from being a ``kind``, in the order of the file."""
    found = [
        Mistake(spot=sheet.spot(where), field=sheet.field(where), what=what, remedy=remedy)
        for where, what, remedy in faults(value, kind, path)
    ]
    return sorted(found, key=lambda one: (one.spot, one.field))


Found = tuple[Path, str, str]


def faults(value: Any, kind: Any, path: Path = ()) -> Iterator[Found]:
    """Yield where ``value`` differs from a ``kind``, what is wrong there, and what mends it."""
    plain = _bare(kind)
    if isinstance(plain, type) and issubclass(plain, Struct):
        yield from _struct(value, plain, path)
    elif get_origin(plain) is tuple:
        yield from _list(value, kind, get_args(plain)[0], path)
    elif get_origin(plain) is dict:
        yield from _mapping(value, get_args(plain), path)
    else:
        yield from _leaf(value, kind, plain, path)


def _bare(kind: Any) -> Any:
    """Return a type without its annotations, and without "or nothing"."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in {Union, UnionType}:
        some = [one for one in get_args(kind) if one is not type(None)]
        return _bare(some[0]) if len(some) == 1 else kind
    return kind


def _struct(value: Any, kind: type[Struct], path: Path) -> Iterator[Found]:
    if not isinstance(value, dict):
        yield path, f"{_said(value)} is not a list of fields.", f"Write {_needed(kind)}."
        return
    known = {one.encode_name: one for one in fields(kind)}
    for name in value:
        if name not in known:
            yield (*path, name), f"No field is called {clipped(str(name))!r}.", meant(name, known)
    missing = [name for name, one in known.items() if one.required and name not in value]
    for name in missing:
        yield path, f"{name!r} is missing.", f"Add '{name}: …'."
    wrong = False
    for name, one in known.items():
        if name in value:
            for found in faults(value[name], _hints(kind)[one.name], (*path, name)):
                wrong = True
                yield found
    if not wrong and not missing and value.keys() <= known.keys():
        yield from _together(value, kind, path)


def _together(value: Mapping[str, Any], kind: type[Struct], path: Path) -> Iterator[Found]:
    """Return what only the fields of a struct together have wrong."""
    if not hasattr(kind, "__post_init__"):
        return
    try:
        msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError as error:
        yield path, f"{_reason(error)}.", "Mend it there."


def _needed(kind: type[Struct]) -> str:
    names = [one.encode_name for one in fields(kind) if _is_needed(one)]
    return ", ".join(f"'{name}: …'" for name in names) or "its fields, as 'name: value'"


def _is_needed(one: FieldInfo) -> bool:
    return one.required


def _list(value: Any, kind: Any, inner: Any, path: Path) -> Iterator[Found]:
    if not isinstance(value, list):
        yield (
            path,
            f"{_said(value)} is not a list.",
            "Write it as [one, two], or in lines with '-'.",
        )
        return
    for place, one in enumerate(value):
        yield from faults(one, inner, (*path, place))
    for bound in _bounds(kind):
        if bound.min_length is not None and len(value) < bound.min_length:
            yield path, f"{len(value)} where at least {bound.min_length} are needed.", "Add more."
        if bound.max_length is not None and len(value) > bound.max_length:
            yield (
                path,
                f"{len(value):,} where {bound.max_length:,} are the most.",
                "Leave some out.",
            )


def _mapping(value: Any, kinds: tuple[Any, ...], path: Path) -> Iterator[Found]:
    if not isinstance(value, dict):
        yield path, f"{_said(value)} is not a list of fields.", "Write lines such as 'name: value'."
        return
    for name, one in value.items():
        yield from _leaf(name, kinds[0], _bare(kinds[0]), (*path, name))
        yield from faults(one, kinds[1], (*path, name))


def _leaf(value: Any, kind: Any, plain: Any, path: Path) -> Iterator[Found]:
    if isinstance(value, dict | list):
        yield path, f"This is no {_word(plain)}.", "Write one value here."
        return
    if isinstance(plain, type) and issubclass(plain, Enum):
        known = [str(one.value) for one in plain]
        if value not in known:
            yield path, f"{_said(value)} is not known here.", meant(str(value), known)
        return
    if isinstance(value, str) and len(value) > TEXT_MAX:
        yield path, f"A text of {len(value):,} characters.", f"Write at most {TEXT_MAX:,}."
        return
    try:
        made = msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError as error:
        yield path, *(_beyond(value, kind, plain) or _unread(value, plain, error))
    except (ValueError, OverflowError, ArithmeticError):
        yield path, f"{_said(value)} is not {_word(plain)}.", "Write it otherwise."
    else:
        yield from _unfit(made, path)


def _beyond(value: Any, kind: Any, plain: Any) -> tuple[str, str] | None:
    """Return what is wrong with a value of the right kind that a bound or pattern refuses."""
    if plain not in (int, str):
        return None
    try:
        made = msgspec.convert(value, plain, strict=False)
    except msgspec.ValidationError:
        return None
    for bound in _bounds(kind):
        if bound.ge is not None and made < bound.ge:
            return f"{made} is too small.", f"Write {bound.ge} or more."
        if bound.le is not None and made > bound.le:
            return f"{made} is too much.", f"Write {bound.le} or less."
        if plain is str and (found := _beyond_text(made, bound)):
            return found
    return None


def _beyond_text(text: str, bound: msgspec.Meta) -> tuple[str, str] | None:
    if bound.max_length is not None and len(text) > bound.max_length:
        return f"A text of {len(text):,} characters.", f"Write at most {bound.max_length:,}."
    if bound.min_length is not None and len(text) < bound.min_length:
        return "Nothing stands here.", "Fill it in."
    known = _PATTERNS.get(bound.pattern or "")
    written = known or (f"it such as {bound.examples[0]}" if bound.examples else "")
    return (f"{_said(text)} is not written so.", f"Write {written}.") if written else None


def _bounds(kind: Any) -> Iterator[msgspec.Meta]:
    if get_origin(kind) is Annotated:
        yield from (one for one in get_args(kind)[1:] if isinstance(one, msgspec.Meta))
    for inner in get_args(kind) if get_origin(kind) in {Union, UnionType} else ():
        yield from _bounds(inner)


def _unread(value: Any, plain: Any, error: msgspec.ValidationError) -> tuple[str, str]:
    return f"{_said(value)} is not {_word(plain)}.", _hint(plain, error)


def _unfit(made: Any, path: Path) -> Iterator[Found]:
    """Return what is wrong with a figure that could be read."""
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    if isinstance(made, Decimal):
        if not made.is_finite():
            yield path, f"{made} is not a figure.", "Write the figure that is meant."
        elif abs(made) >= LARGEST:
            yield path, f"{made:.3e} is beyond every price.", f"Write less than {LARGEST:,.0f}."
        elif int(made.as_tuple().exponent) < SMALLEST_EXPONENT:
            yield path, f"More than {-SMALLEST_EXPONENT} decimals.", "Round it."
        elif made < 0 and name not in MAY_BE_NEGATIVE:
            yield path, f"{made} is below zero.", "Write zero or more."
    elif isinstance(made, int) and not isinstance(made, bool) and not 0 <= made < 2**31:
        yield path, f"{made} cannot be meant.", "Write zero or more, as a person would count."


def _hint(plain: Any, error: msgspec.ValidationError) -> str:
    if plain is datetime:
        return "A day alone, or a time without its zone, says no instant."
    if plain is str:
        return f"{_reason(error)}."
    return f"Write {_WORDS.get(plain, 'it otherwise')}."


def _word(plain: Any) -> str:
    return _WORDS.get(plain, "what belongs here")


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return "A list of fields"
    if isinstance(value, list):
        return "A list"
    return repr(clipped(str(value))) if str(value) else "Nothing"


def _reason(error: Exception) -> str:
    return clipped(str(error).partition(" - at `")[0], 200).rstrip(".")


@cache
def _hints(kind: type[Struct]) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)
