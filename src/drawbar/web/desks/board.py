"""A board: a list of one kind of thing, with filters in the address and twins as data."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from drawbar.records.desk.board import Asked, Order
from drawbar.records.desk.listing import Listing
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.role import Scope
from drawbar.web.desks.cell import Cell, shown
from drawbar.web.desks.choice import Choice, Chosen
from drawbar.web.desks.state_mark import KIND_OF
from drawbar.web.desks.table import PAGES, Row

_MONEY = frozenset({"cost", "revenue", "billed", "payable", "disputed", "amount", "bill_missing"})


class Column(Struct, frozen=True, kw_only=True):
    """A column. ``align`` is a class of the style sheet, such as "money"."""

    label: str
    cell: Cell
    align: str = ""
    wide: int = 1

    def show(self, row: Row) -> Any:
        """Return the cell of a row as the page shows it."""
        return shown(self.cell, row)


class Way(Struct, frozen=True, kw_only=True):
    """An order of the rows that somebody can choose."""

    name: str
    label: str
    order: Order = Order()


class Board(Struct, frozen=True, kw_only=True):
    """What a list shows. ``key`` is the type of what each row is told apart by.

    ``topic`` is its name in the live stream, ``new`` says why it is empty when it never had a row,
    ``done`` when it had some and all are settled. The first of ``ways`` is the usual order.
    """

    title: str
    path: str
    listing: Listing
    key: type[int] | type[str]
    columns: tuple[Column, ...]
    choices: tuple[Choice, ...]
    new: str
    topic: str
    done: str = ""
    ways: tuple[Way, ...] = (Way(name="newest", label="newest first"),)

    def way(self, name: str) -> Way:
        """Return the order of that name, the usual one for a name that there is not."""
        return next((way for way in self.ways if way.name == name), self.ways[0])


class Spec(Struct, frozen=True, kw_only=True):
    """What the grid is told: ``states`` say what is good or bad, ``pages`` where things are."""

    columns: tuple[Column, ...]
    key: str
    zone: str
    topic: str
    title: str
    states: Mapping[str, str]
    pages: Mapping[str, str]


def spec_of(board: Board, zone: str) -> Spec:
    """Return what the grid must know to show the same as the page."""
    return Spec(
        columns=board.columns,
        key=board.listing.order,
        zone=zone,
        topic=board.topic,
        title=board.title,
        states=KIND_OF,
        pages=PAGES,
    )


def asked_of(chosen: list[Chosen], way: Way) -> Asked:
    """Return what the address asks for."""
    conditions = tuple(each.condition for each in chosen if each.condition is not None)
    return Asked(conditions=conditions, order=way.order)


def seen_rows(rows: Iterator[dict[str, Any]], caller: Caller) -> Iterator[dict[str, Any]]:
    """Yield rows with what the caller may see: money is for some."""
    if caller.may(Scope.MONEY_READ):
        yield from rows
        return
    for row in rows:
        yield {name: None if name in _MONEY else value for name, value in row.items()}
