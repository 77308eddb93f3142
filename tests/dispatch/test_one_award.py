"""Whatever happens in whatever order: never two awards, never a question beside an award."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from drawbar.dispatch.answer import answer
from drawbar.dispatch.cancel import cancel
from drawbar.dispatch.ending import expire, withdraw
from drawbar.dispatch.offering import change, offer_all, offer_next, offer_to
from drawbar.dispatch.waterfall import OfferState, Waterfall
from drawbar.freight.tender import Answer

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
CARRIERS = ("ABCD", "EFGH", "IJKL")
MINUTES = {"ABCD": 60, "EFGH": 30, "IJKL": 15}

tenders = st.builds("S-1-V{}T{}".format, st.integers(1, 3), st.integers(1, 4))
answers = st.tuples(
    st.just("answer"),
    st.sampled_from(CARRIERS),
    st.one_of(st.none(), tenders),
    st.sampled_from(Answer),
    st.integers(0, 120),
)
moves = st.one_of(
    st.tuples(st.just("next")),
    answers,
    answers,
    st.tuples(st.just("expire"), tenders),
    st.tuples(st.just("withdraw"), tenders),
    st.tuples(st.just("change")),
    st.tuples(st.just("cancel")),
    st.tuples(st.just("by hand"), st.sampled_from(CARRIERS)),
)


def moved(waterfall: Waterfall, move: tuple) -> Waterfall:
    terms = {"shipment_ref": "S-1", "now": NOON, "response_minutes": MINUTES}
    match move:
        case ("next",):
            outcome = offer_next(waterfall, **terms)
        case ("all",):
            outcome = offer_all(waterfall, **terms)
        case ("answer", carrier, tender, word, minute):
            at = NOON + timedelta(minutes=minute)
            outcome = answer(waterfall, carrier_ref=carrier, tender_ref=tender, answer=word, at=at)
        case ("expire", tender):
            outcome = expire(waterfall, tender)
        case ("withdraw", tender):
            outcome = withdraw(waterfall, tender, reason="test")
        case ("change",):
            outcome = change(waterfall, **terms)
        case ("cancel",):
            outcome = cancel(waterfall, picked_up=False, reason="test")
        case ("by hand", carrier):
            outcome = offer_to(waterfall, carrier, shipment_ref="S-1", now=NOON, minutes=5)
    return getattr(outcome, "waterfall", waterfall)


def history(moves: list[tuple]) -> list[Waterfall]:
    steps = [Waterfall(guide=CARRIERS)]
    for move in moves:
        steps.append(moved(steps[-1], move))
    return steps


@given(st.lists(moves, max_size=40))
def test_there_is_never_more_than_one_award_or_question(moves):
    for waterfall in history(moves):
        held = [o for o in waterfall.offers if o.state in (OfferState.OPEN, OfferState.ACCEPTED)]
        assert len(held) <= 1


@given(st.lists(moves | st.tuples(st.just("all")), max_size=40))
def test_there_is_never_more_than_one_award_in_a_broadcast_nor_a_question_beside_it(moves):
    for waterfall in history(moves):
        accepted = [o for o in waterfall.offers if o.state is OfferState.ACCEPTED]
        assert len(accepted) <= 1
        assert not (accepted and waterfall.open_offers)


@given(st.lists(moves | st.tuples(st.just("all")), max_size=40))
def test_only_the_version_that_stands_is_ever_open_or_awarded(moves):
    for waterfall in history(moves):
        assert {offer.version for offer in waterfall.in_hand} <= {waterfall.version}


@given(st.lists(moves | st.tuples(st.just("all")), max_size=40))
def test_no_offer_is_ever_forgotten_or_shares_its_name(moves):
    steps = history(moves)
    for before, after in pairwise(steps):
        names = [offer.tender_ref for offer in after.offers]
        assert names[: len(before.offers)] == [offer.tender_ref for offer in before.offers]
        assert len(set(names)) == len(names)


@given(st.lists(moves | st.tuples(st.just("all")), max_size=40))
def test_the_same_move_again_never_awards_anything_new(moves):
    for waterfall in history(moves):
        if waterfall.award is None:
            continue
        again = moved(
            waterfall,
            (
                "answer",
                waterfall.award.carrier_ref,
                waterfall.award.tender_ref,
                Answer.ACCEPTED,
                0,
            ),
        )
        assert again == waterfall
