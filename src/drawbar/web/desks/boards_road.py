"""What dispatch looks at: every shipment and every order, with what is due and what is late."""

from drawbar.flow.order_state import OrderStatus
from drawbar.milestones.status import Status
from drawbar.records.desk.board import Order, none_of
from drawbar.records.desk.listing import ORDERS, SHIPMENTS
from drawbar.web.desks.board import Board, Column, Way
from drawbar.web.desks.cell import lane, number, ref, stack, state, text, time, words
from drawbar.web.desks.choice import Test, both, days, due, overdue, same, within_days
from drawbar.web.desks.choice import lane as lane_choice
from drawbar.web.desks.choice import words as words_choice

_COVERING = ("reserving", "uncovered", "tendered", "covered")
_ENDED = ("delivered", "refused", "cancelled", "recorded")
_ON_THE_ROAD = (
    *("loaded", "in_transit", "at_delivery", "attempted", "partly_delivered"),
    *("at_pickup", *_ENDED),
)


def _but(*states: str) -> Test:
    return lambda _, __: none_of("status", states)


SHIPMENT_BOARD = Board(
    title="Shipments",
    path="/shipments",
    topic="shipments",
    listing=SHIPMENTS,
    key=str,
    columns=(
        Column(
            label="Shipment", cell=stack(ref("ref", "/shipments/"), text("customer_ref")), wide=2
        ),
        Column(label="State", cell=state()),
        Column(label="Lane", cell=lane(), wide=2),
        Column(label="Carrier", cell=text("carrier_ref")),
        Column(label="Tender", cell=state("tender_state")),
        Column(label="Pickup", cell=time("pickup_due_at")),
        Column(label="Delivery", cell=time("delivery_due_at")),
        Column(label="Last event", cell=stack(words("last_event"), time("last_event_at"))),
        Column(label="Flags", cell=words("flags")),
    ),
    choices=(
        words_choice("ref", "customer_ref", "carrier_ref", "order_ref", "origin", "destination"),
        same(
            "status",
            "state",
            "status",
            (*_COVERING, *(status.value for status in Status), "on_hold", "cancelled", "recorded"),
        ),
        same("customer", "customer", "customer_ref"),
        same("carrier", "carrier", "carrier_ref"),
        lane_choice("origin", "destination"),
        due(
            {
                "late pickup": both(overdue("pickup_due_at"), _but(*_ON_THE_ROAD)),
                "late delivery": both(overdue("delivery_due_at"), _but(*_ENDED)),
                "today": within_days(1, "pickup_due_at", "delivery_due_at"),
                "this week": within_days(7, "pickup_due_at", "delivery_due_at"),
            }
        ),
        *days("pickup_due_at", "pickup"),
    ),
    ways=(
        Way(name="newest", label="highest reference first"),
        Way(
            name="pickup",
            label="next pickup first",
            order=Order(column="pickup_due_at", kind="timestamptz", down=False),
        ),
        Way(
            name="delivery",
            label="next delivery first",
            order=Order(column="delivery_due_at", kind="timestamptz", down=False),
        ),
        Way(
            name="event",
            label="last event first",
            order=Order(column="last_event_at", kind="timestamptz"),
        ),
    ),
    new="No order was released yet. Release one, or let the ERP connector read one.",
)
ORDER_BOARD = Board(
    title="Orders",
    path="/orders",
    topic="orders",
    listing=ORDERS,
    key=str,
    columns=(
        Column(label="Order", cell=ref("ref", "/orders/"), wide=2),
        Column(label="State", cell=state()),
        Column(label="Customer", cell=text("customer_ref")),
        Column(label="Revision", cell=number("revision"), align="number"),
        Column(label="Changed", cell=time("changed_at")),
    ),
    choices=(
        words_choice("ref", "customer_ref"),
        same("status", "state", "status", tuple(status.value for status in OrderStatus)),
        same("customer", "customer", "customer_ref"),
        *days("changed_at", "changed"),
    ),
    ways=(
        Way(name="newest", label="highest reference first"),
        Way(
            name="changed",
            label="last changed first",
            order=Order(column="changed_at", kind="timestamptz"),
        ),
    ),
    new="No order came in yet.",
)
