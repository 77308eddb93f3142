"""Orders: stops that a truck can drive, and goods that add up."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import msgspec
import pytest

from drawbar.freight.order import Goods, Order, Stop, StopPurpose
from drawbar.freight.place import Place

EIGHT = datetime(2026, 3, 12, 8, 0, tzinfo=UTC)
DALLAS = Place(name="Acme", zone="America/Chicago")
P, D = StopPurpose.PICKUP, StopPurpose.DELIVERY


def stop(number: int, purpose: StopPurpose, appointment_at: datetime | None = None) -> Stop:
    return Stop(
        number=number,
        purpose=purpose,
        place=DALLAS,
        earliest_at=EIGHT,
        latest_at=EIGHT + timedelta(hours=4),
        appointment_at=appointment_at,
    )


def order(*stops: Stop, goods: tuple[Goods, ...] = ()) -> Order:
    return Order(order_ref="1001", customer_ref="GLOBEX", stops=stops, goods=goods)


@pytest.mark.parametrize("purposes", [(P, D), (P, P, D), (P, D, D), (P, D, P, D)], ids=str)
def test_a_route_begins_with_a_pickup_and_ends_with_a_delivery(purposes):
    stops = [stop(number, purpose) for number, purpose in enumerate(purposes, start=1)]

    subject = order(*stops)

    assert (subject.pickup, subject.delivery) == (stops[0], stops[-1])


@pytest.mark.parametrize("purposes", [(), (P,), (D,), (D, P), (P, D, P), (D, D)], ids=str)
def test_a_route_that_no_truck_can_drive_is_refused(purposes):
    with pytest.raises(ValueError, match="begin with a pickup and end with a delivery"):
        order(*(stop(number, purpose) for number, purpose in enumerate(purposes, start=1)))


@pytest.mark.parametrize("numbers", [(0, 1), (1, 3), (2, 1), (1, 1)], ids=str)
def test_stops_are_numbered_in_driving_order(numbers):
    with pytest.raises(ValueError, match="numbered 1, 2, 3"):
        order(stop(numbers[0], P), stop(numbers[1], D))


def test_a_truck_is_due_at_its_appointment_or_else_when_the_window_opens():
    booked = EIGHT + timedelta(hours=2)

    assert stop(1, P, appointment_at=booked).due_at == booked
    assert stop(1, P).due_at == EIGHT


def test_pieces_and_weight_add_up_over_the_lines():
    goods = (
        Goods(sku="A", pieces=10, weight_lb=Decimal("100.5")),
        Goods(sku="B", pieces=2, weight_lb=Decimal("0.25")),
    )

    subject = order(stop(1, P), stop(2, D), goods=goods)

    assert (subject.pieces, subject.weight_lb) == (12, Decimal("100.75"))


def test_an_order_without_goods_weighs_nothing():
    subject = order(stop(1, P), stop(2, D))

    assert (subject.pieces, subject.weight_lb) == (0, Decimal(0))


def test_an_order_is_read_back_as_it_was_written():
    subject = order(stop(1, P), stop(2, D), goods=(Goods(sku="A", pieces=1),))

    assert msgspec.json.decode(msgspec.json.encode(subject), type=Order) == subject
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(subject), type=Order) == subject


@pytest.mark.parametrize(
    ("path", "value", "complaint"),
    [
        ("order_ref", "", "length >= 1"),
        ("order_ref", "9" * 41, "length <= 40"),
        ("surprise", "x", "unknown field"),
        ("stops", [], "begin with a pickup"),
    ],
)
def test_a_body_that_is_not_an_order_is_refused_with_its_reason(path, value, complaint):
    body = msgspec.to_builtins(order(stop(1, P), stop(2, D))) | {path: value}

    with pytest.raises(msgspec.ValidationError, match=complaint):
        msgspec.convert(body, Order)


def test_a_time_without_a_zone_is_refused():
    body = msgspec.to_builtins(stop(1, P)) | {"earliest_at": "2026-03-12T08:00:00"}

    with pytest.raises(msgspec.ValidationError, match="timezone"):
        msgspec.convert(body, Stop)
