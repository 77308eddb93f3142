"""A board: a list of one kind of thing, with filters in the address and a twin as data."""

import re
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response
from msgspec import Struct

from drawbar.records.desk.listing import Listing, leaf
from drawbar.records.desk.reads import Reads
from drawbar.web.api.v1.paging import cursor_of, place_of
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.role import Scope
from drawbar.web.desks.rendering import render
from drawbar.web.desks.table import HOME_ZONE, Choice, Chosen, Column, Row
from drawbar.web.problem import Refusal, problem

_FIT = re.compile(r"[^\x00-\x1f\x7f]{0,60}")
ROWS = 50
_MONEY = frozenset({"cost", "revenue", "billed", "payable", "disputed", "amount"})


class Board(Struct, frozen=True, kw_only=True):
    """What a list shows. ``place`` is the type of its order, ``nothing`` says why it is empty."""

    title: str
    path: str
    listing: Listing
    place: type[int] | type[str]
    columns: tuple[Column, ...]
    choices: tuple[Choice, ...]
    nothing: str


def show(
    board: Board, request: Request[Any, Any, Any], reads: Reads, caller: Caller, home_zone: str
) -> Response[Any]:
    """Return a page of the board, or the same rows as data where the address ends in .json."""
    chosen = [_chosen(choice, request) for choice in board.choices]
    wanted = {choice.column: each.value for choice, each in zip(board.choices, chosen, strict=True)}
    before = place_of(request.query_params.get("after", ""), board.place)
    with reads.connection() as connection, connection.cursor() as cursor:
        found = leaf(cursor, board.listing, wanted=wanted, before=before, limit=ROWS)
    rows = found.rows if caller.may(Scope.MONEY_READ) else [_without_money(r) for r in found.rows]
    zoned = [{**row, HOME_ZONE: home_zone} for row in rows]
    following = cursor_of(found.last)
    if request.url.path.endswith(".json"):
        return Response({"items": rows, "next": following})
    asked = {each.name: each.value for each in chosen if each.value}
    return render(
        "list.html",
        title=board.title,
        here=board.path,
        columns=board.columns,
        rows=zoned,
        choices=chosen,
        filtered=bool(asked),
        nothing=board.nothing,
        twin=_address(f"{board.path}.json", asked),
        more=_address(board.path, asked | {"after": following}) if following else "",
    )


def _without_money(row: Row) -> dict[str, Any]:
    return {name: None if name in _MONEY else value for name, value in row.items()}


def _chosen(choice: Choice, request: Request[Any, Any, Any]) -> Chosen:
    value = request.query_params.get(choice.name, "").strip()
    if not _FIT.fullmatch(value):
        raise Refusal(problem(400, "unfit-parameter", f"No {choice.label} is called like that."))
    return Chosen(name=choice.name, label=choice.label, value=value, options=choice.options)


def _address(path: str, asked: dict[str, str]) -> str:
    return f"{path}?{urlencode(asked)}" if asked else path
