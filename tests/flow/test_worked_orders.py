"""The trade's worked cases of orders, awards and cancellations, by their numbers."""

from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.flow.order_state import OrderStatus
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.ledger import Account
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.order import CustomerPaid, OrderCancelled, OrderChanged, ReceivablesStated
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.stream import StreamKind
from drawbar.freight.tender import Answer, DriverDispatched
from drawbar.freight.verdict import Reason
from tests.flow.stage import (
    MONDAY,
    SEEN,
    Stage,
    acme,
    answered,
    bill,
    driven,
    milestone,
    order,
    released,
    usd,
    when,
)

LINEHAUL = (ChargeKind.LINEHAUL, "1650.00")
FUEL = (ChargeKind.FUEL_SURCHARGE, "412.50")
LINEHAUL = (ChargeKind.LINEHAUL, "1650.00")
FUEL = (ChargeKind.FUEL_SURCHARGE, "412.50")
TENDER = "S-1001-V1T1"


def covered(**policy: object) -> Stage:
    stage = Stage(acme(**policy))
    stage.learn(released(), answered(TENDER))
    return stage


def paid(amount: str, key: str) -> CustomerPaid:
    return CustomerPaid(key=key, customer_ref="GLOBEX", money=usd(amount), **when(60))


def receivables(amount: str) -> ReceivablesStated:
    return ReceivablesStated(
        key=f"owed:{amount}", customer_ref="GLOBEX", open_receivables=usd(amount), **when(-900)
    )


def test_o03_an_order_over_the_limit_waits_and_a_payment_releases_it_once():
    stage = Stage()
    stage.learn(receivables("47500.00"), released())  # 47,500.00 + 2,646.00 > 50,000.00
    assert stage.state(StreamKind.ORDER, "1001").status is OrderStatus.ON_HOLD

    stage.learn(paid("146.00", "first"), paid("1000.00", "second"))

    assert stage.state(StreamKind.ORDER, "1001").status is OrderStatus.RELEASED
    assert len(stage.sent("TenderLoad")) == 1
    assert CaseKind.ORDER_ON_HOLD not in stage.open_cases()


@pytest.mark.parametrize(("owed", "goes"), [("47354.00", True), ("47354.01", False)])
def test_o03_the_limit_itself_is_still_within(owed: str, goes: bool):
    stage = Stage()

    stage.learn(receivables(owed), released())

    status = stage.state(StreamKind.ORDER, "1001").status
    assert (status is OrderStatus.RELEASED) is goes


def test_o06_two_acceptances_make_one_award():
    stage = Stage()
    stage.learn(
        released(), answered(TENDER, Answer.DECLINED), answered("S-1001-V1T2", carrier="NRTH")
    )

    stage.learn(answered(TENDER, at=-580))

    assert stage.shipment("S-1001").carrier_ref == "NRTH"
    assert CaseKind.LATE_ACCEPTANCE in stage.open_cases()


def test_o02_a_note_asks_no_carrier_again():
    stage = covered()
    noted = order(revision=2, note="ring the bell")

    stage.learn(OrderChanged(key="change", order=noted, **when(-500)))

    assert len(stage.sent("TenderLoad")) == 1
    assert stage.shipment("S-1001").order.note == "ring the bell"


def test_a_change_after_tender_asks_the_carrier_again_and_the_old_yes_is_stale():
    stage = Stage()
    stage.learn(released())
    later = [structs.replace(stop, appointment_at=stop.latest_at) for stop in order().stops]

    stage.learn(
        OrderChanged(key="change", order=order(revision=2, stops=tuple(later)), **when(-595)),
        answered(TENDER),
    )

    assert stage.shipment("S-1001").award is None
    assert stage.open_cases() == {CaseKind.STALE_ACCEPTANCE}
    stage.learn(answered("S-1001-V2T1", at=-580))
    assert stage.shipment("S-1001").carrier_ref == "ABCD"


def cancelled(hours_before_pickup: float) -> OrderCancelled:
    at = MONDAY + timedelta(hours=1 - hours_before_pickup)
    return OrderCancelled(
        key="cancel", order_ref="1001", happened_at=at, learned_at=at, lineage=SEEN
    )


@pytest.mark.parametrize(
    ("hours", "driver", "cost", "revenue"),
    [
        (1.5, False, "250.00", "300.00"),
        (4, False, "0", "0"),
        (5, True, "250.00", "300.00"),
    ],
    ids=["late", "in time", "in time, but the driver was sent"],
)
def test_r23_a_truck_ordered_and_not_used(hours: float, driver: bool, cost: str, revenue: str):
    stage = covered()
    if driver:
        name = (Reference(ReferenceKind.SHIPMENT, "S-1001"),)
        sent = DriverDispatched(key="sent", carrier_ref="ABCD", references=name, **when(-400))
        stage.learn(sent)

    stage.learn(cancelled(hours))

    assert -stage.balance(Account.FREIGHT_ACCRUED) == Decimal(cost)
    assert -stage.balance(Account.FREIGHT_REVENUE) == Decimal(revenue)
    assert len(stage.sent("PostInvoice")) == (1 if Decimal(revenue) else 0)


def test_o09_a_cancellation_leaves_no_orphan_accrual_and_its_order_no_credit_in_use():
    stage = covered()

    stage.learn(cancelled(20))

    assert stage.balance(Account.FREIGHT_ACCRUED) == 0
    assert stage.state(StreamKind.CUSTOMER, "GLOBEX").exposure == usd("0.00")


def test_a_partial_reservation_ships_what_is_there_and_keeps_the_rest_as_a_back_order():
    from drawbar.freight.order import StockReserved

    stage = Stage(acme(wms="wms"))
    stage.learn(released())
    assert stage.sent("TenderLoad") == []

    stage.learn(
        StockReserved(key="r", order_ref="1001", reservation="R-1", pieces={"PUMP": 20}, **when(-5))
    )

    assert stage.shipment("S-1001").order.pieces == 20
    back = stage.state(StreamKind.ORDER, "1001-B1")
    assert (back.back_order_of, back.order.pieces) == ("1001", 4)


def test_a_payment_in_another_currency_is_a_case_and_not_counted():
    stage = Stage()
    euros = structs.replace(usd("500.00"), currency="EUR")

    stage.learn(receivables("1000.00"), structs.replace(paid("1.00", "eur"), money=euros))

    assert stage.state(StreamKind.CUSTOMER, "GLOBEX").exposure == usd("1000.00")
    assert stage.open_cases() == {CaseKind.ERP_DIFFERENCE}


def test_a_cancelled_load_books_its_tonu_once_whatever_comes_later():
    stage = covered()
    stage.learn(cancelled(1.5))
    booked = len(stage.entries)

    stage.learn(milestone(MilestoneKind.ARRIVED_PICKUP, 50))

    assert len(stage.entries) == booked


def test_the_sums_of_an_account_are_those_of_its_items():
    stage = Stage()
    stage.learn(receivables("100.00"))
    for ref in ("1001", "1002", "1003"):
        stage.learn(released(order(ref)), answered(f"S-{ref}-V1T1"))
    stage.learn(*driven(), cancelled(20), paid("50.00", "older"))

    account = stage.state(StreamKind.CUSTOMER, "GLOBEX")
    orders = sum((one.amount for one in account.orders.values()), start=Decimal(0))
    invoices = sum((one.amount for one in account.invoices.values()), start=Decimal(0))
    assert account.uninvoiced.amount == orders > 0
    assert account.open_receivables.amount == invoices + Decimal("50.00")


@pytest.mark.parametrize(
    ("hours", "says"),
    [(20, "no TONU is owed"), (1.5, "TONU of 250.00 USD with ABCD is owed")],
    ids=["cancelled in time", "cancelled too late"],
)
def test_the_trip_of_a_cancelled_load_is_refused_because_nobody_drove_it(hours, says):
    stage = covered()
    stage.learn(cancelled(hours))

    stage.learn(bill(LINEHAUL, FUEL))

    state = stage.bill("B-1")
    assert {one.reason for one in state.verdicts} == {Reason.NO_EVENT}
    assert all("nobody drove it" in one.text and says in one.text for one in state.verdicts)
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == 0


def test_a_truck_not_used_is_refused_where_none_is_owed_and_paid_where_one_is():
    tonu = (ChargeKind.TONU, "250.00")
    verdicts = []
    for hours in (20, 1.5):
        stage = covered()
        stage.learn(cancelled(hours), bill(tonu))
        verdicts.append(stage.bill("B-1").verdicts[0])

    assert [one.reason for one in verdicts] == [Reason.NOT_AUTHORISED, None]
    assert "at least 4 h ahead" in verdicts[0].text
    assert verdicts[1].payable == usd("250.00")
