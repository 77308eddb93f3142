"""A gate: whether deliveries to a system may go out in a lane now, how many, or why not.

Hold, rate, concurrency and circuit are conditions of the claim; nothing sleeps in front of a gate.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct, structs

from drawbar.freight.delivery import Lane

FAILURES_TO_OPEN = 5
_FIRST_PAUSE = timedelta(seconds=1)
_PROBE_TIME = timedelta(seconds=60)


class Circuit(StrEnum):
    """Whether the far side answers. Stored."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"  # one probe is on its way


class Gate(Struct, frozen=True, kw_only=True):
    """One gate as it stands. ``rate`` is in deliveries a second, None without a limit."""

    system: str
    lane: Lane
    held: bool = False
    held_until: datetime | None = None
    held_by: str = ""
    held_why: str = ""
    rate: float | None = None
    burst: int = 1
    tokens: float = 0.0
    tokens_at: datetime | None = None
    concurrency: int = 4
    circuit: Circuit = Circuit.CLOSED
    failures: int = 0
    probe_at: datetime | None = None
    opened_at: datetime | None = None


class Passing(Struct, frozen=True):
    """At most ``count`` may go now; ``tokens`` are in the bucket before they do."""

    count: int
    tokens: float


class Held(Struct, frozen=True):
    """Nothing goes: a person closed the gate, until ``until`` or until it is opened."""

    until: datetime | None


class Broken(Struct, frozen=True):
    """Nothing goes: the far side does not answer. It is asked again at ``probe_at``."""

    probe_at: datetime


class ProbeDue(Struct, frozen=True):
    """Nothing goes, but whoever learns this asks the far side once how it is."""


Admission = Passing | Held | Broken | ProbeDue


def admit(gate: Gate, *, now: datetime, in_flight: int) -> Admission:
    """Decide whether deliveries may go now, while ``in_flight`` are on their way."""
    if gate.held and (gate.held_until is None or now < gate.held_until):
        return Held(gate.held_until)
    if gate.circuit is not Circuit.CLOSED:
        assert gate.probe_at is not None, "a circuit that is not closed says when to probe"
        return ProbeDue() if now >= gate.probe_at else Broken(gate.probe_at)
    tokens = _tokens(gate, now)
    room = max(0, gate.concurrency - in_flight)
    return Passing(room if gate.rate is None else min(room, int(tokens)), tokens)


def probing(gate: Gate, *, now: datetime) -> Gate:
    """Return the gate while one probe is on its way; another may follow if that one is lost."""
    return structs.replace(gate, circuit=Circuit.HALF_OPEN, probe_at=now + _PROBE_TIME)


def failed(gate: Gate, *, now: datetime, times: int = 1) -> Gate:
    """Return the gate after ``times`` unknown outcomes in a row, or a probe in vain."""
    failures = gate.failures + times
    if gate.circuit is Circuit.CLOSED and failures < FAILURES_TO_OPEN:
        return structs.replace(gate, failures=failures)
    beyond = max(0, failures - FAILURES_TO_OPEN)
    return structs.replace(
        gate,
        failures=failures,
        circuit=Circuit.OPEN,
        probe_at=now + pause(beyond + 1, lane=gate.lane),
        opened_at=gate.opened_at or now,
    )


def pause(attempts: int, *, lane: Lane) -> timedelta:
    """Return how long to wait after ``attempts`` in vain: 1 s, 2 s, 4 s, … up to the lane's most.

    Nothing waits longer after its cause is gone: 5 s where a truck waits, 30 s elsewhere.
    """
    most = timedelta(seconds=5 if lane is Lane.DISPATCH else 30)
    doublings = min(max(attempts - 1, 0), 10)
    return min(most, _FIRST_PAUSE * (1 << doublings))


def _tokens(gate: Gate, now: datetime) -> float:
    if gate.rate is None or gate.tokens_at is None:
        return float(gate.burst)
    elapsed = max(0.0, (now - gate.tokens_at).total_seconds())
    return min(float(gate.burst), gate.tokens + elapsed * gate.rate)
