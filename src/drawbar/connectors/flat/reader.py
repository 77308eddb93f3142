"""Reads a flat file by its layout: records with places, and a finding for all that is wrong.

Reading never raises on data, whatever the bytes are, and never stops at a finding.
"""

from msgspec import structs

from drawbar.connectors.flat import idoc, numbering, trailer
from drawbar.connectors.flat.cut import RECORD_BYTES_MAX, Piece, UnevenQuotes, cells, pieces
from drawbar.connectors.flat.field import Field, Unread, Value, read_value
from drawbar.connectors.flat.layout import Form, Layout, LineEnd, RecordKind
from drawbar.connectors.flat.notes import Notes
from drawbar.connectors.flat.record import FlatFile, Record
from drawbar.connectors.flat.spot import CONTROL, Span, bytes_before, spans_of
from drawbar.edi import FindingCode

BYTES_MAX = 64 * 1024 * 1024
RECORDS_MAX = 500_000
END_OF_FILE = b"\x1a"
"""What some systems put behind a file."""


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
        self._kinds = {one.name: one for one in layout.records}
        self._below = {
            name: [one.name for one in layout.records if one.parent == name] for name in self._kinds
        }
        self._spans = {one.name: spans_of(one, layout) for one in self._by_tag.values()}
        self._records: list[Record] = []
        self._open: dict[str, int] = {}
        self._notes = Notes(layout)

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
        written = self._written(kind, text, parted, piece)
        values: dict[str, Value] = {}
        for number, span in enumerate(self._spans[kind.name]):
            value = self._value(span, kind, piece, written=written[number], number=number + 1)
            if value is not None:
                values[span.field.name] = value
        return structs.replace(empty, kind=kind.name, values=values)

    def _value(
        self, span: Span, kind: RecordKind, piece: Piece, *, written: tuple[int, str], number: int
    ) -> Value | None:
        """Return what a field states, None with a finding where that cannot be told."""
        start, said = written
        try:
            return _stated(span.field, said)
        except Unread as error:
            text = piece.body.decode(self._charset)
            offset = piece.offset + bytes_before(text, start, self._layout)
            what = f"{kind.name}.{span.field.name}: {error}"
            self._notes.field(error.code, what, piece, number, offset, error)
            return None

    def _written(
        self, kind: RecordKind, text: str, parted: list[tuple[int, str]], piece: Piece
    ) -> list[tuple[int, str]]:
        """Return where each field begins and what is written there."""
        spans = self._spans[kind.name]
        if self._layout.form is not Form.DELIMITED:
            self._check_length(spans, text, piece)
            return [(one.start, text[one.start : one.end]) for one in spans]
        last = max((one.start + 1 for one in spans), default=0)
        last = max(last, self._layout.tag_at) if kind.tag else last
        if len(parted) > last and any(cell for _, cell in parted[last:]):
            what = "more cells stand there than the layout has"
            self._notes.length(FindingCode.ELEMENT_SURPLUS, what, piece, last, len(parted))
        there = len(parted)
        return [parted[one.start] if one.start < there else (0, "") for one in spans]

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

    def _check_length(self, spans: tuple[Span, ...], text: str, piece: Piece) -> None:
        length = self._layout.record_length
        wanted = length or max(one.end for one in spans)
        if len(text) > wanted and text[wanted:].strip():
            code, what = FindingCode.ELEMENT_SURPLUS, "letters stand behind it"
            self._notes.length(code, what, piece, wanted, len(text))
        elif length and len(text) < length and self._layout.form is Form.FIXED:
            code, what = FindingCode.ELEMENT_TOO_SHORT, "it is too short"
            self._notes.length(code, what, piece, length, len(text))

    def _parent(self, record: Record) -> int:
        kind = self._kinds.get(record.kind)
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
        for inner in self._below[name]:
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


def _stated(field: Field, said: str) -> Value | None:
    """Return what a field states, None where it is blank and may be. Raise ``Unread``."""
    value = read_value(field, said)
    if value is None and field.needed:
        raise Unread("nothing stands there", FindingCode.ELEMENT_MISSING)
    return value
