"""Whom we ask to take a load, in which order. The guide is ABCD, then EFGH, then IJKL."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from drawbar.dispatch.answer import Awarded, Declined, answer
from drawbar.dispatch.ending import (
    Expired,
    NothingToEnd,
    Withdrawn,
    acknowledge,
    expire,
    withdraw,
)
from drawbar.dispatch.offering import (
    Exhausted,
    InHand,
    Offered,
    OfferedToAll,
    change,
    offer_all,
    offer_next,
    offer_to,
)
from drawbar.dispatch.waterfall import Offer, OfferState, Waterfall, tender_ref_of
from drawbar.freight.delivery import TenderPurpose
from drawbar.freight.reference import Reference, ReferenceKind, normalise
from drawbar.freight.tender import Answer

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
MINUTES = {"ABCD": 60, "EFGH": 30, "IJKL": 15}
FRESH = Waterfall(guide=("ABCD", "EFGH", "IJKL"))


def asked_next(waterfall: Waterfall = FRESH, *, at: datetime = NOON) -> Offered:
    offered = offer_next(waterfall, shipment_ref="S-1001", now=at, response_minutes=MINUTES)
    assert isinstance(offered, Offered)
    return offered


def declined(waterfall: Waterfall, offer: Offer, reason: str = "no truck") -> Waterfall:
    outcome = answer(
        waterfall,
        carrier_ref=offer.carrier_ref,
        tender_ref=offer.tender_ref,
        answer=Answer.DECLINED,
        at=NOON,
        reason=reason,
    )
    assert isinstance(outcome, Declined)
    return outcome.waterfall


def awarded(waterfall: Waterfall, offer: Offer) -> Waterfall:
    outcome = answer(
        waterfall,
        carrier_ref=offer.carrier_ref,
        tender_ref=offer.tender_ref,
        answer=Answer.ACCEPTED,
        at=NOON,
    )
    assert isinstance(outcome, Awarded)
    return outcome.waterfall


def changed(waterfall: Waterfall, *, at: datetime = NOON, minutes: dict[str, int] = MINUTES):
    return change(waterfall, shipment_ref="S-1001", now=at, response_minutes=minutes)


def test_asks_the_first_carrier_of_the_guide():
    offer = asked_next().offer

    assert (offer.carrier_ref, offer.version, offer.state) == ("ABCD", 1, OfferState.OPEN)
    assert offer.purpose is TenderPurpose.OFFER


def test_gives_each_carrier_its_own_time_to_answer():
    first = asked_next()
    second = asked_next(declined(first.waterfall, first.offer))

    assert first.offer.answer_by == NOON + timedelta(minutes=60)
    assert second.offer.answer_by == NOON + timedelta(minutes=30)


@pytest.mark.parametrize("settle", [None, awarded], ids=["still thinking", "has the load"])
def test_asks_nobody_else_while_one_carrier_has_it_in_hand(settle):
    first = asked_next()
    waterfall = settle(first.waterfall, first.offer) if settle else first.waterfall

    again = offer_next(waterfall, shipment_ref="S-1001", now=NOON, response_minutes=MINUTES)

    assert isinstance(again, InHand)
    assert [offer.tender_ref for offer in again.offers] == [first.offer.tender_ref]


def test_says_who_was_asked_and_what_they_said_when_nobody_is_left():
    waterfall = FRESH
    for reason in ("no truck", "wrong lane", "too cheap"):
        offered = asked_next(waterfall)
        waterfall = declined(offered.waterfall, offered.offer, reason)

    end = offer_next(waterfall, shipment_ref="S-1001", now=NOON, response_minutes=MINUTES)

    assert isinstance(end, Exhausted)
    assert "ABCD declined (no truck); EFGH declined (wrong lane)" in end.text


def test_an_empty_guide_is_exhausted_at_once():
    end = offer_next(Waterfall(guide=()), shipment_ref="S-1001", now=NOON, response_minutes=MINUTES)

    assert isinstance(end, Exhausted)
    assert end.text == "the routing guide names no carrier for this lane"


def test_passes_over_a_carrier_that_is_not_in_use():
    offered = offer_next(
        FRESH, shipment_ref="S-1001", now=NOON, response_minutes={"EFGH": 30, "IJKL": 15}
    )

    assert isinstance(offered, Offered)
    assert offered.offer.carrier_ref == "EFGH"


def test_asks_a_carrier_that_the_guide_names_twice_only_once():
    waterfall = Waterfall(guide=("ABCD", "ABCD"))
    first = asked_next(waterfall)

    end = offer_next(
        declined(first.waterfall, first.offer),
        shipment_ref="S-1001",
        now=NOON,
        response_minutes=MINUTES,
    )

    assert isinstance(end, Exhausted)


def test_silence_is_not_an_acceptance():
    first = asked_next()

    outcome = expire(first.waterfall, first.offer.tender_ref)

    assert isinstance(outcome, Expired)
    assert outcome.waterfall.award is None
    assert asked_next(outcome.waterfall).offer.carrier_ref == "EFGH"


@pytest.mark.parametrize("settle", [awarded, declined], ids=["accepted", "declined"])
def test_an_expiry_after_the_answer_changes_nothing(settle):
    first = asked_next()

    outcome = expire(settle(first.waterfall, first.offer), first.offer.tender_ref)

    assert isinstance(outcome, NothingToEnd)


def test_an_expiry_of_a_tender_that_never_was_changes_nothing():
    assert expire(FRESH, "S-1001-V1T1") == NothingToEnd(text="S-1001-V1T1: no such tender")


@pytest.mark.parametrize("settle", [None, awarded], ids=["open", "accepted"])
def test_a_withdrawn_tender_frees_the_load_for_the_next(settle):
    first = asked_next()
    waterfall = settle(first.waterfall, first.offer) if settle else first.waterfall

    outcome = withdraw(waterfall, first.offer.tender_ref, reason="truck broke down")

    assert isinstance(outcome, Withdrawn)
    assert asked_next(outcome.waterfall).offer.carrier_ref == "EFGH"
    again = withdraw(outcome.waterfall, first.offer.tender_ref, reason="twice")
    assert isinstance(again, NothingToEnd)


def test_the_carrier_that_has_the_load_is_asked_first_about_a_new_version():
    first = asked_next()
    second = asked_next(declined(first.waterfall, first.offer))

    after = changed(awarded(second.waterfall, second.offer), at=NOON + timedelta(hours=2))

    (offer,) = after.offers
    assert (offer.carrier_ref, offer.version) == ("EFGH", 2)
    assert offer.purpose is TenderPurpose.CHANGE
    assert offer.committed
    assert offer.answer_by == NOON + timedelta(hours=2, minutes=30)
    assert after.waterfall.award is None


def test_a_carrier_that_still_thinks_is_asked_again_but_is_not_committed():
    after = changed(asked_next().waterfall)

    (offer,) = after.offers
    assert (offer.carrier_ref, offer.committed) == ("ABCD", False)
    assert [one.state for one in after.waterfall.offers] == [OfferState.SUPERSEDED, OfferState.OPEN]


def test_a_second_change_remembers_that_the_carrier_is_committed():
    first = asked_next()
    twice = changed(changed(awarded(first.waterfall, first.offer)).waterfall)

    assert [(offer.version, offer.committed) for offer in twice.offers] == [(3, True)]


def test_a_change_before_anybody_was_asked_asks_nobody():
    after = changed(FRESH)

    assert after.offers == ()
    assert asked_next(after.waterfall).offer.tender_ref == "S-1001-V2T1"


def test_who_declined_one_version_is_asked_again_about_the_next():
    first = asked_next()
    after = changed(declined(first.waterfall, first.offer))

    assert asked_next(after.waterfall).offer.carrier_ref == "ABCD"


def test_a_carrier_no_longer_in_use_gets_as_long_for_a_change_as_it_had():
    first = asked_next()

    (offer,) = changed(awarded(first.waterfall, first.offer), minutes={}).offers

    assert offer.answer_by - offer.offered_at == timedelta(minutes=60)


def test_a_broadcast_asks_everybody_at_once():
    outcome = offer_all(FRESH, shipment_ref="S-1001", now=NOON, response_minutes=MINUTES)

    assert isinstance(outcome, OfferedToAll)
    assert [offer.tender_ref for offer in outcome.offers] == [
        "S-1001-V1T1",
        "S-1001-V1T2",
        "S-1001-V1T3",
    ]
    again = offer_all(outcome.waterfall, shipment_ref="S-1001", now=NOON, response_minutes=MINUTES)
    assert isinstance(again, InHand)


def test_a_broadcast_without_carriers_is_exhausted():
    outcome = offer_all(FRESH, shipment_ref="S-1001", now=NOON, response_minutes={})

    assert isinstance(outcome, Exhausted)
    assert outcome.text == "ABCD not in use; EFGH not in use; IJKL not in use"


def test_a_dispatcher_may_ask_anybody_by_hand_also_again():
    first = asked_next()
    waterfall = declined(first.waterfall, first.offer)

    outcome = offer_to(waterfall, "ABCD", shipment_ref="S-1001", now=NOON, minutes=5)

    assert isinstance(outcome, Offered)
    assert outcome.offer.tender_ref == "S-1001-V1T2"
    busy = offer_to(outcome.waterfall, "SPOT", shipment_ref="S-1001", now=NOON, minutes=5)
    assert isinstance(busy, InHand)


def test_names_of_tenders_stay_apart_however_a_partner_spells_them():
    pairs = [(version, number) for version in range(1, 25) for number in range(1, 25)]
    names = {
        normalise(
            Reference(ReferenceKind.TENDER, tender_ref_of("S-1001", version=version, number=number))
        )
        for version, number in pairs
    }

    assert len(names) == len(pairs)


def test_a_name_of_a_tender_fits_into_x12():
    assert len(tender_ref_of("S-" + "9" * 22, version=9, number=9)) <= 30


def test_the_first_acknowledgement_is_kept():
    first = asked_next()
    tender_ref = first.offer.tender_ref

    once = acknowledge(first.waterfall, tender_ref, at=NOON)
    twice = acknowledge(once, tender_ref, at=NOON + timedelta(hours=1))

    offer = twice.tender(tender_ref)
    assert offer is not None
    assert offer.acknowledged_at == NOON
    assert acknowledge(once, "S-9-V1T1", at=NOON) == once


def test_a_waterfall_is_read_back_as_it_was_stored():
    first = asked_next()
    waterfall = changed(awarded(first.waterfall, first.offer)).waterfall

    stored = msgspec.msgpack.encode(waterfall)

    assert msgspec.msgpack.decode(stored, type=Waterfall) == waterfall
