"""What of an order may be shipped when the warehouse set aside less than was ordered."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.dispatch.stock import FullyReserved, NothingReserved, PartlyReserved, reserve
from drawbar.freight.order import Goods, Order, Stop, StopPurpose
from drawbar.freight.place import Place

EIGHT = datetime(2026, 3, 12, 8, 0, tzinfo=UTC)
DALLAS = Place(name="Dallas", zone="America/Chicago")
lines = st.builds(
    Goods,
    sku=st.sampled_from("ABC"),
    pieces=st.integers(1, 50),
    weight_lb=st.decimals(0, 5000, places=2),
)


def order(*goods: Goods) -> Order:
    stops = tuple(
        Stop(number=number, purpose=purpose, place=DALLAS, earliest_at=EIGHT, latest_at=EIGHT)
        for number, purpose in enumerate(StopPurpose, start=1)
    )
    return Order(order_ref="1001", customer_ref="GLOBEX", stops=stops, goods=goods)


def goods(sku: str, pieces: int, weight_lb: str = "0") -> Goods:
    return Goods(sku=sku, pieces=pieces, weight_lb=Decimal(weight_lb))


@pytest.mark.parametrize("count", [24, 25], ids=["exactly", "more than asked"])
def test_an_order_that_is_all_set_aside_ships_as_it_is(count):
    assert reserve(order(goods("A", 24)), {"A": count}) == FullyReserved()


@pytest.mark.parametrize("pieces", [{}, {"A": 0}, {"A": -3}, {"B": 24}])
def test_an_order_of_which_nothing_is_set_aside_does_not_ship(pieces):
    assert reserve(order(goods("A", 24)), pieces) == NothingReserved()


def test_the_first_missing_piece_makes_a_back_order():
    outcome = reserve(order(goods("A", 24, "2400")), {"A": 23})

    assert outcome == PartlyReserved(
        goods_to_ship=(goods("A", 23, "2300"),), back_order_goods=(goods("A", 1, "100"),)
    )


def test_lines_of_one_sku_are_served_in_their_order():
    outcome = reserve(order(goods("A", 10), goods("A", 10)), {"A": 12})

    assert isinstance(outcome, PartlyReserved)
    assert [line.pieces for line in outcome.goods_to_ship] == [10, 2]
    assert [line.pieces for line in outcome.back_order_goods] == [8]


def test_a_sku_without_stock_waits_as_a_whole():
    outcome = reserve(order(goods("A", 10), goods("B", 5)), {"A": 10})

    assert isinstance(outcome, PartlyReserved)
    assert outcome.goods_to_ship == (goods("A", 10),)
    assert outcome.back_order_goods == (goods("B", 5),)


def test_weight_that_does_not_divide_evenly_is_not_lost():
    outcome = reserve(order(goods("A", 3, "100")), {"A": 1})

    assert isinstance(outcome, PartlyReserved)
    (shipped,), (waiting,) = outcome.goods_to_ship, outcome.back_order_goods
    assert (shipped.weight_lb, waiting.weight_lb) == (Decimal("33.333"), Decimal("66.667"))


@given(
    st.lists(lines, min_size=1, max_size=6),
    st.dictionaries(st.sampled_from("ABCD"), st.integers(-5, 120)),
)
def test_never_ships_above_what_is_reserved_and_never_forgets_what_was_ordered(goods, pieces):
    subject = order(*goods)

    outcome = reserve(subject, pieces)

    match outcome:
        case FullyReserved():
            shipped, waiting = subject.goods, ()
        case NothingReserved():
            shipped, waiting = (), subject.goods
        case PartlyReserved():
            shipped, waiting = outcome.goods_to_ship, outcome.back_order_goods
            assert shipped
            assert waiting
    for sku in "ABC":
        taken = sum(line.pieces for line in shipped if line.sku == sku)
        assert taken <= max(pieces.get(sku, 0), 0)
    assert sum(line.pieces for line in (*shipped, *waiting)) == subject.pieces
    assert sum(line.weight_lb for line in (*shipped, *waiting)) == subject.weight_lb
