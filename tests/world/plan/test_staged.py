"""Incidents on request, and orders that nobody planned: both are seen within minutes."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from drawbar.world.behaviour import Ordered
from drawbar.world.erp.order import SalesOrder
from drawbar.world.plan import (
    Acceptance,
    Incident,
    Kind,
    Staged,
    behaviour_of,
    drive,
    staged,
    visitor,
)
from drawbar.world.plan.guide import GUIDES
from drawbar.world.truth import BillTruth
from tests.world.plan.stage import accepted, planned

NOW = datetime(2026, 3, 9, 15, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ROW = {
    "pay": "1650.00",
    "pieces": 12,
    "stops": [
        {"number": 1, "city": "Dallas", "state": "TX"},
        {"number": 2, "city": "Reno", "state": "NV"},
    ],
}


def incident(kind: Incident) -> Staged:
    return next(one for one in staged(planned(), NOW) if one.kind == kind.value)


def told(kind: Incident):
    order = incident(kind).order
    assert order is not None
    taken = accepted(planned(), order, carrier=FIRST[kind], at=NOW + 2 * MINUTE)
    return drive(planned(), order, taken)


FIRST = {
    Incident.SILENT_TRUCK: "CDRV",
    Incident.WRONG_DETENTION: "ABCD",
    Incident.WRONG_FUEL_WEEK: "BLFT",
    Incident.DUPLICATE_NEW_NUMBER: "BLFT",
    Incident.UNKNOWN_STATUS_CODE: "CDRV",
    Incident.ERP_CHANGE: "ABCD",
}


def test_there_is_one_of_each():
    kinds = [one.kind for one in staged(planned(), NOW)]

    assert sorted(kinds) == sorted(one.value for one in Incident)


def test_the_erp_takes_their_orders_and_numbers_never_meet():
    numbers = set()
    for at in (NOW, NOW + MINUTE, NOW + timedelta(days=3)):
        for one in staged(planned(), at):
            if one.order is not None:
                msgspec.convert(one.order.sales_order, SalesOrder, strict=False)
                numbers.add(one.order.number)

    assert len(numbers) == 21
    assert not numbers & {order.number for order in planned().orders}


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (Incident.WRONG_DETENTION, Kind.DETENTION_WITHOUT_EVENT),
        (Incident.WRONG_FUEL_WEEK, Kind.FUEL_WRONG_WEEK),
        (Incident.DUPLICATE_NEW_NUMBER, Kind.DUPLICATE_NEW_NUMBER),
    ],
)
def test_a_wrong_bill_is_there_within_twenty_minutes(kind: Incident, wrong: Kind):
    bills = [one for one in told(kind).sayings if isinstance(one.truth, BillTruth)]

    assert bills[-1].truth.kind == wrong.value
    assert bills[-1].truth.billed_cents > bills[-1].truth.payable_cents
    assert bills[-1].at <= NOW + 20 * MINUTE


def test_a_silent_truck_is_not_heard_of_for_hours_and_then_tells_all():
    said = told(Incident.SILENT_TRUCK).sayings
    early = [one for one in said if one.at < NOW + 300 * MINUTE]
    late = [
        one.body["report"]["status"] for one in said if one not in early and "report" in one.body
    ]

    assert {one.body["report"]["status"] for one in early} <= {"X3", "CP", "AF"}
    assert "D1" in late


def test_a_load_that_nobody_wants_is_declined_by_all():
    order = incident(Incident.DECLINED_BY_ALL).order
    assert order is not None

    asked = [behaviour_of(planned(), order, one) for one in GUIDES["Ontario CA"]]

    assert {one["answer"] for one in asked} == {"decline"}
    assert {one["again"]["answer"] for one in asked} == {"accept"}
    assert behaviour_of(planned(), order, "BLFT")["answer"] == "accept"


def test_a_carrier_is_slow_to_agree_to_a_change_so_that_somebody_can_ask_it():
    order = incident(Incident.ERP_CHANGE).order
    assert order is not None

    behaviour = behaviour_of(planned(), order, "ABCD")

    assert behaviour["after_minutes"] < 5
    assert behaviour["again"]["after_minutes"] > 60
    assert behaviour_of(planned(), order, "NRTH")["answer"] == "decline"


def test_a_change_comes_after_the_tender_and_before_the_truck():
    order = incident(Incident.ERP_CHANGE).order
    assert order is not None
    (change,) = order.revisions

    assert NOW + 2 * MINUTE < change.at < told(Incident.ERP_CHANGE).truth.happened[0].at


def test_cedar_reports_a_status_that_nobody_knows():
    said = [one for one in told(Incident.UNKNOWN_STATUS_CODE).sayings if one.truth]

    (strange,) = [one for one in said if one.body.get("report", {}).get("status") == "ZQ"]
    assert strange.at <= NOW + 20 * MINUTE


@pytest.mark.parametrize("carrier", ["ABCD", "NRTH"])
def test_a_visitors_order_is_driven_billed_as_agreed_and_proven_within_two_hours(carrier: str):
    taken = Acceptance(carrier=carrier, tender="T-1", shipment="S-1", pro="1", at=NOW, seq=1)

    driven = visitor("O-1", taken, ROW, planned())

    codes = [one.code for one in driven.truth.owed]
    (bill,) = [one for one in driven.sayings if isinstance(one.truth, BillTruth)]
    assert codes == ["linehaul", "fuel_surcharge"]
    assert bill.truth.payable_cents == sum(one.cents for one in driven.truth.owed)
    assert max(one.at for one in driven.sayings) < NOW + timedelta(hours=2)
    for one in driven.sayings:
        if one.mouth == "carrier":
            msgspec.convert(one.body, Ordered, strict=False)


def test_without_a_plan_a_visitors_bill_asks_for_what_the_tender_pays():
    taken = Acceptance(carrier="ABCD", tender="T-1", shipment="S-1", pro="1", at=NOW, seq=1)

    assert [one.cents for one in visitor("O-1", taken, ROW).truth.owed] == [165_000]
