"""Goods that the warehouse does not have: they wait as a back-order, and move once."""

import pytest
from msgspec import structs

from drawbar.flow.order_state import OrderStatus
from drawbar.freight.case import CaseKind
from drawbar.freight.order import OrderReleased
from drawbar.freight.stream import StreamKey, StreamKind
from tests.flow.stage import Stage, answered, order, usd
from tests.flow.test_orders_under_attack import (
    TENDER,
    account_of,
    again,
    cancelled,
    changed,
    later,
    noted,
    order_of,
    owing,
    pumps,
    reserved,
    stored,
)

BACK = "1001-B1"


def short(pieces: int = 20) -> Stage:
    """Return an order of 24 pumps, of which the warehouse set aside ``pieces``."""
    stage = stored()
    stage.learn(reserved(pieces))
    return stage


def back_released(stage: Stage, *, at: float = -550) -> OrderReleased:
    return again(order_of(stage, BACK).order, at=at)


def cases(stage: Stage) -> set[tuple[CaseKind, str]]:
    return {(kind, subject.ref) for kind, subject, _ in stage.cases}


def test_what_is_missing_waits_under_a_name_that_says_for_which_revision():
    stage = short()

    back = order_of(stage, BACK)
    assert (back.status, back.back_order_of) == (OrderStatus.BACK_ORDERED, "1001")
    assert back.order.pieces == 4
    assert cases(stage) == {(CaseKind.STOCK_SHORT, "1001")}


def test_a_released_back_order_moves_and_its_case_is_closed():
    stage = short()

    stage.learn(back_released(stage), reserved(4, ref=BACK))

    assert order_of(stage, BACK).status is OrderStatus.RELEASED
    assert stage.shipment("S-1001-B1").waterfall.open_offers
    assert stage.cases == {}


def test_a_note_on_a_back_order_does_not_release_it():
    stage = short()
    back = order_of(stage, BACK).order

    stage.learn(changed(structs.replace(back, revision=2, note="gently")))

    assert order_of(stage, BACK).status is OrderStatus.BACK_ORDERED
    assert order_of(stage, BACK).order.note == "gently"
    assert StreamKey(StreamKind.SHIPMENT, "S-1001-B1") not in stage.states


def test_a_back_order_on_its_way_is_not_overwritten_by_a_second_answer():
    stage = short()
    stage.learn(back_released(stage), reserved(4, ref=BACK))
    before = order_of(stage, BACK)

    stage.learn(reserved(19), reserved(0))

    assert order_of(stage, BACK) == before


def test_other_goods_make_the_waiting_back_order_void():
    stage = short()

    stage.learn(changed(order(revision=2, goods=pumps(30))), reserved(28, revision=2))

    assert order_of(stage, BACK).status is OrderStatus.CANCELLED
    assert order_of(stage, "1001-B2").order.pieces == 2
    assert stage.shipment("S-1001").order.pieces == 28
    assert cases(stage) == {(CaseKind.STOCK_SHORT, "1001")}


def test_other_goods_are_refused_once_a_back_order_moves_a_part_of_them():
    stage = short()
    stage.learn(back_released(stage), reserved(4, ref=BACK))
    before = stage.shipment("S-1001")

    stage.learn(changed(order(revision=2, goods=pumps(30))))

    assert stage.shipment("S-1001") == before
    assert cases(stage) == {(CaseKind.CANCELLED_TOO_LATE, "1001")}


def test_a_cancelled_order_takes_its_waiting_back_order_with_it():
    stage = short()

    stage.learn(cancelled())

    assert order_of(stage, BACK).status is OrderStatus.CANCELLED
    assert stage.cases == {}
    stage.learn(again(order(BACK)))
    assert order_of(stage, BACK).status is OrderStatus.CANCELLED


def test_a_cancelled_order_takes_a_back_order_on_hold_from_its_customers_account():
    stage = short()
    owing(stage, "49000.00")
    stage.learn(back_released(stage))
    assert account_of(stage).held == (BACK,)

    stage.learn(cancelled())

    assert order_of(stage, BACK).status is OrderStatus.CANCELLED
    assert account_of(stage).held == ()
    assert stage.cases == {}


def test_a_cancelled_order_says_that_its_back_order_moves():
    stage = short()
    stage.learn(back_released(stage), reserved(4, ref=BACK))

    stage.learn(cancelled())

    assert order_of(stage, BACK).status is OrderStatus.RELEASED
    assert cases(stage) == {(CaseKind.CANCELLED_TOO_LATE, BACK)}


def test_a_cancelled_back_order_closes_the_case_of_its_order():
    stage = short()

    stage.learn(cancelled(BACK))

    assert stage.cases == {}
    assert order_of(stage).status is OrderStatus.RELEASED


def test_an_order_of_which_nothing_is_there_uses_credit_once_its_back_order_moves():
    stage = stored()
    once = account_of(stage).exposure
    stage.learn(reserved(0))
    assert (order_of(stage).status, account_of(stage).exposure) == (
        OrderStatus.BACK_ORDERED,
        usd("0.00"),
    )

    stage.learn(noted(2))
    assert account_of(stage).exposure == usd("0.00")

    stage.learn(back_released(stage), reserved(24, ref=BACK))
    assert account_of(stage).exposure == once
    assert stage.shipment("S-1001-B1").order.pieces == 24
    assert stage.shipment("S-1001").waterfall.offers == ()


@pytest.mark.parametrize(
    "other",
    [order(revision=2, goods=pumps(12)), later(order(revision=2))],
    ids=["fewer", "at another time"],
)
def test_an_order_of_which_nothing_was_there_is_tried_again_when_it_changes(other: object):
    stage = short(0)

    stage.learn(changed(other), reserved(24, revision=2))

    assert order_of(stage).status is OrderStatus.RELEASED
    assert order_of(stage, BACK).status is OrderStatus.CANCELLED
    assert stage.shipment("S-1001").stocked
    assert set(account_of(stage).orders) == {"1001"}
    assert stage.cases == {}


def test_an_order_whose_every_piece_moves_as_a_back_order_is_not_planned_again():
    stage = short(0)
    stage.learn(back_released(stage), reserved(24, ref=BACK))

    stage.learn(changed(later(order(revision=2))))

    assert len(stage.sent("TenderLoad")) == 1
    assert set(account_of(stage).orders) == {BACK}
    assert cases(stage) == {(CaseKind.CANCELLED_TOO_LATE, "1001")}


def test_a_partly_stocked_load_is_awarded_without_what_waits():
    stage = short()

    stage.learn(answered(TENDER))

    assert stage.shipment("S-1001").order.pieces == 20
