"""Which tenders a carrier is told to be over: each once, and none while another of its stands."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.dispatch.answer import Awarded, answer
from drawbar.dispatch.calling_off import call_off, contradict
from drawbar.dispatch.ending import Expired, Withdrawn, expire, withdraw
from drawbar.dispatch.offering import change, offer_next, offer_to
from drawbar.dispatch.waterfall import OfferState, Waterfall
from drawbar.freight.tender import Answer

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
TERMS = {"shipment_ref": "S-1", "now": NOON, "response_minutes": {"ABCD": 60, "EFGH": 30}}
FIRST, SECOND, CHANGED = "S-1-V1T1", "S-1-V1T2", "S-1-V2T1"


def asked(waterfall: Waterfall | None = None) -> Waterfall:
    """ABCD is asked, or whoever is next."""
    return offer_next(waterfall or Waterfall(guide=("ABCD", "EFGH")), **TERMS).waterfall


def says(waterfall: Waterfall, word: Answer, *, tender: str = FIRST, carrier: str = "ABCD"):
    at = NOON + timedelta(minutes=5)
    return answer(waterfall, carrier_ref=carrier, tender_ref=tender, answer=word, at=at)


def silent(waterfall: Waterfall, tender: str):
    outcome = expire(waterfall, tender)
    assert isinstance(outcome, Expired)
    return call_off(outcome.waterfall, outcome.offer)


def refs(over) -> list[str]:
    return [offer.tender_ref for offer in over.offers]


def yes(waterfall: Waterfall, tender: str | None, *, carrier: str = "ABCD"):
    return contradict(waterfall, carrier_ref=carrier, tender_ref=tender)


def test_silence_calls_the_tender_off_and_a_late_yes_is_no_news():
    over = silent(asked(), FIRST)

    assert refs(over) == [FIRST]
    assert refs(yes(over.waterfall, FIRST)) == []


def test_a_yes_after_a_no_is_called_off_once():
    declined = says(asked(), Answer.DECLINED).waterfall

    first = yes(declined, FIRST)

    assert refs(first) == [FIRST]
    assert refs(yes(first.waterfall, FIRST)) == []


def test_what_was_taken_back_is_known_to_be_over():
    back = withdraw(asked(), FIRST, reason="test")
    assert isinstance(back, Withdrawn)

    assert refs(yes(back.waterfall, FIRST)) == []


def test_a_tender_that_was_never_offered_cannot_be_called_off():
    assert refs(yes(asked(), SECOND)) == []
    assert refs(yes(asked(), FIRST, carrier="EFGH")) == []
    assert refs(yes(asked(), None, carrier="EFGH")) == []


def test_an_open_tender_is_not_called_off_by_its_own_yes():
    waterfall = asked()

    assert yes(waterfall, FIRST).waterfall == waterfall


def test_while_a_newer_version_stands_with_the_carrier_the_old_one_is_not_called_off():
    changed = change(asked(), **TERMS).waterfall

    first = yes(changed, FIRST)

    assert refs(first) == []
    assert refs(silent(first.waterfall, CHANGED)) == [FIRST, CHANGED]


def test_a_carrier_that_loses_its_load_by_silence_gives_up_the_version_that_it_drove_too():
    has_it = says(asked(), Answer.ACCEPTED)
    assert isinstance(has_it, Awarded)

    over = silent(change(has_it.waterfall, **TERMS).waterfall, CHANGED)

    assert refs(over) == [FIRST, CHANGED]


def test_a_yes_that_names_only_the_load_means_the_last_that_the_carrier_was_asked():
    changed = change(asked(), **TERMS).waterfall
    declined = says(changed, Answer.DECLINED, tender=CHANGED).waterfall

    assert refs(yes(declined, None)) == [CHANGED]


def test_a_carrier_that_has_the_load_under_another_tender_is_told_nothing():
    declined = says(asked(), Answer.DECLINED).waterfall
    again = offer_to(declined, "ABCD", shipment_ref="S-1", now=NOON, minutes=60).waterfall
    has_it = says(again, Answer.ACCEPTED, tender=SECOND).waterfall

    assert refs(yes(has_it, FIRST)) == []


def test_who_agreed_to_a_newer_version_is_told_of_that_one_only():
    has_it = says(asked(), Answer.ACCEPTED)
    agreed = says(change(has_it.waterfall, **TERMS).waterfall, Answer.ACCEPTED, tender=CHANGED)
    back = withdraw(agreed.waterfall, CHANGED, reason="test")
    assert isinstance(back, Withdrawn)

    over = call_off(back.waterfall, back.offer)

    assert refs(over) == [CHANGED]
    assert refs(yes(over.waterfall, FIRST)) == [FIRST]


steps = st.tuples(
    st.sampled_from(["next", "yes", "no", "expire", "change", "hand"]),
    st.sampled_from(["ABCD", "EFGH"]),
    st.builds("S-1-V{}T{}".format, st.integers(1, 3), st.integers(1, 3)),
)


def stepped(waterfall: Waterfall, step: tuple[str, str, str]):
    """Return the waterfall after a step, and who was told of which tender."""
    what, carrier, tender = step
    match what:
        case "next":
            return getattr(offer_next(waterfall, **TERMS), "waterfall", waterfall), []
        case "change":
            return change(waterfall, **TERMS).waterfall, []
        case "hand":
            outcome = offer_to(waterfall, carrier, shipment_ref="S-1", now=NOON, minutes=5)
            return getattr(outcome, "waterfall", waterfall), []
        case "expire":
            if not isinstance(expire(waterfall, tender), Expired):
                return waterfall, []
            over = silent(waterfall, tender)
            return over.waterfall, refs(over)
        case _:
            word = Answer.ACCEPTED if what == "yes" else Answer.DECLINED
            outcome = says(waterfall, word, tender=tender, carrier=carrier)
            if hasattr(outcome, "waterfall") or word is Answer.DECLINED:
                return getattr(outcome, "waterfall", waterfall), []
            over = yes(waterfall, tender, carrier=carrier)
            return over.waterfall, refs(over)


@given(st.lists(steps, max_size=40))
def test_no_tender_is_called_off_twice_nor_one_that_stands(history):
    waterfall, told = Waterfall(guide=("ABCD", "EFGH")), list[str]()
    for step in history:
        waterfall, news = stepped(waterfall, step)
        told += news
        standing = {offer.tender_ref for offer in waterfall.in_hand}
        assert not standing & set(told)
    assert len(told) == len(set(told))


@given(st.lists(steps, max_size=40))
def test_whoever_was_silent_knows_that_its_tender_is_over(history):
    waterfall = Waterfall(guide=("ABCD", "EFGH"))
    for step in history:
        waterfall, _ = stepped(waterfall, step)
    for offer in waterfall.offers:
        if offer.state is OfferState.EXPIRED:
            assert structs.replace(offer, committed=False).is_told_of
