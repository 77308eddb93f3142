"""Whatever a carrier sends, it becomes facts and problems with their place; nothing breaks."""

from hypothesis import given
from hypothesis import strategies as st

from drawbar.connectors.csv_folder.mapping import NEEDED, readers
from drawbar.freight.reading import Reading
from tests.connectors.csv_folder.conftest import RECEIPT, profile_of

COLUMNS = {
    "answers": "tender,shipment,answer,reason,pro,at",
    "status": "shipment,pro,status,stop,at,zone,reason",
    "pods": "shipment,pro,signed by,signed on,pieces,legible,remarks",
    "bills": "invoice,invoice date,shipment,line,charge,stop,amount,currency,total",
}
WORDS = st.sampled_from(
    (
        *("", "yes", "At shipper", "1", "-1", "1e9", "NaN", "03/20/2026", "2026-03-10 08:55"),
        *("CT", "USD", "Line haul", "S-O-1", "99999999999999999", '"', "=1+1", "\x1f", "é"),
        *("0001-01-01 00:00", "9999-12-31 23:59", "12/31/9999"),
    )
)
SHEETS = st.sampled_from(sorted(NEEDED))


def heard(sheet: str, body: bytes) -> Reading:
    return readers(profile_of())[f"csv:PRHL:{sheet}"](body, RECEIPT)


@given(SHEETS, st.binary(max_size=300))
def test_any_bytes_are_read_without_harm(sheet, body):
    reading = heard(sheet, body)

    assert reading.facts == ()


@given(SHEETS, st.lists(st.lists(WORDS, min_size=1, max_size=10), max_size=8))
def test_every_row_is_a_fact_or_a_problem_with_its_line(sheet, rows):
    lines = [COLUMNS[sheet], *(",".join(row) for row in rows)]
    reading = heard(sheet, "\n".join(lines).encode())

    assert all(problem.place.startswith("line ") for problem in reading.problems)
    assert all(fact.lineage.place.startswith("line ") for fact in reading.facts)
    assert len(reading.facts) <= len(rows)
