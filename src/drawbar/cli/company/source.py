"""A file of the company folder as data, with the line and column of everything in it.

What would not end (aliases of aliases), or is far too large, is refused before it is built.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml
from msgspec import Struct

from drawbar.cli.company.mistake import Mistake, Path, Spot, clipped, shown

BYTES_MAX = 8 * 1024 * 1024
TEXT_MAX = 10_000
DEPTH_MAX = 40
NODES_MAX = 500_000
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Leaves every word a string: 24.10 stays exact, and NO is Norway. In C where it was built so."""


class Unusable(ValueError):
    """A file that cannot be read at all; ``mistake`` says why."""

    def __init__(self, mistake: Mistake) -> None:
        """Refuse for a reason."""
        super().__init__(str(mistake))
        self.mistake = mistake


class Sheet(Struct):
    """The data of a file, ``spots`` of its values by their paths, and what was wrong in reading.

    ``columns`` are those of each table in it: the number of a column by its path in a row.
    """

    file: str
    data: Any
    spots: dict[Path, Spot]
    mistakes: list[Mistake]
    columns: dict[str, Mapping[Path, int]] = {}

    def spot(self, path: Path) -> Spot:
        """Return where a value stands, or the nearest one around it."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.spots:
                spot = self.spots[path[:end]]
                column = self.columns.get(spot.file, {}).get(path[end:], spot.column)
                return Spot(spot.file, spot.line, column)
        return Spot(self.file)

    def field(self, path: Path) -> str:
        """Return a path as a person looks for it: of a table's cell, its heading and column."""
        for end in range(len(path)):
            spot = self.spots.get(path[:end])
            column = self.columns.get(spot.file, {}).get(path[end:]) if spot else None
            if column:
                return f"{shown(path[end:])} (column {column})"
        return shown(path)


class _Open(Struct):
    """A mapping or sequence that is being read; ``size`` counts all values in it."""

    path: Path
    made: Any
    anchor: str | None
    key: str | None = None
    size: int = 1


def text_of(file: str, body: bytes) -> str:
    """Return the text of a file. Raise ``Unusable``."""
    if len(body) > BYTES_MAX:
        what = f"The file has {len(body):,} bytes; at most {BYTES_MAX:,} are read."
        raise Unusable(_whole(file, what, "Split it; long tables of lanes belong in a CSV file."))
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        what = f"Byte {error.start} is no UTF-8 text."
        raise Unusable(
            Mistake(spot=Spot(file, line), what=what, remedy="Save the file as UTF-8.")
        ) from error


def read_yaml(file: str, body: bytes) -> Sheet:
    """Return a YAML file as data; every value is a text. Raise ``Unusable``."""
    reading = _Yaml(file)
    text = text_of(file, body)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            reading.take(event)
    except yaml.MarkedYAMLError as error:
        raise Unusable(_no_yaml(file, text, error)) from error
    except (yaml.YAMLError, RecursionError) as error:
        what = f"This is no YAML: {clipped(str(error), 200)}."
        raise Unusable(_whole(file, what, "Remove what is no plain text.")) from error
    return Sheet(file, reading.data, reading.spots, reading.mistakes)


def read_toml(file: str, body: bytes) -> Sheet:
    """Return a TOML file as data. Raise ``Unusable``."""
    text = text_of(file, body)
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Unusable(_no_toml(file, str(error))) from error
    spots: dict[Path, Spot] = {(): Spot(file, 1, 1)}
    for number, line in enumerate(text.splitlines(), start=1):
        name, is_field, _ = line.partition("=")
        if is_field and name.strip() in data:
            spots[(name.strip(),)] = Spot(file, number, len(line) - len(line.lstrip()) + 1)
    return Sheet(file, data, spots, [])


def _no_yaml(file: str, text: str, error: yaml.MarkedYAMLError) -> Mistake:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (-1, -1)
    lines = text.splitlines()
    what = f"This is no YAML: {clipped(error.problem or str(error), 200)}."
    remedy = "Mind indentation, quotes and brackets; put text with ': ' or '#' in quotes."
    if 0 <= line < len(lines) and lines[line][column : column + 1] == "\t":
        what, remedy = "A tab stands where YAML wants blanks.", "Indent with blanks, never tabs."
    return Mistake(spot=Spot(file, line + 1, column + 1), what=what, remedy=remedy)


def _no_toml(file: str, text: str) -> Mistake:
    place = re.search(r" \(at line (\d+), column (\d+)\)", text)
    spot = Spot(file, int(place[1]), int(place[2])) if place else Spot(file)
    said = text[: place.start()] if place else text
    remedy = 'Put texts in quotes and write one field a line: name = "…".'
    return Mistake(spot=spot, what=f"This is no TOML: {clipped(said, 200)}.", remedy=remedy)


def _whole(file: str, what: str, remedy: str) -> Mistake:
    return Mistake(spot=Spot(file), what=what, remedy=remedy)


class _Yaml:
    """Builds data of events, without recursion and within limits."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.data: Any = None
        self.spots: dict[Path, Spot] = {}
        self.mistakes: list[Mistake] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """Take the next event in. Raise ``Unusable``."""
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    self._refuse(event, "A second document begins here.", "Keep one to a file.")
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.MappingStartEvent():
                self._begin(event, {})
            case yaml.SequenceStartEvent():
                self._begin(event, [])
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._end()
            case _:
                pass  # streams and ends of documents hold no data

    def _scalar(self, event: Any) -> None:
        if len(event.value) > TEXT_MAX:
            what = f"A text of {len(event.value):,} characters; at most {TEXT_MAX:,} are read."
            self._refuse(event, what, "Shorten it.")
        self._value(event, event.value, 1)

    def _alias(self, event: Any) -> None:
        value, size = self._anchors.get(event.anchor, (None, 1))
        self._value(event, value, size)

    def _value(self, event: Any, value: Any, size: int) -> None:
        """Put a value where it belongs; the first text in a mapping is the name of the next."""
        holder = self._open[-1] if self._open else None
        if holder is not None and isinstance(holder.made, dict) and holder.key is None:
            self._name(event, holder, value)
            return
        self._mark(event, self._here())
        self._keep(value, size)
        anchor = None if isinstance(event, yaml.AliasEvent) else getattr(event, "anchor", None)
        if anchor:
            self._anchors[anchor] = (value, size)
        if self._size() > NODES_MAX:
            remedy = "Remove aliases that repeat each other; long tables belong in a CSV file."
            self._refuse(event, f"More than {NODES_MAX:,} values.", remedy)

    def _name(self, event: Any, holder: _Open, value: Any) -> None:
        if not isinstance(value, str):
            self._refuse(event, "A name of a field is a plain text.", "Write it on one line.")
        if value in holder.made:
            what, remedy = f"{clipped(value)!r} is said twice.", "Keep one of the two."
            spot = Spot(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
            place = (*holder.path, value)
            self.mistakes.append(Mistake(spot=spot, field=shown(place), what=what, remedy=remedy))
        holder.key = value
        self._mark(event, (*holder.path, value))

    def _begin(self, event: Any, made: Any) -> None:
        holder = self._open[-1] if self._open else None
        if holder is not None and isinstance(holder.made, dict) and holder.key is None:
            self._refuse(event, "A name of a field is a plain text.", "Write it on one line.")
        if len(self._open) >= DEPTH_MAX:
            self._refuse(event, f"More than {DEPTH_MAX} levels deep.", "Write it flatter.")
        path = self._here()
        self._mark(event, path)
        self._open.append(_Open(path, made, event.anchor))

    def _end(self) -> None:
        done = self._open.pop()
        if done.anchor:
            self._anchors[done.anchor] = (done.made, done.size)
        self._keep(done.made, done.size)

    def _keep(self, value: Any, size: int) -> None:
        if not self._open:
            self.data = value
            return
        holder = self._open[-1]
        holder.size += size
        if isinstance(holder.made, dict):
            holder.made[holder.key] = value
            holder.key = None
        else:
            holder.made.append(value)

    def _here(self) -> Path:
        if not self._open:
            return ()
        holder = self._open[-1]
        step = holder.key if isinstance(holder.made, dict) else len(holder.made)
        assert step is not None
        return (*holder.path, step)

    def _size(self) -> int:
        return sum(one.size for one in self._open)

    def _mark(self, event: Any, path: Path) -> None:
        spot = Spot(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
        self.spots.setdefault(path, spot)

    def _refuse(self, event: Any, what: str, remedy: str) -> None:
        spot = Spot(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
        raise Unusable(Mistake(spot=spot, field=shown(self._here_safe()), what=what, remedy=remedy))

    def _here_safe(self) -> Path:
        return self._open[-1].path if self._open else ()


def plain(sheet: Sheet) -> Mapping[str, Any]:
    """Return the data of a file that holds fields. Raise ``Unusable`` for a list or a bare word."""
    if isinstance(sheet.data, dict):
        return sheet.data
    what = "The file is empty." if sheet.data is None else "The file does not hold fields."
    raise Unusable(
        Mistake(
            spot=Spot(sheet.file, 1, 1), what=what, remedy="Begin with a line such as 'name: …'."
        )
    )
