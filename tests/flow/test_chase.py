"""Delivered and not billed: from which day on a load is chased, and what takes it off the list."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from msgspec import structs

from drawbar.flow.chase import missing_money
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.fact import Fact
from drawbar.freight.ledger import Account
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.settlement.chase import missing_from
from tests.flow.stage import MONDAY, Stage, acme, answered, bill, driven, released, usd

LINEHAUL = (ChargeKind.LINEHAUL, "1650.00")
FUEL = (ChargeKind.FUEL_SURCHARGE, "412.50")
CHICAGO = ZoneInfo("America/Chicago")
LISTED_FROM = datetime(2026, 4, 25, tzinfo=CHICAGO)  # 45 days after Wednesday, March 11


def delivered(**policy: object) -> Stage:
    stage = Stage(acme(**policy))
    stage.learn(released(), answered("S-1001-V1T1"), *driven())
    return stage


def is_listed(stage: Stage) -> bool:
    return stage.shipment("S-1001").bill_missing_at is not None


def due(stage: Stage) -> list[str]:
    stream = StreamKey(StreamKind.SHIPMENT, "S-1001")
    return [name for (key, name) in stage.deadlines if key == stream and name == "invoice"]


def test_m20_a_bill_is_missing_from_the_day_that_the_policy_names():
    delivered_at = datetime(2026, 1, 10, 23, 30, tzinfo=CHICAGO)

    listed = missing_from(delivered_at.astimezone(UTC), days=45, zone="America/Chicago")

    assert listed == datetime(2026, 2, 24, tzinfo=CHICAGO)


def test_m20_a_load_is_listed_from_exactly_that_local_day_and_stays_accrued():
    stage = delivered()
    stage.pass_time((LISTED_FROM - timedelta(seconds=1)).astimezone(UTC))
    assert not is_listed(stage)

    stage.pass_time(LISTED_FROM.astimezone(UTC))

    assert is_listed(stage)
    assert CaseKind.MISSING_INVOICE in stage.open_cases()
    assert missing_money(stage.shipment("S-1001")) == usd("2062.50")
    assert stage.balance(Account.FREIGHT_ACCRUED) == -usd("2062.50").amount
    assert [one.payload.topic.value for one in stage.sent("TellCarrier")] == ["missing_invoice"]


def test_m20_a_matching_bill_takes_it_off_the_list_and_is_approved_as_any_other():
    stage = delivered()
    stage.pass_time(LISTED_FROM.astimezone(UTC))

    stage.learn(bill(LINEHAUL, FUEL, at=60 * 24 * 50))

    assert not is_listed(stage)
    assert stage.bill("B-1").payable == usd("2062.50")
    assert stage.balance(Account.FREIGHT_ACCRUED) == 0
    assert CaseKind.MISSING_INVOICE not in stage.open_cases()
    assert due(stage) == []


def test_what_is_left_unbilled_is_chased_by_its_charges():
    stage = delivered()
    stage.learn(bill(LINEHAUL))
    stage.pass_time(LISTED_FROM.astimezone(UTC))

    assert is_listed(stage)
    assert missing_money(stage.shipment("S-1001")) == usd("412.50")
    assert "fuel surcharge" in stage.sent("TellCarrier")[0].payload.text


def test_a_disputed_bill_is_no_missing_bill():
    stage = delivered()
    stage.learn(bill((ChargeKind.LINEHAUL, "1850.00"), FUEL))
    stage.pass_time(LISTED_FROM.astimezone(UTC))

    assert not is_listed(stage)
    assert due(stage) == []


def test_a_load_that_is_not_delivered_is_not_chased():
    stage = Stage()
    stage.learn(released(), answered("S-1001-V1T1"), *driven()[:2])

    assert due(stage) == []


def test_a_firm_may_chase_sooner_or_never():
    soon, never = delivered(missing_invoice_days=10), delivered(missing_invoice_days=0)
    for stage in (soon, never):
        stage.pass_time(MONDAY + timedelta(days=13))

    assert (is_listed(soon), is_listed(never)) == (True, False)


@pytest.mark.parametrize("order", tuple(permutations(range(3))), ids=str)
def test_the_list_is_the_same_for_every_order_of_arrival(order: tuple[int, ...]):
    *road, proof = driven()
    late = [structs.replace(one, key=f"{one.key}!") for one in (road[-1],)]
    groups: list[list[Fact]] = [[*road], [proof], late]
    stage = Stage()
    stage.learn(released(), answered("S-1001-V1T1"))
    for place in order:
        stage.learn(*groups[place])

    assert stage.shipment("S-1001").bill_due_at == LISTED_FROM
    stage.learn(bill(LINEHAUL, FUEL))
    assert due(stage) == []
