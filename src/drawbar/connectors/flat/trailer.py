"""What the trailers of a flat file claim: how many records stood before, and what they sum up to.

Also whether every record is there that must be, and once only where it must be.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal

from drawbar.connectors.flat.layout import Layout, RecordKind
from drawbar.connectors.flat.notes import Notes
from drawbar.connectors.flat.record import Record
from drawbar.edi import FindingCode


def check(records: Sequence[Record], layout: Layout, notes: Notes) -> None:
    """Note every count and sum that is wrong, and every record that lacks or is too many."""
    for kind in layout.records:
        if kind.counts or kind.sums:
            _Claims(kind).check(records, notes)
    seen = Counter(one.kind for one in records)
    for kind in layout.records:
        if kind.needed and not seen[kind.name] and not kind.parent:
            code = FindingCode.TRAILER_MISSING if kind.counts or kind.sums else _MISSING
            notes.whole(code, f"no {kind.name!r} stands in the file")
    _check_within(records, layout, notes)


_MISSING = FindingCode.SEGMENT_MISSING


def _check_within(records: Sequence[Record], layout: Layout, notes: Notes) -> None:
    inside: dict[int, Counter[str]] = defaultdict(Counter)
    once = {one.name for one in layout.records if one.once}
    for record in records:
        inside[record.parent][record.kind] += 1
        if record.kind in once and inside[record.parent][record.kind] > 1:
            notes.of_record(FindingCode.SEGMENT_REPEATED, "it stands there twice", record)
    for place, record in enumerate(records):
        for kind in layout.records:
            is_lacking = kind.needed and kind.parent == record.kind and record.kind
            if is_lacking and not inside[place][kind.name]:
                notes.of_record(_MISSING, f"no {kind.name!r} belongs to it", record)


class _Claims:
    """Counts and sums records from one trailer of a kind to the next."""

    def __init__(self, kind: RecordKind) -> None:
        self._kind = kind
        self._begin()

    def _begin(self) -> None:
        self._seen: Counter[str] = Counter()
        self._sums: dict[str, Decimal] = dict.fromkeys(self._kind.sums.values(), Decimal(0))

    def check(self, records: Sequence[Record], notes: Notes) -> None:
        for record in records:
            if not record.kind:
                continue
            self._seen[record.kind] += 1
            for source in self._sums:
                kind, _, name = source.partition(".")
                value = record.values.get(name) if kind == record.kind else None
                if isinstance(value, Decimal):
                    self._sums[source] += value
            if record.kind == self._kind.name:
                self._judge(record, notes)
                self._begin()

    def _judge(self, record: Record, notes: Notes) -> None:
        for name, kinds in self._kind.counts.items():
            counted = self._seen.total() if "*" in kinds else sum(self._seen[k] for k in kinds)
            self._compare(record, name, Decimal(counted), FindingCode.COUNT_WRONG, notes)
        for name, source in self._kind.sums.items():
            code = FindingCode.CHARGES_DO_NOT_FOOT
            self._compare(record, name, self._sums[source], code, notes)

    def _compare(
        self, record: Record, name: str, reckoned: Decimal, code: FindingCode, notes: Notes
    ) -> None:
        stated = record.values.get(name)
        if stated != reckoned:
            text = f"{record.kind}.{name} states what the records before it do not add up to"
            said = "nothing" if stated is None else f"{stated}"
            notes.of_record(code, text, record, field=name, expected=f"{reckoned}", actual=said)
