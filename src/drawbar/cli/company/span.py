"""Spans: figures or days from one on, up to another; where they overlap, and what lies between."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from msgspec import Struct

Edge = Decimal | date


class Span(Struct, frozen=True):
    """From ``start`` on, up to ``end``, which is not in it; None has no end. ``place`` names it."""

    place: int
    start: Edge
    end: Edge | None


def overlaps(spans: Iterable[Span]) -> Iterator[tuple[Span, Span]]:
    """Return each span with the earlier one that it overlaps, in their order."""
    before: Span | None = None
    for span in _in_order(spans):
        if before is not None and (before.end is None or span.start < before.end):  # type: ignore[operator]
            yield span, before
        if before is None or _ends_later(span, before):
            before = span


def gaps(spans: Iterable[Span]) -> Iterator[tuple[Span, Edge]]:
    """Return each span before which nothing holds, with where the one before it ended."""
    until: Edge | None = None
    begun = False
    for span in _in_order(spans):
        if begun and until is not None and span.start > until:  # type: ignore[operator]
            yield span, until
        if not begun or (until is not None and (span.end is None or span.end > until)):  # type: ignore[operator]
            until = span.end
        begun = True


def empty(spans: Iterable[Span]) -> Iterator[Span]:
    """Return the spans that end where they begin, or before."""
    return (one for one in spans if one.end is not None and one.end <= one.start)  # type: ignore[operator]


def _in_order(spans: Iterable[Span]) -> list[Span]:
    return sorted(spans, key=lambda one: (one.start, one.place))


def _ends_later(one: Span, other: Span) -> bool:
    if other.end is None:
        return False
    return one.end is None or one.end > other.end  # type: ignore[operator]
