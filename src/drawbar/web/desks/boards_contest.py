"""What is contested and claimed: disputes, claims, and the loads whose bill is missing."""

from drawbar.freight.claim import ClaimKind
from drawbar.records.desk.board import Order
from drawbar.records.desk.listing import CLAIMS, DISPUTES, MISSING_BILLS
from drawbar.settlement.claim import ClaimStatus
from drawbar.web.desks.board import Board, Column, Way
from drawbar.web.desks.cell import amount, lane, number, ref, stack, state, text, time, words
from drawbar.web.desks.choice import days, due, overdue, same, within_days
from drawbar.web.desks.choice import words as words_choice

DISPUTE_BOARD = Board(
    title="Disputes",
    path="/disputes",
    topic="bills",
    listing=DISPUTES,
    key=str,
    columns=(
        Column(label="Dispute", cell=stack(ref("ref", "/disputes/"), text("item")), wide=3),
        Column(label="State", cell=state()),
        Column(label="Carrier", cell=text("carrier_ref")),
        Column(label="Shipment", cell=ref("shipment_ref", "/shipments/")),
        Column(label="Contested", cell=amount("contested"), align="money"),
        Column(label="Still open", cell=amount("disputed"), align="money"),
        Column(label="Rounds", cell=number("rounds")),
        Column(label="Waits for", cell=words("waits_for")),
        Column(label="Answer by", cell=time("answer_by")),
    ),
    choices=(
        words_choice("ref", "shipment_ref", "carrier_ref", "item", "bills"),
        same("status", "state", "status", ("open", "closed")),
        same("carrier", "carrier", "carrier_ref"),
        same("shipment", "shipment", "shipment_ref"),
        same("waits", "who answers", "waits_for", ("ours", "carrier")),
        due(
            {
                "overdue": overdue("answer_by"),
                "today": within_days(1, "answer_by"),
                "this week": within_days(7, "answer_by"),
            }
        ),
        *days("opened_at", "opened"),
    ),
    ways=(
        Way(
            name="due",
            label="most urgent first",
            order=Order(column="answer_by", kind="timestamptz", down=False),
        ),
        Way(
            name="open",
            label="most money open first",
            order=Order(column="disputed", kind="numeric"),
        ),
        Way(name="newest", label="highest reference first"),
    ),
    new="Nothing was ever in dispute.",
)
CLAIM_BOARD = Board(
    title="Claims",
    path="/claims",
    topic="bills",
    listing=CLAIMS,
    key=str,
    columns=(
        Column(label="Claim", cell=stack(ref("ref", "/claims/"), words("kind")), wide=2),
        Column(label="State", cell=state()),
        Column(label="Carrier", cell=text("carrier_ref")),
        Column(label="Shipment", cell=ref("shipment_ref", "/shipments/")),
        Column(label="Claimed", cell=amount("claimed"), align="money"),
        Column(label="Recovered", cell=amount("recovered"), align="money"),
        Column(label="Open", cell=amount("open"), align="money"),
        Column(label="May be netted", cell=amount("nettable"), align="money"),
        Column(label="Next due", cell=time("due_at")),
    ),
    choices=(
        words_choice("ref", "shipment_ref", "carrier_ref", "bill_ref"),
        same("status", "state", "status", tuple(one.value for one in ClaimStatus)),
        same("kind", "kind", "kind", tuple(one.value for one in ClaimKind)),
        same("carrier", "carrier", "carrier_ref"),
        same("shipment", "shipment", "shipment_ref"),
        due(
            {
                "overdue": overdue("due_at"),
                "this week": within_days(7, "due_at"),
                "this month": within_days(30, "due_at"),
            }
        ),
        *days("found_at", "found"),
    ),
    ways=(
        Way(
            name="due",
            label="most urgent first",
            order=Order(column="due_at", kind="timestamptz", down=False),
        ),
        Way(name="open", label="most money open first", order=Order(column="open", kind="numeric")),
        Way(name="newest", label="highest reference first"),
    ),
    new="There was never anything to claim.",
)
MISSING_BOARD = Board(
    title="Missing freight bills",
    path="/missing-invoices",
    topic="shipments",
    listing=MISSING_BILLS,
    key=str,
    columns=(
        Column(label="Shipment", cell=ref("ref", "/shipments/"), wide=2),
        Column(label="Carrier", cell=text("carrier_ref")),
        Column(label="Customer", cell=text("customer_ref")),
        Column(label="Lane", cell=lane(), wide=2),
        Column(label="Last event", cell=time("last_event_at")),
        Column(label="Missing since", cell=time("bill_missing_at")),
        Column(label="Still accrued", cell=amount("bill_missing"), align="money"),
    ),
    choices=(
        words_choice("ref", "carrier_ref", "customer_ref", "order_ref"),
        same("carrier", "carrier", "carrier_ref"),
        same("customer", "customer", "customer_ref"),
        *days("bill_missing_at", "missing"),
    ),
    ways=(
        Way(
            name="oldest",
            label="missing longest first",
            order=Order(column="bill_missing_at", kind="timestamptz", down=False),
        ),
        Way(
            name="money",
            label="most money first",
            order=Order(column="bill_missing", kind="numeric"),
        ),
    ),
    new="Every carrier bills in time.",
    done="No bill is missing: every load that was delivered long enough ago is billed.",
)
