"""A table of the company folder: rows of a CSV file as the entries of a list in a contract.

A dot in a heading leads inwards, ``origin.city``; an empty cell says nothing.
"""

import csv
import io
from collections.abc import Mapping
from typing import Any

from drawbar.cli.company.mistake import Mistake, Path, Spot, clipped
from drawbar.cli.company.source import TEXT_MAX, Unusable, text_of

ROWS_MAX = 500_000


class Table:
    """The rows of a CSV file as data, where each stands, and the number of each column."""

    def __init__(self, file: str, body: bytes) -> None:
        """Read ``body``. Raise ``Unusable``."""
        self.file = file
        self.entries: list[dict[str, Any]] = []
        self.lines: list[int] = []
        self.mistakes: list[Mistake] = []
        self.columns: dict[Path, int] = {}
        self._read(text_of(file, body))

    def spots(self, path: Path) -> dict[Path, Spot]:
        """Return where each entry stands once they are the list at ``path``, and each cell."""
        found: dict[Path, Spot] = {}
        for place, line in enumerate(self.lines):
            found[*path, place] = Spot(self.file, line, 1)
        return found

    def _read(self, text: str) -> None:
        reader = csv.reader(io.StringIO(text.replace("\0", "\ufffd"), newline=""), strict=True)
        try:
            self._refuse_semicolons(text.partition("\n")[0])
            heading = [one.strip() for one in next(reader, [])]
            self._refuse_doubles(heading)
            self.columns = {tuple(one.split(".")): at for at, one in enumerate(heading, 1) if one}
            for row in reader:
                if any(cell.strip() for cell in row):
                    self._row(heading, row, reader.line_num)
        except csv.Error as error:
            spot = Spot(self.file, reader.line_num)
            what = f"This is no CSV: {error}."
            raise Unusable(
                Mistake(spot=spot, what=what, remedy="Mind quotes; save it as CSV again.")
            ) from error

    def _refuse_semicolons(self, heading: str) -> None:
        for mark, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
            if mark in heading and "," not in heading:
                what = f"The columns are parted by {name}, not by commas."
                remedy = "Save it as CSV with commas."
                raise Unusable(Mistake(spot=Spot(self.file, 1), what=what, remedy=remedy))

    def _refuse_doubles(self, heading: list[str]) -> None:
        doubles = sorted({one for one in heading if one and heading.count(one) > 1})
        if doubles or not any(heading):
            what = (
                f"Two columns are called {doubles[0]!r}." if doubles else "There are no headings."
            )
            spot = Spot(self.file, 1)
            raise Unusable(Mistake(spot=spot, what=what, remedy="Name each column once."))

    def _row(self, heading: list[str], row: list[str], line: int) -> None:
        if len(self.entries) >= ROWS_MAX:
            what = f"More than {ROWS_MAX:,} rows."
            raise Unusable(Mistake(spot=Spot(self.file, line), what=what, remedy="Split it."))
        if len(row) > len(heading):
            what = f"The row has {len(row)} cells under {len(heading)} headings."
            remedy = "Put a cell with a comma in quotes."
            self.mistakes.append(Mistake(spot=Spot(self.file, line), what=what, remedy=remedy))
        entry: dict[str, Any] = {}
        for name, cell in zip(heading, row, strict=False):
            if len(cell) > TEXT_MAX:
                what = f"A cell of {len(cell):,} characters under {clipped(name)!r}."
                raise Unusable(Mistake(spot=Spot(self.file, line), what=what, remedy="Shorten it."))
            if name and cell.strip():
                self._put(entry, name, cell.strip(), line)
        self.entries.append(entry)
        self.lines.append(line)

    def _put(self, entry: dict[str, Any], name: str, cell: str, line: int) -> None:
        *around, last = name.split(".")
        for step in around:
            inner = entry.setdefault(step, {})
            if not isinstance(inner, dict):
                what = f"{name!r} and {step!r} are both columns."
                spot = Spot(self.file, line)
                raise Unusable(Mistake(spot=spot, what=what, remedy="Keep one of the two."))
            entry = inner
        if isinstance(entry.get(last), Mapping):
            spot, what = Spot(self.file, line), f"{name!r} is a column and leads to others."
            raise Unusable(Mistake(spot=spot, what=what, remedy="Keep one of the two."))
        entry[last] = cell
