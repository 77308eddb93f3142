"""When deliveries may go out: hold, rate, room, circuit. A gate is data; nothing sleeps at it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.freight.delivery import Lane
from drawbar.messages.gate import (
    Broken,
    Circuit,
    Gate,
    Held,
    Passing,
    ProbeDue,
    admit,
    failed,
    pause,
    probing,
)

T0 = datetime(2026, 11, 23, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def gate(**changes: object) -> Gate:
    return structs.replace(Gate(system="erp", lane=Lane.FINANCE), **changes)


def admitted(of: Gate, *, at: datetime = T0, in_flight: int = 0) -> int:
    answer = admit(of, now=at, in_flight=in_flight)
    return answer.count if isinstance(answer, Passing) else 0


def test_an_untouched_gate_lets_through_what_there_is_room_for():
    assert [admitted(gate(concurrency=4), in_flight=busy) for busy in (0, 3, 4, 9)] == [4, 1, 0, 0]


def test_a_hold_ends_at_its_time_to_the_second():
    held = gate(held=True, held_until=T0)

    assert admit(held, now=T0 - SECOND, in_flight=0) == Held(T0)
    assert admitted(held, at=T0) == 4


def test_a_rate_fills_the_bucket_up_to_the_burst_and_no_further():
    limited = gate(rate=2.0, burst=3, tokens=0.0, tokens_at=T0, concurrency=99)

    assert [admitted(limited, at=T0 + SECOND * s) for s in (0, 1, 2, 60)] == [0, 2, 3, 3]


def test_a_clock_that_goes_back_gives_no_tokens():
    limited = gate(rate=2.0, burst=3, tokens=1.0, tokens_at=T0)

    assert admitted(limited, at=T0 - SECOND * 9) == 1


def test_the_fifth_failure_in_a_row_opens_the_circuit():
    assert failed(gate(), now=T0, times=4).circuit is Circuit.CLOSED

    opened = failed(gate(failures=4), now=T0)
    assert (opened.circuit, opened.probe_at, opened.opened_at) == (Circuit.OPEN, T0 + SECOND, T0)


def test_while_one_probe_is_on_its_way_there_is_no_other():
    opened = failed(gate(failures=4), now=T0)
    due = T0 + SECOND
    assert admit(opened, now=T0, in_flight=0) == Broken(due)
    assert admit(opened, now=due, in_flight=0) == ProbeDue()

    asked = probing(opened, now=due)

    assert isinstance(admit(asked, now=due + SECOND * 59, in_flight=0), Broken)
    assert admit(asked, now=due + SECOND * 60, in_flight=0) == ProbeDue()  # that probe was lost


@pytest.mark.parametrize(
    ("lane", "seconds"), [(Lane.DISPATCH, [1, 2, 4, 5, 5]), (Lane.FINANCE, [1, 2, 4, 8, 16])]
)
def test_pauses_double_up_to_what_the_lane_bears(lane, seconds):
    assert [pause(n, lane=lane).total_seconds() for n in range(1, 6)] == seconds


@given(st.integers(1, 10_000), st.sampled_from(Lane))
def test_nothing_waits_longer_than_half_a_minute_after_its_cause_is_gone(attempts, lane):
    assert SECOND <= pause(attempts, lane=lane) <= SECOND * 30


@given(st.floats(0.1, 50), st.integers(1, 20), st.lists(st.floats(0, 3), min_size=1, max_size=20))
def test_a_gate_never_lets_through_more_than_burst_and_rate_allow(rate, burst, waits):
    now, one, through = T0, gate(rate=rate, burst=burst, concurrency=1000), 0
    for wait in waits:
        now += timedelta(seconds=wait)
        answer = admit(one, now=now, in_flight=0)
        assert isinstance(answer, Passing)
        through += answer.count
        one = structs.replace(one, tokens=answer.tokens - answer.count, tokens_at=now)

    assert through <= burst + rate * sum(waits) + 1e-6
