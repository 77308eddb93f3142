"""A set of a carrier that writes its references the other way round, read as it was meant.

An N9 names the qualifier first and an L11 the value; some write both the wrong way.
"""

from collections.abc import Iterator

from msgspec import structs

from drawbar.edi import Finding, FindingCode, TransactionSet
from drawbar.edi.segment import Segment
from drawbar.edi.x12.typed import Typed, Unparsed, parse

Parsed = tuple[Typed | Unparsed, tuple[Finding, ...]]

_QUALIFIER_AT = {"N9": 1, "L11": 2}
_TELLING = frozenset({FindingCode.ELEMENT_TOO_LONG, FindingCode.REFERENCE_REVERSED})


def understood(item: TransactionSet) -> tuple[TransactionSet, Parsed]:
    """Return a set and what it says: turned round where only that makes its references fit."""
    parsed = parse(item)
    if not _misfit(parsed):
        return item, parsed
    other = structs.replace(item, segments=tuple(map(_turned, item.segments)))
    instead = parse(other)
    return (item, parsed) if _misfit(instead) else (other, instead)


def qualifiers(item: TransactionSet) -> Iterator[tuple[str, Segment]]:
    """Yield the qualifier of each reference that a set states, with its segment."""
    for one in item.segments:
        at = _QUALIFIER_AT.get(one.tag)
        if at is not None and one.get(at).strip() and one.get(3 - at).strip():
            yield one.get(at).strip(), one


def _misfit(parsed: Parsed) -> bool:
    return any(one.code in _TELLING and one.tag in _QUALIFIER_AT for one in parsed[1])


def _turned(one: Segment) -> Segment:
    if one.tag not in _QUALIFIER_AT or not one.get(1) or not one.get(2):
        return one
    first, second, *rest = one.elements
    return structs.replace(one, elements=(second, first, *rest))
