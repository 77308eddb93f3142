"""Where the fields of a record stand: by columns, or by the number of a cell."""

from collections.abc import Mapping

from msgspec import Struct

from drawbar.connectors.flat import idoc
from drawbar.connectors.flat.cut import EBCDIC, UnevenQuotes, cells
from drawbar.connectors.flat.field import Field
from drawbar.connectors.flat.layout import Charset, Form, Layout, LineEnd, RecordKind
from drawbar.connectors.flat.record import Record

ONE_BYTE = EBCDIC | {Charset.ASCII, Charset.ISO_8859_1, Charset.WINDOWS_1252}
CONTROL = RecordKind(name=idoc.CONTROL_TAG, tag=idoc.CONTROL_TAG, fields=idoc.CONTROL)


class Span(Struct, frozen=True, gc=False):
    """A field, and where it is in its record: letters ``[start, end)``, or the cell ``start``."""

    field: Field
    start: int
    end: int = 0


def spans_of(kind: RecordKind, layout: Layout) -> tuple[Span, ...]:
    """Return the fields of a record in order, an IDoc's with those before its data."""
    if layout.form is Form.DELIMITED:
        return tuple(_numbered(kind, layout))
    is_segment = layout.form is Form.IDOC and kind is not CONTROL
    base = idoc.DATA_AT if is_segment else 0
    own = tuple(_span(one, base) for one in kind.fields)
    return tuple(_span(one, 0) for one in idoc.HEAD) + own if is_segment else own


def _span(field: Field, base: int) -> Span:
    start = base + field.at - 1
    return Span(field, start, start + field.length)


def _numbered(kind: RecordKind, layout: Layout) -> list[Span]:
    """Return the cell of each field: it follows the one before where it names none itself."""
    spans, at = [], 0
    for field in kind.fields:
        at = field.at or at + 1
        if not field.at and kind.tag and at == layout.tag_at:
            at += 1
        spans.append(Span(field, at - 1))
    return spans


def offset_of(record: Record, name: str, layout: Layout) -> int:
    """Return the byte of the file at which a field begins, that of the record where none does."""
    kind = CONTROL if record.kind == CONTROL.name else layout.kind(record.kind)
    spans = spans_of(kind, layout) if kind else ()
    span = next((one for one in spans if one.field.name == name), None)
    if span is None or record.offset < 0:
        return record.offset
    text = record.raw.decode(layout.charset.value, "replace")
    start = span.start
    if layout.form is Form.DELIMITED:
        start = _start_of_cell(text, span.start, layout)
    return record.offset + bytes_before(text, start, layout)


def bytes_before(text: str, start: int, layout: Layout) -> int:
    """Return how many bytes the first letters of a record take."""
    if layout.charset in ONE_BYTE or text.isascii():
        return min(start, len(text))
    return len(text[:start].encode(layout.charset.value, "replace"))


def _start_of_cell(text: str, number: int, layout: Layout) -> int:
    body = text.removesuffix("\n").removesuffix("\r").removesuffix(LineEnd.NEL.text)
    try:
        parted = cells(body, layout.delimiter, layout.quote)
    except UnevenQuotes:
        return 0
    return parted[number][0] if number < len(parted) else 0


def fields_of(kind: RecordKind, layout: Layout) -> Mapping[str, Field]:
    """Return every field that a record may state, by name."""
    return {one.field.name: one.field for one in spans_of(kind, layout)}
