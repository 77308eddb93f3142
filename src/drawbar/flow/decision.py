"""A decision: everything that follows from one fact, as data that the engine writes at once."""

from collections.abc import Iterable
from itertools import chain
from typing import Any, TypeVar

from msgspec import Struct

from drawbar.freight.case import Case, CaseSettled
from drawbar.freight.delivery import Delivery
from drawbar.freight.fact import Fact
from drawbar.freight.instant import Instant
from drawbar.freight.ledger import Entry
from drawbar.freight.reference import ReferenceKey
from drawbar.freight.stream import StreamKey

T = TypeVar("T")


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


NOTHING = Decision()


class Needs(Struct, frozen=True, kw_only=True):
    """Which streams a fact touches: some by key, and those that its names lead to.

    ``found_by`` are looked up in the reference index; every stream found is locked and loaded too.
    """

    streams: tuple[StreamKey, ...] = ()
    found_by: tuple[ReferenceKey, ...] = ()


class Known(Struct, frozen=True, kw_only=True):
    """What the engine loaded and locked for one fact.

    ``states`` lacks a stream that does not exist yet; ``found`` lists, for each name asked for, the
    streams that bear it, in key order, empty where none does.
    """

    states: dict[StreamKey, Any]
    found: dict[ReferenceKey, tuple[StreamKey, ...]] = {}


def joined(*parts: Decision) -> Decision:
    """Return one decision with all that the parts say, in their order; the later state wins."""
    states: dict[StreamKey, Any] = {}
    for part in parts:
        states |= part.states
    return Decision(
        states=states,
        names=_chained(part.names for part in parts),
        entries=_chained(part.entries for part in parts),
        cases=_chained(part.cases for part in parts),
        settled=_chained(part.settled for part in parts),
        deadlines=_chained(part.deadlines for part in parts),
        cleared=_chained(part.cleared for part in parts),
        deliveries=_chained(part.deliveries for part in parts),
        follows=_chained(part.follows for part in parts),
        park=next((part.park for part in parts if part.park is not None), None),
        notes=_chained(part.notes for part in parts),
    )


def _chained(groups: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    return tuple(chain.from_iterable(groups))
