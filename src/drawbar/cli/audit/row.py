"""One row of a table, whatever file it stood in: its cells by the names of our fields."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from msgspec import Struct

from drawbar.cli.audit import value
from drawbar.cli.audit.setting import Habits, folded
from drawbar.cli.audit.unread import Refused, shown
from drawbar.connectors.wall_clock import is_shown_twice
from drawbar.freight.money import Money

T = TypeVar("T")

CELL_CHARACTERS_MAX = 500


class Sheet(Struct, frozen=True, kw_only=True):
    """A table as it is read: what it is about, in which file, which field stands in which cell."""

    kind: str
    file: str
    habits: Habits
    places: dict[str, int]
    headings: tuple[str, ...]

    def heading(self, field: str) -> str:
        """Return the field as the file calls it."""
        at = self.places.get(field)
        return self.headings[at] if at is not None and at < len(self.headings) else field


def twice(clock: datetime, zone: str, *, field: str) -> Refused:
    """Return the note on a time that the clocks of a zone showed twice."""
    return Refused(
        f"the clocks of {zone} showed {clock:%Y-%m-%d %H:%M} twice: it is taken as the first",
        field=field,
        remedy=f"Write it with its offset, such as {clock:%Y-%m-%dT%H:%M}-06:00.",
    )


class Row(Struct, frozen=True):
    """Cells of one row. ``place`` is where it stands in its file, such as "row 7".

    ``remarks`` are what is worth a note once the row was read.
    """

    sheet: Sheet
    place: str
    cells: Sequence[str]
    remarks: list[Refused] = []

    def text(self, field: str) -> str:
        """Return a cell, empty where there is none. Raise ``Refused`` for one that is too long."""
        at = self.sheet.places.get(field)
        if at is None or at >= len(self.cells):
            return ""
        said = self.cells[at].strip()
        if len(said) > CELL_CHARACTERS_MAX:
            raise self.refused(
                field, f"longer than {CELL_CHARACTERS_MAX} characters", "Shorten it."
            )
        return said

    def refuse_beyond(self) -> None:
        """Raise ``Refused`` for a cell without a heading: a comma in a figure moved it there."""
        beyond = next((c.strip() for c in self.cells[len(self.sheet.headings) :] if c.strip()), "")
        if beyond:
            text = f"more cells than headings, beginning with {shown(beyond)}"
            raise Refused(
                text, remedy="Quote figures with a comma, or head the column.", cause="beyond"
            )

    def needed(self, field: str) -> str:
        """Return a cell that must be filled. Raise ``Refused``."""
        said = self.text(field)
        if not said:
            raise self.refused(
                field, f"nothing stands in {self.sheet.heading(field)!r}", "Fill it in."
            )
        return said

    def refused(self, field: str, text: str, remedy: str, *, cause: str = "") -> Refused:
        """Return why a cell cannot be taken."""
        return Refused(text, field=self.sheet.heading(field), remedy=remedy, cause=cause)

    def figure(self, field: str) -> Decimal | None:
        """Return an exact figure, None where nothing stands. Raise ``Refused``."""
        said = self.text(field)
        if not said:
            return None
        habits = self.sheet.habits
        found = value.figure(said, field=self.sheet.heading(field), numbers=habits.numbers)
        return found or abs(found)  # nothing is never below zero

    def count(self, field: str, *, least: int = 0) -> int | None:
        """Return a whole number, None where nothing stands. Raise ``Refused``."""
        found = self.figure(field)
        if found is None:
            return None
        if found != found.to_integral_value() or not least <= found <= 1_000_000_000:
            raise self.refused(field, f"{found} is not a count from {least}", "Correct it.")
        return int(found)

    def money(self, field: str, currency: str) -> Money:
        """Return an amount that must be there. Raise ``Refused``."""
        return self.money_of(field, self.needed(field), currency)

    def money_of(self, field: str, said: str, currency: str) -> Money:
        """Return an amount by its text. Raise ``Refused``, naming ``field``."""
        if not said:
            self.needed(field)
        if len(said) > CELL_CHARACTERS_MAX:
            text = f"longer than {CELL_CHARACTERS_MAX} characters"
            raise self.refused(field, text, "Shorten it.")
        found = value.amount(
            said,
            currency,
            field=self.sheet.heading(field),
            numbers=self.sheet.habits.numbers,
        )
        return found if found.amount else Money(abs(found.amount), found.currency)

    def day(self, field: str) -> date | None:
        """Return a day, None where nothing stands. Raise ``Refused``."""
        said = self.text(field)
        if not said:
            return None
        return value.day(said, field=self.sheet.heading(field), forms=self.sheet.habits.dates)

    def clock(self, field: str) -> datetime | None:
        """Return what a clock showed, None where nothing stands. Raise ``Refused``."""
        said = self.text(field)
        if not said:
            return None
        return value.shown_time(
            said, field=self.sheet.heading(field), forms=self.sheet.habits.dates
        )

    def instant(self, field: str, zone: str) -> datetime | None:
        """Return an instant at a place, None where nothing stands. Raise ``Refused``."""
        said = self.text(field)
        if not said:
            return None
        heading, forms = self.sheet.heading(field), self.sheet.habits.dates
        found = value.instant(said, zone, field=heading, forms=forms)
        self.remark_if_twice(field, found, zone)
        return found

    def remark_if_twice(self, field: str, found: datetime, zone: str) -> None:
        """Note a time without an offset in the hour that the clocks of its place show twice."""
        if not is_shown_twice(found, zone) or ":" not in self.text(field):
            return
        clock = self.clock(field)
        if clock is not None and clock.tzinfo is None:
            self.remarks.append(twice(clock, zone, field=self.sheet.heading(field)))

    def word(self, field: str, known: Mapping[str, T], *, what: str, table: str) -> T:
        """Return what a word means. Raise ``Refused`` naming where to say it."""
        said = self.needed(field)
        found = known.get(folded(said))
        if found is None:
            raise self.refused(
                field,
                f"the {what} {shown(said)} has no meaning here yet",
                f"Say in codes.yaml under {table} what {shown(said)} means.",
                cause=f"word:{folded(said)[:60]}",
            )
        return found
