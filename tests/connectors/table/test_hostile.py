"""Whatever bytes come, a table is read to its end, and what was read of it can be kept."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.connectors.table.manifest import Table
from drawbar.connectors.table.mapping import read_table
from drawbar.connectors.table.mapping_file import read_mapping
from drawbar.freight.lineage import Receipt
from drawbar.records.codec import decode_fact, encode

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
ORDERS = read_mapping((EXAMPLES / "orders.yaml").read_text())
USAID = read_mapping((EXAMPLES / "usaid.yaml").read_text())
FILE = (EXAMPLES / "orders.csv").read_bytes()
USAID_LINE = {
    "ID": "83920",
    "Project Code": "100-CI-T01",
    "Country": "Vietnam",
    "Line Item Quantity": "19",
    "Line Item Value": "551",
    "PO Sent to Vendor Date": "11/13/06",
    "Scheduled Delivery Date": "2-Jun-06",
    "Delivered to Client Date": "2-Jun-06",
    "Weight (Kilograms)": "13",
    "Freight Cost (USD)": "780.34",
}
RECEIPT = Receipt(message_ref="M-1", sender="import", learned_at=datetime(2026, 1, 1, tzinfo=UTC))
CELL = st.one_of(
    st.text(max_size=8),
    st.text(st.sampled_from("0123456789.,-/:TZ ee"), max_size=30),
    st.sampled_from(["9" * 60, "NaN", "1e400", "\ud7ff", "See DN-1 (ID#:2)", "0", "a" * 600]),
)


def keeps(body: bytes, table: Table) -> None:
    reading = read_table(body, RECEIPT, table)

    for fact in reading.facts:
        assert decode_fact(encode(fact)) == fact
    assert all(problem.place and problem.remedy and problem.cause for problem in reading.problems)


@given(st.integers(0, len(FILE)), st.binary(max_size=5), st.integers(0, 40))
def test_a_damaged_file_is_read_to_its_end(at, noise, lost):
    keeps(FILE[:at] + noise + FILE[at + lost :], ORDERS)


@given(st.sampled_from(sorted(USAID_LINE)), CELL)
def test_any_words_in_any_cell_are_taken_or_refused(column, cell):
    line = dict.fromkeys(USAID.columns, "text") | {"Shipment Mode": "Air"} | USAID_LINE
    line[column] = cell.replace("\t", " ").replace('"', "'").replace("\n", " ").replace("\r", " ")

    keeps("\n".join(("\t".join(line), "\t".join(line.values()))).encode(), USAID)


@pytest.mark.parametrize("column", range(29))
def test_any_overlong_cell_of_an_order_is_refused(column):
    heading, line, *_ = FILE.decode().splitlines()
    cells = line.split(",")
    cells[column] = "9" * 3000

    reading = read_table(f"{heading}\n{','.join(cells)}\n".encode(), RECEIPT, ORDERS)

    assert reading.facts == ()
    assert len(reading.problems) == 1
