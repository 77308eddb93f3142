"""A JSON text of a partner in which every word has one meaning; any other is refused by its place.

A name that stands twice in one object, a number that is none, a half character and a text without
an end are refused; what is deeper or larger than an honest message is refused before it is held.
"""

import re
from decimal import Decimal
from json import JSONDecodeError, loads
from typing import Any, NoReturn

from drawbar.connectors.reading import Unreadable

BYTES_MAX = 16 * 1024 * 1024
DEPTH_MAX = 64
DIGITS_MAX = 40
"""Nobody weighs or counts with more digits; a longer number costs time and means nothing."""

_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]', re.DOTALL)
_HALF = re.compile(b"\\\\u[dD][89a-fA-F]")


def tree(body: bytes, *, cause: str) -> Any:
    """Return the value that a JSON text states, numbers as ``Decimal``. Raise ``Unreadable``."""
    if len(body) > BYTES_MAX:
        refuse(f"it has more than {BYTES_MAX:,} bytes", cause=f"{cause}:size")
    if _depth(body) > DEPTH_MAX:
        refuse(f"it is nested deeper than {DEPTH_MAX} levels", cause=f"{cause}:nested")
    try:
        stated = loads(
            body.decode("utf-8-sig"),
            object_pairs_hook=_once,
            parse_float=_number,
            parse_int=_number,
            parse_constant=_no_number,
        )
    except UnicodeDecodeError as error:
        refuse(f"byte {error.start} is no UTF-8", cause=f"{cause}:charset")
    except JSONDecodeError as error:
        refuse(f"no JSON: {error.msg} at character {error.pos}", cause=f"{cause}:json")
    except _Refused as error:
        refuse(str(error), place=error.place, cause=f"{cause}:{error.cause}")
    if _HALF.search(body) and (half := _half(stated, "$")):
        refuse("half a character stands there", place=half, cause=f"{cause}:character")
    return stated


def refuse(text: str, *, cause: str, place: str = "$") -> NoReturn:
    """Raise ``Unreadable`` with what a sender should do about it."""
    raise Unreadable(
        text,
        place=place,
        cause=cause,
        remedy="Ask the sender to send it again in the agreed form.",
    )


class _Refused(ValueError):
    def __init__(self, text: str, cause: str, place: str = "$") -> None:
        super().__init__(text)
        self.cause, self.place = cause, place


def _depth(body: bytes) -> int:
    """Return how deep brackets stand in each other; those within a text do not count."""
    deepest = depth = 0
    for found in _BRACKETS.finditer(body):
        letter = found[0]
        if letter in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif letter in b"]}":
            depth -= 1
    return deepest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    stated = dict(pairs)
    if len(stated) == len(pairs):
        return stated
    names = [name for name, _ in pairs]
    twice = next(name for name in names if names.count(name) > 1)[:40]
    text = f"the field {twice!r} stands there twice, and which one counts is not known"
    raise _Refused(text, "repeated", f"$..{twice}")


def _number(text: str) -> Decimal:
    mantissa, _, exponent = text.lower().partition("e")
    if len(mantissa) > DIGITS_MAX or len(exponent) > 3:
        raise _Refused(f"{text[:DIGITS_MAX]}… is no number that anybody means", "number")
    return Decimal(text)


def _no_number(text: str) -> NoReturn:
    raise _Refused(f"{text} is no number", "number")


def _half(stated: Any, place: str) -> str:
    """Return where half a character stands, empty where none does."""
    if isinstance(stated, str):
        return "" if stated.isascii() or _is_whole(stated) else place
    if isinstance(stated, dict):
        if not all(_is_whole(name) for name in stated):
            return place
        inside = ((each, f"{place}.{name}") for name, each in stated.items())
    elif isinstance(stated, list):
        inside = ((each, f"{place}[{number}]") for number, each in enumerate(stated))
    else:
        return ""
    return next((half for each, where in inside if (half := _half(each, where))), "")


def _is_whole(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)
