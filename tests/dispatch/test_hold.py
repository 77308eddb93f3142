"""Which hold stands, whatever was said and in whatever order it came in."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from drawbar.dispatch.hold import NOT_HELD, Hold, Holding, held, lifted

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)


def hold(hour: int) -> Hold:
    return Hold(by="Ann", because="the customer calls back", since=NOON + timedelta(hours=hour))


def said(holding: Holding, word: tuple[str, int]) -> Holding:
    what, hour = word
    if what == "hold":
        return held(holding, hold(hour))
    return lifted(holding, at=NOON + timedelta(hours=hour))


def after(*words: tuple[str, int]) -> Holding:
    holding = NOT_HELD
    for word in words:
        holding = said(holding, word)
    return holding


def test_a_load_is_on_hold_from_the_word_of_a_person_until_another_word():
    assert after(("hold", 1)).hold == hold(1)
    assert after(("hold", 1), ("lift", 2)).hold is None
    assert after(("hold", 1), ("lift", 2), ("hold", 3)).hold == hold(3)


def test_a_hold_and_a_lifting_of_one_moment_let_the_load_go():
    assert after(("hold", 1), ("lift", 1)).hold is None
    assert after(("lift", 1), ("hold", 1)).hold is None


@given(st.lists(st.tuples(st.sampled_from(["hold", "lift"]), st.integers(0, 5))), st.randoms())
def test_the_order_in_which_words_come_in_decides_nothing(words, dice):
    mixed = list(words)
    dice.shuffle(mixed)

    assert after(*words) == after(*mixed) == after(*words, *mixed)
