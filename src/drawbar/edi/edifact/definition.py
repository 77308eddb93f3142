"""What an EDIFACT segment and its elements may be, as data that a person can read and extend.

Tables are text; the classes here are what the text is read into. Structures of messages are
written as those of X12 sets are.
"""

import re
from collections.abc import Mapping

from msgspec import Struct

_WORD = re.compile(r"([A-Z]?[0-9]{3,4})(!?)(?:\(([^)]*)\))?(?:\*([0-9]))?")


class Component(Struct, frozen=True):
    """A data element: ``kind`` is a, n or an; ``longest`` = 0: any length."""

    number: str
    kind: str
    longest: int
    is_needed: bool = False


class Element(Struct, frozen=True):
    """An element at its place in a segment: one component, or several when it is composite."""

    number: str
    components: tuple[Component, ...]
    is_needed: bool = False


class SegmentDefinition(Struct, frozen=True):
    """The elements of a segment in order."""

    tag: str
    elements: tuple[Element, ...]


def read_elements(table: str) -> dict[str, Component]:
    """Read pairs of ``number kind``, the kind as ``an35``: at most 35 characters of any text."""
    words = table.split()
    elements = {}
    for number, stated in zip(words[::2], words[1::2], strict=True):
        kind = stated.rstrip("0123456789")
        elements[number] = Component(number, kind, int(stated[len(kind) :]))
    return elements


def read_segments(table: str, elements: Mapping[str, Component]) -> dict[str, SegmentDefinition]:
    """Read lines of ``TAG number C002(number,number)``; ``!`` is mandatory, ``*n`` repeats."""
    segments = {}
    for line in table.replace("\\\n", " ").strip().splitlines():
        tag, _, rest = line.partition(" ")
        parts = tuple(part for word in _WORD.finditer(rest) for part in _parts(word, elements))
        segments[tag] = SegmentDefinition(tag, parts)
    return segments


def _parts(word: re.Match[str], elements: Mapping[str, Component]) -> list[Element]:
    number, needed, inner, times = word.groups()
    names = inner.split(",") if inner else [number]
    components = tuple(_component(name, elements) for name in names)
    first = Element(number, components, is_needed=bool(needed))
    return [first, *[Element(number, components)] * (int(times or 1) - 1)]


def _component(name: str, elements: Mapping[str, Component]) -> Component:
    number = name.rstrip("!")
    known = elements.get(number, Component(number, "an", 0))
    return Component(number, known.kind, known.longest, is_needed=name.endswith("!"))
