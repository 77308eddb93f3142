"""Interchanges, sets and findings as data: one JSON object, written as it is read."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType

from drawbar.cli.edi.taken import Taken
from drawbar.edi import Finding, Severity, TransactionSet
from drawbar.edi.x12.acknowledge import Weigh


class FindingListed(Struct, frozen=True, kw_only=True):
    """``segment`` counts in a set from ST (UNH) = 1, elsewhere from ISA (UNB) = 1; 0 is no segment.

    ``offset`` is the byte in the file where the segment begins, -1 for no segment; ``element`` 0 is
    the whole segment.
    """

    code: str
    segment: int
    offset: int
    element: int
    expected: str
    actual: str
    severity: Severity
    text: str


class GroupListed(Struct, frozen=True, kw_only=True):
    """A group (GS, UNG). ``sets`` counts those in it; they are listed with the interchange."""

    code: str
    control: str
    version: str
    sets: int
    findings: list[FindingListed]


class SetListed(Struct, frozen=True, kw_only=True):
    """``segments`` counts from ST to SE (UNH to UNT), both included."""

    code: str
    control: str
    segments: int
    findings: list[FindingListed]


class InterchangeListed(Struct, frozen=True, kw_only=True):
    """One interchange. ``file`` is there when several files are listed together."""

    standard: str
    sender: str
    receiver: str
    control: str
    groups: list[GroupListed]
    sets: list[SetListed]
    findings: list[FindingListed]
    file: str | UnsetType = UNSET

    @property
    def is_refused(self) -> bool:
        """Say whether any finding weighs so much that what it is in is refused."""
        lists = [self.findings, *(one.findings for one in self.groups)]
        lists += [one.findings for one in self.sets]
        return any(each.severity is Severity.ERROR for found in lists for each in found)


def listed(one: Taken, weigh: Weigh, *, with_file: bool = False) -> InterchangeListed:
    """Return one interchange as data, each finding as ``weigh`` has it."""
    identity = one.interchange.identity
    groups = [group for group in one.interchange.groups if group.header is not None]
    loose = [group for group in one.interchange.groups if group.header is None]
    outer = (*one.around, *(each for group in loose for each in one.of_group(group)))
    return InterchangeListed(
        standard=one.standard,
        sender=identity.sender,
        receiver=identity.receiver,
        control=identity.control_number,
        groups=[
            GroupListed(
                code=group.code,
                control=group.control_number,
                version=group.version,
                sets=len(group.sets),
                findings=[listed_finding(each, weigh) for each in one.of_group(group)],
            )
            for group in groups
        ],
        sets=[_set(one, item, weigh) for item in one.interchange.sets],
        findings=[listed_finding(each, weigh) for each in outer],
        file=one.source if with_file else UNSET,
    )


def _set(one: Taken, item: TransactionSet, weigh: Weigh) -> SetListed:
    return SetListed(
        code=item.code,
        control=item.control_number,
        segments=len(item.segments),
        findings=[listed_finding(each, weigh) for each in one.of_set(item)],
    )


def listed_finding(finding: Finding, weigh: Weigh) -> FindingListed:
    """Return a finding as data."""
    place = finding.place
    return FindingListed(
        code=finding.code,
        segment=place.segment or finding.index + 1,
        offset=place.offset,
        element=place.element,
        expected=finding.expected,
        actual=finding.actual,
        severity=weigh(finding),
        text=finding.text,
    )


def json_lines(name: str, entries: Iterable[Any]) -> Iterator[str]:
    """Yield one JSON object that holds ``entries`` under ``name``, an entry a line."""
    yield f'{{"{name}": ['
    before = ""
    for entry in entries:
        if before:
            yield f"{before},"
        before = encoded(entry)
    if before:
        yield before
    yield "]}"


def encoded(entry: Any) -> str:
    """Return an entry as JSON; what is not text (a byte outside its character set) is escaped."""
    return msgspec.json.encode(_printable(msgspec.to_builtins(entry))).decode()


def _printable(value: Any) -> Any:
    """Replace the lone surrogates that stand for undecodable bytes; JSON cannot carry them."""
    match value:
        case str():
            return value if value.isascii() else _whole(value)
        case list() | tuple():
            return [_printable(each) for each in value]
        case dict():
            return {_printable(key): _printable(each) for key, each in value.items()}
        case _:
            return value


def _whole(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
