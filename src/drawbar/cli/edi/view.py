"""A message as a person reads it: segment by segment, what it says, and what is wrong under it.

Large files are cut short: what was left out is counted, with the option that shows it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from drawbar.cli.edi.explained import parts, segment_word, set_word
from drawbar.cli.edi.standard import ENVELOPES, Standard
from drawbar.cli.edi.taken import Taken
from drawbar.cli.options import counted
from drawbar.cli.table import visible
from drawbar.edi import Dialect, Finding, Segment, TransactionSet

SEGMENTS_MAX = 200
FINDINGS_MAX = 200
_WIDE = 100
_NAMES = {"\r\n": "CR LF", "\n": "LF", "\r": "CR", "\x1d": "GS", "\x1f": "US", "\x1c": "FS"}

Say = Callable[[str], None]


class Wish(Struct, frozen=True, kw_only=True):
    """What to show: every segment, one set by its control number, or findings alone."""

    every: bool = False
    only_set: str = ""
    findings_only: bool = False


class View:
    """Shows interchange after interchange and remembers what it left out."""

    def __init__(self, wish: Wish, say: Say) -> None:
        """Show with ``say``, one line at a time."""
        self._wish, self._say = wish, say
        unbounded = wish.every or bool(wish.only_set)
        self._segments_left = 0 if wish.findings_only else SEGMENTS_MAX
        self._findings_left = FINDINGS_MAX
        self._is_bounded = not unbounded
        self.segments_left_out = 0
        self.sets_left_out = 0
        self.findings_left_out = 0
        self.sets = 0
        self.findings = 0

    def show(self, one: Taken) -> None:
        """Show one interchange."""
        for line in _heading(one):
            self._say(line)
        for finding in one.around:
            self._finding(finding, indent=2)
        self._outside(one)
        for group in one.interchange.groups:
            if group.header is not None:
                words = f"group {group.code} {group.control_number} {group.version}".rstrip()
                self._say(f"  {visible(words)}, {counted(len(group.sets), 'set')}")
            for finding in one.of_group(group):
                self._finding(finding, indent=4)
            for item in group.sets:
                self._set(one, item)

    def left_out(self) -> Iterator[str]:
        """Yield what was not shown and how to see it."""
        if self.segments_left_out:
            segments = counted(self.segments_left_out, "segment")
            sets = f" of {counted(self.sets_left_out, 'set')}" if self.sets_left_out else ""
            yield (
                f"Left out: {segments}{sets}. --all shows every one, --set NUMBER one set, "
                "--findings only what was found."
            )
        if self.findings_left_out:
            count = counted(self.findings_left_out, "finding")
            yield f"Left out: {count}. --all shows every one; --json lists them for programs."

    def _outside(self, one: Taken) -> None:
        """Show what stands in no set, such as a TA1; envelopes are in the headings."""
        if self._wish.only_set:
            return
        for segment in one.interchange.segments:
            if segment.position or segment.tag in ENVELOPES:
                continue
            if self._is_shown([]):
                for line in _segment_lines(segment, one, one.interchange.version):
                    self._say(line)
            else:
                self.segments_left_out += not self._wish.findings_only

    def _set(self, one: Taken, item: TransactionSet) -> None:
        if self._wish.only_set not in {"", item.control_number}:
            return
        self.sets += 1
        found = one.of_set(item)
        by_index: dict[int, list[Finding]] = defaultdict(list)
        for finding in found:
            by_index[finding.index].append(finding)
        self._say(f"    {_set_heading(item, len(found))}")
        is_cut = False
        for segment in item.segments:
            here = by_index.pop(segment.index, [])
            if self._is_shown(here):
                for line in _segment_lines(segment, one, item.version):
                    self._say(line)
            else:
                self.segments_left_out += not self._wish.findings_only
                is_cut = not self._wish.findings_only
            for finding in here:
                self._finding(finding, indent=14)
        self.sets_left_out += is_cut
        for finding in (each for rest in by_index.values() for each in rest):
            self._finding(finding, indent=6)

    def _is_shown(self, found: list[Finding]) -> bool:
        """Show a segment while there is room; beyond that, those with findings alone."""
        if not self._is_bounded and not self._wish.findings_only:
            return True
        if self._segments_left > 0:
            self._segments_left -= 1
            return True
        return bool(found) and (self._findings_left > 0 or not self._is_bounded)

    def _finding(self, finding: Finding, *, indent: int) -> None:
        self.findings += 1
        if self._is_bounded:
            self._findings_left -= 1
            if self._findings_left < 0:
                self.findings_left_out += 1
                return
        where = f", byte {finding.place.offset:,}" if finding.place.offset >= 0 else ""
        text = visible(finding.text)
        self._say(f"{' ' * indent}^ {finding.severity} {finding.code}{where}: {text}")


def _heading(one: Taken) -> Iterable[str]:
    interchange, identity = one.interchange, one.interchange.identity
    sender = ":".join(filter(None, (identity.sender_qualifier, identity.sender)))
    receiver = ":".join(filter(None, (identity.receiver_qualifier, identity.receiver)))
    name = "standard input" if one.source == "-" else one.source
    kind = "test" if interchange.is_test else "production"
    size = len(interchange.raw)
    stated = f"{one.standard} {interchange.version}".rstrip()
    yield visible(f"{stated}  {sender} -> {receiver}  control {identity.control_number}  ({kind})")
    count = len(list(interchange.sets))
    dialect = _dialect_words(interchange.dialect)
    yield visible(
        f"  {name}, byte {one.offset + interchange.segments[0].offset:,}: {size:,} bytes, "
        f"{counted(len(interchange.segments), 'segment')}, {counted(count, 'set')}"
    )
    yield visible(f"  {dialect}")


def _dialect_words(dialect: Dialect) -> str:
    marks = (
        ("elements", dialect.element),
        ("components", dialect.component),
        ("repetitions", dialect.repetition),
        ("release", dialect.release),
        ("segments", dialect.terminator),
        ("line end", dialect.line_end),
        ("character set", dialect.charset),
    )
    return ", ".join(f"{name} {_NAMES.get(mark, mark)}" for name, mark in marks if mark)


def _set_heading(item: TransactionSet, findings: int) -> str:
    word = set_word(item)
    words = f"set {item.code} {item.control_number}" + (f": {word}" if word else "")
    told = f"{counted(len(item.segments), 'segment')}, {counted(findings, 'finding')}"
    return visible(f"{words} ({item.version or 'no version'}, {told})")


def _segment_lines(segment: Segment, one: Taken, version: str) -> Iterator[str]:
    """Yield a segment and its elements; outside of a set it has no number."""
    number = segment.position or ""
    word = segment_word(segment.tag, one.standard)
    offset = f"byte {segment.offset + one.offset:,}"
    yield visible(f"      {number:>4}  {segment.tag:<4}{word:<40} {offset}")
    dialect = one.interchange.dialect
    said = list(parts(segment, standard=one.standard, version=version, dialect=dialect))
    width = max((len(part.name) for part in said), default=0)
    for part in said:
        label = f"  ({part.label})" if part.label else ""
        text = part.text if len(part.text) <= _WIDE else f"{part.text[:_WIDE]}…"
        place = f"{part.place:<5}" if one.standard is Standard.EDIFACT else f"{part.place:<3}"
        yield visible(f"              {place} {part.name:<{width}}  {text}{label}").rstrip()
