"""Control numbers: what a number says about what came before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.control_number import (
    NUMBER_MAX,
    Again,
    ControlNumbers,
    Expected,
    Gap,
    JumpedBack,
    Late,
    NumberHeard,
    Reused,
    following,
    last_after,
    place_in_series,
)


def heard(number: int, content: str = "a") -> NumberHeard:
    return NumberHeard(system="abcd", series="interchange", number=number, content=content)


@pytest.mark.parametrize(
    ("number", "last", "content", "was_missing", "place"),
    [
        (900, 0, None, False, Expected()),
        (42, 41, None, False, Expected()),
        (1, NUMBER_MAX, None, False, Expected()),
        (44, 41, None, False, Gap(42, 43)),
        (42, 44, None, True, Late()),
        (1, 41, None, False, JumpedBack()),
        (41, 44, "a", False, Again()),
        (41, 44, "b", False, Reused()),
    ],
    ids=[
        "the first ever", "the next", "the first after nine nines", "two left out",
        "one that was missing", "one from before", "the same again", "the same for another",
    ],
)  # fmt: skip
def test_a_number_says_what_became_of_those_before(number, last, content, was_missing, place):
    said = place_in_series(heard(number), last=last, content=content, was_missing=was_missing)

    assert said == place


def test_what_is_known_or_late_moves_no_series_back():
    assert [last_after(one, heard(42), last=44) for one in (Again(), Reused(), Late())] == [44] * 3
    assert last_after(JumpedBack(), heard(42), last=44) == 42


@given(st.integers(0, NUMBER_MAX))
def test_the_number_that_follows_is_always_one_that_can_be_written(last):
    assert 1 <= following(last) <= NUMBER_MAX


def test_a_sending_without_both_numbers_has_none():
    assert not ControlNumbers(group_type="SM", interchange=3).drawn
    assert ControlNumbers(group_type="SM", interchange=3, group=1).name == "SM 1"
