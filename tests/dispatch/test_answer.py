"""What a carrier's answer is worth. ABCD is asked at noon and has until 13:00 UTC."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec import structs

from drawbar.dispatch.answer import (
    AlreadyAwarded,
    Answered,
    Awarded,
    Declined,
    GivenBack,
    Late,
    NotAsked,
    Repeated,
    Stale,
    answer,
)
from drawbar.dispatch.ending import Expired, Withdrawn, expire, withdraw
from drawbar.dispatch.offering import (
    Changed,
    Offered,
    OfferedToAll,
    change,
    offer_all,
    offer_next,
)
from drawbar.dispatch.waterfall import OfferState, Waterfall
from drawbar.freight.tender import Answer

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
ONE = NOON + timedelta(hours=1)
MINUTES = {"ABCD": 60, "EFGH": 60}
YES, NO = Answer.ACCEPTED, Answer.DECLINED


def asked(guide: tuple[str, ...] = ("ABCD", "EFGH")) -> Waterfall:
    offered = offer_next(
        Waterfall(guide=guide), shipment_ref="S-1", now=NOON, response_minutes=MINUTES
    )
    assert isinstance(offered, Offered)
    return offered.waterfall


def asked_all() -> Waterfall:
    offered = offer_all(
        Waterfall(guide=("ABCD", "EFGH")), shipment_ref="S-1", now=NOON, response_minutes=MINUTES
    )
    assert isinstance(offered, OfferedToAll)
    return offered.waterfall


def changed(waterfall: Waterfall) -> Waterfall:
    outcome = change(waterfall, shipment_ref="S-1", now=NOON, response_minutes=MINUTES)
    assert isinstance(outcome, Changed)
    return outcome.waterfall


def said(
    waterfall: Waterfall,
    word: Answer,
    *,
    by: str = "ABCD",
    to: str | None = "S-1-V1T1",
    at: datetime = NOON,
) -> Answered:
    return answer(waterfall, carrier_ref=by, tender_ref=to, answer=word, at=at)


def won(waterfall: Waterfall, **words: str) -> Waterfall:
    outcome = said(waterfall, YES, **words)
    assert isinstance(outcome, Awarded)
    return outcome.waterfall


@pytest.mark.parametrize("spelling", ["S-1-V1T1", "s1v1t1", " S 1 V1T1 ", "S/1.V1T1"])
def test_an_acceptance_in_any_spelling_of_the_tender_has_the_load(spelling):
    outcome = said(asked(), YES, to=spelling)

    assert isinstance(outcome, Awarded)
    assert outcome.waterfall.award == outcome.offer
    assert (outcome.offer.carrier_ref, outcome.offer.answered_at) == ("ABCD", NOON)


def test_an_acceptance_in_the_last_moment_counts():
    assert isinstance(said(asked(), YES, at=ONE), Awarded)


def test_an_acceptance_a_moment_after_its_time_does_not_count():
    outcome = said(asked(), YES, at=ONE + timedelta(microseconds=1))

    assert isinstance(outcome, Late)
    assert "it had until 2026-03-10 13:00:00 UTC" in outcome.text


def test_a_carrier_that_had_accepted_before_may_confirm_a_change_late():
    outcome = said(changed(won(asked())), YES, to="S-1-V2T1", at=ONE + timedelta(hours=3))

    assert isinstance(outcome, Awarded)
    assert outcome.waterfall.award == outcome.offer


def test_a_late_acceptance_is_refused_even_if_nobody_else_has_the_load():
    ended = expire(asked(), "S-1-V1T1")
    assert isinstance(ended, Expired)

    assert isinstance(said(ended.waterfall, YES, at=NOON), Late)


def test_a_decline_is_kept_with_its_reason_and_frees_the_load():
    outcome = answer(
        asked(), carrier_ref="ABCD", tender_ref="S-1-V1T1", answer=NO, at=NOON, reason="no truck"
    )

    assert isinstance(outcome, Declined)
    assert (outcome.offer.state, outcome.offer.reason) == (OfferState.DECLINED, "no truck")
    assert outcome.waterfall.in_hand == ()


def test_a_decline_after_its_time_still_frees_the_load_sooner():
    assert isinstance(said(asked(), NO, at=ONE + timedelta(minutes=1)), Declined)


def test_an_acceptance_after_a_decline_is_refused():
    outcome = said(asked(), NO)
    assert isinstance(outcome, Declined)

    assert isinstance(said(outcome.waterfall, YES), Late)


def test_a_carrier_may_give_back_what_it_had_accepted():
    outcome = said(won(asked()), NO)

    assert isinstance(outcome, GivenBack)
    assert outcome.waterfall.award is None


def test_the_same_answer_again_changes_nothing():
    refused = said(asked(), NO)
    assert isinstance(refused, Declined)

    assert isinstance(said(won(asked()), YES), Repeated)
    assert isinstance(said(refused.waterfall, NO), Repeated)


@pytest.mark.parametrize(
    "tender", ["S-1-V1T1", "S-1-V1T9", None], ids=["another's", "none", "load"]
)
def test_who_was_not_asked_cannot_take_the_load(tender):
    assert isinstance(said(asked(), YES, by="EFGH", to=tender), NotAsked)


@pytest.mark.parametrize("word", [YES, NO])
def test_an_answer_to_an_older_version_is_stale(word):
    outcome = said(changed(won(asked())), word)

    assert isinstance(outcome, Stale)
    assert outcome.text == f"ABCD {word.value} version 1 (S-1-V1T1); the load is version 2 now"


def test_the_new_version_is_accepted_by_its_own_name():
    outcome = said(changed(won(asked())), YES, to="S-1-V2T1")

    assert isinstance(outcome, Awarded)
    assert outcome.offer.version == 2


def test_an_answer_that_names_only_the_load_counts_where_one_version_was_offered():
    assert isinstance(said(asked(), YES, to=None), Awarded)
    assert isinstance(said(asked(), YES, to=""), Awarded)


def test_an_answer_that_names_only_the_load_is_stale_where_two_versions_were_offered():
    outcome = said(changed(won(asked())), YES, to=None)

    assert isinstance(outcome, Stale)
    assert "versions 1, 2" in outcome.text


def test_an_answer_that_names_only_the_load_is_stale_where_only_the_old_version_was_offered():
    ended = withdraw(asked(), "S-1-V1T1", reason="another plan")
    assert isinstance(ended, Withdrawn)

    assert isinstance(said(changed(ended.waterfall), YES, to=None), Stale)


def test_an_acceptance_that_crosses_our_withdrawal_is_stale():
    ended = withdraw(asked(), "S-1-V1T1", reason="cancelled")
    assert isinstance(ended, Withdrawn)

    assert isinstance(said(ended.waterfall, YES), Stale)
    assert isinstance(said(ended.waterfall, NO), Repeated)


def test_o06_of_two_acceptances_in_one_second_exactly_one_has_the_load():
    first = said(asked_all(), YES, by="EFGH", to="S-1-V1T2")
    assert isinstance(first, Awarded)

    second = said(first.waterfall, YES)

    assert isinstance(second, AlreadyAwarded)
    assert "EFGH" not in second.text, "a carrier does not learn who has the load"
    assert first.waterfall.award == first.offer
    assert [lost.carrier_ref for lost in first.lost] == ["ABCD"]


def test_a_late_acceptance_learns_that_another_has_the_load():
    ended = expire(asked(), "S-1-V1T1")
    assert isinstance(ended, Expired)
    after = offer_next(ended.waterfall, shipment_ref="S-1", now=ONE, response_minutes=MINUTES)
    assert isinstance(after, Offered)

    outcome = said(won(after.waterfall, by="EFGH", to="S-1-V1T2"), YES, at=ONE)

    assert isinstance(outcome, AlreadyAwarded)


def test_who_lost_a_race_is_asked_again_when_the_winner_gives_the_load_back():
    given_back = said(won(asked_all()), NO)
    assert isinstance(given_back, GivenBack)

    again = offer_next(given_back.waterfall, shipment_ref="S-1", now=ONE, response_minutes=MINUTES)

    assert isinstance(again, Offered)
    assert (again.offer.carrier_ref, again.offer.tender_ref) == ("EFGH", "S-1-V1T3")


def test_answers_leave_the_waterfall_they_were_given_untouched():
    before = asked()
    said(before, YES)

    assert before == asked()
    assert structs.replace(before) == before
