"""The boards there are: shipments, orders, bills, cases, deliveries, messages."""

from collections.abc import Callable, Iterator
from typing import Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.response import Stream

from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.board import Board
from drawbar.web.desks.board_page import Visit, show
from drawbar.web.desks.boards_billing import INVOICE_BOARD, LEAK_BOARD, UNBILLED_BOARD
from drawbar.web.desks.boards_contest import CLAIM_BOARD, DISPUTE_BOARD, MISSING_BOARD
from drawbar.web.desks.boards_money import BILL_BOARD, CASE_BOARD
from drawbar.web.desks.boards_road import ORDER_BOARD, SHIPMENT_BOARD
from drawbar.web.desks.boards_traffic import DELIVERY_BOARD, MESSAGE_BOARD
from drawbar.web.desks.choice import Today
from drawbar.web.given import GivenCaller, GivenReads, GivenSettings

BOARDS = (
    (SHIPMENT_BOARD, Scope.SHIPMENT_READ),
    (ORDER_BOARD, Scope.SHIPMENT_READ),
    (BILL_BOARD, Scope.MONEY_READ),
    (INVOICE_BOARD, Scope.MONEY_READ),
    (UNBILLED_BOARD, Scope.MONEY_READ),
    (LEAK_BOARD, Scope.MONEY_READ),
    (DISPUTE_BOARD, Scope.DISPUTE_READ),
    (CLAIM_BOARD, Scope.CLAIM_READ),
    (MISSING_BOARD, Scope.MONEY_READ),
    (CASE_BOARD, Scope.CASE_READ),
    (DELIVERY_BOARD, Scope.STORY_READ),
    (MESSAGE_BOARD, Scope.MESSAGE_READ),
)
_TWINS = ("", ".json", ".csv")


def board_routes() -> Iterator[HTTPRouteHandler]:
    """Return the page and the twins of every board."""
    for board, scope in BOARDS:
        for ending in _TWINS:
            yield get(board.path + ending, **page(scope))(_shower(board))


def _shower(board: Board) -> Callable[..., Response[Any] | Stream]:
    def show_board(
        request: Request[Any, Any, Any],
        reads: GivenReads,
        caller: GivenCaller,
        settings: GivenSettings,
    ) -> Response[Any] | Stream:
        today = Today(now=settings.clock.now(), zone=settings.company.zone)
        return show(Visit(board=board, request=request, reads=reads, caller=caller, today=today))

    return show_board
