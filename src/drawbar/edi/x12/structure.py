"""Put a set's segments where its definition has them: in loops, by their tags and qualifiers.

Partners leave out, repeat and reorder. Every segment is kept; where it stands is found in one
pass, by looking at a bounded number of places for each.
"""

from collections.abc import Iterator

from msgspec import Struct, field

from drawbar.edi.finding import Finding, FindingCode
from drawbar.edi.meaning import found
from drawbar.edi.segment import Segment
from drawbar.edi.x12.definition import LoopUse, SetDefinition
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
    """A loop that is being filled: ``start`` is the part from which the next one is looked for.

    ``firsts`` and ``counts`` say, for each part, by which segment it began and how often.
    """

    loop: Loop
    use: LoopUse
    start: int
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
        self._open = [_Open(self._root, definition.root, 0)]
        self._findings: list[Finding] = []
        self._last = Segment("ST")

    def place(self, item: Segment) -> None:
        """Put one segment where it belongs, closing the loops that end before it."""
        if not self._place_onward(item):
            if item.tag not in self._definition.tags:
                self._keep(item, _stranger(item, self._release))
            elif not (self._place_back(item) or self._place_in_unopened(item)):
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
        for opened in reversed(self._open):
            part = _find(opened.use, item, opened.start)
            if part >= 0:
                self._take(opened, part, item)
                return True
        return False

    def _place_back(self, item: Segment) -> bool:
        """Accept a segment that comes after its place, and say so.

        It changes nothing about where the set stands: what follows goes on as if it were not there.
        """
        for opened in reversed(self._open):
            part = _find(opened.use, item, _first(opened.use))
            if part >= 0:
                start = opened.start
                if isinstance(opened.use.parts[part], LoopUse):
                    self._take(opened, part, item)
                else:
                    self._count(opened, part, item)
                    opened.loop.segments.append(item)
                    opened.start = start
                self._findings.append(found(FindingCode.SEGMENT_OUT_OF_ORDER, item))
                return True
        return False

    def _place_in_unopened(self, item: Segment) -> bool:
        """Accept a segment of an open loop without the one that begins it, and say so."""
        for opened in reversed(self._open):
            numbers = opened.use.openings.get(item.tag)
            if numbers:
                use = opened.use.parts[numbers[0]]
                assert isinstance(use, LoopUse)
                self._findings.append(found(FindingCode.LOOP_START_MISSING, item, expected=use.tag))
                self._close_above(opened)
                self._count(opened, numbers[0], item)
                inner = self._begin(opened, use)
                inner.counts[0] = 1
                self._take(inner, _find(use, item, 1), item)
                return True
        return False

    def _take(self, opened: _Open, part: int, item: Segment) -> None:
        """Let a segment fill a part of a loop that is open, or begin a round of one inside it."""
        if opened is not self._open[-1]:
            self._close_above(opened)
        self._count(opened, part, item)
        use = opened.use.parts[part]
        if isinstance(use, LoopUse):
            opened = self._begin(opened, use)
            opened.counts[0] = 1
            opened.firsts[0] = item
        opened.loop.segments.append(item)

    def _begin(self, opened: _Open, use: LoopUse) -> _Open:
        inner = _Open(Loop(use), use, 1)
        opened.loop.loops.append(inner.loop)
        self._open.append(inner)
        return inner

    def _count(self, opened: _Open, part: int, item: Segment) -> None:
        opened.start = part or _first(opened.use)
        times = opened.counts.get(part, 0) + 1
        opened.counts[part] = times
        if times == 1:
            opened.firsts[part] = item
            return
        use = opened.use.parts[part]
        if times == use.most + 1 and use.most:
            repeated = isinstance(use, LoopUse)
            code = FindingCode.LOOP_REPEATED if repeated else FindingCode.SEGMENT_REPEATED
            self._findings.append(found(code, item, expected=use.most))

    def _close_above(self, opened: _Open) -> None:
        """Close the loops inside ``opened``."""
        while self._open[-1] is not opened:
            self._close()

    def _close(self) -> None:
        """Close the innermost loop and say what it lacks, at the segment that stands instead."""
        opened = self._open.pop()
        for number in opened.use.needed:
            if opened.counts.get(number):
                continue
            later = [part for part in opened.firsts if part > number]
            instead = opened.firsts[min(later)] if later else self._last
            lacking = opened.use.parts[number].tag
            self._findings.append(found(FindingCode.SEGMENT_MISSING, instead, expected=lacking))


def _first(loop: LoopUse) -> int:
    """Return where to look from: the segment that begins a round is not found again in it."""
    return 0 if loop.name == "set" else 1


def _find(loop: LoopUse, item: Segment, start: int) -> int:
    """Return the first part from ``start`` that ``item`` may fill, or -1."""
    for number in loop.places.get(item.tag, ()):
        if number >= start:
            qualifiers = loop.parts[number].qualifiers
            if not qualifiers or item.get(1) in qualifiers:
                return number
    return -1


def _stranger(item: Segment, release: Release) -> FindingCode:
    known = item.tag in release.segments
    return FindingCode.SEGMENT_UNEXPECTED if known else FindingCode.SEGMENT_UNKNOWN
