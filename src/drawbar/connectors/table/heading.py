"""The heading of a table: which column is where, or what is missing and what it might be called.

Headings compare without regard to case, blanks and underscores; nothing else is taken as the same.
"""

from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from msgspec import Struct

from drawbar.connectors.reading import Unreadable
from drawbar.connectors.table.layout import Layout
from drawbar.connectors.table.record import Lines, Record, records
from drawbar.freight.case import CaseKind

_NOT_TEXT = {
    b"PK\x03\x04": "an Excel workbook or a ZIP",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
    b"%PDF": "a PDF",
}


class Heading(Struct, frozen=True, kw_only=True):
    """The first line: its names as written, the place of each, and the delimiter that it shows."""

    names: tuple[str, ...]
    delimiter: str
    raw: bytes
    lines: int

    @property
    def places(self) -> dict[str, int]:
        """Return where each column stands, by ``plain`` heading."""
        return {plain(name): place for place, name in enumerate(self.names)}


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """Return a heading as it is compared."""
    return " ".join(name.replace("_", " ").split()).casefold()


def read_heading(lines: Lines, layout: Layout, *, wanted: Iterable[str]) -> Heading:
    """Take the heading off ``lines``. Raise ``Unreadable`` naming headings found and expected."""
    expected = tuple(dict.fromkeys(wanted))
    candidates = [_tried(lines, layout, delimiter) for delimiter in layout.delimiters]
    best = min(candidates, key=lambda found: _rank(found, expected))
    _require(best, expected)
    for _ in range(best.lines):
        lines.take()
    return best


def missing(heading: Heading, wanted: Iterable[str]) -> tuple[str, ...]:
    """Return those of ``wanted`` that the heading lacks."""
    return tuple(name for name in wanted if plain(name) not in heading.places)


def _rank(heading: Heading, expected: tuple[str, ...]) -> tuple[int, int]:
    """Return how ill a delimiter fits: what is missing, then how little it parts."""
    return len(missing(heading, expected)), -len(heading.names)


def _tried(lines: Lines, layout: Layout, delimiter: str) -> Heading:
    start = lines.next_line
    record = next(records(lines, layout, delimiter), None)
    if record is None:
        raise _refused("the file is empty", "empty", "Import a file with a line of headings.")
    taken = lines.next_line - start
    lines.give_back(record.raw.splitlines(keepends=True))
    names = _names(record)
    return Heading(names=names, delimiter=delimiter, raw=record.raw, lines=taken)


def _names(record: Record) -> tuple[str, ...]:
    for start, what in _NOT_TEXT.items():
        if record.raw.startswith(start):
            text = f"the file is {what}, not a text table"
            raise _refused(text, "not_text", "Save it as CSV, encoded as UTF-8, and import that.")
    if record.fault is not None:
        raise _refused(record.fault.text, record.fault.cause, record.fault.remedy)
    return tuple(name.strip().removeprefix("\ufeff").strip() for name in record.cells)


def _require(heading: Heading, expected: tuple[str, ...]) -> None:
    twice = [name for name, n in Counter(map(plain, heading.names)).items() if n > 1]
    needed_twice = [name for name in expected if plain(name) in twice]
    if needed_twice:
        text = f"the heading {needed_twice[0]!r} stands more than once"
        raise _refused(text, "heading_twice", "Name the columns so that each heading stands once.")
    lacking = missing(heading, expected)
    if lacking:
        raise _refused(
            _lack(heading, lacking, expected),
            "headings",
            "Rename the columns, or write their headings into a mapping of your own.",
        )


def _lack(heading: Heading, lacking: tuple[str, ...], expected: tuple[str, ...]) -> str:
    taken = {plain(name) for name in expected}
    by_plain = {plain(name): name for name in heading.names if name and plain(name) not in taken}
    hints = []
    for name in lacking:
        near = get_close_matches(plain(name), by_plain, n=1, cutoff=0.5)
        hints.append(f"{name!r} (is it {by_plain[near[0]]!r}?)" if near else repr(name))
    found = ", ".join(repr(name) for name in heading.names[:60])
    return f"the file lacks {', '.join(hints)}; its headings are {found}"


def _refused(text: str, cause: str, remedy: str) -> Unreadable:
    return Unreadable(
        text,
        place="line 1",
        cause=f"table:{cause}",
        remedy=remedy,
        kind=CaseKind.IMPORT_LINE,
    )
