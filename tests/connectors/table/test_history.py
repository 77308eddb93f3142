"""One line about a past delivery: what it becomes, and what stops it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.connectors.table.history import DAY_ONLY
from drawbar.connectors.table.mapping import channel, read_table, readers
from drawbar.connectors.table.mapping_file import read_mapping
from drawbar.freight.case import CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.history import (
    BillRecorded,
    FreightBasis,
    FreightRecorded,
    OrderRecorded,
    PastWeight,
    WeightBasis,
)
from drawbar.freight.lineage import Receipt
from drawbar.freight.milestone import MilestoneKind, MilestoneReported
from drawbar.freight.money import Money
from drawbar.freight.reading import Problem, Reading
from drawbar.freight.reference import Reference, ReferenceKind

TABLE = read_mapping(r"""
name: old
describes: history
file: {delimiters: [","]}
order_ref: {column: ID, prefix: "OLD-"}
customer_ref: {constant: ACME}
delivered_on: {column: Delivered, forms: ["%Y-%m-%d"]}
references: [{kind: po, column: PO}]
freight:
  column: Cost
  currency: USD
  rules:
    - {end: billed, matches: '(?P<figure>[0-9.]+)'}
    - {end: on_other_shipment, matches: 'See (?P<other>[0-9]+)'}
    - {end: in_goods_price, matches: "Included"}
weight:
  column: Kilos
  rules:
    - {end: weighed, matches: '(?P<figure>[0-9.]+)'}
    - {end: on_other_shipment, matches: 'See (?P<other>[0-9]+)'}
""")
RECEIPT = Receipt(
    message_ref="M-1", sender="import", learned_at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
)


def read(*lines: str) -> Reading:
    body = "\n".join(("ID,Delivered,PO,Cost,Kilos", *lines)).encode()
    return read_table(body, RECEIPT, TABLE)


def facts(*lines: str) -> tuple[Fact, ...]:
    reading = read(*lines)
    assert reading.problems == ()
    return reading.facts


def problem(*lines: str) -> Problem:
    (only,) = read(*lines).problems
    return only


def freight(line: str) -> Fact:
    return facts(line)[-1]


def test_a_line_is_an_order_its_delivery_and_its_cost():
    order, delivered, cost = facts("7,2006-06-02,PO-1,780.34,13")

    assert isinstance(order, OrderRecorded)
    assert (order.order.order_ref, order.shipment_ref) == ("OLD-7", "S-OLD-7")
    assert order.order.references == (Reference(ReferenceKind.PO, "PO-1"),)
    assert order.order.delivered_on == date(2006, 6, 2)
    assert isinstance(delivered, MilestoneReported)
    assert isinstance(cost, BillRecorded)
    assert cost.bill.total == Money(Decimal("780.34"), "USD")


def test_every_fact_leads_back_to_its_line_and_column():
    places = [fact.lineage.place for fact in facts("7,2006-06-02,PO-1,780.34,13")]

    assert places == ["line 2 column 'ID'", "line 2 column 'Delivered'", "line 2 column 'Cost'"]


def test_a_day_without_an_hour_is_its_beginning_and_says_so():
    delivered = facts("7,2006-06-02,,1,1")[1]

    assert isinstance(delivered, MilestoneReported)
    assert delivered.milestone is MilestoneKind.DELIVERED
    assert delivered.happened_at == datetime(2006, 6, 2, tzinfo=UTC)
    assert delivered.local_at == datetime(2006, 6, 2)  # noqa: DTZ001 - a clock on a wall
    assert delivered.reason == DAY_ONLY


def test_a_cost_on_another_line_names_that_shipment():
    cost = freight("7,2006-06-02,,See 9,See 9")

    assert isinstance(cost, FreightRecorded)
    assert (cost.basis, cost.other_ref) == (FreightBasis.ON_OTHER_SHIPMENT, "S-OLD-9")


def test_a_cost_in_the_price_of_the_goods_has_no_amount():
    cost = freight("7,2006-06-02,,Included,13")

    assert isinstance(cost, FreightRecorded)
    assert (cost.basis, cost.other_ref) == (FreightBasis.IN_GOODS_PRICE, "")


@pytest.mark.parametrize(
    ("kilos", "weight"),
    [
        ("13.5", PastWeight(basis=WeightBasis.WEIGHED, kg=Decimal("13.5"))),
        ("See 9", PastWeight(basis=WeightBasis.ON_OTHER_SHIPMENT, other_ref="S-OLD-9")),
    ],
    ids=["weighed", "on another line"],
)
def test_a_weight_says_where_it_stands(kilos, weight):
    order = facts(f"7,2006-06-02,,1,{kilos}")[0]

    assert isinstance(order, OrderRecorded)
    assert order.order.weight == weight


def test_the_same_line_always_has_the_same_keys():
    line = "7,2006-06-02,PO-1,780.34,13"
    keys = {fact.key for fact in facts(line)}

    assert keys == {"table:old:order:OLD-7", "table:old:delivered:OLD-7", "table:old:freight:OLD-7"}


def test_orders_come_first_as_costs_may_stand_on_later_lines():
    names = [type(fact).__name__ for fact in facts("1,2006-06-02,,See 2,1", "2,2006-06-02,,5,1")]

    assert names[:2] == ["OrderRecorded", "OrderRecorded"]


@pytest.mark.parametrize(
    ("line", "place", "said"),
    [
        ("7,2006-06-02,,TBD,1", "line 2 column 'Cost'", "'TBD' is neither"),
        ("7,2006-06-02,,1,heavy", "line 2 column 'Kilos'", "'heavy' is neither"),
        ("7,June 2,,1,1", "line 2 column 'Delivered'", "not written like 2026-03-31"),
        ("7,,,1,1", "line 2 column 'Delivered'", "missing"),
        (",2006-06-02,,1,1", "line 2 column 'ID'", "nothing stands here"),
        ("7,2006-06-02,,See 7,1", "line 2 column 'Cost'", "points at its own line"),
        (f"7,2006-06-02,,See {'9' * 50},1", "line 2 column 'Cost'", "too long"),
        ("7,2006-06-02,,1", "line 2", "4 cells stand where the heading has 5"),
        ('7,2006-06-02,"PO,1,1', "line 2 column 'PO'", "never closed"),
    ],
    ids=[
        "cost",
        "weight",
        "day",
        "no day",
        "no number",
        "itself",
        "far too long",
        "too few cells",
        "open quote",
    ],
)
def test_a_line_that_cannot_be_understood_is_a_problem_at_its_place(line, place, said):
    found = problem(line)

    assert found.kind is CaseKind.IMPORT_LINE
    assert found.place == place
    assert said in found.text
    assert found.remedy
    assert found.cause.startswith("table:old:")


def test_one_bad_line_does_not_stop_the_others():
    reading = read("1,2006-06-02,,5,1", "2,2006-06-02,,TBD,1", "3,2006-06-02,,6,1")

    assert len(reading.facts) == 6
    assert len(reading.problems) == 1


def test_a_second_line_with_the_same_number_is_a_problem():
    assert "line 2 is about '7' already" in problem("7,2006-06-02,,5,1", "7,2006-06-02,,6,1").text


def test_blank_lines_say_nothing():
    assert len(facts("", "7,2006-06-02,,5,1", ",,,,", "")) == 3


def test_the_channel_of_a_mapping_is_read_again_from_the_bytes_alone():
    body = b"ID,Delivered,PO,Cost,Kilos\n7,2006-06-02,,5,1\n"

    assert readers([TABLE])[channel(TABLE)](body, RECEIPT) == read("7,2006-06-02,,5,1")


@given(st.lists(st.one_of(st.integers(1, 10**9), st.just("Included"), st.just("x")), max_size=8))
def test_money_is_recorded_once_for_each_priced_line_and_never_for_another(costs):
    written = [f"{cost / 100:.2f}" if isinstance(cost, int) else cost for cost in costs]
    reading = read(*(f"{n},2006-06-02,,{cost},1" for n, cost in enumerate(written, start=1)))

    billed = [fact.bill.total.amount for fact in reading.facts if isinstance(fact, BillRecorded)]
    assert billed == [Decimal(cost).scaleb(-2) for cost in costs if isinstance(cost, int)]
    assert len(reading.problems) == costs.count("x")
