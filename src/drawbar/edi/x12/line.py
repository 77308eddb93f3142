"""A segment as a list of named values, said once and used for reading and for writing.

What is read with a line and written with it again is the same: there is one table, not two.
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from drawbar.edi.place import Place
from drawbar.edi.segment import Segment, segment
from drawbar.edi.value import (
    Amount,
    read_cents,
    read_date,
    read_decimal,
    read_time,
    read_whole,
    write_cents,
    write_date,
    write_decimal,
    write_time,
    write_whole,
)


def _read_filled(read: Callable[[str], Amount]) -> Callable[[str], Amount | None]:
    """Return what reads an amount, or None where nothing stands."""
    return lambda text: read(text) if text else None


_READ: dict[str, Callable[[str], Any]] = {
    "text": str,
    "whole": read_whole,
    "decimal": _read_filled(read_decimal),
    "cents": _read_filled(read_cents),
    "date": read_date,
    "short_date": read_date,
    "time": read_time,
}
_WRITE: dict[str, Callable[[Any], str]] = {
    "text": str,
    "whole": write_whole,
    "decimal": write_decimal,
    "cents": write_cents,
    "date": write_date,
    "short_date": lambda day: write_date(day)[2:],
    "time": write_time,
}


class Line:
    """The elements of one segment by the names that a typed value has for them."""

    def __init__(self, tag: str, names: str) -> None:
        """Read ``name`` or ``name:kind`` for each element in order; ``-`` is one we leave out."""
        self.tag = tag
        self._columns: list[tuple[int, str, str]] = []
        for number, word in enumerate(names.split(), start=1):
            name, _, kind = word.partition(":")
            if name != "-":
                self._columns.append((number, name, kind or "text"))
        self._width = max(number for number, _, _ in self._columns)

    def read(self, item: Segment) -> dict[str, Any]:
        """Return the values by name, and ``at``: where those that are filled stood."""
        values: dict[str, Any] = {
            name: _READ[kind](item.get(number)) for number, name, kind in self._columns
        }
        values["at"] = {
            name: Place(segment=item.position, element=number, offset=item.offset)
            for number, name, _ in self._columns
            if item.get(number)
        }
        return values

    def write(self, typed: Struct) -> Segment:
        """Return the segment that says it."""
        texts = [""] * self._width
        for number, name, kind in self._columns:
            texts[number - 1] = _WRITE[kind](getattr(typed, name))
        return segment(self.tag, *texts)


def merged(*parts: dict[str, Any]) -> dict[str, Any]:
    """Return the values of several segments that one typed value holds, with all their places."""
    values: dict[str, Any] = {}
    places: dict[str, Place] = {}
    for part in parts:
        values |= part
        places |= part["at"]
    return values | {"at": places}
