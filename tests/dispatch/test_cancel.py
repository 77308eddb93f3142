"""What cancelling a load means, by what a carrier was told before."""

from datetime import UTC, datetime

import pytest

from drawbar.dispatch.answer import Awarded, answer
from drawbar.dispatch.cancel import CancelAward, NothingOwed, OnTheRoad, WithdrawTender, cancel
from drawbar.dispatch.offering import Offered, OfferedToAll, change, offer_all, offer_next
from drawbar.dispatch.waterfall import OfferState, Waterfall
from drawbar.freight.tender import Answer

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
TERMS = {"shipment_ref": "S-1", "now": NOON, "response_minutes": {"ABCD": 60, "EFGH": 60}}
FRESH = Waterfall(guide=("ABCD", "EFGH"))


def asked() -> Waterfall:
    outcome = offer_next(FRESH, **TERMS)
    assert isinstance(outcome, Offered)
    return outcome.waterfall


def awarded(waterfall: Waterfall, tender_ref: str = "S-1-V1T1") -> Waterfall:
    outcome = answer(
        waterfall,
        carrier_ref="ABCD",
        tender_ref=tender_ref,
        answer=Answer.ACCEPTED,
        at=NOON,
    )
    assert isinstance(outcome, Awarded)
    return outcome.waterfall


def cancelled(waterfall: Waterfall, *, picked_up: bool = False):
    return cancel(waterfall, picked_up=picked_up, reason="customer cancelled")


def test_before_any_tender_nothing_is_owed():
    assert cancelled(FRESH) == NothingOwed(waterfall=FRESH)


def test_an_unanswered_tender_is_withdrawn_with_its_reason():
    outcome = cancelled(asked())

    assert isinstance(outcome, WithdrawTender)
    assert [offer.carrier_ref for offer in outcome.offers] == ["ABCD"]
    assert outcome.waterfall.in_hand == ()
    assert outcome.waterfall.offers[0].reason == "customer cancelled"


def test_everybody_of_a_broadcast_is_told():
    everybody = offer_all(FRESH, **TERMS)
    assert isinstance(everybody, OfferedToAll)

    outcome = cancelled(everybody.waterfall)

    assert isinstance(outcome, WithdrawTender)
    assert [offer.carrier_ref for offer in outcome.offers] == ["ABCD", "EFGH"]


def test_an_accepted_load_is_cancelled_with_its_carrier():
    outcome = cancelled(awarded(asked()))

    assert isinstance(outcome, CancelAward)
    assert outcome.offer == outcome.accepted
    assert outcome.waterfall.award is None


def test_a_carrier_that_has_not_answered_a_change_yet_was_committed_all_the_same():
    after = change(awarded(asked()), **TERMS)

    outcome = cancelled(after.waterfall)

    assert isinstance(outcome, CancelAward)
    assert outcome.offer.tender_ref == "S-1-V2T1", "the carrier is told about its newest tender"
    assert outcome.accepted.tender_ref == "S-1-V1T1", "but this is what it had agreed to"


def test_after_two_changes_the_last_accepted_version_counts():
    second = awarded(change(awarded(asked()), **TERMS).waterfall, "S-1-V2T1")

    outcome = cancelled(change(second, **TERMS).waterfall)

    assert isinstance(outcome, CancelAward)
    assert outcome.accepted.version == 2


@pytest.mark.parametrize("waterfall", [FRESH, asked(), awarded(asked())])
def test_cancelling_again_changes_nothing(waterfall):
    once = cancelled(waterfall)
    assert not isinstance(once, OnTheRoad)

    assert cancelled(once.waterfall) == NothingOwed(waterfall=once.waterfall)


def test_what_was_picked_up_cannot_be_cancelled():
    assert isinstance(cancelled(awarded(asked()), picked_up=True), OnTheRoad)


def test_a_cancelled_load_has_no_open_or_accepted_offer():
    outcome = cancelled(awarded(asked()))

    assert isinstance(outcome, CancelAward)
    assert {offer.state for offer in outcome.waterfall.offers} == {OfferState.WITHDRAWN}
