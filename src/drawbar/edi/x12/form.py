"""Whether a segment is as its definition says, asked of all its elements in one pass.

Nearly every segment of a partner is. What is not right is not said here: ``check`` names it.
"""

import re
from collections.abc import Callable, Collection, Mapping

from drawbar.edi.value import DIGITS_MAX, is_date, is_number, is_time
from drawbar.edi.x12.definition import Element, Kind, Need, Rule, SegmentDefinition

Fits = Callable[[str], object]
Holds = Callable[[int], bool]


class Form:
    """The definition of a segment, made ready to be asked many times."""

    def __init__(self, definition: SegmentDefinition, codes: Mapping[str, Collection[str]]) -> None:
        """Choose, once, how each element is looked at; ``codes`` are the tables of the release."""
        self._fits = tuple(_fits(use.element, codes) for use in definition.uses)
        needs = (use.need is Need.MANDATORY for use in definition.uses)
        self._needed = sum(1 << place for place, is_needed in enumerate(needs) if is_needed)
        self._rules = tuple(map(_holds, definition.rules))

    def fits(self, elements: tuple[str, ...]) -> bool:
        """Return whether elements, needs and rules are all as defined."""
        if len(elements) > len(self._fits) and any(elements[len(self._fits) :]):
            return False
        filled, place = 0, 1
        for text, fits in zip(elements, self._fits, strict=False):
            if text:
                if not fits(text):
                    return False
                filled |= place
            place <<= 1
        if filled & self._needed != self._needed:
            return False
        return not self._rules or all(holds(filled) for holds in self._rules)


def _fits(element: Element, codes: Mapping[str, Collection[str]]) -> Fits:
    """Return how a filled element of this type is looked at: length, form and code."""
    shortest, longest = element.shortest, element.longest
    if element.kind is Kind.COMPOSITE or element.name == "any":
        return bool
    if element.codes:
        return _fits_code(element, codes[element.codes])
    match element.kind:
        case Kind.N0 | Kind.N2:
            digits = f"{{{max(shortest, 1)},{min(longest, DIGITS_MAX)}}}"
            return re.compile(f"-?[0-9]{digits}").fullmatch
        case Kind.R:
            return lambda text: (
                shortest <= len(text) - text.startswith("-") - text.count(".") <= longest
                and is_number(text, point=True)
            )
        case Kind.DT:
            return lambda text: shortest <= len(text) <= longest and is_date(text)
        case Kind.TM:
            return lambda text: shortest <= len(text) <= longest and is_time(text)
        case _:
            return lambda text: shortest <= len(text) <= longest and text.isprintable()


def _fits_code(element: Element, table: Collection[str]) -> Fits:
    """Return whether a text is a known code; blanks around it count for its length alone."""
    plain = _fits(
        Element(element.name, element.number, element.kind, element.shortest, element.longest), {}
    )
    known = frozenset(code for code in table if code and plain(code))
    return lambda text: text in known or (text.strip() in table and plain(text))


def _holds(rule: Rule) -> Holds:
    """Return whether a rule holds for the elements that are filled, one bit for each."""
    every = sum(1 << number - 1 for number in rule.elements)
    first = 1 << rule.elements[0] - 1
    match rule.kind:
        case "P":
            return lambda filled: filled & every in (0, every)
        case "R":
            return lambda filled: filled & every != 0
        case "E":
            return lambda filled: (filled & every).bit_count() <= 1
        case "C":
            return lambda filled: not filled & first or filled & every == every
        case _:
            return lambda filled: not filled & first or filled & every != first
