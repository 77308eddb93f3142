"""What finance looks at to get paid: invoices, what blocks them, and what is never invoiced."""

from drawbar.billing.obstacle import Obstacle
from drawbar.flow.board import WAITS_FOR_PERIOD, WAITS_FOR_RELEASE
from drawbar.freight.invoice import InvoiceKind
from drawbar.records.desk.board import Order
from drawbar.records.desk.listing import INVOICES, LEAKS, UNBILLED
from drawbar.web.desks.board import Board, Column, Way
from drawbar.web.desks.cell import amount, lane, number, ref, stack, state, text, time, words
from drawbar.web.desks.choice import Choice, days, same
from drawbar.web.desks.choice import words as words_choice

STATES = ("released", "partly_paid", "paid", "credited")

INVOICE_BOARD = Board(
    title="Customer invoices",
    path="/invoices",
    topic="invoices",
    listing=INVOICES,
    key=str,
    columns=(
        Column(label="Invoice", cell=stack(ref("ref", "/invoices/"), words("kind")), wide=2),
        Column(label="State", cell=state()),
        Column(label="Customer", cell=text("customer_ref")),
        Column(label="Shipment", cell=ref("shipment_ref", "/shipments/")),
        Column(label="Shipments", cell=number("shipments")),
        Column(label="Invoiced on", cell=text("invoiced_on")),
        Column(label="Due on", cell=text("due_on")),
        Column(label="Total", cell=amount("total"), align="money"),
        Column(label="Open", cell=amount("open"), align="money"),
        Column(label="Disputed", cell=amount("contested"), align="money"),
    ),
    choices=(
        words_choice("ref", "shipment_ref", "customer_ref"),
        same("status", "state", "status", STATES),
        same("kind", "kind", "kind", tuple(one.value for one in InvoiceKind)),
        same("customer", "customer", "customer_ref"),
    ),
    ways=(
        Way(name="newest", label="highest reference first"),
        Way(name="open", label="most open first", order=Order(column="open", kind="numeric")),
        Way(name="total", label="largest first", order=Order(column="total", kind="numeric")),
    ),
    new="No customer has been invoiced yet.",
)
UNBILLED_BOARD = Board(
    title="What blocks an invoice",
    path="/billing",
    topic="shipments",
    listing=UNBILLED,
    key=str,
    columns=(
        Column(label="Shipment", cell=ref("ref", "/shipments/"), wide=2),
        Column(label="Customer", cell=text("customer_ref")),
        Column(label="Lane", cell=lane(), wide=2),
        Column(label="Why not yet", cell=words("unbilled_because"), wide=3),
        Column(label="Since", cell=time("unbilled_since")),
        Column(label="Not invoiced", cell=amount("unbilled"), align="money"),
    ),
    choices=(
        words_choice("ref", "order_ref", "customer_ref"),
        Choice(
            name="because",
            label="why",
            options=(*(one.value for one in Obstacle), WAITS_FOR_RELEASE, WAITS_FOR_PERIOD),
            test=words_choice("unbilled_because").test,
        ),
        same("customer", "customer", "customer_ref"),
        *days("unbilled_since", "since"),
    ),
    ways=(
        Way(
            name="oldest",
            label="longest waiting first",
            order=Order(column="unbilled_since", kind="timestamptz", down=False),
        ),
        Way(name="money", label="most money first", order=Order(column="unbilled", kind="numeric")),
        Way(name="newest", label="highest reference first"),
    ),
    new="Nothing was delivered yet that could be invoiced.",
    done="Everything that was delivered is invoiced.",
)
LEAK_BOARD = Board(
    title="Margin that leaks",
    path="/margin-leaks",
    topic="shipments",
    listing=LEAKS,
    key=str,
    columns=(
        Column(label="Shipment", cell=ref("ref", "/shipments/"), wide=2),
        Column(label="Customer", cell=text("customer_ref")),
        Column(label="Carrier", cell=text("carrier_ref")),
        Column(label="Charge and cause", cell=text("leaked_because"), wide=4),
        Column(label="Behind it", cell=text("leaked_of")),
        Column(label="Since", cell=time("leaked_at")),
        Column(label="Never invoiced", cell=amount("leaked"), align="money"),
    ),
    choices=(
        words_choice("ref", "order_ref", "customer_ref", "carrier_ref", "leaked_because"),
        same("customer", "customer", "customer_ref"),
        same("carrier", "carrier", "carrier_ref"),
        *days("leaked_at", "since"),
    ),
    ways=(
        Way(name="money", label="most money first", order=Order(column="leaked", kind="numeric")),
        Way(
            name="newest",
            label="newest first",
            order=Order(column="leaked_at", kind="timestamptz"),
        ),
    ),
    new="Everything that was owed was invoiced: no charge came too late, none was let go.",
)
