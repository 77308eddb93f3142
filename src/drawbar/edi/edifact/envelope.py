"""The envelopes of EDIFACT: who opened one, who closed it, and whether counts and names agree.

UNB..UNZ holds messages, or groups (UNG..UNE) of messages; UNH..UNT holds segments.
"""

from collections.abc import Iterator

from msgspec import Struct, field, structs

from drawbar.edi.component import component
from drawbar.edi.document import Group, TransactionSet
from drawbar.edi.finding import Finding, FindingCode
from drawbar.edi.limit import Findings
from drawbar.edi.meaning import found
from drawbar.edi.segment import Dialect, Segment
from drawbar.edi.value import is_date, is_time, read_whole


class Tree(Struct, frozen=True, kw_only=True):
    """Segments with their positions, the same by group, and what the outer envelope lacks."""

    segments: tuple[Segment, ...]
    groups: tuple[Group, ...]
    findings: tuple[Finding, ...]


class _OpenGroup(Struct):
    header: Segment | None
    sets: list[TransactionSet] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    controls: set[str] = field(default_factory=set)


def group_segments(segments: list[Segment], dialect: Dialect, findings: Findings) -> Tree:
    """Return the segments of one interchange as groups. Messages outside of any share one."""
    grouper = _Grouper(dialect, findings)
    for index, item in enumerate(segments):
        grouper.take(item if item.index == index else structs.replace(item, index=index))
    return grouper.finish()


class _Grouper:
    """Walks once over the segments. At most one group and one message are open."""

    def __init__(self, dialect: Dialect, findings: Findings) -> None:
        self._dialect, self._limit = dialect, findings
        self._segments: list[Segment] = []
        self._groups: list[Group] = []
        self._findings: list[Finding] = []
        self._controls: set[str] = set()
        self._group: _OpenGroup | None = None
        self._message: list[Segment] = []
        self._is_closed = False

    def take(self, item: Segment) -> None:
        """Put the next segment where it belongs."""
        match item.tag:
            case "UNB":
                self._open_interchange(item)
            case "UNG":
                self._open_group(item)
            case "UNH":
                self._open_message(item)
            case "UNT":
                self._close_message(item)
            case "UNE":
                self._close_group(item)
            case "UNZ":
                self._close_interchange(item)
            case _:
                self._keep(item)

    def finish(self) -> Tree:
        """Close what is still open and return everything."""
        self._end_group()
        first = self._segments[0] if self._segments else None
        if first and first.tag != "UNB":
            self._note(self._findings, found(FindingCode.HEADER_MISSING, first, expected="UNB"))
        if first and not self._is_closed:
            self._note(self._findings, found(FindingCode.TRAILER_MISSING, first, expected="UNZ"))
        return Tree(
            segments=tuple(self._segments),
            groups=tuple(self._groups),
            findings=tuple(self._findings),
        )

    def _note(self, into: list[Finding], finding: Finding) -> None:
        self._limit.add(into, finding)

    def _nearest(self) -> list[Finding]:
        return self._group.findings if self._group else self._findings

    def _keep(self, item: Segment) -> None:
        if not self._message:
            self._segments.append(item)
            self._note(self._nearest(), found(FindingCode.SEGMENT_OUTSIDE_SET, item))
            return
        self._put(item)

    def _put(self, item: Segment) -> None:
        position = len(self._message) + 1
        placed = Segment(item.tag, item.elements, item.offset, position, item.index)
        self._message.append(placed)
        self._segments.append(placed)

    def _open_interchange(self, item: Segment) -> None:
        self._segments.append(item)
        if len(self._segments) > 1:
            self._note(self._nearest(), found(FindingCode.SEGMENT_OUTSIDE_SET, item))
            return
        for finding in header_findings(item, self._dialect):
            self._note(self._findings, finding)

    def _open_group(self, item: Segment) -> None:
        self._end_group()
        self._segments.append(item)
        self._group = _OpenGroup(item)
        if item.get(5) in self._controls:
            self._note(self._group.findings, found(FindingCode.CONTROL_NUMBER_REPEATED, item, 5))
        self._controls.add(item.get(5))

    def _open_message(self, item: Segment) -> None:
        self._end_message()
        self._group = self._group or _OpenGroup(None)
        self._put(item)

    def _close_message(self, item: Segment) -> None:
        if not self._message:
            self._segments.append(item)
            self._note(self._nearest(), found(FindingCode.HEADER_MISSING, item, expected="UNH"))
            return
        self._put(item)
        findings: list[Finding] = []
        trailer = self._message[-1]
        self._compare_count(findings, trailer, len(self._message))
        self._compare_control(findings, trailer, self._message[0].get(1))
        self._store_message(findings)

    def _end_message(self) -> None:
        """Close a message whose trailer is missing."""
        if self._message:
            missing: list[Finding] = []
            header = self._message[0]
            self._note(missing, found(FindingCode.TRAILER_MISSING, header, expected="UNT"))
            self._store_message(missing)

    def _store_message(self, findings: list[Finding]) -> None:
        assert self._group is not None
        header, dialect = self._message[0], self._dialect
        if header.get(1) in self._group.controls:
            self._note(findings, found(FindingCode.CONTROL_NUMBER_REPEATED, header, 1))
        self._group.controls.add(header.get(1))
        version, release = (component(header, 2, number, dialect) for number in (2, 3))
        message = TransactionSet(
            code=component(header, 2, 1, dialect),
            control_number=component(header, 1, 1, dialect),
            version=f"{version}.{release}" if release else version,
            segments=tuple(self._message),
            findings=tuple(findings),
            dialect=dialect,
        )
        self._group.sets.append(message)
        self._message = []

    def _close_group(self, item: Segment) -> None:
        self._end_message()
        self._segments.append(item)
        group = self._group
        if group is None or group.header is None:
            self._note(self._nearest(), found(FindingCode.HEADER_MISSING, item, expected="UNG"))
            return
        self._compare_control(group.findings, item, group.header.get(5))
        self._compare_count(group.findings, item, len(group.sets))
        self._store_group(group, item)

    def _end_group(self) -> None:
        """Close a group whose trailer is missing, or the messages that are in none."""
        self._end_message()
        group = self._group
        if group is None:
            return
        if group.header:
            missing = FindingCode.TRAILER_MISSING
            self._note(group.findings, found(missing, group.header, expected="UNE"))
        self._store_group(group, None)

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
        grouped = sum(group.header is not None for group in self._groups)
        counted = grouped or sum(len(group.sets) for group in self._groups)
        self._compare_count(self._findings, item, counted)
        first = self._segments[0]
        if first.tag == "UNB":
            self._compare_control(self._findings, item, first.get(5))

    def _compare_count(self, into: list[Finding], trailer: Segment, counted: int) -> None:
        stated = trailer.get(1)
        if read_whole(stated) != counted:
            code = FindingCode.COUNT_WRONG
            self._note(into, found(code, trailer, 1, expected=counted, actual=stated))

    def _compare_control(self, into: list[Finding], trailer: Segment, opened: str) -> None:
        if trailer.get(2) != opened:
            code = FindingCode.CONTROL_NUMBER_WRONG
            self._note(into, found(code, trailer, 2, expected=opened, actual=trailer.get(2)))


def header_findings(unb: Segment, dialect: Dialect) -> Iterator[Finding]:
    """Yield what is wrong with an interchange header: what it lacks, its version, its date."""
    names = ("syntax", "sender", "receiver", "date and time", "control reference")
    for number, name in enumerate(names, start=1):
        if not component(unb, number, 1, dialect).strip():
            yield found(FindingCode.ELEMENT_MISSING, unb, number, expected=name)
    version = component(unb, 1, 2, dialect)
    if version not in {"1", "2", "3", "4"}:
        yield found(FindingCode.SYNTAX_UNKNOWN, unb, 1, component=2, expected="1-4", actual=version)
    day, clock = (component(unb, 4, number, dialect) for number in (1, 2))
    if day and not is_date(day):
        yield found(FindingCode.DATE_BAD, unb, 4, component=1, actual=day)
    if clock and not is_time(clock):
        yield found(FindingCode.TIME_BAD, unb, 4, component=2, actual=clock)
