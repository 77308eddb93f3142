"""What a carrier has picked up it keeps, whatever it says or leaves unsaid afterwards."""

from datetime import timedelta

import pytest
from msgspec import structs

from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.ledger import Account
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.tender import Answer, DriverDispatched
from tests.flow.stage import MONDAY, answered, bill, driven, milestone, order, when
from tests.flow.test_orders_under_attack import TENDER, cancelled, changed, covered, later

LINEHAUL = (ChargeKind.LINEHAUL, "1650.00")
FUEL = (ChargeKind.FUEL_SURCHARGE, "412.50")


@pytest.mark.parametrize("reports", [2, 4], ids=["picked up", "delivered"])
def test_a_carrier_cannot_give_back_what_it_has_picked_up(reports: int):
    stage = covered()
    stage.learn(*driven()[:reports])
    before = stage.shipment("S-1001")

    stage.learn(answered(TENDER, Answer.DECLINED, at=3000))

    assert stage.shipment("S-1001") == before
    assert stage.open_cases() == {CaseKind.CANCELLED_TOO_LATE}


def test_a_carrier_cannot_give_back_what_it_was_paid_for_whatever_was_reported_since():
    stage = covered()
    *reports, proof = driven()
    again_there = milestone(MilestoneKind.ARRIVED_PICKUP, 40)
    undone = [structs.replace(again_there, key=f"u{o.key}", corrects=o.key) for o in reports]
    stage.learn(*reports, proof, bill(LINEHAUL, FUEL), *undone)
    assert not stage.shipment("S-1001").delivered
    before, payable = stage.shipment("S-1001"), stage.balance(Account.ACCOUNTS_PAYABLE)

    stage.learn(answered(TENDER, Answer.DECLINED, at=5000))

    assert stage.shipment("S-1001") == before
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == payable
    assert len(stage.sent("TenderLoad")) == 1


def test_a_load_given_back_before_its_pickup_costs_nothing_until_the_next_carrier_has_it():
    stage = covered()
    assert stage.shipment("S-1001").buy

    stage.learn(answered(TENDER, Answer.DECLINED, at=-580))

    state = stage.shipment("S-1001")
    assert (state.carrier_ref, state.buy) == ("", ())
    assert [one.carrier_ref for one in state.waterfall.open_offers] == ["NRTH"]


def test_a_carrier_that_drives_an_unconfirmed_version_is_not_replaced():
    stage = covered()
    stage.learn(changed(later(order(revision=2)), at=0), *driven()[:2])

    stage.pass_time(MONDAY + timedelta(hours=12))

    assert [one.payload.carrier_ref for one in stage.sent("TenderLoad")] == ["ABCD", "ABCD"]
    assert CaseKind.CHANGE_UNANSWERED in stage.open_cases()
    stage.learn(answered("S-1001-V2T1", at=800))
    assert stage.shipment("S-1001").carrier_ref == "ABCD"
    assert CaseKind.CHANGE_UNANSWERED not in stage.open_cases()


def test_a_carrier_that_drives_cannot_decline_the_version_that_it_did_not_confirm():
    stage = covered()
    stage.learn(changed(later(order(revision=2)), at=0), *driven()[:2])
    before = stage.shipment("S-1001")

    stage.learn(answered("S-1001-V2T1", Answer.DECLINED, at=130))

    assert stage.shipment("S-1001") == before
    assert stage.open_cases() == {CaseKind.CANCELLED_TOO_LATE}


def test_a_load_driven_in_an_unconfirmed_version_is_neither_changed_nor_cancelled():
    stage = covered()
    stage.learn(changed(later(order(revision=2)), at=0), *driven()[:2])
    before = stage.shipment("S-1001")

    stage.learn(changed(order(revision=3), at=130), cancelled(at=140))

    assert stage.shipment("S-1001") == before
    assert {item for _, _, item in stage.cases} == {"revision 3", ""}


def test_the_driver_of_a_carrier_that_let_go_costs_nothing_with_the_next():
    stage = covered()
    name = (Reference(ReferenceKind.SHIPMENT, "S-1001"),)
    stage.learn(DriverDispatched(key="d", carrier_ref="ABCD", references=name, **when(-550)))

    stage.learn(
        changed(later(order(revision=2))), answered("S-1001-V2T1", Answer.DECLINED, at=-490)
    )

    assert stage.shipment("S-1001").driver_dispatched_at is None
