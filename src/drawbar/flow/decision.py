"""A decision: everything that follows from one fact, as data that the engine writes at once."""

from datetime import date
from functools import reduce
from typing import Any

from msgspec import Struct

from drawbar.freight.case import Case, CaseSettled
from drawbar.freight.delivery import Delivery
from drawbar.freight.fact import Fact
from drawbar.freight.instant import Instant
from drawbar.freight.ledger import Entry
from drawbar.freight.reference import ReferenceKey
from drawbar.freight.stream import StreamKey
from drawbar.freight.terms import ClaimCandidate


class Deadline(Struct, frozen=True, kw_only=True):
    """A fact that comes true when the time is reached, unless it is cleared before.

    One deadline per stream and ``name``; setting it again moves it. The engine puts the time at
    which it fires into ``fact.learned_at``.
    """

    stream: StreamKey
    name: str
    due_at: Instant
    fact: Fact


class DeadlineCleared(Struct, frozen=True, kw_only=True):
    """A deadline that no longer matters; clearing one that is not set changes nothing."""

    stream: StreamKey
    name: str


class Naming(Struct, frozen=True, kw_only=True):
    """A reference under which a stream is found from now on."""

    key: ReferenceKey
    stream: StreamKey
    spelled: str


class Park(Struct, frozen=True, kw_only=True):
    """Decide this fact again when one of these names appears; at ``until``, ``expired`` happens."""

    waits_for: tuple[ReferenceKey, ...]
    until: Instant
    expired: Fact


class Decision(Struct, frozen=True, kw_only=True):
    """What follows from a fact. Empty when it changes nothing.

    ``states`` holds the new state of each changed stream. ``notes`` are sentences for the timeline,
    with the stream that they belong to.
    """

    states: dict[StreamKey, Any] = {}
    names: tuple[Naming, ...] = ()
    entries: tuple[Entry, ...] = ()
    cases: tuple[Case, ...] = ()
    settled: tuple[CaseSettled, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    cleared: tuple[DeadlineCleared, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    follows: tuple[Fact, ...] = ()
    park: Park | None = None
    notes: tuple[tuple[StreamKey, str], ...] = ()
    candidates: tuple[ClaimCandidate, ...] = ()


NOTHING = Decision()


class Needs(Struct, frozen=True, kw_only=True):
    """Which streams a fact touches: some by key, and those that its names lead to.

    ``found_by`` are looked up in the reference index; every stream found is locked and loaded too.
    ``reads`` are loaded as they stand and not locked: what many look at and few change. A decision
    may not change them; where it hangs on them, a fact that locks them asks once more.
    """

    streams: tuple[StreamKey, ...] = ()
    found_by: tuple[ReferenceKey, ...] = ()
    reads: tuple[StreamKey, ...] = ()


class Known(Struct, frozen=True, kw_only=True):
    """What the engine loaded and locked for one fact.

    ``states`` lacks a stream that does not exist yet; ``found`` lists, for each name asked for, the
    streams that bear it, in key order, empty where none does. ``open_from`` is the first day whose
    period is open, None where none was ever closed.
    """

    states: dict[StreamKey, Any]
    found: dict[ReferenceKey, tuple[StreamKey, ...]] = {}
    open_from: date | None = None


def joined(*parts: Decision) -> Decision:
    """Return one decision with all that the parts say, in their order; the later state wins."""
    first, *others = [part for part in parts if part is not NOTHING] or [NOTHING]
    return reduce(_and, others, first)


def _and(one: Decision, other: Decision) -> Decision:
    return Decision(
        states=one.states | other.states,
        names=one.names + other.names,
        entries=one.entries + other.entries,
        cases=one.cases + other.cases,
        settled=one.settled + other.settled,
        deadlines=one.deadlines + other.deadlines,
        cleared=one.cleared + other.cleared,
        deliveries=one.deliveries + other.deliveries,
        follows=one.follows + other.follows,
        park=other.park if one.park is None else one.park,
        notes=one.notes + other.notes,
        candidates=one.candidates + other.candidates,
    )
