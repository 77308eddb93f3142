"""A board on its page and in its twins: the same rows for a person, the grid, a spreadsheet."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response
from litestar.response import Stream
from msgspec import Struct

from drawbar.records.desk import board as records
from drawbar.records.desk.board import Asked, Place, among
from drawbar.records.desk.reads import Reads
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.paging import cursor_of, place_of
from drawbar.web.auth.caller import Caller
from drawbar.web.desks.board import Board, Way, asked_of, seen_rows, spec_of
from drawbar.web.desks.choice import Chosen, Today, chosen
from drawbar.web.desks.csv_twin import csv_twin, named
from drawbar.web.desks.rendering import render
from drawbar.web.desks.table import HOME_ZONE
from drawbar.web.problem import Refusal, problem

ROWS = 50
ROWS_MAX = 1000
_REFS_MAX = 100
_REFS_LENGTH_MAX = 8000


class Visit(Struct, frozen=True, kw_only=True):
    """One look at a board: who looks, when, and what the address says."""

    board: Board
    request: Request[Any, Any, Any]
    reads: Reads
    caller: Caller
    today: Today

    def said(self, name: str) -> str:
        """Return what the address says under a name, empty where it says nothing."""
        return str(self.request.query_params.get(name, ""))

    def chosen(self) -> list[Chosen]:
        """Return every filter with what is chosen."""
        return [chosen(choice, self.request, self.today) for choice in self.board.choices]

    def way(self) -> Way:
        """Return the order of the rows."""
        return self.board.way(self.said("order"))


class Page(Struct, frozen=True, kw_only=True):
    """The rows of one page; ``total`` is how many there are with this filter."""

    items: list[dict[str, Any]]
    next: str | None
    total: int


def show(visit: Visit) -> Response[Any] | Stream:
    """Return a page of the board, or the same rows as data where the address ends so."""
    path = visit.request.url.path
    if path.endswith(".csv"):
        return _file(visit)
    filters, way = visit.chosen(), visit.way()
    asked = asked_of(filters, way)
    with visit.reads.connection() as connection, connection.cursor() as cursor:
        if path.endswith(".json"):
            return Response(_page(cursor, visit, _only_refs(visit, asked), _limit(visit)))
        page = _page(cursor, visit, asked, ROWS)
        empty = "" if page.items else _why_empty(cursor, visit.board, filters)
    return _html(visit, filters, page, empty)


def _page(cursor: Rows, visit: Visit, asked: Asked, limit: int) -> Page:
    listing = visit.board.listing
    leaf = records.rows(cursor, listing, asked, after=_place(visit), limit=limit)
    return Page(
        items=list(seen_rows(iter(leaf.rows), visit.caller)),
        next=cursor_of(leaf.last),
        total=records.count(cursor, listing, asked),
    )


def _html(visit: Visit, filters: list[Chosen], page: Page, empty: str) -> Response[str]:
    board, way = visit.board, visit.way()
    said = {each.name: each.value for each in filters if each.value}
    if way is not board.ways[0]:
        said["order"] = way.name
    zone = visit.today.zone
    return render(
        "list.html",
        board=board,
        here=board.path,
        way=way,
        rows=[{**row, HOME_ZONE: zone} for row in page.items],
        total=page.total,
        count_max=records.COUNT_MAX,
        choices=filters,
        chips=[(each, _without(board, said, each.name)) for each in filters if each.value],
        empty=empty,
        json=_address(f"{board.path}.json", said),
        csv=_address(f"{board.path}.csv", said),
        spec=msgspec.json.encode(spec_of(board, zone)).decode(),
        more=_address(board.path, said | {"after": page.next}) if page.next else "",
        is_first=not visit.said("after"),
    )


def _file(visit: Visit) -> Stream:
    """Return every row as a file; the connection is taken when the first row is asked for."""
    listing, asked = visit.board.listing, asked_of(visit.chosen(), visit.way())

    def every_row() -> Iterator[dict[str, Any]]:
        with visit.reads.connection() as connection, connection.cursor() as cursor:
            yield from seen_rows(records.every_row(cursor, listing, asked), visit.caller)

    name = visit.board.path.strip("/").replace("/", "-")
    return csv_twin(name, [named(column) for column in listing.columns], every_row())


def _why_empty(cursor: Rows, board: Board, filters: list[Chosen]) -> str:
    """Return why there is nothing to see: it is filtered away, all done, or new."""
    if any(each.value for each in filters):
        return "filtered"
    return "done" if records.was_any(cursor, board.listing) else "new"


def _only_refs(visit: Visit, asked: Asked) -> Asked:
    """Return what is asked for among some rows only, where the address names them."""
    refs = visit.said("refs")
    if not refs:
        return asked
    if len(refs) > _REFS_LENGTH_MAX or "\0" in refs:
        raise _unfit("refs", f"Name at most {_REFS_MAX} rows.")
    wanted = among(visit.board.listing.order, refs.split(",")[:_REFS_MAX])
    return Asked(conditions=(*asked.conditions, wanted), order=asked.order)


def _limit(visit: Visit) -> int:
    said = visit.said("limit") or str(ROWS)
    if not said.isascii() or not said.isdecimal() or not 1 <= int(said[:6]) <= ROWS_MAX:
        raise _unfit("limit", f"A page has 1 to {ROWS_MAX} rows.")
    return int(said)


def _place(visit: Visit) -> Place | None:
    """Return where the page begins. Raise ``Refusal`` (400) for a cursor that we did not give."""
    shape: Any = tuple[str, visit.board.key]  # type: ignore[name-defined]
    after = visit.said("after")
    if not after.isascii():
        raise _unfit("after", "We gave no such cursor.")
    place = place_of(after, shape)
    if place is None:
        return None
    value, key = place
    kind = visit.way().order.kind if visit.way().order.column else "text"
    if "\0" in value or "\0" in str(key) or not _is(kind, value) or abs(_number(key)) >= 2**63:
        raise _unfit("after", "We gave no such cursor.")
    return value, key


def _number(key: Any) -> int:
    return key if isinstance(key, int) else 0


def _is(kind: str, value: str) -> bool:
    try:
        if value and kind == "numeric":
            return Decimal(value).is_finite()
        if value and kind == "timestamptz":
            return datetime.fromisoformat(value).tzinfo is not None
    except (InvalidOperation, ValueError):
        return False
    return True


def _without(board: Board, said: dict[str, str], name: str) -> str:
    return _address(board.path, {key: value for key, value in said.items() if key != name})


def _address(path: str, said: dict[str, str]) -> str:
    return f"{path}?{urlencode(said)}" if said else path


def _unfit(name: str, text: str) -> Refusal:
    return Refusal(problem(400, "unfit-parameter", f"{name}: {text}"))
