"""A cell of a mapped table: which column a field comes from and what its words mean.

Nothing is guessed: a word that the mapping does not know is refused by its name.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Literal

from msgspec import Struct

from drawbar.connectors.table.clock import UnreadableTime, check_form, read_day, read_time
from drawbar.connectors.table.heading import plain
from drawbar.connectors.table.layout import NumberForm
from drawbar.freight.figure import LARGEST_FIGURE
from drawbar.freight.ltl import UnknownFreightClass, freight_class
from drawbar.freight.money import Currency, Money
from drawbar.freight.reference import ReferenceKind

_POUND_KG = Decimal("0.45359237")
_INCH_CM = Decimal("2.54")
"""One avoirdupois pound in kilograms, exactly (International Yard and Pound Agreement, 1959)."""


class Refused(ValueError):
    """A cell that cannot be taken: where, a cause that alike cells share, and what would mend it.

    ``column`` is empty where the line as a whole is meant.
    """

    def __init__(self, text: str, *, column: str, cause: str, remedy: str) -> None:
        """Say what is wrong in ``column``."""
        super().__init__(text)
        self.column, self.cause, self.remedy = column, cause, remedy


class Row(Struct, frozen=True):
    """One line's cells, found by their headings."""

    line: int
    cells: tuple[str, ...]
    places: dict[str, int]
    numbers: NumberForm

    def written(self, column: str) -> str:
        """Return what stands in a column, without blanks around it."""
        return self.cells[self.places[plain(column)]].strip()


class Cell(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A field's column, or the ``constant`` that holds for every line.

    Texts of ``absent`` mean that nothing is known. ``matches`` must fit the whole text; ``values``
    translates it, and knows every word there is. ``prefix`` is put before. A field of more than
    ``longest`` characters is refused.
    """

    column: str = ""
    constant: str = ""
    absent: tuple[str, ...] = ()
    matches: str = ""
    values: dict[str, str] = {}
    prefix: str = ""
    longest: int = 500

    def __post_init__(self) -> None:
        """Raise ``ValueError`` unless it says one source and a pattern that can be read."""
        if bool(self.column) == bool(self.constant):
            raise ValueError("a field comes from either a column or a constant")
        check_pattern(self.matches)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the headings that it needs."""
        return (self.column,) if self.column else ()

    def text(self, row: Row) -> str:
        """Return the field in our words, empty where nothing is known. Raise ``Refused``."""
        written = row.written(self.column) if self.column else self.constant
        if not written or written in self.absent:
            return ""
        if not written.isprintable() and any(ord(letter) < 32 for letter in written):
            raise self.refused("the cell holds control characters or line ends", "control")
        if self.matches and not pattern(self.matches).fullmatch(written):
            raise self.refused(f"{written!r} does not look like {self.matches}", "form")
        found = self.prefix + (self._meaning(written) if self.values else written)
        if len(found) > self.longest:
            raise self.refused(f"longer than {self.longest} characters", "too_long")
        return found

    def needed(self, row: Row) -> str:
        """Return the field, which must be known. Raise ``Refused``."""
        found = self.text(row)
        if not found:
            raise self.refused("nothing stands here", "empty")
        return found

    def refused(self, text: str, cause: str, remedy: str = "") -> Refused:
        """Return why a cell of this column cannot be taken."""
        remedy = remedy or "Correct the cell, or extend the mapping, and import the file again."
        return Refused(
            text, column=self.column, cause=f"{plain(self.column)}:{cause}", remedy=remedy
        )

    def _meaning(self, written: str) -> str:
        if written not in self.values:
            raise self.refused(
                f"the mapping does not know {written[:80]!r}",
                f"value:{written[:40]}",
                "Say in the mapping under values what it means, or correct the cell.",
            )
        return self.values[written]


class ReferenceCell(Cell, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A name that somebody has for the order."""

    kind: ReferenceKind
    longest: int = 80


class OrderCell(Cell, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The number of an order."""

    longest: int = 40


class CountCell(Cell, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A count of things."""

    def count(self, row: Row) -> int:
        """Return a whole number above zero. Raise ``Refused``."""
        figure = _figure(self, self.needed(row), row)
        if figure != figure.to_integral_value() or not 0 < figure <= 1_000_000_000:
            raise self.refused(f"{figure} is not a count of things", "count")
        return int(figure)


class WeightCell(Cell, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A weight in pounds or kilograms."""

    unit: Literal["lb", "kg"]

    def pounds(self, row: Row) -> Decimal:
        """Return the weight in pounds, kilograms rounded to a hundredth. Raise ``Refused``."""
        figure = _figure(self, self.needed(row), row)
        if figure < 0:
            raise self.refused(f"a weight below zero: {figure}", "weight")
        return figure if self.unit == "lb" else (figure / _POUND_KG).quantize(Decimal("0.01"))


class SideCell(Cell, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A length in inches or centimetres."""

    unit: Literal["in", "cm"]

    def inches(self, row: Row) -> Decimal | None:
        """Return the length in inches, None where nothing stands. Raise ``Refused``."""
        text = self.text(row)
        if not text:
            return None
        figure = _figure(self, text, row)
        if not 0 < figure < LARGEST_FIGURE:
            raise self.refused(f"not a length: {figure}", "length")
        return figure if self.unit == "in" else (figure / _INCH_CM).quantize(Decimal("0.001"))


class ClassCell(Cell, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A freight class of the NMFC."""

    def freight_class(self, row: Row) -> str:
        """Return the class, empty where nothing stands. Raise ``Refused``."""
        text = self.text(row)
        try:
            return f"{freight_class(text):f}" if text else ""
        except UnknownFreightClass as error:
            raise self.refused(str(error), "class") from error


class MoneyCell(Cell, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An amount; its currency is said by the mapping, never supposed."""

    currency: Currency

    def money(self, row: Row) -> Money | None:
        """Return the amount, None where nothing stands. Raise ``Refused``."""
        text = self.text(row)
        return Money(_figure(self, text, row), self.currency) if text else None


class DayCell(Cell, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day or a time. ``years_from`` begins the hundred years that two digits count in."""

    forms: tuple[str, ...]
    years_from: int | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for forms that leave open which day is meant."""
        super().__post_init__()
        if not self.forms:
            raise ValueError("give at least one form, such as %Y-%m-%d")
        for form in self.forms:
            check_form(form, years_from=self.years_from)

    def day(self, row: Row) -> date | None:
        """Return the day, None where nothing stands. Raise ``Refused``."""
        text = self.text(row)
        try:
            return read_day(text, self.forms, years_from=self.years_from) if text else None
        except UnreadableTime as error:
            raise self.refused(str(error), "day") from error

    def shown(self, row: Row) -> datetime:
        """Return what the clock showed, aware only where it names its offset. Raise ``Refused``."""
        try:
            return read_time(self.needed(row), self.forms, years_from=self.years_from)
        except UnreadableTime as error:
            raise self.refused(str(error), "time") from error


def columns_of(*fields: object) -> tuple[str, ...]:
    """Return every heading that fields of a mapping need, however they are nested."""
    found: list[str] = []
    for field in fields:
        if isinstance(field, Cell):
            found.extend(field.columns)
        elif isinstance(field, Struct):
            found.extend(columns_of(*(getattr(field, name) for name in field.__struct_fields__)))
        elif isinstance(field, Iterable) and not isinstance(field, str):
            found.extend(columns_of(*field))
    return tuple(dict.fromkeys(found))


def check_pattern(text: str) -> None:
    """Raise ``ValueError`` for a regular expression that cannot be read."""
    try:
        pattern(text)
    except re.error as error:
        raise ValueError(f"{text!r} is not a regular expression: {error}") from error


@cache
def pattern(text: str) -> re.Pattern[str]:
    """Return a regular expression, compiled once."""
    return re.compile(text)


def _figure(cell: Cell, text: str, row: Row) -> Decimal:
    try:
        return row.numbers.decimal(text)
    except ValueError as error:
        raise cell.refused(str(error), "number") from error
