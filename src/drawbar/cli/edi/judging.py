"""``drawbar edi validate``: whether files are accepted at the chosen strictness, and why not."""

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from drawbar.cli.edi.inspecting import told
from drawbar.cli.edi.taken import Taken, Unreadable, take_all
from drawbar.cli.edi.weighing import Strictness
from drawbar.cli.options import VALIDATION, counted, say
from drawbar.cli.table import show_table
from drawbar.edi import Finding, Severity

ROWS_MAX = 200
_HEADINGS = ("Set", "Number", "Segment", "Byte", "Weighs", "Finding", "What")
_WORDS = {Severity.ERROR: "refused", Severity.WARNING: "warning", Severity.NOTE: "note"}


class _Count(Struct):
    """What was read, and what the findings weigh."""

    interchanges: int = 0
    sets: int = 0
    refused: int = 0
    weights: Counter[Severity] = field(default_factory=Counter)


class _Row(Struct, frozen=True):
    source: str
    cells: tuple[object, ...]


def validate_files(
    files: Sequence[str], charset: str, strictness: Strictness, *, every: bool
) -> int:
    """Print a table of findings; return 0 when all is accepted, 4 when something is refused."""
    unreadable: list[Unreadable] = []
    count = _Count()
    kept: list[_Row] = []
    for one in take_all(files, charset, unreadable):
        for row in _rows(one, strictness, count):
            if every or len(kept) < ROWS_MAX:
                kept.append(row)
    _show(kept, with_file=len(files) > 1)
    left = count.weights.total() - len(kept)
    if left:
        say(f"Left out: {counted(left, 'finding')}. --all shows every one; --json lists them.")
    if count.interchanges:
        say(_sum(count))
    code = told(unreadable)
    return VALIDATION if count.refused else code


def _rows(one: Taken, strictness: Strictness, count: _Count) -> Iterator[_Row]:
    count.interchanges += 1
    rows = [(finding, "", one.interchange.identity.control_number) for finding in one.around]
    is_refused = any(strictness.refuses(finding) for finding, _, _ in rows)
    yield from (_row(one, *each, strictness, count) for each in rows)
    for group in one.interchange.groups:
        envelope = one.of_group(group)
        is_refused = is_refused or any(map(strictness.refuses, envelope))
        for finding in envelope:
            yield _row(one, finding, group.code, group.control_number, strictness, count)
        for item in group.sets:
            found = one.of_set(item)
            count.sets += 1
            count.refused += any(map(strictness.refuses, found))
            for finding in found:
                yield _row(one, finding, item.code, item.control_number, strictness, count)
    count.refused += is_refused


def _row(
    one: Taken, finding: Finding, code: str, number: str, strictness: Strictness, count: _Count
) -> _Row:
    weight = strictness.weigh(finding)
    count.weights[weight] += 1
    place = finding.place
    where = f"{place.segment}" if place.segment else ""
    offset = f"{place.offset:,}" if place.offset >= 0 else ""
    cells = (code, number, where, offset, _WORDS[weight], finding.code, finding.text)
    return _Row(one.source, cells)


def _show(rows: Sequence[_Row], *, with_file: bool) -> None:
    if not rows:
        return
    headings = ("File", *_HEADINGS) if with_file else _HEADINGS
    cells = ((row.source, *row.cells) if with_file else row.cells for row in rows)
    show_table(headings, cells, right={"Segment", "Byte"})


def _sum(count: _Count) -> str:
    weights = count.weights
    found = ", ".join(
        counted(weights[severity], word)
        for severity, word in (
            (Severity.ERROR, "error"),
            (Severity.WARNING, "warning"),
            (Severity.NOTE, "note"),
        )
    )
    verdict = "Refused" if count.refused else "Accepted"
    read = f"{counted(count.interchanges, 'interchange')}, {counted(count.sets, 'set')}"
    return f"{verdict}: {read}; {found}."
