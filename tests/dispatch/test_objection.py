"""What stands against a dispatcher's own decision; each refusal says what would help."""

from datetime import UTC, datetime

import pytest
from msgspec import structs

from drawbar.dispatch.answer import Awarded, answer
from drawbar.dispatch.hold import Hold
from drawbar.dispatch.objection import (
    Choice,
    Situation,
    against_asking,
    against_hold,
    against_lifting,
    against_offer,
    against_taking_back,
)
from drawbar.dispatch.offering import Offered, offer_to
from drawbar.dispatch.waterfall import Waterfall
from drawbar.freight.party import Carrier
from drawbar.freight.tender import Answer

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
FRESH = Waterfall(guide=("ABCD",))
ABCD = Carrier(carrier_ref="ABCD", name="Able", system="abcd")
CHOSEN = Choice(carrier_ref="ABCD", carrier=ABCD)
FREE = Situation(waterfall=FRESH)
HOLD = Hold(by="Ann", because="the customer calls back", since=NOON)


def asked() -> Waterfall:
    outcome = offer_to(FRESH, "ABCD", shipment_ref="S-1", now=NOON, minutes=60)
    assert isinstance(outcome, Offered)
    return outcome.waterfall


def awarded() -> Waterfall:
    terms = {"carrier_ref": "ABCD", "tender_ref": "S-1-V1T1"}
    outcome = answer(asked(), answer=Answer.ACCEPTED, at=NOON, **terms)
    assert isinstance(outcome, Awarded)
    return outcome.waterfall


def test_nothing_stands_against_offering_a_load_that_nobody_has():
    assert against_offer(FREE, CHOSEN) is None
    assert against_asking(FREE) is None


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"is_cancelled": True}, "was cancelled"),
        ({"is_delivered": True}, "is delivered"),
        ({"hold": HOLD}, "on hold by Ann because the customer calls back"),
        ({"is_stocked": False}, "has not set the goods aside"),
        ({"waterfall": asked()}, "may answer until 2026-03-09 13:00 UTC"),
        ({"waterfall": awarded()}, "ABCD has the load"),
    ],
    ids=["cancelled", "delivered", "on hold", "not reserved", "asked", "covered"],
)
def test_a_load_is_offered_only_when_it_needs_a_carrier(changed, says):
    against = against_offer(structs.replace(FREE, **changed), CHOSEN)

    assert against is not None
    assert says in against.text
    assert against.remedy


@pytest.mark.parametrize("road", ["is_on_the_road", "is_settled", "is_delivered"])
def test_what_a_carrier_drives_or_was_paid_for_is_not_taken_from_it(road):
    now = Situation(waterfall=awarded(), **{road: True})

    assert against_taking_back(now, "S-1-V1T1", owed=None) is not None


def test_a_tender_that_was_only_asked_is_taken_back_whatever_a_truck_would_cost():
    now = Situation(waterfall=asked())

    assert against_taking_back(now, "S-1-V1T1", owed=None) is None


def test_only_what_moves_or_is_over_cannot_be_stopped():
    assert against_hold(FREE) is None
    for changed in ({"hold": HOLD}, {"is_cancelled": True}, {"is_on_the_road": True}):
        assert against_hold(structs.replace(FREE, **changed)) is not None


def test_only_what_is_on_hold_can_go_on():
    assert against_lifting(FREE) is not None
    assert against_lifting(structs.replace(FREE, hold=HOLD)) is None
