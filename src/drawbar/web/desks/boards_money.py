"""What finance looks at: every freight bill, and every case with the money that is at risk."""

from drawbar.flow.bill_state import BillStatus
from drawbar.freight.case import CaseKind
from drawbar.records.desk.board import Order
from drawbar.records.desk.listing import BILLS, CASES
from drawbar.web.desks.board import Board, Column, Way
from drawbar.web.desks.cell import amount, ref, stack, state, subject, text, time, words
from drawbar.web.desks.choice import days, due, overdue, same, within_days
from drawbar.web.desks.choice import words as words_choice

BILL_BOARD = Board(
    title="Freight bills",
    path="/bills",
    topic="bills",
    listing=BILLS,
    key=str,
    columns=(
        Column(label="Bill", cell=ref("ref", "/bills/"), wide=2),
        Column(label="State", cell=state()),
        Column(label="Carrier", cell=text("carrier_ref")),
        Column(label="Invoice", cell=text("invoice_number")),
        Column(label="Shipment", cell=ref("shipment_ref", "/shipments/")),
        Column(label="Reason", cell=words("reason")),
        Column(label="Billed", cell=amount("billed"), align="money"),
        Column(label="Payable", cell=amount("payable"), align="money"),
        Column(label="Disputed", cell=amount("disputed"), align="money"),
        Column(label="Decided", cell=time("decided_at")),
    ),
    choices=(
        words_choice("ref", "invoice_number", "shipment_ref", "carrier_ref", "reason"),
        same("status", "state", "status", (*(status.value for status in BillStatus), "recorded")),
        same("carrier", "carrier", "carrier_ref"),
        same("shipment", "shipment", "shipment_ref"),
        *days("decided_at", "decided"),
    ),
    ways=(
        Way(name="newest", label="highest reference first"),
        Way(
            name="disputed",
            label="most disputed first",
            order=Order(column="disputed", kind="numeric"),
        ),
        Way(name="billed", label="largest first", order=Order(column="billed", kind="numeric")),
        Way(
            name="decided",
            label="last decided first",
            order=Order(column="decided_at", kind="timestamptz"),
        ),
    ),
    new="No carrier has billed yet.",
)
CASE_BOARD = Board(
    title="Open cases",
    path="/cases",
    topic="cases",
    listing=CASES,
    key=int,
    columns=(
        Column(label="Case", cell=stack(words("kind"), text("owner"))),
        Column(label="About", cell=subject("subject_kind", "subject_ref")),
        Column(
            label="What and what would mend it", cell=stack(text("text"), text("remedy")), wide=4
        ),
        Column(label="Due", cell=time("due_at")),
        Column(label="At risk", cell=amount("amount"), align="money"),
    ),
    choices=(
        words_choice("subject_ref", "text", "remedy", "cause"),
        same("owner", "owner", "owner"),
        same("kind", "kind", "kind", tuple(kind.value for kind in CaseKind)),
        same("subject", "about", "subject_ref"),
        due(
            {
                "overdue": overdue("due_at"),
                "today": within_days(1, "due_at"),
                "this week": within_days(7, "due_at"),
            }
        ),
        *days("opened_at", "opened"),
    ),
    ways=(
        Way(
            name="due",
            label="most urgent first",
            order=Order(column="due_at", kind="timestamptz", down=False),
        ),
        Way(
            name="risk",
            label="most money at risk first",
            order=Order(column="amount", kind="numeric"),
        ),
        Way(name="newest", label="newest first"),
    ),
    new="Nothing has needed a person yet.",
    done="Nothing waits for a person: every case is settled.",
)
