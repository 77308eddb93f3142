"""One order, event or bill of a flat file as we heard it: its records, where each word stands."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NoReturn

import msgspec
from msgspec import Struct

from drawbar.connectors.code_table import TABLE_OF_WORD
from drawbar.connectors.digest import digest
from drawbar.connectors.flat.field import Field
from drawbar.connectors.flat.layout import Layout, LineEnd
from drawbar.connectors.flat.manifest import Settings
from drawbar.connectors.flat.record import Record
from drawbar.connectors.flat.spot import offset_of
from drawbar.connectors.flat.vocabulary import MAIN, NAMES, Part
from drawbar.connectors.reading import Said, Unreadable
from drawbar.connectors.table.clock import read_time
from drawbar.connectors.wall_clock import NoSuchTime, instant_at
from drawbar.freight.case import CaseKind
from drawbar.freight.identity import key_for
from drawbar.freight.instant import ZONES
from drawbar.freight.lineage import Receipt
from drawbar.freight.reference import PARTY_SCOPED, Reference, ReferenceKind

TEXT_LONGEST = 2_000
LARGEST_COUNT = 1_000_000_000


class Heard(Struct, frozen=True, kw_only=True):
    """The file that a record stands in, and the profile it is read by."""

    records: Sequence[Record]
    layout: Layout
    name: str
    profile: Settings
    receipt: Receipt

    def mains(self) -> Iterator[tuple[int, "Entry"]]:
        """Yield the records that are one order, event or bill each, with their places."""
        part = self.layout.parts[MAIN[self.layout.means]]
        for place, record in enumerate(self.records):
            if record.kind == part.record:
                yield place, Entry(place, part, self)

    def below(self, main: int, name: str) -> tuple["Entry", ...]:
        """Return what a part states within a main record, in order; that itself may state it."""
        part = self.layout.parts.get(name)
        if part is None:
            return ()
        if part.record == self.records[main].kind:
            return (Entry(main, part, self),)
        return tuple(
            Entry(place, part, self)
            for place in self._within(main)
            if self.records[place].kind == part.record
        )

    def _within(self, main: int) -> Iterator[int]:
        inside = {main}
        for place in range(main + 1, len(self.records)):
            record = self.records[place]
            if record.kind == self.records[main].kind:
                return
            if record.parent in inside:
                inside.add(place)
                yield place

    def cause(self, *parts: object) -> str:
        """Return the name of a cause that one entry in the profile would mend."""
        return ":".join((self.profile.channel(self.name), *map(str, parts)))


class Entry(Struct, frozen=True):
    """What one part states: the fields of its record by our words for them."""

    place: int
    part: Part
    heard: Heard

    @property
    def record(self) -> Record:
        """Return the record."""
        return self.heard.records[self.place]

    def text(self, word: str) -> str:
        """Return what is said for a word of ours, empty for nothing. Raise ``Unreadable``."""
        record, field = self._source(word)
        value = record.values.get(field.name) if record and field else None
        if value is None:
            return self.heard.layout.constants.get(word, "")
        said = f"{value:f}" if isinstance(value, Decimal) else value.strip()
        if len(said) > TEXT_LONGEST:
            self.refuse(word, f"{len(said):,} letters are more than {TEXT_LONGEST:,}", "long")
        if any(ord(letter) < 32 for letter in said):
            self.refuse(word, "it holds control characters or line ends", "control")
        return said

    def needed(self, word: str) -> str:
        """Return what must be said. Raise ``Unreadable``."""
        return self.text(word) or self.refuse(word, "nothing stands there", "empty")

    def figure(self, word: str) -> Decimal | None:
        """Return a figure, None where none stands. Raise ``Unreadable``."""
        record, field = self._source(word)
        value = record.values.get(field.name) if record and field else None
        if isinstance(value, Decimal):
            return value
        said = self.text(word)
        if not said:
            return None
        if not said.isdecimal() or not said.isascii():
            self.refuse(word, f"{said[:40]!r} is no figure; say so in the layout", "number")
        return Decimal(said)

    def count(self, word: str) -> int | None:
        """Return a whole number, None where none stands. Raise ``Unreadable``."""
        figure = self.figure(word)
        if figure is None:
            return None
        if figure != figure.to_integral_value() or not 0 <= figure <= LARGEST_COUNT:
            self.refuse(word, f"{figure} is no count", "count")
        return int(figure)

    def day(self, word: str) -> date:
        """Return a day. Raise ``Unreadable``."""
        return self.shown(word).date()

    def shown(self, word: str) -> datetime:
        """Return what the clock showed, aware where its offset stands there. Raise."""
        _, field = self._source(word)
        said = self.needed(word)
        if field is None or field.kind != "time":
            self.refuse(word, "the layout does not say how its days are written", "form")
        return read_time(said, field.forms, years_from=field.years_from)

    def at(self, word: str, zone_name: str) -> datetime:
        """Return the instant that a clock in a zone showed. Raise ``Unreadable``."""
        try:
            return instant_at(self.shown(word), zone_name)
        except NoSuchTime as error:
            self.refuse(word, str(error), "time")

    def wall(self, word: str, zone_name: str) -> tuple[datetime, datetime | None]:
        """Return when it was, and the wall's clock where no zone is known. Raise."""
        shown = self.shown(word)
        if shown.tzinfo is None and not zone_name:
            return shown.replace(tzinfo=UTC), shown
        return self.at(word, zone_name or "UTC"), None

    def zone(self) -> str:
        """Return the zone that is said, empty for none. Raise ``Unreadable``."""
        said = self.text("zone")
        known = self.heard.profile.zones.get(said) or (said if said in ZONES else "")
        if said and not known:
            raise self.unknown("zone", said)
        return known

    def names(self) -> tuple[Reference, ...]:
        """Return the names of the load that it states. Raise ``Unreadable``."""
        party = self.heard.profile.party_ref
        stated = ((ReferenceKind(word), self.text(word)) for word in NAMES)
        return tuple(
            Reference(kind, value, party if kind in PARTY_SCOPED else "")
            for kind, value in stated
            if value
        )

    def load(self) -> tuple[Reference, ...]:
        """Return the names of the load, of which there must be one. Raise ``Unreadable``."""
        return self.names() or self.refuse("shipment", "it names no load", "no_name")

    def said(self, happened_at: datetime, *parts: object) -> Said:
        """Return what a fact says of itself; the same words in another file are the same fact."""
        words = {word: self.text(word) for word in self.part.fields}
        content = digest(msgspec.json.encode(words, order="deterministic"))
        heard = self.heard
        return Said(
            key=key_for("flat", heard.profile.party_ref, heard.name, *(parts or (content,))),
            happened_at=happened_at,
            learned_at=heard.receipt.learned_at,
            lineage=heard.receipt.at(self.where()),
        )

    def where(self, word: str = "") -> str:
        """Return where it stands, such as ``line 7 EVENT.load offset 214``."""
        record, field = self._source(word) if word else (self.record, None)
        record = record or self.record
        offset = record.offset
        if field is not None:
            offset = offset_of(record, field.name, self.heard.layout)
        what = f"{record.kind}.{field.name}" if field else record.kind
        if self.heard.layout.line_end is LineEnd.NONE:
            return f"record {record.number} {what} / byte {offset}"
        return f"line {record.number} {what} offset {offset}"

    def unknown(self, what: str, code: str) -> Unreadable:
        """Return the problem of a word that nobody gave a meaning yet."""
        party = self.heard.profile.party_ref
        return Unreadable(
            f"{party} wrote the {what} {code[:80]!r}, which has no meaning here yet.",
            place=self.where(_WORD_OF.get(what, what)),
            cause=self.heard.cause(what, code[:80]),
            remedy=f"Say what {code[:80]!r} means, here or in the profile; it is read again then.",
            kind=CaseKind.UNKNOWN_CODE,
            unknown=(TABLE_OF_WORD.get(what, ""), code[:80]),
        )

    def refuse(self, word: str, text: str, cause: str) -> NoReturn:
        """Raise ``Unreadable`` for what is said, or not said, for a word of ours."""
        raise Unreadable(
            f"{word}: {text}.",
            place=self.where(word),
            cause=self.heard.cause(word, cause),
            remedy="Ask the partner for a corrected file, mend the layout, or enter it by hand.",
        )

    def _source(self, word: str) -> tuple[Record | None, Field | None]:
        """Return the record and field that state a word, of this record or one around it."""
        source = self.part.fields.get(word)
        if source is None:
            return None, None
        kind, _, name = source.rpartition(".")
        record: Record | None = self.record
        while record is not None and kind and record.kind != kind:
            record = self.heard.records[record.parent] if record.parent >= 0 else None
        found = self.heard.layout.kind(kind or self.record.kind)
        return record, found.field(name) if found else None


_WORD_OF = {"stop reason": "purpose", "trailer": "equipment"}
"""What a code is called -> the word of ours under which it stands."""
