"""An arrival: a fact on its way into one transaction, and what became of it there."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct, structs

from drawbar.freight.fact import Fact
from drawbar.records.codec import decode_fact
from drawbar.records.waits import DueDeadline, DuePark, Pending


class Arrival(Struct, frozen=True, kw_only=True):
    """A fact to apply. ``fact_id`` is its number where it is on file already.

    ``guard`` is the wait that it ends: it counts only while that still stands under the lock.
    ``history`` is recorded and moves nothing; ``was_dead`` could not be applied before.
    """

    fact: Fact
    fact_id: int | None = None
    history: bool = False
    was_dead: bool = False
    guard: DueDeadline | DuePark | None = None


def arrival_of(pending: Pending, *, now: datetime) -> Arrival:
    """Return a fact to decide next. A follow-up is learned now; others were learned before."""
    fact = decode_fact(pending.body)
    return Arrival(
        fact=structs.replace(fact, learned_at=now) if pending.why == "follows" else fact,
        fact_id=pending.fact_id,
        history=pending.history,
        was_dead=pending.why == "replayed",
    )


class Fate(StrEnum):
    """What became of an arrival."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    CONFLICTING = "conflicting"
    PARKED = "parked"
    DEFERRED = "deferred"
    DEAD = "dead"
    OVERTAKEN = "overtaken"  # its deadline was cleared or moved, or its wait ended, before it came


class Learned(Struct, frozen=True, kw_only=True):
    """How many facts of a batch met which fate."""

    applied: int = 0
    duplicate: int = 0
    conflicting: int = 0
    parked: int = 0
    deferred: int = 0
    dead: int = 0
    overtaken: int = 0

    def __add__(self, other: "Learned") -> "Learned":
        return Learned(
            **{name: getattr(self, name) + getattr(other, name) for name in self.__struct_fields__}
        )

    @property
    def total(self) -> int:
        """Return how many facts there were."""
        return sum(getattr(self, name) for name in self.__struct_fields__)


def count(fates: "list[Fate] | tuple[Fate, ...]") -> Learned:
    """Count ``fates``."""
    return Learned(**{fate.value: fates.count(fate) for fate in Fate})
