"""Waits on file: facts parked for a name, facts to decide next, deadlines.

Deadlines and parked facts change only under the lock of their streams; work on them is claimed so.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import itemgetter

from msgspec import Struct

from drawbar.freight.reference import ReferenceKey
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows, Sheet, aside

_SQL = statements("waits")
_PARKED = Sheet(
    "parked",
    {"fact_id": "int8", "parked_at": "timestamptz", "until": "timestamptz", "expired": "bytea"},
)
_PARKED_KEYS = Sheet(
    "parked_keys", {"kind": "text", "value": "text", "party": "text", "fact_id": "int8"}
)
_PENDING = Sheet(
    "pending",
    {
        "fact_id": "int8",
        "cause_id": "int8",
        "why": "text",
        "history": "bool",
        "since": "timestamptz",
        "body": "bytea",
    },
)


class Parking(Struct, frozen=True, kw_only=True):
    """A fact that waits until one of its names appears, at most until ``until``."""

    fact_id: int
    parked_at: datetime
    until: datetime
    expired: bytes
    waits_for: tuple[ReferenceKey, ...]


class Pending(Struct, frozen=True, kw_only=True):
    """A fact to decide next. A follow-up has no number yet, but a cause."""

    fact_id: int | None
    cause_id: int | None = None
    why: str
    history: bool
    since: datetime
    body: bytes


class DeadlineSet(Struct, frozen=True, order=True):
    """A deadline to set or move (``due_at`` and the msgpack ``fact``), or to clear (both None)."""

    stream: StreamKey
    name: str
    due_at: datetime | None = None
    fact: bytes | None = None


class DueDeadline(Struct, frozen=True):
    """A deadline that was due when looked at; whoever removes it under the lock fires it."""

    stream: StreamKey
    name: str
    due_at: datetime
    fact: bytes


class DuePark(Struct, frozen=True):
    """A fact that has waited to its end; whoever removes it under the lock says so."""

    fact_id: int
    expired: bytes


def park(cursor: Rows, parkings: Sequence[Parking]) -> None:
    """Keep facts that wait. The caller holds the locks of the names."""
    _PARKED.append(cursor, ((p.fact_id, p.parked_at, p.until, p.expired) for p in parkings))
    _PARKED_KEYS.append(
        cursor,
        (
            (key.kind, key.value, key.party, parking.fact_id)
            for parking in parkings
            for key in sorted(set(parking.waits_for))
        ),
    )


def put_pending(cursor: Rows, pending: Iterable[Pending]) -> None:
    """Keep facts to decide next, in order."""
    _PENDING.append(
        cursor, ((p.fact_id, p.cause_id, p.why, p.history, p.since, p.body) for p in pending)
    )


def take_pending(cursor: Rows, limit: int) -> list[Pending]:
    """Remove and return the oldest facts to decide that nobody else works on."""
    rows = cursor.execute(_SQL["take_pending"], {"limit": limit}).fetchall()
    return [
        Pending(fact_id=fact_id, why=why, history=history, since=since, body=bytes(body))
        for _, fact_id, why, history, since, body in sorted(rows, key=itemgetter(0))
    ]


def change_deadlines(cursor: Rows, changes: Mapping[tuple[StreamKey, str], DeadlineSet]) -> None:
    """Set, move and clear deadlines, in key order. The caller holds the locks of their streams."""
    rows = [changes[key] for key in sorted(changes)]
    clear = [row for row in rows if row.due_at is None]
    if clear:
        aside(cursor).execute(_SQL["clear_deadlines"], _names(clear))
    moved = [
        {
            "kind": row.stream.kind.value,
            "ref": row.stream.ref,
            "name": row.name,
            "due_at": row.due_at,
            "fact": row.fact,
        }
        for row in rows
        if row.due_at is not None
    ]
    if moved:
        aside(cursor).executemany(_SQL["set_deadline"], moved)


def only_one_fires(cursor: Rows) -> bool:
    """Say whether we are the one who fires what is due, until the end of the transaction."""
    row = cursor.execute(_SQL["only_one_fires"]).fetchone()
    return row is not None and bool(row[0])


def due_deadlines(cursor: Rows, *, now: datetime, limit: int) -> list[DueDeadline]:
    """Return deadlines that are due, the oldest first; nothing is locked yet."""
    rows = cursor.execute(_SQL["due_deadlines"], {"now": now, "limit": limit})
    return [
        DueDeadline(StreamKey(StreamKind(kind), ref), name, due_at, bytes(fact))
        for kind, ref, name, due_at, fact in rows
    ]


def remove_deadlines(cursor: Rows, due: Sequence[DueDeadline]) -> set[tuple[StreamKey, str]]:
    """Remove those of ``due`` that still stand as they were seen; return which they were."""
    if not due:
        return set()
    values = {**_names(due), "due_ats": [deadline.due_at for deadline in due]}
    rows = cursor.execute(_SQL["remove_deadlines"], values)
    return {(StreamKey(StreamKind(kind), ref), name) for kind, ref, name in rows}


def due_parks(cursor: Rows, *, now: datetime, limit: int) -> list[DuePark]:
    """Return parked facts whose time is over, the oldest first; nothing is locked yet."""
    rows = cursor.execute(_SQL["due_parks"], {"now": now, "limit": limit})
    return [DuePark(fact_id, bytes(expired)) for fact_id, expired in rows]


def remove_parks(cursor: Rows, fact_ids: Sequence[int]) -> set[int]:
    """Remove those that still wait; return which they were."""
    if not fact_ids:
        return set()
    rows = cursor.execute(_SQL["remove_parks"], {"fact_ids": list(fact_ids)})
    return {fact_id for (fact_id,) in rows}


def _columns(keys: Iterable[ReferenceKey]) -> dict[str, list[str]]:
    keys = list(keys)
    return {
        "kinds": [key.kind.value for key in keys],
        "values": [key.value for key in keys],
        "parties": [key.party for key in keys],
    }


def _names(rows: Sequence[DeadlineSet] | Sequence[DueDeadline]) -> dict[str, list[object]]:
    return {
        "kinds": [row.stream.kind.value for row in rows],
        "refs": [row.stream.ref for row in rows],
        "names": [row.name for row in rows],
    }
