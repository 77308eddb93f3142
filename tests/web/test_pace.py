"""The pace of a caller: a burst goes through, a flood is told when to come back."""

import pytest

from drawbar.web.auth.pace import Pace
from drawbar.web.problem import Refusal


def taken(pace: Pace, who: str, times: int) -> int:
    for done in range(times):
        try:
            pace.take(who)
        except Refusal:
            return done
    return times


def test_lets_a_burst_of_a_quarter_of_a_minute_through():
    assert taken(Pace(per_minute=40), "ABCD", 11) == 10


def test_says_when_to_come_back():
    pace = Pace(per_minute=4)
    pace.take("ABCD")

    with pytest.raises(Refusal) as refused:
        pace.take("ABCD")
    assert refused.value.problem.status == 429
    assert 1 <= int(refused.value.headers["Retry-After"]) <= 15


def test_one_caller_in_a_hurry_does_not_stop_another():
    pace = Pace(per_minute=4)
    taken(pace, "ABCD", 100)

    assert taken(pace, "EFGH", 1) == 1
