"""Put a set's segments where its definition has them: in loops, by their tags and qualifiers.

Partners leave out, repeat and reorder. Every segment is kept; where it stands is found in one
pass, by looking at a bounded number of places for each.
"""

from collections.abc import Iterator

from msgspec import Struct, field

from drawbar.edi.finding import Finding, FindingCode
from drawbar.edi.meaning import found
from drawbar.edi.segment import Segment
from drawbar.edi.x12.definition import LoopUse, SegmentUse, SetDefinition
from drawbar.edi.x12.release import Release


class Loop(Struct):
    """One round of a loop: its segments in order, and the loops inside it."""

    use: LoopUse
    segments: list[Segment] = field(default_factory=list)
    loops: list["Loop"] = field(default_factory=list)

    def first(self, tag: str) -> Segment:
        """Return the first such segment of this round itself, or an empty one."""
        for item in self.segments:
            if item.tag == tag:
                return item
        return Segment(tag)

    def every(self, *tags: str) -> Iterator[Segment]:
        """Yield such segments of this round itself, in order."""
        return (item for item in self.segments if item.tag in tags)

    def inside(self, *path: str) -> Iterator["Loop"]:
        """Yield the rounds of a loop directly inside, or of loops along a path of names."""
        name, *deeper = path
        for loop in self.loops:
            if loop.use.name == name:
                yield from loop.inside(*deeper) if deeper else (loop,)

    def anywhere(self, *tags: str) -> Iterator[Segment]:
        """Yield such segments of this round and of every loop inside it, by position."""
        here = list(self.every(*tags))
        for loop in self.loops:
            here.extend(loop.anywhere(*tags))
        return iter(sorted(here, key=lambda item: item.position))


class _Open(Struct):
    """A loop that is being filled: ``at`` is the part that was filled last.

    ``firsts`` and ``counts`` say, for each part, by which segment it began and how often.
    """

    loop: Loop
    at: int = 0
    counts: dict[int, int] = field(default_factory=dict)
    firsts: dict[int, Segment] = field(default_factory=dict)


class Structured(Struct, frozen=True):
    """A set as a tree, and what did not fit."""

    root: Loop
    findings: tuple[Finding, ...]


def structure(
    segments: tuple[Segment, ...], definition: SetDefinition, release: Release
) -> Structured:
    """Return the tree of a set. Unknown segments stay in the loop where they were found."""
    placing = _Placing(definition, release)
    for item in segments:
        placing.place(item)
    return placing.finish()


class _Placing:
    def __init__(self, definition: SetDefinition, release: Release) -> None:
        self._definition, self._release = definition, release
        self._root = Loop(definition.root)
        self._open = [_Open(self._root)]
        self._findings: list[Finding] = []
        self._last = Segment("ST")

    def place(self, item: Segment) -> None:
        """Put one segment where it belongs, closing the loops that end before it."""
        if item.tag not in self._definition.tags:
            self._keep(item, _stranger(item, self._release))
        elif not (self._place_onward(item) or self._place_back(item)):
            self._keep(item, FindingCode.SEGMENT_UNEXPECTED)
        self._last = item

    def finish(self) -> Structured:
        """Close every loop and return the tree."""
        while self._open:
            self._close()
        return Structured(self._root, tuple(self._findings))

    def _keep(self, item: Segment, code: FindingCode) -> None:
        self._open[-1].loop.segments.append(item)
        self._findings.append(found(code, item))

    def _place_onward(self, item: Segment) -> bool:
        """Try the innermost loop from where it stands, then the loops around it."""
        for depth in range(len(self._open) - 1, -1, -1):
            opened = self._open[depth]
            part = _find(opened.loop.use, item, start=opened.at)
            if part >= 0:
                self._close_to(depth)
                self._take(opened, part, item)
                return True
        return False

    def _place_back(self, item: Segment) -> bool:
        """Accept a segment that comes after its place, and say so."""
        for depth in range(len(self._open) - 1, -1, -1):
            opened = self._open[depth]
            part = _find(opened.loop.use, item, start=0)
            if part >= 0:
                at = opened.at
                self._close_to(depth)
                self._take(opened, part, item)
                if not isinstance(opened.loop.use.parts[part], LoopUse):
                    opened.at = at
                self._findings.append(found(FindingCode.SEGMENT_OUT_OF_ORDER, item))
                return True
        return False

    def _take(self, opened: _Open, part: int, item: Segment) -> None:
        use = opened.loop.use.parts[part]
        opened.at = part
        opened.counts[part] = opened.counts.get(part, 0) + 1
        opened.firsts.setdefault(part, item)
        if opened.counts[part] == use.most + 1 and use.most:
            repeated = isinstance(use, LoopUse)
            code = FindingCode.LOOP_REPEATED if repeated else FindingCode.SEGMENT_REPEATED
            self._findings.append(found(code, item, expected=use.most))
        if isinstance(use, LoopUse):
            inner = Loop(use)
            opened.loop.loops.append(inner)
            self._open.append(_Open(inner))
            self._take(self._open[-1], 0, item)
        else:
            opened.loop.segments.append(item)

    def _close_to(self, depth: int) -> None:
        while len(self._open) > depth + 1:
            self._close()

    def _close(self) -> None:
        """Close the innermost loop and say what it lacks, at the segment that stands instead."""
        opened = self._open.pop()
        use = opened.loop.use
        for number in use.needed:
            if opened.counts.get(number):
                continue
            later = [part for part in opened.firsts if part > number]
            instead = opened.firsts[min(later)] if later else self._last
            self._findings.append(
                found(FindingCode.SEGMENT_MISSING, instead, expected=use.parts[number].tag)
            )


def _find(loop: LoopUse, item: Segment, *, start: int) -> int:
    """Return the first part from ``start`` that ``item`` may fill, or -1.

    The segment that begins a round is not found again in the same round.
    """
    first = max(start, 0 if loop.name == "set" else 1)
    for number in loop.places.get(item.tag, ()):
        if number >= first and _is_chosen(loop.parts[number], item):
            return number
    return -1


def _is_chosen(use: SegmentUse | LoopUse, item: Segment) -> bool:
    qualifiers = use.qualifiers if isinstance(use, LoopUse) else frozenset()
    return not qualifiers or item.get(1) in qualifiers


def _stranger(item: Segment, release: Release) -> FindingCode:
    known = item.tag in release.segments
    return FindingCode.SEGMENT_UNEXPECTED if known else FindingCode.SEGMENT_UNKNOWN
