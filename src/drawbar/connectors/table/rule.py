"""Columns that say different things in different words: a rule for each, with a named end.

The first rule whose pattern fits the whole cell decides; a cell that none fits is refused.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Generic, TypeVar

from msgspec import Struct

from drawbar.connectors.table.cell import Refused, Row, check_pattern, pattern
from drawbar.connectors.table.heading import plain
from drawbar.freight.history import FreightBasis, WeightBasis
from drawbar.freight.money import Currency

End = TypeVar("End", FreightBasis, WeightBasis)

NEEDS: Mapping[str, str] = {
    FreightBasis.BILLED: "figure",
    WeightBasis.WEIGHED: "figure",
    FreightBasis.ON_OTHER_SHIPMENT: "other",
    WeightBasis.ON_OTHER_SHIPMENT: "other",
}
"""What the pattern of a rule must name, by its end."""

_DIGITS = re.compile("[0-9]+")


class Rule(Struct, Generic[End], frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a cell that ``matches`` means. It names ``(?P<figure>…)`` or ``(?P<other>…)``."""

    end: End
    matches: str

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a pattern that does not name what its end needs."""
        check_pattern(self.matches)
        group = NEEDS.get(self.end)
        if group and group not in pattern(self.matches).groupindex:
            raise ValueError(f"{self.end.value}: {self.matches!r} lacks (?P<{group}>…)")


class Found(Struct, Generic[End], frozen=True, kw_only=True):
    """The end that a cell came to; its ``figure``, or the ``other`` line that it points at."""

    end: End
    figure: Decimal = Decimal(0)
    other: str = ""


class RuledColumn(Struct, Generic[End], frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A column and its rules, in the order in which they are tried."""

    column: str
    rules: tuple[Rule[End], ...]

    def found(self, row: Row) -> Found[End]:
        """Return what the cell says. Raise ``Refused``."""
        written = row.written(self.column)
        for rule in self.rules:
            fit = pattern(rule.matches).fullmatch(written)
            if fit is not None:
                return self._found(rule.end, fit.groupdict(default=""), row)
        raise self.refused(
            f"{written[:80]!r} is neither a figure nor a text that the mapping knows",
            f"rule:{_DIGITS.sub('9', written[:60])}",
            "Correct the cell, or add a rule to the mapping that says what it means.",
        )

    def refused(self, text: str, cause: str, remedy: str) -> Refused:
        """Return why a cell of this column cannot be taken."""
        where = f"{plain(self.column)}:{cause}"
        return Refused(text, column=self.column, cause=where, remedy=remedy)

    def _found(self, end: End, named: Mapping[str, str], row: Row) -> Found[End]:
        match NEEDS.get(end):
            case "figure":
                return Found(end=end, figure=self._figure(named["figure"], row))
            case "other":
                return Found(end=end, other=named["other"])
            case _:
                return Found(end=end)

    def _figure(self, text: str, row: Row) -> Decimal:
        try:
            return row.numbers.decimal(text)
        except ValueError as error:
            remedy = "Correct the figure, or say in the mapping how numbers are written."
            raise self.refused(str(error), "number", remedy) from error


class WeightColumn(RuledColumn[WeightBasis], frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The column of weights, in kilograms."""


class FreightColumn(
    RuledColumn[FreightBasis], frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """The column of freight costs, in one currency."""

    currency: Currency
