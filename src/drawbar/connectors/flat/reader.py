"""Reads a flat file by its layout: records with places, and a finding for all that is wrong.

Reading never raises on data, whatever the bytes are, and never stops at a finding.
"""

from collections.abc import Iterator

from msgspec import Struct, structs

from drawbar.connectors.flat import idoc, numbering, trailer
from drawbar.connectors.flat.cut import RECORD_BYTES_MAX, Piece, UnevenQuotes, cells, pieces
from drawbar.connectors.flat.field import Field, Unread, Value, read_value
from drawbar.connectors.flat.layout import Form, Layout, LineEnd, RecordKind
from drawbar.connectors.flat.notes import Notes
from drawbar.connectors.flat.record import FlatFile, Record
from drawbar.edi import FindingCode

BYTES_MAX = 64 * 1024 * 1024
RECORDS_MAX = 500_000
CONTROL = RecordKind(name="EDI_DC40", tag=idoc.CONTROL_TAG, fields=idoc.CONTROL)
END_OF_FILE = b"\x1a"
"""What some systems put behind a file."""


class Found(Struct, frozen=True):
    """A field of a record as it is written, and how many letters stand before it."""

    field: Field
    written: str
    start: int


def read(data: bytes, layout: Layout) -> FlatFile:
    """Return the records of a file and what is wrong with them."""
    return _Reading(layout).read(data)


class _Reading:
    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._charset = layout.charset.value
        self._by_tag = {one.tag: one for one in layout.records}
        if layout.form is Form.IDOC:
            self._by_tag[CONTROL.tag] = CONTROL
        self._records: list[Record] = []
        self._open: dict[str, int] = {}
        self._notes = Notes()

    def read(self, data: bytes) -> FlatFile:
        if len(data) > BYTES_MAX:
            self._notes.limit("bytes", BYTES_MAX, len(data))
            data = data[:BYTES_MAX]
        piece = None
        for count, piece in enumerate(pieces(data, self._layout), start=1):
            if count > RECORDS_MAX:
                self._notes.limit("records", RECORDS_MAX, count)
                break
            self._take(piece)
        self._end(piece)
        trailer.check(self._records, self._layout, self._notes)
        if self._layout.form is Form.IDOC:
            numbering.check(self._records, CONTROL.name, self._notes)
        return FlatFile(records=tuple(self._records), findings=tuple(self._notes.found))

    def _take(self, piece: Piece) -> None:
        is_first = not self._records
        record = self._record(piece, is_heading=is_first and self._layout.heading)
        parent = self._parent(record)
        record = structs.replace(record, parent=parent)
        if record.kind:
            self._open[record.kind] = len(self._records)
        self._records.append(record)

    def _record(self, piece: Piece, *, is_heading: bool) -> Record:
        empty = Record(kind="", number=piece.number, offset=piece.offset, raw=piece.raw)
        body = piece.body
        if is_heading or body == END_OF_FILE:
            return empty
        if len(body) > RECORD_BYTES_MAX:
            self._notes.limit("letters", RECORD_BYTES_MAX, len(body), piece)
            return empty
        try:
            text = body.decode(self._charset)
        except UnicodeDecodeError as error:
            code = FindingCode.CHARSET_BROKEN
            self._notes.add(code, "a byte is none of the charset", piece, at=error.start)
            return empty
        if not text.strip():
            self._notes.add(FindingCode.SEGMENT_EMPTY, "nothing stands on it", piece)
            return empty
        return self._filled(empty, piece, text)

    def _filled(self, empty: Record, piece: Piece, text: str) -> Record:
        try:
            parted = self._parted(text)
        except UnevenQuotes as error:
            self._notes.add(FindingCode.CHARACTER_BAD, str(error), piece)
            return empty
        kind = self._kind(text, parted)
        if kind is None:
            said = self._tag(text, parted)[:40]
            code = FindingCode.SEGMENT_UNKNOWN
            self._notes.add(code, "no record has this tag", piece, actual=said)
            return empty
        values: dict[str, Value] = {}
        offsets: dict[str, int] = {}
        for number, one in enumerate(self._fields(kind, text, parted, piece), start=1):
            name = one.field.name
            offsets[name] = piece.offset + len(text[: one.start].encode(self._charset))
            value = self._value(one, kind, piece, number=number, offset=offsets[name])
            if value is not None:
                values[name] = value
        return structs.replace(empty, kind=kind.name, values=values, offsets=offsets)

    def _value(
        self, one: Found, kind: RecordKind, piece: Piece, *, number: int, offset: int
    ) -> Value | None:
        """Return what a field states, None with a finding where that cannot be told."""
        what = f"{kind.name}.{one.field.name}"
        try:
            value = read_value(one.field, one.written)
        except Unread as error:
            self._notes.field(error.code, f"{what}: {error}", piece, number, offset, error)
            return None
        if value is None and one.field.needed:
            missing = Unread(f"{what} is empty", FindingCode.ELEMENT_MISSING)
            self._notes.field(missing.code, str(missing), piece, number, offset, missing)
        return value

    def _parted(self, text: str) -> list[tuple[int, str]]:
        layout = self._layout
        if layout.form is not Form.DELIMITED:
            return []
        return cells(text, layout.delimiter, layout.quote)

    def _tag(self, text: str, parted: list[tuple[int, str]]) -> str:
        layout, start = self._layout, self._layout.tag_at - 1
        match layout.form:
            case Form.DELIMITED:
                return parted[start][1].strip() if start < len(parted) else ""
            case Form.FIXED:
                return text[start : start + layout.tag_length].strip()
            case Form.IDOC:
                is_control = text.startswith(idoc.CONTROL_TAG)
                return idoc.CONTROL_TAG if is_control else text[: idoc.SEGMENT_LENGTH].strip()

    def _kind(self, text: str, parted: list[tuple[int, str]]) -> RecordKind | None:
        if not self._layout.is_tagged and self._layout.form is not Form.IDOC:
            return self._layout.records[0]
        return self._by_tag.get(self._tag(text, parted))

    def _fields(
        self, kind: RecordKind, text: str, parted: list[tuple[int, str]], piece: Piece
    ) -> Iterator[Found]:
        if self._layout.form is Form.DELIMITED:
            yield from self._cells(kind, parted, piece)
            return
        base = 0
        if self._layout.form is Form.IDOC and kind is not CONTROL:
            base = idoc.DATA_AT
            yield from (_cut(one, text, 0) for one in idoc.HEAD)
        yield from (_cut(one, text, base) for one in kind.fields)
        self._check_length(kind, text, base, piece)

    def _cells(
        self, kind: RecordKind, parted: list[tuple[int, str]], piece: Piece
    ) -> Iterator[Found]:
        at, last = 0, self._layout.tag_at if kind.tag else 0
        for field in kind.fields:
            at = field.at or at + 1
            at += not field.at and bool(kind.tag) and at == self._layout.tag_at
            last = max(last, at)
            start, cell = parted[at - 1] if at <= len(parted) else (0, "")
            yield Found(field, cell, start)
        if len(parted) > last and any(cell for _, cell in parted[last:]):
            text = "more cells stand there than the layout has"
            self._notes.length(FindingCode.ELEMENT_SURPLUS, text, piece, last, len(parted))

    def _check_length(self, kind: RecordKind, text: str, base: int, piece: Piece) -> None:
        length = self._layout.record_length
        wanted = length or max(one.at + one.length - 1 + base for one in kind.fields)
        if len(text) > wanted and text[wanted:].strip():
            code, what = FindingCode.ELEMENT_SURPLUS, "letters stand behind it"
            self._notes.length(code, what, piece, wanted, len(text))
        elif length and len(text) < length and self._layout.form is Form.FIXED:
            code, what = FindingCode.ELEMENT_TOO_SHORT, "it is too short"
            self._notes.length(code, what, piece, length, len(text))

    def _parent(self, record: Record) -> int:
        kind = self._layout.kind(record.kind) if record.kind else None
        if kind is None or not kind.parent:
            if kind is not None:
                self._close(kind.name)
            return -1
        if kind.parent not in self._open:
            text = f"it belongs to a {kind.parent!r}, and none stands before it"
            self._notes.of_record(FindingCode.SEGMENT_UNEXPECTED, text, record)
            return -1
        self._close(kind.name)
        return self._open[kind.parent]

    def _close(self, name: str) -> None:
        """Forget the records that belong to the last one of this kind: what follows has another."""
        below = [one.name for one in self._layout.records if one.parent == name]
        for inner in below:
            if self._open.pop(inner, None) is not None:
                self._close(inner)

    def _end(self, last: Piece | None) -> None:
        if last is None:
            self._notes.nothing()
        elif self._layout.line_end is not LineEnd.NONE and last.size == len(last.raw):
            if last.body != END_OF_FILE:
                code = FindingCode.LAST_TERMINATOR_MISSING
                self._notes.add(code, "the last line has no end", last)
        elif self._layout.line_end is LineEnd.NONE and last.size < self._layout.record_length:
            code, what = FindingCode.TERMINATOR_MISSING, "the last one is cut"
            self._notes.length(code, what, last, self._layout.record_length, last.size)


def _cut(field: Field, text: str, base: int) -> Found:
    start = base + field.at - 1
    return Found(field, text[start : start + field.length], min(start, len(text)))
