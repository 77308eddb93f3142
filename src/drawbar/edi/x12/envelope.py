"""The three envelopes of X12: who opened one, who closed it, and whether the counts agree.

ISA..IEA holds groups, GS..GE holds sets, ST..SE holds segments. What lacks its header or trailer
is kept and reported.
"""

from msgspec import Struct, field, structs

from drawbar.edi.document import Group, TransactionSet
from drawbar.edi.finding import Finding, FindingCode
from drawbar.edi.limit import Findings
from drawbar.edi.meaning import found
from drawbar.edi.segment import Dialect, Segment


class Tree(Struct, frozen=True, kw_only=True):
    """Segments with their positions, the same by group, and what the outer envelope lacks."""

    segments: tuple[Segment, ...]
    groups: tuple[Group, ...]
    findings: tuple[Finding, ...]


class _OpenSet(Struct):
    segments: list[Segment]
    findings: list[Finding] = field(default_factory=list)


class _OpenGroup(Struct):
    header: Segment | None
    sets: list[TransactionSet] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    controls: set[str] = field(default_factory=set)


def group_segments(segments: list[Segment], dialect: Dialect, findings: Findings) -> Tree:
    """Return the segments of one interchange as groups of sets. The first one is the ISA."""
    grouper = _Grouper(dialect, findings)
    for index, item in enumerate(segments):
        grouper.take(item if item.index == index else structs.replace(item, index=index))
    return grouper.finish()


class _Grouper:
    """Walks once over the segments. At most one group and one set are open."""

    def __init__(self, dialect: Dialect, findings: Findings) -> None:
        self._dialect, self._limit = dialect, findings
        self._segments: list[Segment] = []
        self._groups: list[Group] = []
        self._findings: list[Finding] = []
        self._controls: set[str] = set()
        self._group: _OpenGroup | None = None
        self._set: _OpenSet | None = None
        self._is_closed = False

    def take(self, item: Segment) -> None:
        """Put the next segment where it belongs."""
        match item.tag:
            case "GS":
                self._open_group(item)
            case "ST":
                self._open_set(item)
            case "SE":
                self._close_set(item)
            case "GE":
                self._close_group(item)
            case "IEA":
                self._close_interchange(item)
            case _:
                self._keep(item)

    def finish(self) -> Tree:
        """Close what is still open and return everything."""
        self._end_group()
        if not self._is_closed and self._segments:
            self._note(
                self._findings,
                found(FindingCode.TRAILER_MISSING, self._segments[0], expected="IEA"),
            )
        return Tree(
            segments=tuple(self._segments),
            groups=tuple(self._groups),
            findings=tuple(self._findings),
        )

    def _note(self, into: list[Finding], finding: Finding) -> None:
        self._limit.add(into, finding)

    def _keep(self, item: Segment) -> None:
        if self._set is None:
            self._segments.append(item)
            if item.tag not in {"ISA", "TA1", "ISB", "ISE"}:
                self._note(self._nearest(), found(FindingCode.SEGMENT_OUTSIDE_SET, item))
            return
        position = len(self._set.segments) + 1
        placed = Segment(item.tag, item.elements, item.offset, position, item.index)
        self._set.segments.append(placed)
        self._segments.append(placed)

    def _nearest(self) -> list[Finding]:
        return self._group.findings if self._group else self._findings

    def _open_group(self, item: Segment) -> None:
        self._end_group()
        self._segments.append(item)
        self._group = _OpenGroup(item)
        if item.get(6) in self._controls:
            self._note(self._group.findings, found(FindingCode.CONTROL_NUMBER_REPEATED, item, 6))
        self._controls.add(item.get(6))

    def _open_set(self, item: Segment) -> None:
        self._end_set()
        group = self._group_for(item)
        self._set = _OpenSet([])
        self._keep(item)
        if item.get(2) in group.controls:
            self._note(self._set.findings, found(FindingCode.CONTROL_NUMBER_REPEATED, item, 2))
        group.controls.add(item.get(2))

    def _group_for(self, item: Segment) -> _OpenGroup:
        if self._group is None:
            self._group = _OpenGroup(None)
            self._note(self._group.findings, found(FindingCode.HEADER_MISSING, item, expected="GS"))
        return self._group

    def _close_set(self, item: Segment) -> None:
        if self._set is None:
            self._segments.append(item)
            self._note(self._nearest(), found(FindingCode.HEADER_MISSING, item, expected="ST"))
            return
        self._keep(item)
        header, trailer = self._set.segments[0], self._set.segments[-1]
        counted = len(self._set.segments)
        self._compare_count(self._set.findings, trailer, counted)
        self._compare_control(self._set.findings, trailer, header.get(2))
        self._store_set(self._set)

    def _end_set(self) -> None:
        """Close a set whose trailer is missing."""
        if self._set is None:
            return
        header = self._set.segments[0]
        self._note(self._set.findings, found(FindingCode.TRAILER_MISSING, header, expected="SE"))
        self._store_set(self._set)

    def _store_set(self, item: _OpenSet) -> None:
        assert self._group is not None
        header = item.segments[0]
        version = self._group.header.get(8) if self._group.header else ""
        self._group.sets.append(
            TransactionSet(
                code=header.get(1),
                control_number=header.get(2),
                version=version,
                segments=tuple(item.segments),
                findings=tuple(item.findings),
                dialect=self._dialect,
            )
        )
        self._set = None

    def _close_group(self, item: Segment) -> None:
        self._end_set()
        self._segments.append(item)
        if self._group is None:
            self._note(self._findings, found(FindingCode.HEADER_MISSING, item, expected="GS"))
            return
        if self._group.header:
            self._compare_control(self._group.findings, item, self._group.header.get(6))
        self._compare_count(self._group.findings, item, len(self._group.sets))
        self._store_group(self._group, item)

    def _end_group(self) -> None:
        """Close a group whose trailer is missing."""
        self._end_set()
        if self._group is None:
            return
        if self._group.header:
            missing = FindingCode.TRAILER_MISSING
            self._note(self._group.findings, found(missing, self._group.header, expected="GE"))
        self._store_group(self._group, None)

    def _store_group(self, group: _OpenGroup, trailer: Segment | None) -> None:
        self._groups.append(
            Group(
                header=group.header,
                sets=tuple(group.sets),
                trailer=trailer,
                findings=tuple(group.findings),
            )
        )
        self._group = None

    def _close_interchange(self, item: Segment) -> None:
        self._end_group()
        self._segments.append(item)
        self._is_closed = True
        self._compare_count(self._findings, item, len(self._groups))
        self._compare_control(self._findings, item, self._segments[0].get(13))

    def _compare_count(self, into: list[Finding], trailer: Segment, counted: int) -> None:
        stated = trailer.get(1)
        is_number = stated.isascii() and stated.isdigit() and len(stated) <= 10
        if not is_number or int(stated) != counted:
            code = FindingCode.COUNT_WRONG
            self._note(into, found(code, trailer, 1, expected=counted, actual=stated))

    def _compare_control(self, into: list[Finding], trailer: Segment, opened: str) -> None:
        if trailer.get(2) != opened:
            code = FindingCode.CONTROL_NUMBER_WRONG
            self._note(into, found(code, trailer, 2, expected=opened, actual=trailer.get(2)))
