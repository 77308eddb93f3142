"""A flat file says the same as a partner's table would: the same facts but for where they stand."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.connectors.registry import readers_of
from drawbar.freight.freight_bill import BillReceived
from drawbar.freight.lineage import Lineage, Receipt
from tests.connectors.flat.layouts import BILLS, STATUS, told_by

RECEIPT = Receipt(message_ref="M-1", sender="p", learned_at=datetime(2026, 3, 20, 9, 0, tzinfo=UTC))
FOLDERS = {"folders": {"inbox": "in", "outbox": "out", "own": "own"}, "party_ref": "NRTH"}
TABLES = {"connector": "csv_folder", **FOLDERS, "zone": "America/Chicago"}
FILES = {
    "connector": "flat",
    **FOLDERS,
    "read": {"S": "status", "B": "bills"},
    "described": {"status": told_by(STATUS), "bills": told_by(BILLS)},
    "milestones": {"D1": "delivered"},
    "charges": {"Line haul": "linehaul", "Discount": "linehaul", "Fuel": "fuel_surcharge"},
}
EVENTS = (
    b"HDNRTH  202603101200\r\nEVS-O-2     D1 202603111030020000000{\r\nTR0000100003000000000{\r\n"
)
EVENT_ROWS = b"shipment,status,at,stop\nS-O-2,Delivered,2026-03-11 10:30,2\n"
BILL = b"H;4711;10.03.2026;S-O-1;95,00;USD\nL;Line haul;100,00;x\nL;Discount;-5,00;y\n"
BILL_ROWS = (
    b"shipment,invoice,invoice date,line,charge,amount,description,total,currency\n"
    b"S-O-1,4711,03/10/2026,1,Line haul,100.00,x,95.00,USD\n"
    b"S-O-1,4711,03/10/2026,2,Discount,-5.00,y,95.00,USD\n"
)


def said(described, channel, body):
    """Return the facts without what tells one way from the other."""
    facts = readers_of("northlake", described)[channel](body, RECEIPT).facts
    return [_bare(one) for one in facts]


def _bare(fact):
    bare = structs.replace(fact, key="k", lineage=Lineage(message_ref="M-1"))
    if not isinstance(bare, BillReceived):
        return bare
    lines = tuple(structs.replace(line, place="") for line in bare.bill.lines)
    return structs.replace(bare, bill=structs.replace(bare.bill, bill_ref="B", lines=lines))


@pytest.mark.parametrize(
    ("flat", "table"),
    [
        (("flat:NRTH:status", EVENTS), ("csv:NRTH:status", EVENT_ROWS)),
        (("flat:NRTH:bills", BILL), ("csv:NRTH:bills", BILL_ROWS)),
    ],
    ids=["what happened", "a bill"],
)
def test_a_flat_file_and_a_table_say_the_same(flat, table):
    (told,) = said(FILES, *flat)

    assert [told] == said(TABLES, *table)


def test_the_bill_foots():
    (told,) = said(FILES, "flat:NRTH:bills", BILL)

    assert told.bill.document_lines_total.amount == told.bill.total.amount == Decimal("95.00")
