"""USAID's delivery history, 10,324 real lines: every line has an end, and no cent is lost.

The figures are those of the file itself, counted by a few lines of another program.
"""

import csv
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest

from drawbar.connectors.table.mapping import read_table
from drawbar.connectors.table.mapping_file import read_mapping
from drawbar.connectors.table.slices import slices
from drawbar.connectors.table.survey import Ends, Survey
from drawbar.freight.fact import Fact
from drawbar.freight.history import OrderRecorded, PastOrder, WeightBasis
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Problem

pytestmark = pytest.mark.needs("samples")

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "usaid.yaml"
RECEIPT = Receipt(message_ref="M-1", sender="import", learned_at=datetime(2026, 1, 1, tzinfo=UTC))
TABLE = read_mapping(EXAMPLE.read_text())
Read = tuple[list[Fact], list[Problem]]


def read(body: bytes) -> Read:
    readings = [read_table(one.body, RECEIPT, TABLE) for one in slices([body], TABLE)]
    facts = [fact for reading in readings for fact in reading.facts]
    return facts, [problem for reading in readings for problem in reading.problems]


@pytest.fixture(scope="module")
def file(samples: Path) -> bytes:
    return (samples / "reference" / "scms_shipments_tab.csv").read_bytes()


@pytest.fixture(scope="module")
def found(file: bytes) -> Read:
    return read(file)


def with_commas(body: bytes) -> bytes:
    out = StringIO()
    rows = csv.reader(StringIO(body.decode(), newline=""), delimiter="\t")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def by_key(fact: Fact) -> str:
    return fact.key


def orders(found: Read) -> list[PastOrder]:
    return [fact.order for fact in found[0] if isinstance(fact, OrderRecorded)]


def test_every_line_is_taken_and_none_is_a_problem(found):
    assert len(orders(found)) == 10_324
    assert len(found[0]) == 3 * 10_324
    assert found[1] == []


def test_every_cost_comes_to_its_end_to_the_cent(found):
    survey = Survey()
    survey.add(found[0])

    assert survey.ends() == Ends(
        priced=6_198,
        priced_by_currency={"USD": Decimal("68817849.41")},
        see_other=2_445,
        see_other_priced=2_340,
        see_other_invoiced_separately=105,
        in_goods_price=1_442,
        invoiced_separately=239,
    )
    assert 6_198 + 2_445 + 1_442 + 239 == 10_324


def test_every_weight_comes_to_its_end_and_every_pointer_to_a_line(found):
    weights = {order.order_ref: order.weight for order in orders(found)}
    bases = Counter(weight.basis for weight in weights.values() if weight)
    others = {weight.other_ref for weight in weights.values() if weight and weight.other_ref}

    assert bases == {
        WeightBasis.WEIGHED: 6_372,
        WeightBasis.ON_OTHER_SHIPMENT: 2_445,
        WeightBasis.RECORDED_SEPARATELY: 1_507,
    }
    assert others <= {f"S-{ref}" for ref in weights}


def test_spoilt_letters_of_the_file_are_mended(found):
    (mended,) = [order for order in orders(found) if order.order_ref == "USAID-9804"]

    assert "9113 Grønland, 0133, Oslo" in mended.origin.name


def test_keys_are_unique(found):
    assert len({fact.key for fact in found[0]}) == len(found[0])


@pytest.mark.parametrize(
    "rewritten",
    [
        lambda body: with_commas(body.replace(b"\r", b"\n")),
        lambda body: body.decode().encode("windows-1252", "replace"),
    ],
    ids=["commas and LF", "Windows-1252"],
)
def test_the_file_says_the_same_however_it_was_saved(file, found, rewritten):
    facts, problems = read(rewritten(file))

    assert problems == []
    assert sorted(facts, key=by_key) == sorted(found[0], key=by_key)


def test_a_spoilt_cell_is_a_problem_and_the_other_lines_stay(file, found):
    facts, (problem,) = read(file.replace(b"\t4521.5\t", b"\tabout 4500\t"))

    assert len(facts) == len(found[0]) - 3
    assert problem.place == "line 3 column 'Freight Cost (USD)'"
    assert "'about 4500'" in problem.text
