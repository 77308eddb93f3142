"""A carrier that does not have a load hears so, once, before two trucks come for it."""

from datetime import timedelta
from itertools import permutations

import pytest
from msgspec import structs

from drawbar.freight.case import CaseKind
from drawbar.freight.delivery import TenderPurpose
from drawbar.freight.order import OrderCancelled
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.tender import Answer
from tests.flow.stage import MONDAY, Stage, acme, answered, order, released, when
from tests.flow.test_orders_under_attack import changed, covered, later

FIRST, SECOND, CHANGED = "S-1001-V1T1", "S-1001-V1T2", "S-1001-V2T1"


def told(stage: Stage) -> list[str]:
    """Return the tenders that carriers were told to be over, in order."""
    sent = [one.payload for one in stage.sent("TenderLoad")]
    return [one.tender_ref for one in sent if one.purpose is TenderPurpose.CANCEL]


def expired() -> Stage:
    """ABCD let its hour go by; NRTH is asked."""
    stage = Stage()
    stage.learn(released())
    stage.pass_time(MONDAY - timedelta(minutes=535))
    return stage


def test_a_silent_carrier_is_told_that_its_tender_is_over():
    stage = expired()

    (cancel,) = [one for one in stage.sent("TenderLoad") if one.business_key.endswith(":cancel")]
    assert (cancel.system, cancel.business_key) == ("abcd", f"{FIRST}:cancel")
    assert cancel.payload.answer_by is None


def test_the_end_follows_the_offer_in_the_same_queue():
    sent = [one for one in expired().sent("TenderLoad") if one.system == "abcd"]

    assert [one.payload.purpose.value for one in sent] == ["offer", "cancel"]
    assert len({(one.lane, one.stream) for one in sent}) == 1


def test_a_late_yes_is_a_case_and_tells_nothing_twice():
    stage = expired()

    stage.learn(answered(FIRST, at=-500), answered(FIRST, at=-499))

    assert told(stage) == [FIRST]
    assert CaseKind.LATE_ACCEPTANCE in stage.open_cases()
    assert stage.shipment("S-1001").waterfall.open_offers[0].carrier_ref == "NRTH"


def test_a_yes_that_comes_late_but_before_we_noticed_is_told_once():
    stage = Stage()
    stage.learn(released(), answered(FIRST, at=-535))

    stage.pass_time(MONDAY - timedelta(minutes=530))

    assert told(stage) == [FIRST]


def test_a_decline_after_the_end_is_no_news():
    stage = expired()

    stage.learn(answered(FIRST, Answer.DECLINED, at=-500))

    assert told(stage) == [FIRST]
    assert CaseKind.LATE_ACCEPTANCE not in stage.open_cases()


def test_a_carrier_that_said_no_and_then_yes_learns_that_another_has_the_load():
    stage = Stage()
    stage.learn(released(), answered(FIRST, Answer.DECLINED))
    stage.learn(answered(SECOND, carrier="NRTH"))

    stage.learn(answered(FIRST, at=-580), answered(FIRST, at=-570))

    assert told(stage) == [FIRST]
    assert stage.shipment("S-1001").carrier_ref == "NRTH"


def test_a_stale_yes_is_not_called_off_while_the_change_is_open():
    stage = Stage()
    stage.learn(released(), changed(later(order(revision=2)), at=-595), answered(FIRST))

    assert told(stage) == []
    stage.learn(answered(CHANGED, at=-580))
    assert (stage.shipment("S-1001").carrier_ref, told(stage)) == ("ABCD", [])


def test_a_stale_yes_is_called_off_with_the_change_that_nobody_answers():
    stage = Stage()
    stage.learn(released(), changed(later(order(revision=2)), at=-595), answered(FIRST))

    stage.pass_time(MONDAY - timedelta(minutes=530))

    assert told(stage) == [FIRST, CHANGED]


def test_a_stale_yes_after_the_change_went_unanswered_is_called_off():
    stage = Stage()
    stage.learn(released(), changed(later(order(revision=2)), at=-595))
    stage.pass_time(MONDAY - timedelta(minutes=530))

    stage.learn(answered(FIRST, at=-520), answered(FIRST, at=-519))

    assert told(stage) == [CHANGED, FIRST]


def test_a_carrier_that_had_the_load_and_keeps_silent_about_its_change_gives_up_both_versions():
    stage = covered()
    stage.learn(changed(later(order(revision=2)), at=-580))

    stage.pass_time(MONDAY - timedelta(minutes=510))

    assert told(stage) == [FIRST, CHANGED]
    assert CaseKind.CHANGE_UNANSWERED in stage.open_cases()


def test_a_yes_for_a_tender_that_was_never_made_is_a_case_only():
    stage = expired()

    stage.learn(structs.replace(answered("S-1001-V9T9", at=-500), references=_both("S-1001-V9T9")))

    assert told(stage) == [FIRST]
    assert CaseKind.STALE_ACCEPTANCE in stage.open_cases()


def _both(tender: str) -> tuple[Reference, ...]:
    shipment = Reference(ReferenceKind.SHIPMENT, "S-1001")
    return (Reference(ReferenceKind.TENDER, tender), shipment)


def test_a_cancelled_order_calls_nothing_off_that_was_called_off_before():
    stage = expired()

    stage.learn(OrderCancelled(key="cancel", order_ref="1001", **when(-500)))
    stage.learn(answered(FIRST, at=-490), answered(SECOND, carrier="NRTH", at=-489))

    assert told(stage) == [FIRST, SECOND]


def test_a_cancelled_order_is_told_under_the_version_that_was_agreed_to():
    stage = covered()
    stage.learn(changed(later(order(revision=2)), at=-580), answered(CHANGED, at=-570))

    stage.learn(OrderCancelled(key="cancel", order_ref="1001", **when(-500)))

    assert told(stage) == [CHANGED]


FACTS = (
    answered(FIRST, Answer.DECLINED, at=-589),
    answered(FIRST, at=-588),
    answered(SECOND, carrier="NRTH", at=-587),
    changed(later(order(revision=2)), at=-586),
)


@pytest.mark.parametrize("arrival", list(permutations(range(4))), ids=str)
def test_in_whatever_order_they_come_nothing_that_stands_is_called_off(arrival: tuple[int, ...]):
    stage = Stage()
    stage.learn(released(), *(FACTS[place] for place in arrival))
    stage.learn(*(structs.replace(FACTS[place], key=f"again {place}") for place in arrival[:3]))

    standing = {one.tender_ref for one in stage.shipment("S-1001").waterfall.in_hand}
    assert not standing & set(told(stage))
    assert len(told(stage)) == len(set(told(stage)))


def test_a_carrier_that_left_the_company_is_no_fault():
    stage = Stage()
    stage.learn(released())
    without = {ref: one for ref, one in acme().carriers.items() if ref != "ABCD"}
    stage.run.company = structs.replace(stage.run.company, carriers=without)

    stage.pass_time(MONDAY - timedelta(minutes=535))

    assert told(stage) == []
    assert stage.shipment("S-1001").waterfall.open_offers[0].carrier_ref == "NRTH"
