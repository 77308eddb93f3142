"""Orders from a table: released whole, or not at all, with the line and column that says why."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from drawbar.connectors.table.mapping import read_table
from drawbar.connectors.table.mapping_file import read_mapping
from drawbar.connectors.table.slices import slices
from drawbar.freight.lineage import Receipt
from drawbar.freight.money import Money
from drawbar.freight.order import OrderChanged, OrderReleased
from drawbar.freight.reading import Problem, Reading
from drawbar.freight.reference import Reference, ReferenceKind

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
TEXT = (EXAMPLES / "orders.yaml").read_text()
FILE = (EXAMPLES / "orders.csv").read_text()
RECEIPT = Receipt(
    message_ref="M-1", sender="import", learned_at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
)


def read(text: str, mapping: str = TEXT) -> Reading:
    return read_table(text.encode(), RECEIPT, read_mapping(mapping))


def released(text: str) -> dict[str, OrderReleased]:
    facts = read(text).facts
    return {fact.order.order_ref: fact for fact in facts if isinstance(fact, OrderReleased)}


def problem(old: str, new: str) -> Problem:
    assert old in FILE
    (only,) = read(FILE.replace(old, new)).problems
    return only


def test_the_example_is_five_orders_of_two_customers():
    orders = [fact.order for fact in released(FILE).values()]

    assert [order.order_ref for order in orders] == [
        "GX-24101",
        "GX-24102",
        "GX-24103",
        "IN-7731",
        "IN-7732",
    ]
    assert {order.customer_ref for order in orders} == {"GLOBEX", "INITECH"}
    assert read(FILE).problems == ()


def test_an_order_has_its_stops_its_names_and_the_place_it_was_read_from():
    fact = released(FILE)["GX-24101"]

    assert fact.order.references == (
        Reference(ReferenceKind.PO, "PO-88120"),
        Reference(ReferenceKind.BOL, "BOL-5501"),
    )
    assert fact.order.pickup.place.label == "Dallas, TX"
    assert fact.order.delivery.appointment_at == datetime(2026, 12, 8, 21, 30, tzinfo=UTC)
    assert fact.lineage.place == "line 2 column 'Order'"
    assert fact.key == "table:orders:order:GX-24101:1"


def test_lines_with_one_order_number_are_the_goods_of_one_order():
    goods = released(FILE)["GX-24102"].order.goods

    assert [(line.sku, line.pieces) for line in goods] == [("GX-100", 10), ("GX-220", 6)]
    assert goods[1].unit_value == Money(Decimal("265.50"), "USD")


def test_times_are_those_of_the_stop():
    orders = released(FILE)

    assert orders["GX-24103"].order.pickup.place.zone == "America/New_York"
    assert orders["IN-7731"].order.pickup.place.zone == "America/Denver"
    assert orders["IN-7731"].order.pickup.earliest_at == datetime(2026, 12, 9, 16, tzinfo=UTC)
    assert orders["IN-7731"].happened_at == datetime(2026, 11, 20, 18, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        (",14,5600", ",fourteen,5600", "line 6 column 'Pieces'", "'fourteen' is not a number"),
        (",14,5600", ",0,5600", "line 6 column 'Pieces'", "not a count of things"),
        ("79925,America/Denver", "79825,", "line 6 column 'Pickup zone'", "do not settle"),
        ("79925,America/Denver", "79925,Mars", "line 6 column 'Pickup zone'", "'Mars'"),
        ("2026-12-12 08:00", "12/12/2026 8am", "line 7 column 'Delivery from'", "not written like"),
        ("2026-12-10 07:00", "2026-12-10 12:00", "line 7 column 'Pickup to'", "before it begins"),
        ("IN-7732,INITECH", "IN-7732,", "line 7 column 'Customer'", "nothing stands here"),
        (",IN-55,", ",IN-55", "line 6", "28 cells stand where the heading has 29"),
        ("GX-220,B", '"GX-220,B', "line 4 column 'SKU'", "quote"),
    ],
)
def test_a_bad_cell_is_named_by_line_and_column_with_a_way_out(old, new, place, said):
    found = problem(old, new)

    assert found.place == place
    assert said in found.text
    assert found.remedy


def test_a_time_that_the_clocks_skipped_is_refused():
    skipped = FILE.replace("2026-12-10 07:00", "2026-03-08 02:30")

    assert "does not exist in America/Chicago" in read(skipped).problems[0].text


@pytest.mark.parametrize("broken", ["GX-220,Bearings,six", '"GX-220,Bearings,6', "GX-220,6"])
def test_no_order_is_released_without_one_of_its_lines(broken):
    found = released(FILE.replace("GX-220,Bearings,6", broken))

    assert "GX-24102" not in found
    assert len(found) == 4


def test_lines_of_one_order_that_differ_in_more_than_goods_are_refused():
    text = FILE.replace("GX-24102,GLOBEX,PO-88121", "GX-24102,GLOBEX,PO-99", 1)
    (found,) = read(text).problems

    assert "'PO-88121', but line 3 of the same order GX-24102 says 'PO-99'" in found.text


def test_an_order_is_never_cut_in_two_by_a_slice():
    parts = slices([FILE.encode()], read_mapping(TEXT), bytes_max=1)

    assert [part.records for part in parts] == [1, 2, 1, 1, 1]


def test_a_later_revision_is_a_change():
    mapping = TEXT + 'revision: {constant: "2"}\n'
    fact = read(FILE, mapping).facts[0]

    assert isinstance(fact, OrderChanged)
    assert fact.key == "table:orders:order:GX-24101:2"


def test_other_headings_are_listed_with_the_nearest_ones():
    text = FILE.replace("Pickup ZIP", "Pickup postcode").replace("Order,", "Order No,")
    (found,) = read(text).problems

    assert found.text.startswith(
        "the file lacks 'Order' (is it 'Order No'?), 'Pickup ZIP' (is it 'Pickup postcode'?); "
        "its headings are 'Order No', 'Customer'"
    )


def with_goods(**cells: str) -> Reading:
    """Read the example with more said of its goods."""
    told = "".join(f"  {name}: {said}\n" for name, said in cells.items())
    return read(FILE, TEXT.replace("\nequipment:", f"{told}\nequipment:"))


def test_goods_may_say_their_class_and_the_sides_of_one_piece():
    first = with_goods(
        freight_class='{constant: "092.50"}',
        length='{constant: "48", unit: in}',
        width='{constant: "101.6", unit: cm}',
        height='{constant: "36.5", unit: in}',
    ).facts[0]

    assert isinstance(first, OrderReleased)
    line = first.order.goods[0]
    assert (line.freight_class, line.length_in, line.width_in, line.height_in) == (
        "92.5",
        Decimal(48),
        Decimal("40.000"),
        Decimal("36.5"),
    )


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"freight_class": '{constant: "93"}'}, "'93' is no freight class"),
        ({"length": '{constant: "0", unit: in}'}, "not a length: 0"),
        ({"length": '{constant: "-4", unit: in}'}, "not a length: -4"),
        ({"length": '{constant: "NaN", unit: in}'}, "not a number"),
    ],
    ids=["class", "no length", "below nothing", "no number"],
)
def test_goods_that_cannot_be_are_refused(cells, said):
    assert said in with_goods(**cells).problems[0].text
