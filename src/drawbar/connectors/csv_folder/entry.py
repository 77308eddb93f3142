"""One row of a carrier's table: its cells by our names for them, and what is wrong with one.

Nothing is guessed: an unknown word, another form of a day or a figure is refused by its place.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NoReturn, TypeVar

from msgspec import Struct

from drawbar.connectors.csv_folder.manifest import NAMES, Settings
from drawbar.connectors.digest import digest
from drawbar.connectors.reading import Said
from drawbar.connectors.table.cell import Cell, DayCell, Refused, Row
from drawbar.connectors.table.heading import plain
from drawbar.connectors.table.history import place
from drawbar.connectors.wall_clock import NoSuchTime, instant_at
from drawbar.freight.identity import key_for
from drawbar.freight.lineage import Receipt
from drawbar.freight.reference import PARTY_SCOPED, Reference

_T = TypeVar("_T")

CELL_LONGEST = 2_000
"""Nobody writes more into a cell; longer is a broken export."""


class UnknownWord(Refused):
    """A word that nobody gave a meaning yet. One entry in the carrier's profile does."""


class Timed(Struct, frozen=True):
    """When something was; ``local_at`` is the wall's clock where no zone is named."""

    at: datetime
    local_at: datetime | None = None


class Entry(Struct, frozen=True):
    """One row, as it is read by a carrier's profile."""

    row: Row
    sheet: str
    settings: Settings
    receipt: Receipt

    def text(self, column: str) -> str:
        """Return a cell, empty where there is no such column. Raise ``Refused``."""
        heading = self.settings.heading(column)
        said = Cell(column=heading).text(self.row) if self._has(heading) else ""
        if len(said) > CELL_LONGEST:
            text = f"{len(said):,} characters stand here, more than {CELL_LONGEST:,}"
            self._refuse(column, text, "long")
        return said

    def needed(self, column: str) -> str:
        """Return a cell that must be filled. Raise ``Refused``."""
        return self.text(column) or self._refuse(column, "nothing stands here", "empty")

    def word(self, column: str, known: Mapping[str, _T]) -> _T:
        """Return what the word in a cell means. Raise ``UnknownWord``."""
        said = self.text(column)
        for word, meaning in known.items():
            if word.casefold() == said.casefold():
                return meaning
        raise self.unknown(column, said)

    def unknown(self, column: str, said: str) -> UnknownWord:
        """Return what is wrong with a word that nobody gave a meaning."""
        return UnknownWord(
            f"{self.settings.party_ref} wrote {said[:80]!r}, which has no meaning here yet",
            column=self.settings.heading(column),
            cause=f"{column}:{said[:80]}",
            remedy=f"Say what {said[:80]!r} means, here or in the profile; it is read again then.",
        )

    def figure(self, column: str) -> Decimal:
        """Return an exact figure. Raise ``Refused``."""
        try:
            return self.row.numbers.decimal(self.needed(column))
        except Refused:
            raise
        except ValueError as error:
            return self._refuse(column, str(error), "number")

    def count(self, column: str) -> int | None:
        """Return a whole number, None where nothing stands. Raise ``Refused``."""
        if not self.text(column):
            return None
        figure = self.figure(column)
        if figure != figure.to_integral_value() or not 0 <= figure <= 1_000_000_000:
            return self._refuse(column, f"{figure} is not a count", "count")
        return int(figure)

    def day(self, column: str) -> date | None:
        """Return a day, None where nothing stands. Raise ``Refused``."""
        if not self.text(column):
            return None
        heading = self.settings.heading(column)
        return DayCell(column=heading, forms=self.settings.days).day(self.row)

    def time(self, column: str, zone_name: str) -> Timed:
        """Return when it was, by a wall's clock where ``zone_name`` is empty. Raise ``Refused``."""
        self.needed(column)
        heading = self.settings.heading(column)
        shown = DayCell(column=heading, forms=self.settings.times).shown(self.row)
        if shown.tzinfo is None and not zone_name:
            return Timed(shown.replace(tzinfo=UTC), shown)
        try:
            return Timed(instant_at(shown, zone_name))
        except NoSuchTime as error:
            return self._refuse(column, str(error), "time")

    def names(self) -> tuple[Reference, ...]:
        """Return the names of the load that it states. Raise ``Refused``."""
        party = self.settings.party_ref
        stated = ((kind, self.text(column)) for column, kind in NAMES.items())
        return tuple(
            Reference(kind, value, party if kind in PARTY_SCOPED else "")
            for kind, value in stated
            if value
        )

    def load(self) -> tuple[Reference, ...]:
        """Return the names of the load, of which there must be one. Raise ``Refused``."""
        return self.names() or self._refuse("shipment", "the row names no load", "no_name")

    def said(self, happened_at: datetime) -> Said:
        """Return what a fact of this row says of itself: the same row is the same fact."""
        content = digest("\x1f".join(cell.strip() for cell in self.row.cells).encode())
        return Said(
            key=key_for("csv", self.settings.party_ref, self.sheet, content),
            happened_at=happened_at,
            learned_at=self.receipt.learned_at,
            lineage=self.receipt.at(self.place()),
        )

    def place(self, column: str = "") -> str:
        """Return where it stands, such as ``line 7 column 'amount'``."""
        return place(self.row.line, self.settings.heading(column) if column else "")

    def _has(self, heading: str) -> bool:
        return plain(heading) in self.row.places

    def _refuse(self, column: str, text: str, cause: str) -> NoReturn:
        raise Refused(
            text,
            column=self.settings.heading(column),
            cause=f"{column}:{cause}",
            remedy="Ask the carrier for a corrected file, or enter it by hand.",
        )
