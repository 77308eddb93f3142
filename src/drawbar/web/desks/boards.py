"""The boards there are: shipments, bills, cases, deliveries, messages."""

from collections.abc import Callable, Iterator
from typing import Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from drawbar.flow.bill_state import BillStatus
from drawbar.flow.order_state import OrderStatus
from drawbar.freight.case import CaseKind
from drawbar.freight.delivery import Lane
from drawbar.milestones.status import Status
from drawbar.records.desk.listing import BILLS, CASES, DELIVERIES, MESSAGES, ORDERS, SHIPMENTS
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.board import Board, show
from drawbar.web.desks.rendering import moment, money
from drawbar.web.desks.state_mark import state_mark, words_of
from drawbar.web.desks.table import (
    HOME_ZONE,
    Choice,
    Column,
    Row,
    link,
    plain,
    reference,
    stacked,
    subject_link,
)
from drawbar.web.given import GivenCaller, GivenReads, GivenSettings

_COVERING = ("reserving", "uncovered", "tendered", "covered")
_DELIVERY_STATES = ("ready", "claimed", "confirmed", "rejected", "unsure", "dead", "skipped")


def _amount(name: str) -> Column:
    return Column(
        label=words_of(name).capitalize(),
        show=lambda row: money(row[name], row["currency"]),
        align="money",
    )


def _state(name: str = "status", label: str = "State") -> Column:
    return Column(label=label, show=lambda row: state_mark(row[name]))


def _time(name: str, label: str) -> Column:
    return Column(label=label, show=lambda row: moment(row[name], row[HOME_ZONE]))


def _subject(row: Row) -> Any:
    if not row["subject_ref"]:
        return link("/messages/", row["message_ref"]) if row["message_ref"] else "—"
    return subject_link(row["subject_kind"], row["subject_ref"])


SHIPMENT_BOARD = Board(
    title="Shipments",
    path="/shipments",
    listing=SHIPMENTS,
    place=str,
    columns=(
        Column(
            label="Shipment",
            show=lambda row: stacked(link("/shipments/", row["ref"]), row["customer_ref"]),
        ),
        _state(),
        Column(
            label="Lane", show=lambda row: f"{row['origin'] or '?'} → {row['destination'] or '?'}"
        ),
        Column(label="Carrier", show=plain("carrier_ref")),
        _state("tender_state", "Tender"),
        _time("pickup_due_at", "Pickup"),
        _time("delivery_due_at", "Delivery"),
        Column(
            label="Last event",
            show=lambda row: stacked(
                words_of(row["last_event"] or "—"), moment(row["last_event_at"], row[HOME_ZONE])
            ),
        ),
        Column(label="Flags", show=lambda row: words_of(row["flags"] or "—")),
    ),
    choices=(
        Choice(
            name="status",
            label="state",
            column="status",
            options=(*_COVERING, *(status.value for status in Status), "cancelled", "recorded"),
        ),
        Choice(name="customer", label="customer", column="customer_ref"),
        Choice(name="carrier", label="carrier", column="carrier_ref"),
    ),
    nothing="No order was released yet.",
)
ORDER_BOARD = Board(
    title="Orders",
    path="/orders",
    listing=ORDERS,
    place=str,
    columns=(
        Column(label="Order", show=reference("ref", "/orders/")),
        _state(),
        Column(label="Customer", show=plain("customer_ref")),
        Column(label="Revision", show=plain("revision"), align="number"),
        _time("changed_at", "Changed"),
    ),
    choices=(
        Choice(
            name="status",
            label="state",
            column="status",
            options=tuple(status.value for status in OrderStatus),
        ),
        Choice(name="customer", label="customer", column="customer_ref"),
    ),
    nothing="No order came in yet.",
)
BILL_BOARD = Board(
    title="Freight bills",
    path="/bills",
    listing=BILLS,
    place=str,
    columns=(
        Column(label="Bill", show=reference("ref", "/bills/")),
        _state(),
        Column(label="Carrier", show=plain("carrier_ref")),
        Column(label="Invoice", show=plain("invoice_number")),
        Column(label="Shipment", show=reference("shipment_ref", "/shipments/")),
        Column(label="Reason", show=plain("reason")),
        _amount("billed"),
        _amount("payable"),
        _amount("disputed"),
    ),
    choices=(
        Choice(
            name="status",
            label="state",
            column="status",
            options=(*(status.value for status in BillStatus), "recorded"),
        ),
        Choice(name="carrier", label="carrier", column="carrier_ref"),
        Choice(name="shipment", label="shipment", column="shipment_ref"),
    ),
    nothing="No carrier has billed yet.",
)
CASE_BOARD = Board(
    title="Open cases",
    path="/cases",
    listing=CASES,
    place=int,
    columns=(
        Column(
            label="Case",
            show=lambda row: stacked(words_of(row["kind"]), row["owner"]),
        ),
        Column(label="About", show=_subject),
        Column(
            label="What and what would mend it",
            show=lambda row: stacked(row["text"], row["remedy"]),
        ),
        _time("due_at", "Due"),
        Column(
            label="At risk",
            show=lambda row: money(row["amount"], row["currency"]),
            align="money",
        ),
    ),
    choices=(
        Choice(name="owner", label="owner", column="owner"),
        Choice(
            name="kind", label="kind", column="kind", options=tuple(kind.value for kind in CaseKind)
        ),
        Choice(name="subject", label="about", column="subject_ref"),
    ),
    nothing="Nothing waits for a person.",
)
DELIVERY_BOARD = Board(
    title="Deliveries to other systems",
    path="/deliveries",
    listing=DELIVERIES,
    place=int,
    columns=(
        Column(
            label="What", show=lambda row: stacked(row["kind"], f"{row['system']} · {row['lane']}")
        ),
        _state("state"),
        Column(label="About", show=lambda row: subject_link(row["stream_kind"], row["stream_ref"])),
        Column(label="Our key", show=plain("business_key")),
        Column(label="Their number", show=plain("document")),
        Column(label="Attempts", show=plain("attempts"), align="number"),
        Column(label="Said", show=plain("error")),
        _time("created_at", "Since"),
    ),
    choices=(
        Choice(name="system", label="system", column="system"),
        Choice(
            name="lane", label="lane", column="lane", options=tuple(lane.value for lane in Lane)
        ),
        Choice(name="status", label="state", column="state", options=_DELIVERY_STATES),
    ),
    nothing="Nothing was to be sent yet.",
)
MESSAGE_BOARD = Board(
    title="Messages",
    path="/messages",
    listing=MESSAGES,
    place=int,
    columns=(
        Column(label="Message", show=reference("message_ref", "/messages/")),
        Column(label="Way", show=plain("direction")),
        _state("outcome"),
        Column(label="Channel", show=plain("channel")),
        Column(label="Sender", show=plain("sender")),
        Column(label="Facts", show=lambda row: row["facts"], align="number"),
        Column(label="Times", show=plain("times"), align="number"),
        _time("learned_at", "Learned"),
    ),
    choices=(
        Choice(name="direction", label="way", column="direction", options=("in", "out")),
        Choice(
            name="status",
            label="state",
            column="outcome",
            options=("applied", "parked", "dead", "conflicting", "edited", "sent"),
        ),
        Choice(name="channel", label="channel", column="channel"),
        Choice(name="sender", label="sender", column="sender"),
    ),
    nothing="Nothing came in or went out yet.",
)


BOARDS = (
    (SHIPMENT_BOARD, Scope.SHIPMENT_READ),
    (ORDER_BOARD, Scope.SHIPMENT_READ),
    (BILL_BOARD, Scope.MONEY_READ),
    (CASE_BOARD, Scope.CASE_READ),
    (DELIVERY_BOARD, Scope.STORY_READ),
    (MESSAGE_BOARD, Scope.MESSAGE_READ),
)


def board_routes() -> Iterator[HTTPRouteHandler]:
    """Return the page and the twin of every board."""
    for board, scope in BOARDS:
        yield get(board.path, **page(scope))(_shower(board))
        yield get(f"{board.path}.json", **page(scope))(_shower(board))


def _shower(board: Board) -> Callable[..., Response[Any]]:
    def show_board(
        request: Request[Any, Any, Any],
        reads: GivenReads,
        caller: GivenCaller,
        settings: GivenSettings,
    ) -> Response[Any]:
        return show(board, request, reads, caller, settings.company.zone)

    return show_board
