"""What a set, a segment and an element may be, as data that a person can read and extend.

Tables are text, one line per entry; the classes here are what the text is read into.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property

from msgspec import Struct


class Kind(StrEnum):
    """The type of an element. Source: X12.6, restated.

    N0 and N2 have an implied point (N2 counts cents); R has an explicit one.
    """

    AN = "AN"
    ID = "ID"
    N0 = "N0"
    N2 = "N2"
    R = "R"
    DT = "DT"
    TM = "TM"
    COMPOSITE = "CO"


class Need(StrEnum):
    """Whether it must be there. A conditional element's rule stands with its segment."""

    MANDATORY = "M"
    OPTIONAL = "O"


class Element(Struct, frozen=True):
    """One entry of the element dictionary. ``codes`` names a code table, or is empty."""

    name: str
    number: str
    kind: Kind
    shortest: int
    longest: int
    codes: str = ""


class ElementUse(Struct, frozen=True):
    """An element at its place in a segment."""

    element: Element
    need: Need


class Rule(Struct, frozen=True):
    """Elements that depend on each other.

    P: all or none. R: at least one. E: at most one. C: the first needs all others. L: the first
    needs one of the others.
    """

    kind: str
    elements: tuple[int, ...]


class SegmentDefinition(Struct, frozen=True):
    """The elements of a segment in order, and the rules between them."""

    tag: str
    uses: tuple[ElementUse, ...]
    rules: tuple[Rule, ...] = ()


class SegmentUse(Struct, frozen=True):
    """A segment at its place in a set. ``most`` = 0: as often as one likes."""

    tag: str
    need: Need
    most: int
    qualifiers: frozenset[str] = frozenset()  # of a loop alone


class LoopUse(Struct, frozen=True, dict=True):
    """Segments that repeat together. The first part's segment begins each round.

    ``qualifiers`` (may be empty) are the values of the first element that choose this loop.
    ``is_open``: senders leave out its first segment, and what would follow it is read all the same.
    """

    name: str
    need: Need
    most: int
    parts: tuple["SegmentUse | LoopUse", ...]
    qualifiers: frozenset[str] = frozenset()
    is_open: bool = False

    @property
    def tag(self) -> str:
        """Return the segment that begins the loop."""
        return self.parts[0].tag

    @cached_property
    def places(self) -> Mapping[str, tuple[int, ...]]:
        """Return by tag the numbers of the parts that such a segment may fill, in order."""
        places: dict[str, tuple[int, ...]] = {}
        for number, part in enumerate(self.parts):
            places[part.tag] = (*places.get(part.tag, ()), number)
        return places

    @cached_property
    def openings(self) -> Mapping[str, tuple[int, ...]]:
        """Return by tag the numbers of the open loops in which such a segment may stand."""
        openings: dict[str, tuple[int, ...]] = {}
        for number, part in enumerate(self.parts):
            if isinstance(part, LoopUse) and part.is_open:
                for tag in part.places:
                    openings[tag] = (*openings.get(tag, ()), number)
        return openings

    @cached_property
    def needed(self) -> tuple[int, ...]:
        """Return the numbers of the parts that must be there; a set's trailer is its envelope's."""
        parts = enumerate(self.parts)
        return tuple(n for n, one in parts if one.need is Need.MANDATORY and one.tag != "SE")


class SetDefinition(Struct, frozen=True, dict=True):
    """A set: its code, the group code that it travels under, and its segments and loops."""

    code: str
    group_code: str
    root: LoopUse

    @cached_property
    def tags(self) -> frozenset[str]:
        """Return every segment that may occur anywhere in the set."""
        return frozenset(_tags(self.root))


def _tags(loop: LoopUse) -> set[str]:
    tags: set[str] = set()
    for part in loop.parts:
        tags |= _tags(part) if isinstance(part, LoopUse) else {part.tag}
    return tags


def read_elements(table: str) -> dict[str, Element]:
    """Read lines of ``name number kind shortest longest [=codes]``."""
    elements = {}
    for line in _lines(table):
        name, number, kind, shortest, longest, *codes = line.split()
        table_name = codes[0].removeprefix("=") if codes else ""
        number = number.replace("-", "")
        elements[name] = Element(name, number, Kind(kind), int(shortest), int(longest), table_name)
    return elements


def read_segments(table: str, elements: dict[str, Element]) -> dict[str, SegmentDefinition]:
    """Read lines of ``TAG name name! ... | rule rule``; ``!`` marks a mandatory element.

    ``name*3`` repeats an element; a backslash goes on in the next line.
    """
    segments = {}
    for line in _lines(table):
        head, _, rules = line.partition("|")
        tag, *words = head.split()
        uses = tuple(use for word in words for use in _element_uses(word, elements))
        segments[tag] = SegmentDefinition(tag, uses, tuple(map(_rule, rules.split())))
    return segments


def read_set(code: str, group_code: str, table: str) -> SetDefinition:
    """Read lines of ``TAG need most``; ``loop name need most [=QUALIFIERS] [?]`` opens a loop.

    ``?`` is an open loop, see ``LoopUse``. Two blanks of indentation are one loop deeper.
    """
    lines = [(len(line) - len(line.lstrip()), line.split()) for line in table.splitlines()]
    root = _parts([line for line in lines if line[1]], depth=0)
    return SetDefinition(code, group_code, LoopUse("set", Need.MANDATORY, 1, tuple(root)))


def _lines(table: str) -> list[str]:
    return [line for line in table.replace("\\\n", " ").splitlines() if line.strip()]


def _element_uses(word: str, elements: dict[str, Element]) -> list[ElementUse]:
    name, _, times = word.partition("*")
    need = Need.MANDATORY if name.endswith("!") else Need.OPTIONAL
    return [ElementUse(elements[name.rstrip("!")], need)] * int(times or 1)


def _rule(word: str) -> Rule:
    return Rule(word[0], tuple(int(digits) for digits in re.findall(r"\d\d", word)))


def _parts(lines: list[tuple[int, list[str]]], *, depth: int) -> list[SegmentUse | LoopUse]:
    parts: list[SegmentUse | LoopUse] = []
    for index, (indent, words) in enumerate(lines):
        if indent != depth:
            continue
        if words[0] != "loop":
            parts.append(SegmentUse(words[0], Need(words[1]), int(words[2])))
            continue
        inside = _deeper(lines[index + 1 :], depth)
        nested = tuple(_parts(inside, depth=depth + 2))
        parts.append(_loop(words, nested))
    return parts


def _loop(words: list[str], parts: tuple[SegmentUse | LoopUse, ...]) -> LoopUse:
    _, name, need, most, *rest = words
    chosen = (word[1:].split(",") for word in rest if word.startswith("="))
    qualifiers = frozenset(next(chosen, ()))
    return LoopUse(name, Need(need), int(most), parts, qualifiers, is_open="?" in rest)


def _deeper(lines: list[tuple[int, list[str]]], depth: int) -> list[tuple[int, list[str]]]:
    """Return the lines that follow as long as they are deeper than ``depth``."""
    for index, (indent, _) in enumerate(lines):
        if indent <= depth:
            return lines[:index]
    return lines
