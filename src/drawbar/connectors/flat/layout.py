"""A layout: how a flat file of a partner is written, and what its fields mean in our words.

It is a file of the company folder. What could not be read or written by it is refused at once.
"""

from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise
from typing import Annotated

from msgspec import Meta, Struct

from drawbar.connectors.flat import idoc
from drawbar.connectors.flat.field import Field, Refused, check_field
from drawbar.connectors.flat.vocabulary import Means, Part, check_parts

RECORDS_MAX = 200
FIELDS_MAX = 500

FieldList = Annotated[tuple[Field, ...], Meta(max_length=FIELDS_MAX)]


class Form(StrEnum):
    """How the fields of a record are told apart."""

    FIXED = "fixed"
    DELIMITED = "delimited"
    IDOC = "idoc"


class Charset(StrEnum):
    """How letters become bytes; the last two are EBCDIC."""

    ASCII = "ascii"
    UTF_8 = "utf-8"
    ISO_8859_1 = "iso-8859-1"
    WINDOWS_1252 = "windows-1252"
    CP037 = "cp037"
    CP500 = "cp500"


class LineEnd(StrEnum):
    """What stands after each record; nothing where all have one length."""

    LF = "lf"
    CRLF = "crlf"
    CR = "cr"
    NEL = "nel"
    NONE = "none"

    @property
    def text(self) -> str:
        """Return the letters."""
        return _ENDS[self.value]


_ENDS = {"lf": "\n", "crlf": "\r\n", "cr": "\r", "nel": "\x85", "none": ""}


class RecordKind(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of record, known by its ``tag``; the only kind of a file may have none.

    ``parent`` is the kind that it belongs to: the nearest one before it. A trailer says by
    ``counts`` how many records of which kinds stood before it (``*`` for all, with itself), and by
    ``sums`` what a field of another kind adds up to, since the trailer before.
    """

    name: str
    tag: str = ""
    parent: str = ""
    needed: bool = False
    once: bool = False
    fields: FieldList
    counts: dict[str, tuple[str, ...]] = {}
    sums: dict[str, str] = {}

    def field(self, name: str) -> Field | None:
        """Return the field of that name, None where there is none."""
        return next((one for one in self.fields if one.name == name), None)


class Layout(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one kind of file is written, both ways, and what it means.

    ``tag_at`` and ``tag_length`` are where a record's tag stands: columns of a fixed width, or the
    number of a cell. ``record_length`` is that of every record, in letters; needed without line
    ends. ``parts`` say which record states what; ``constants`` what no field states.
    """

    form: Form
    charset: Charset = Charset.ASCII
    line_end: LineEnd = LineEnd.LF
    record_length: int = 0
    delimiter: str = ","
    quote: str = '"'
    heading: bool = False
    tag_at: int = 1
    tag_length: int = 0
    records: Annotated[tuple[RecordKind, ...], Meta(min_length=1, max_length=RECORDS_MAX)]
    means: Means
    parts: dict[str, Part]
    constants: dict[str, str] = {}
    control: dict[str, str] = {}

    def __post_init__(self) -> None:
        """Raise ``Refused`` for a layout by which nothing could be read or written."""
        for fault in _faults(self):
            raise Refused(fault)

    def kind(self, name: str) -> RecordKind | None:
        """Return the kind of record of that name, None where there is none."""
        return next((one for one in self.records if one.name == name), None)

    @property
    def is_tagged(self) -> bool:
        """Return whether records are told apart by tags."""
        return any(one.tag for one in self.records)


def _faults(layout: Layout) -> Iterator[str]:
    yield from _faults_of_form(layout)
    names = [one.name for one in layout.records]
    yield from (f"two records are called {one!r}" for one in _twice(names))
    yield from (f"two records have the tag {one!r}" for one in _twice(_tags(layout)))
    for kind in layout.records:
        yield from _faults_of_kind(kind, layout)
    yield from check_parts(layout.parts, layout.means, _fields(layout), layout.constants)


def _faults_of_form(layout: Layout) -> Iterator[str]:
    is_lineless = layout.line_end is LineEnd.NONE
    if is_lineless and (layout.form is Form.DELIMITED or not layout.record_length):
        yield "without line ends every record is of one length: say record_length"
    if layout.form is Form.DELIMITED:
        if len(layout.delimiter) != 1 or layout.delimiter in f"\r\n\x85{layout.quote}":
            yield f"a delimiter is one character such as ';', not {layout.delimiter!r}"
        if len(layout.quote) > 1:
            yield f"a quote is one character or none, not {layout.quote!r}"
    if layout.form is Form.FIXED and layout.is_tagged and not layout.tag_length:
        yield "say the tag_length of the records' tags"
    if len(layout.records) > 1 and not all(one.tag for one in layout.records):
        yield "where there are several kinds of record, each needs its tag"
    if layout.heading and (layout.form is not Form.DELIMITED or len(layout.records) > 1):
        yield "only a delimited file of one kind of record has a heading"
    if unknown := set(layout.control) - {one.name for one in idoc.CONTROL}:
        yield f"the control record has no field {min(unknown)!r}"


def _faults_of_kind(kind: RecordKind, layout: Layout) -> Iterator[str]:
    parents = {one.name for one in layout.records} - {kind.name}
    if kind.parent and kind.parent not in parents:
        yield f"record {kind.name!r}: no other record is called {kind.parent!r}"
    if layout.form is not Form.DELIMITED and len(kind.tag) > (layout.tag_length or 30):
        yield f"record {kind.name!r}: its tag {kind.tag!r} is longer than tag_length"
    for twice in _twice([one.name for one in kind.fields]):
        yield f"record {kind.name!r}: two fields are called {twice!r}"
    for field in kind.fields:
        at_width = layout.form is not Form.DELIMITED
        yield from (f"record {kind.name!r}: {one}" for one in check_field(field, at_width))
    yield from _faults_of_trailer(kind, layout)
    if layout.form is Form.FIXED:
        yield from _overlapping(kind, layout)


def _faults_of_trailer(kind: RecordKind, layout: Layout) -> Iterator[str]:
    for name in (*kind.counts, *kind.sums):
        field = kind.field(name)
        if field is None or not field.is_number:
            yield f"record {kind.name!r}: {name!r} is no number of it that could be checked"
    for counted in (one for many in kind.counts.values() for one in many):
        if counted != "*" and layout.kind(counted) is None:
            yield f"record {kind.name!r}: no record is called {counted!r}"
    for summed in kind.sums.values():
        other, _, name = summed.partition(".")
        field = found.field(name) if (found := layout.kind(other)) else None
        if field is None or not field.is_number:
            yield f"record {kind.name!r}: {summed!r} is no number that could be summed"


def _overlapping(kind: RecordKind, layout: Layout) -> Iterator[str]:
    """Refuse fields that share a column: writing one would overwrite the other."""
    taken = [(one.at, one.at + one.length, one.name) for one in kind.fields]
    if kind.tag:
        taken.append((layout.tag_at, layout.tag_at + layout.tag_length, "the tag"))
    ordered = sorted(taken)
    for (_, end, name), (start, _, after) in pairwise(ordered):
        if start < end:
            yield f"record {kind.name!r}: {name!r} and {after!r} share column {start}"
    if layout.record_length and ordered[-1][1] - 1 > layout.record_length:
        yield f"record {kind.name!r} is longer than record_length {layout.record_length}"


def _tags(layout: Layout) -> list[str]:
    return [one.tag for one in layout.records if one.tag]


def _fields(layout: Layout) -> dict[str, tuple[str, ...]]:
    return {one.name: tuple(field.name for field in one.fields) for one in layout.records}


def _twice(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})
