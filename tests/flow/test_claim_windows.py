"""The last days of claims, at the place of delivery. Defaults are those of the United States."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec import ValidationError, convert, structs

from drawbar.flow.claim_state import ClaimState
from drawbar.flow.claim_window import file_by, sue_by
from drawbar.flow.company import Company
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.claim import ClaimKind, ClaimStep, ClaimTerms, Paper
from drawbar.freight.dispute import Voice
from drawbar.freight.instant import Instant
from drawbar.freight.stream import StreamKind
from tests.flow.stage import MONDAY, Stage, acme, answered, bill, driven, released
from tests.flow.test_claim_books import filed, step
from tests.flow.test_claims import OVERCHARGE, PAPERS, claim, due, no_short_pay

LOS_ANGELES = "America/Los_Angeles"


def found(
    since_at: Instant, *, zone: str = LOS_ANGELES, kind: ClaimKind = ClaimKind.CARGO
) -> ClaimState:
    return ClaimState(
        claim_ref="CC-S-1001",
        kind=kind,
        shipment_ref="S-1001",
        carrier_ref="ABCD",
        text="Two pumps short.",
        since_at=since_at,
        found_at=since_at,
        zone=zone,
        delivered_at=since_at,
    )


def under(terms: ClaimTerms) -> Company:
    """Return the firm with these times in its contract with ABCD."""
    company = acme()
    contracts = tuple(
        structs.replace(one, claims=terms) if one.party_ref == "ABCD" else one
        for one in company.contracts
    )
    return structs.replace(company, contracts=contracts)


@pytest.mark.parametrize(
    ("delivered_at", "last_on"),
    [
        (datetime(2026, 4, 1, 6, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 4, 1, 7, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
    ids=["23:59 on the last of March", "00:00 on the first of April"],
)
def test_nine_months_to_file_count_from_the_day_at_the_place_of_delivery(delivered_at, last_on):
    assert file_by(found(delivered_at), acme()) == last_on


def test_a_month_without_that_day_ends_on_its_last():
    assert file_by(found(datetime(2026, 5, 31, 20, tzinfo=UTC)), acme()) == date(2027, 2, 28)


def test_a_contract_may_count_days_as_conventions_do():
    terms = ClaimTerms(file_days=14)

    assert file_by(found(MONDAY), under(terms)) == date(2026, 3, 23)
    assert file_by(structs.replace(found(MONDAY), carrier_ref="NRTH"), under(terms)) == date(
        2026, 12, 9
    )


def test_a_contract_says_which_papers_its_claims_need():
    stage = Stage(under(ClaimTerms(papers=(Paper.POD,))))
    *events, _ = driven()
    stage.learn(released(), answered("S-1001-V1T1"), *events)
    short = structs.replace(driven()[-1], pieces=22)
    stage.learn(short)
    stage.learn(structs.replace(step(ClaimStep.FILE, Voice.OURS, at=5000), papers=PAPERS[1:2]))

    assert claim(stage).said_to_carrier


def test_a_suit_about_cargo_begins_within_two_years_and_a_day_of_the_first_refusal():
    stage = filed()
    assert claim(stage).sue_by is None
    stage.learn(step(ClaimStep.DECLINE, Voice.CARRIER, at=5100))
    assert claim(stage).sue_by == date(2028, 3, 13)  # refused on 2026-03-12, late in the evening

    stage.learn(step(ClaimStep.OFFER, Voice.CARRIER, "10.00", at=9000))

    assert claim(stage).sue_by == date(2028, 3, 13)
    assert "sue" in due(stage)


def test_somebody_is_told_before_a_suit_is_lost_and_not_once_it_is_accepted():
    stage = filed()
    stage.learn(step(ClaimStep.DECLINE, Voice.CARRIER, at=5100))
    stage.pass_time(datetime(2028, 2, 13, 12, tzinfo=UTC))
    assert CaseKind.CLAIM_SILENT in stage.open_cases()

    later = (datetime(2028, 2, 14, tzinfo=UTC) - MONDAY) / timedelta(minutes=1)
    stage.learn(step(ClaimStep.ACCEPT, Voice.CARRIER, at=later))
    assert CaseKind.CLAIM_SILENT not in stage.open_cases()


def overcharged() -> Stage:
    stage = Stage(no_short_pay())
    lines = (ChargeKind.LINEHAUL, "1850.00"), (ChargeKind.FUEL_SURCHARGE, "412.50")
    stage.learn(released(), answered("S-1001-V1T1"), *driven(), bill(*lines, at=40_000))
    return stage


def test_a_suit_about_an_overcharge_begins_within_18_months_of_the_delivery_not_of_the_bill():
    assert claim(overcharged(), OVERCHARGE).sue_by == date(2027, 9, 11)


@pytest.mark.parametrize(
    ("refused_at", "last_on"),
    [(50_000, date(2027, 9, 11)), (710_000, date(2028, 1, 15))],
    ids=["an early refusal takes nothing away", "a late one leaves six months"],
)
def test_a_refusal_leaves_six_months_to_sue_for_an_overcharge(refused_at, last_on):
    stage = overcharged()
    stage.learn(step(ClaimStep.DECLINE, Voice.CARRIER, at=refused_at, ref=OVERCHARGE))

    assert claim(stage, OVERCHARGE).sue_by == last_on


def test_without_a_delivery_an_overcharge_counts_from_its_bill():
    state = structs.replace(found(MONDAY, kind=ClaimKind.OVERCHARGE), delivered_at=None)

    assert sue_by(state, acme()) == date(2027, 9, 9)


def test_a_claim_says_in_writing_who_is_liable_and_for_how_much():
    stage = filed()

    (told,) = stage.sent("TellCarrier")
    assert "holds ABCD liable and claims 290.00 USD" in told.payload.text
    assert told.payload.shipment_ref == "S-1001"
    assert stage.state(StreamKind.CLAIM, "CC-S-1001").due.keys() == {"acknowledge", "decide"}


def test_no_time_of_a_claim_is_below_zero():
    with pytest.raises(ValidationError, match="sue_months"):
        convert({"sue_months": -1}, ClaimTerms)
