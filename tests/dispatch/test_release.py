"""Whether an order may be planned. Globex has 1,000.00 USD of credit and 30 days to pay."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.dispatch.credit import Exposure, WithinCredit
from drawbar.dispatch.release import HoldCode, OnHold, Released, release
from drawbar.freight.money import Money, zero
from drawbar.freight.order import Goods, Order, Stop, StopPurpose
from drawbar.freight.party import Customer
from drawbar.freight.place import Place

EIGHT = datetime(2026, 3, 12, 8, 0, tzinfo=UTC)
DALLAS = Place(
    name="Acme Dallas",
    street="1 Main St",
    city="Dallas",
    region="TX",
    postal_code="75201",
    zone="America/Chicago",
)
GLOBEX = Customer(
    customer_ref="GLOBEX",
    name="Globex",
    credit_limit=Money(Decimal("1000.00"), "USD"),
    payment_days=30,
)
VALUE = Money(Decimal("450.00"), "USD")
NOTHING_OWED = Exposure(
    open_receivables=zero("USD"), delivered_unbilled=zero("USD"), in_transit=zero("USD")
)


def stop(
    number: int,
    purpose: StopPurpose,
    *,
    opens: int,
    closes: int,
    place: Place = DALLAS,
) -> Stop:
    return Stop(
        number=number,
        purpose=purpose,
        place=place,
        earliest_at=EIGHT + timedelta(hours=opens),
        latest_at=EIGHT + timedelta(hours=closes),
    )


PICKUP = stop(1, StopPurpose.PICKUP, opens=0, closes=2)
DELIVERY = stop(2, StopPurpose.DELIVERY, opens=24, closes=30)


def order(*stops: Stop, goods: tuple[Goods, ...] = (Goods(sku="A", pieces=24),)) -> Order:
    return Order(
        order_ref="1001",
        customer_ref="GLOBEX",
        stops=stops or (PICKUP, DELIVERY),
        goods=goods,
    )


def judged(
    subject: Order, *, customer: Customer | None = GLOBEX, value: Money | None = VALUE
) -> Released | OnHold:
    return release(subject, customer=customer, exposure=NOTHING_OWED, order_value=value)


def reasons(subject: Order, **terms: object) -> list[HoldCode]:
    outcome = judged(subject, **terms)
    assert isinstance(outcome, OnHold)
    return [reason.code for reason in outcome.reasons]


def test_a_sound_order_is_released_and_says_how_it_fits_the_credit():
    outcome = judged(order())

    assert isinstance(outcome, Released)
    assert isinstance(outcome.credit, WithinCredit)
    assert outcome.credit.total == VALUE


def test_an_unknown_customer_holds_the_order():
    assert reasons(order(), customer=None) == [HoldCode.CUSTOMER_UNKNOWN]


def test_an_inactive_customer_holds_the_order():
    inactive = structs.replace(GLOBEX, active=False)

    assert reasons(order(), customer=inactive) == [HoldCode.CUSTOMER_INACTIVE]


def test_unknown_terms_hold_the_order():
    no_terms = structs.replace(GLOBEX, payment_days=None)

    assert reasons(order(), customer=no_terms) == [HoldCode.TERMS_UNKNOWN]


def test_payment_on_the_same_day_is_a_term_like_any_other():
    assert isinstance(judged(order(), customer=structs.replace(GLOBEX, payment_days=0)), Released)


@pytest.mark.parametrize("field", ["name", "street", "city", "region", "postal_code", "country"])
def test_a_gap_in_an_address_holds_the_order_and_is_named(field):
    gap = structs.replace(DELIVERY, place=structs.replace(DALLAS, **{field: "  "}))

    outcome = judged(order(PICKUP, gap))

    assert isinstance(outcome, OnHold)
    (reason,) = outcome.reasons
    assert reason.code is HoldCode.ADDRESS_INCOMPLETE
    assert reason.text == f"the address of stop 2 lacks: {field.replace('_', ' ')}"


def test_a_window_that_ends_before_it_begins_holds_the_order():
    backwards = stop(2, StopPurpose.DELIVERY, opens=30, closes=24)

    assert reasons(order(PICKUP, backwards)) == [HoldCode.WINDOW_REVERSED]


def test_a_window_of_one_moment_is_sane():
    moment = stop(2, StopPurpose.DELIVERY, opens=24, closes=24)

    assert isinstance(judged(order(PICKUP, moment)), Released)


@pytest.mark.parametrize("closes", [-1, 0], ids=["before", "in the same moment"])
def test_a_delivery_that_closes_before_its_pickup_opens_holds_the_order(closes):
    early = stop(2, StopPurpose.DELIVERY, opens=-5, closes=closes)

    assert reasons(order(PICKUP, early)) == [HoldCode.WINDOWS_CROSS]


def test_overlapping_windows_are_sane():
    same_day = stop(2, StopPurpose.DELIVERY, opens=-5, closes=1)

    assert isinstance(judged(order(PICKUP, same_day)), Released)


def test_each_delivery_is_compared_with_the_pickups_before_it_only():
    milk_run = order(
        PICKUP,
        stop(2, StopPurpose.DELIVERY, opens=1, closes=3),
        stop(3, StopPurpose.PICKUP, opens=4, closes=6),
        stop(4, StopPurpose.DELIVERY, opens=3, closes=4),
    )

    outcome = judged(milk_run)

    assert isinstance(outcome, OnHold)
    (reason,) = outcome.reasons
    assert reason.text == "stop 4 closes before the pickup at stop 3 opens"


@pytest.mark.parametrize("goods", [(), (Goods(sku="A", pieces=0),)], ids=["no goods", "no pieces"])
def test_an_order_for_nothing_is_held(goods):
    assert reasons(order(goods=goods)) == [HoldCode.NOTHING_TO_MOVE]


def test_an_order_that_we_cannot_price_is_held_not_released_for_nothing():
    assert reasons(order(), value=None) == [HoldCode.VALUE_UNKNOWN]


def test_an_order_over_the_credit_limit_is_held_and_says_what_would_release_it():
    outcome = judged(order(), value=Money(Decimal("1000.01"), "USD"))

    assert isinstance(outcome, OnHold)
    (reason,) = outcome.reasons
    assert reason.code is HoldCode.CREDIT_EXCEEDED
    assert reason.remedy.startswith("A payment of 0.01 USD")


def test_an_order_in_another_currency_is_held():
    value = Money(Decimal(1), "EUR")

    assert reasons(order(), value=value) == [HoldCode.CREDIT_UNCLEAR]


def test_all_reasons_are_told_at_once():
    wrong = order(
        structs.replace(PICKUP, place=structs.replace(DALLAS, street="")),
        stop(2, StopPurpose.DELIVERY, opens=-1, closes=-2),
        goods=(),
    )
    customer = structs.replace(GLOBEX, active=False, payment_days=None)

    found = reasons(wrong, customer=customer, value=Money(Decimal(5000), "USD"))

    assert found == [
        HoldCode.CUSTOMER_INACTIVE,
        HoldCode.TERMS_UNKNOWN,
        HoldCode.ADDRESS_INCOMPLETE,
        HoldCode.WINDOW_REVERSED,
        HoldCode.WINDOWS_CROSS,
        HoldCode.NOTHING_TO_MOVE,
        HoldCode.CREDIT_EXCEEDED,
    ]


def test_a_customer_without_a_limit_is_released_at_any_value():
    unlimited = structs.replace(GLOBEX, credit_limit=None)

    assert isinstance(judged(order(), customer=unlimited), Released)
