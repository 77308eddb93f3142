"""Facts on file: which we know already, and new ones at the end, each with its number."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from drawbar.freight.stream import StreamKey
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows, Sheet, aside

_SQL = statements("facts")
_FACTS = Sheet(
    "facts",
    {
        "fact_id": "int8",
        "key": "text",
        "name": "text",
        "happened_at": "timestamptz",
        "learned_at": "timestamptz",
        "local_at": "timestamp",
        "message_ref": "text",
        "place": "text",
        "history": "bool",
        "body": "bytea",
    },
)
_KEYS = Sheet("fact_keys", {"key": "text", "hash": "bytea", "fact_id": "int8"})
_TOUCHED = Sheet(
    "fact_streams",
    {
        "fact_id": "int8",
        "kind": "text",
        "ref": "text",
        "version": "int8",
        "notes": "text[]",
        "terms": "int4",
    },
)
_DEAD = Sheet(
    "dead_facts",
    {
        "fact_id": "int8",
        "key": "text",
        "name": "text",
        "why": "text",
        "message_ref": "text",
        "place": "text",
        "body": "bytea",
        "error": "text",
        "died_at": "timestamptz",
    },
)


class FactRow(Struct, frozen=True, kw_only=True):
    """One fact as it is kept."""

    fact_id: int
    key: str
    name: str
    happened_at: datetime
    learned_at: datetime
    local_at: datetime | None
    message_ref: str
    place: str
    history: bool
    body: bytes
    hash: bytes


class Touch(Struct, frozen=True):
    """A fact touched a stream: the stream's version after it, and what to say on its timeline.

    ``terms`` is the version of the company folder under which that was decided.
    """

    fact_id: int
    stream: StreamKey
    version: int
    notes: list[str]
    terms: int = 0


class DeadFact(Struct, frozen=True, kw_only=True):
    """A fact that could not be applied. ``why`` is poison (our fault) or conflicting."""

    fact_id: int | None
    key: str
    name: str
    why: str
    message_ref: str
    place: str
    body: bytes
    error: str
    died_at: datetime


class KnownFacts(Struct, frozen=True):
    """Of some keys: hash and number of the facts we know, and which could not be applied so far."""

    facts: dict[str, tuple[bytes, int]]
    dead: set[str]


def known_facts(cursor: Rows, keys: Sequence[str]) -> Callable[[], KnownFacts]:
    """Ask which of ``keys`` we know, and which belong to facts that could not be applied so far."""
    asked = aside(cursor).execute(_SQL["known"], {"keys": list(keys)})

    def answer() -> KnownFacts:
        rows = asked.fetchall()
        return KnownFacts(
            {key: (bytes(hash_), fact_id) for key, hash_, fact_id in rows if hash_ is not None},
            {key for key, hash_, _ in rows if hash_ is None},
        )

    return answer


def stored_bodies(cursor: Rows, fact_ids: Sequence[int]) -> dict[int, bytes]:
    """Return the bodies of facts by number."""
    rows = cursor.execute(_SQL["bodies"], {"fact_ids": list(fact_ids)})
    return {fact_id: bytes(body) for fact_id, body in rows}


def reserve_numbers(cursor: Rows, count: int) -> Callable[[], list[int]]:
    """Ask for the next ``count`` numbers. Under the locks: numbers then follow their order."""
    if not count:
        return list
    asked = aside(cursor).execute(_SQL["reserve"], {"count": count})
    return lambda: [number for (number,) in asked.fetchall()]


def append_facts(cursor: Rows, facts: Sequence[FactRow]) -> None:
    """Append new facts with their keys. ``UniqueViolation``: another learned one meanwhile."""
    _FACTS.append(
        cursor,
        (
            (
                fact.fact_id,
                fact.key,
                fact.name,
                fact.happened_at,
                fact.learned_at,
                fact.local_at,
                fact.message_ref,
                fact.place,
                fact.history,
                fact.body,
            )
            for fact in facts
        ),
    )
    _KEYS.append(cursor, sorted((fact.key, fact.hash, fact.fact_id) for fact in facts))


def append_touches(cursor: Rows, touches: Iterable[Touch]) -> None:
    """Append which streams the facts touched."""
    _TOUCHED.append(
        cursor,
        (
            (
                touch.fact_id,
                touch.stream.kind,
                touch.stream.ref,
                touch.version,
                touch.notes,
                touch.terms,
            )
            for touch in touches
        ),
    )


def bury(cursor: Rows, dead: Iterable[DeadFact]) -> None:
    """Keep facts that could not be applied, with what was raised."""
    _DEAD.append(
        cursor,
        (
            (
                fact.fact_id,
                fact.key,
                fact.name,
                fact.why,
                fact.message_ref,
                fact.place,
                fact.body,
                fact.error,
                fact.died_at,
            )
            for fact in dead
        ),
    )


def raise_dead(
    cursor: Rows, dead_ids: Sequence[int], *, by: str, now: datetime
) -> list[tuple[bool, bytes]]:
    """Take poison facts out of the dead; return whether each is of history, and its bytes."""
    rows = cursor.execute(_SQL["raise_dead"], {"dead_ids": list(dead_ids), "by": by, "now": now})
    return [(history, bytes(body)) for history, body in rows]


def mark_risen(cursor: Rows, keys: Sequence[str], *, now: datetime) -> None:
    """Note that facts which had been dead were applied after all."""
    if keys:
        aside(cursor).execute(_SQL["risen"], {"keys": list(keys), "now": now})


def release_keys(cursor: Rows, fact_ids: Sequence[int]) -> None:
    """Let facts that died, or waited in vain, come again under their keys."""
    if fact_ids:
        aside(cursor).execute(_SQL["release_keys"], {"fact_ids": list(fact_ids)})
