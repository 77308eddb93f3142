"""Writes records as a flat file: what does not fit is refused, never cut off.

Counts and sums of trailers are reckoned here, as are the numbers of an IDoc's segments.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import structs

from drawbar.connectors.flat import idoc
from drawbar.connectors.flat.field import Field, Refused, Value, write_value
from drawbar.connectors.flat.layout import Form, Layout, RecordKind
from drawbar.connectors.flat.record import FlatFile, Record
from drawbar.connectors.flat.spot import CONTROL, fields_of, spans_of


class UnableToWrite(ValueError):
    """A value does not fit the layout. Shorten it where its meaning is known, or mend the layout.

    ``field`` is the record and field that it was meant for.
    """

    def __init__(self, text: str, field: str = "") -> None:
        """Say what does not fit."""
        super().__init__(text)
        self.field = field


def rewrite(file: FlatFile) -> bytes:
    """Return a file that was read, byte by byte as it was."""
    return b"".join(record.raw for record in file.records)


def write(records: Sequence[Record], layout: Layout) -> bytes:
    """Return the bytes of records in their order. Raise ``UnableToWrite``.

    Of each only ``kind`` and ``values`` count. An IDoc's control record comes first by itself.
    """
    lines = [_line(one, layout) for one in _complete(records, layout)]
    text = "".join(line + layout.line_end.text for line in lines)
    if layout.heading:
        text = _heading(layout) + layout.line_end.text + text
    try:
        return text.encode(layout.charset.value)
    except UnicodeEncodeError as error:
        letter = text[error.start]
        raise UnableToWrite(f"{letter!r} is none of the charset {layout.charset.value}") from error


def _complete(records: Sequence[Record], layout: Layout) -> Iterator[Record]:
    """Yield the records with what is reckoned: counts, sums, the numbers of segments."""
    reckoned = _reckoned(records, layout)
    if layout.form is Form.IDOC:
        yield from _numbered(reckoned, layout)
    else:
        yield from reckoned


def _reckoned(records: Sequence[Record], layout: Layout) -> Iterator[Record]:
    since: dict[str, list[Record]] = {one.name: [] for one in layout.records}
    for record in records:
        kind = _kind(record, layout)
        if kind is CONTROL:
            yield record
            continue
        for seen in since.values():
            seen.append(record)
        values = dict(record.values) | _claims(kind, since[kind.name])
        if kind.counts or kind.sums:
            since[kind.name] = []
        yield structs.replace(record, values=values)


def _claims(kind: RecordKind, seen: Sequence[Record]) -> dict[str, Value]:
    if not kind.counts and not kind.sums:
        return {}
    counted = Counter(one.kind for one in seen)
    made: dict[str, Value] = {}
    for name, kinds in kind.counts.items():
        made[name] = Decimal(counted.total() if "*" in kinds else sum(counted[k] for k in kinds))
    for name, source in kind.sums.items():
        other, _, field = source.partition(".")
        values = (one.values.get(field) for one in seen if one.kind == other)
        made[name] = sum((one for one in values if isinstance(one, Decimal)), start=Decimal(0))
    return made


def _numbered(records: Iterator[Record], layout: Layout) -> Iterator[Record]:
    """Yield the control record, then the segments with their numbers and those of their parents."""
    segments = list(records)
    said: Mapping[str, Value] = {}
    if segments and segments[0].kind == CONTROL.name:
        said = segments.pop(0).values
    control: dict[str, Value] = {"TABNAM": idoc.CONTROL_TAG, **layout.control, **said}
    yield Record(kind=CONTROL.name, values=control)
    head = {name: control[name] for name in ("MANDT", "DOCNUM") if name in control}
    last: dict[str, tuple[int, int]] = {}
    for number, record in enumerate(segments, start=1):
        kind = _kind(record, layout)
        above, depth = last.get(kind.parent, (0, 0))
        last[kind.name] = (number, depth + 1)
        made: dict[str, Value] = {
            "SEGNAM": kind.tag,
            "SEGNUM": f"{number:06d}",
            "PSGNUM": f"{above:06d}",
            "HLEVEL": f"{depth + 1:02d}",
        }
        yield structs.replace(record, values={**record.values, **head, **made})


def _kind(record: Record, layout: Layout) -> RecordKind:
    if layout.form is Form.IDOC and record.kind == CONTROL.name:
        return CONTROL
    kind = layout.kind(record.kind)
    if kind is None:
        raise UnableToWrite(f"the layout has no record {record.kind!r}")
    return kind


def _line(record: Record, layout: Layout) -> str:
    kind = _kind(record, layout)
    if unknown := set(record.values) - set(fields_of(kind, layout)):
        name = min(unknown)
        raise UnableToWrite(f"{kind.name!r} has no field {name!r}", f"{kind.name}.{name}")
    for field in kind.fields:
        if field.needed and field.name not in record.values:
            where = f"{kind.name}.{field.name}"
            raise UnableToWrite(f"{where} is needed and nothing is said for it", where)
    if layout.form is Form.DELIMITED:
        return _delimited(kind, record.values, layout)
    return _fixed(kind, record.values, layout)


def _fixed(kind: RecordKind, values: Mapping[str, Value], layout: Layout) -> str:
    placed = [(one.start, _written(kind, one.field, values)) for one in spans_of(kind, layout)]
    if layout.form is Form.FIXED and kind.tag:
        placed.append((layout.tag_at - 1, kind.tag.ljust(layout.tag_length)))
    end = max(start + len(text) for start, text in placed)
    line = [" "] * max(end, 0 if kind is CONTROL else layout.record_length)
    for start, text in placed:
        line[start : start + len(text)] = text
    return "".join(line)


def _delimited(kind: RecordKind, values: Mapping[str, Value], layout: Layout) -> str:
    row: dict[int, str] = {layout.tag_at - 1: kind.tag} if kind.tag else {}
    for span in spans_of(kind, layout):
        row[span.start] = _written(kind, span.field, values)
    every = (row.get(number, "") for number in range(max(row) + 1))
    return layout.delimiter.join(_cell(one, kind, layout) for one in every)


def _cell(text: str, kind: RecordKind, layout: Layout) -> str:
    special = (layout.delimiter, layout.quote or "\n", "\r", "\n", "\x85")
    if not any(one in text for one in special):
        return text
    if not layout.quote:
        raise UnableToWrite(f"{text[:40]!r} holds a delimiter, and nothing is quoted", kind.name)
    return layout.quote + text.replace(layout.quote, layout.quote * 2) + layout.quote


def _written(kind: RecordKind, field: Field, values: Mapping[str, Value]) -> str:
    try:
        text = write_value(field, values.get(field.name))
    except Refused as error:
        where = f"{kind.name}.{field.name}"
        raise UnableToWrite(f"{kind.name}: {error}", where) from error
    if field.length and any(one in text for one in "\r\n\x85"):
        raise UnableToWrite(f"{text[:40]!r} holds a line end", f"{kind.name}.{field.name}")
    return text


def _heading(layout: Layout) -> str:
    kind = layout.records[0]
    return layout.delimiter.join(_cell(one.name, kind, layout) for one in kind.fields)
