"""A cell of a board: said once, shown by the server as HTML and by the grid from the same words.

What each kind means to the grid stands in ``static/cells.js``; the two are compared in a browser.
"""

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape
from msgspec import Struct

from drawbar.web.desks.rendering import moment, money
from drawbar.web.desks.state_mark import state_mark, words_of
from drawbar.web.desks.table import HOME_ZONE, Row, link, stacked, subject_link

NONE = Markup("—")


class Cell(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``field`` is what is shown; ``other`` is what belongs to it, such as a currency."""

    kind: str
    field: str = ""
    other: str = ""
    path: str = ""
    parts: tuple["Cell", ...] = ()


def text(field: str) -> Cell:
    """Return a cell that shows a column as it is."""
    return Cell(kind="text", field=field)


def words(field: str) -> Cell:
    """Return a cell that shows a stored name as words."""
    return Cell(kind="words", field=field)


def number(field: str) -> Cell:
    """Return a cell with a whole number."""
    return Cell(kind="number", field=field)


def ref(field: str, path: str) -> Cell:
    """Return a cell with a reference that leads to the thing itself."""
    return Cell(kind="ref", field=field, path=path)


def state(field: str = "status") -> Cell:
    """Return a cell with a state."""
    return Cell(kind="state", field=field)


def amount(field: str) -> Cell:
    """Return a cell with an amount in the currency of its row."""
    return Cell(kind="money", field=field, other="currency")


def time(field: str) -> Cell:
    """Return a cell with an instant."""
    return Cell(kind="moment", field=field)


def lane(origin: str = "origin", destination: str = "destination") -> Cell:
    """Return a cell with where from and where to."""
    return Cell(kind="lane", field=origin, other=destination)


def subject(kind: str, ref_field: str) -> Cell:
    """Return a cell with what a row is about; its message where it is about nothing else."""
    return Cell(kind="subject", field=kind, other=ref_field)


def stack(*parts: Cell) -> Cell:
    """Return a cell of several lines, the others small below the first."""
    return Cell(kind="stack", parts=parts)


def shown(cell: Cell, row: Row) -> Any:
    """Return a cell as the page shows it."""
    return _SHOW[cell.kind](cell, row)


def _text(cell: Cell, row: Row) -> Any:
    return NONE if row[cell.field] in {None, ""} else row[cell.field]


def _words(cell: Cell, row: Row) -> Any:
    return words_of(row[cell.field] or NONE)


def _ref(cell: Cell, row: Row) -> Markup:
    return link(cell.path, row[cell.field]) if row[cell.field] else NONE


def _state(cell: Cell, row: Row) -> Markup:
    return state_mark(row[cell.field]) if row[cell.field] else NONE


def _money(cell: Cell, row: Row) -> str:
    return money(row[cell.field], row[cell.other])


def _moment(cell: Cell, row: Row) -> Markup:
    return moment(row[cell.field], row[HOME_ZONE]) if row[cell.field] else NONE


def _lane(cell: Cell, row: Row) -> str:
    return f"{row[cell.field] or '?'} → {row[cell.other] or '?'}"


def _subject(cell: Cell, row: Row) -> Markup:
    if row[cell.other]:
        return subject_link(row[cell.field], row[cell.other])
    message_ref = row.get("message_ref")
    return link("/messages/", message_ref) if message_ref else NONE


def _stack(cell: Cell, row: Row) -> Markup:
    first, *rest = (shown(part, row) for part in cell.parts)
    return stacked(escape(first), *(each for each in rest if each != NONE))


_SHOW: Mapping[str, Callable[[Cell, Row], Any]] = {
    "text": _text,
    "words": _words,
    "number": _text,
    "ref": _ref,
    "state": _state,
    "money": _money,
    "moment": _moment,
    "lane": _lane,
    "subject": _subject,
    "stack": _stack,
}
