"""The queue of deliveries: claimed in the order of their streams, settled where the claim holds."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct, structs

from drawbar.freight.delivery import Lane
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.messages.gate import Admission, Circuit, Gate, Passing, ProbeDue, admit, probing
from drawbar.records.queries import statements
from drawbar.records.sheet import Row, Rows

_SQL = statements("deliveries")
_GATES = statements("gates")


class DeliveryState(StrEnum):
    """Where a delivery stands. Stored. All but the last two keep back what follows them."""

    READY = "ready"
    CLAIMED = "claimed"
    REJECTED = "rejected"
    UNSURE = "unsure"  # a person is asked
    DEAD = "dead"  # we cannot even render it
    CONFIRMED = "confirmed"
    SKIPPED = "skipped"


class Claimed(Struct, frozen=True, kw_only=True):
    """A delivery that is ours until the lease ends. ``claim`` is the fencing number."""

    delivery_id: int
    claim: int
    stream: StreamKey
    business_key: str
    kind: str
    payload: bytes
    attempts: int
    outcome_unknown: bool


class Settlement(Struct, frozen=True, kw_only=True):
    """What became of a claimed delivery. ``due_at`` is when to try again, where that is open."""

    delivery_id: int
    claim: int
    state: DeliveryState
    due_at: datetime
    outcome_unknown: bool = False
    document: str = ""
    error: str = ""


class Round(Struct, frozen=True):
    """What a look at the queue gave: what the gate said, and the deliveries now ours."""

    admission: Admission
    claimed: tuple[Claimed, ...] = ()


def claim(
    cursor: Rows, *, system: str, lane: Lane, now: datetime, limit: int, lease: timedelta
) -> Round:
    """Claim up to ``limit`` heads of streams, as many as the gate lets through now."""
    scope = {"system": system, "lane": lane.value, "now": now}
    gate = lock_gate(cursor, system=system, lane=lane)
    cursor.execute(_SQL["expire"], scope)
    (in_flight,) = cursor.execute(_SQL["in_flight"], scope).fetchone() or (0,)
    admission = admit(gate, now=now, in_flight=in_flight)
    if isinstance(admission, ProbeDue):
        write_circuit(cursor, probing(gate, now=now))
    if not isinstance(admission, Passing) or not admission.count:
        return Round(admission)
    asked = {**scope, "limit": min(limit, admission.count), "lease_until": now + lease}
    rows = cursor.execute(_SQL["claim"], asked).fetchall()
    if gate.rate is not None:
        cursor.execute(_GATES["spend"], {**scope, "tokens": admission.tokens - len(rows)})
    return Round(admission, tuple(map(claimed_of, sorted(rows, key=_urgency))))


def settle(cursor: Rows, settlements: Sequence[Settlement], *, now: datetime) -> set[int]:
    """Write what became of deliveries; return those whose claim still held. Of others, nothing."""
    if not settlements:
        return set()
    rows = cursor.execute(
        _SQL["settle"],
        {
            "ids": [one.delivery_id for one in settlements],
            "claims": [one.claim for one in settlements],
            "states": [one.state.value for one in settlements],
            "unknowns": [one.outcome_unknown for one in settlements],
            "dues": [one.due_at for one in settlements],
            "documents": [one.document for one in settlements],
            "errors": [one.error for one in settlements],
            "now": now,
        },
    )
    return {delivery_id for (delivery_id,) in rows}


def resolve(
    cursor: Rows,
    *,
    delivery_id: int,
    state: DeliveryState,
    document: str,
    by: str,
    now: datetime,
) -> Row | None:
    """Write what a person decided; None when the row is on its way or settled already.

    Return its system, lane, kind and reference of its stream, business key and kind.
    """
    values = {
        "delivery_id": delivery_id,
        "state": state.value,
        "outcome_unknown": False,  # a person looked: send again means that it was not done
        "document": document,
        "by": by,
        "now": now,
    }
    return cursor.execute(_SQL["resolve"], values).fetchone()


def extend(cursor: Rows, claimed: Sequence[Claimed], *, until: datetime) -> None:
    """Keep deliveries ours that are still on their way."""
    ids, claims = [one.delivery_id for one in claimed], [one.claim for one in claimed]
    cursor.execute(_SQL["extend"], {"ids": ids, "claims": claims, "lease_until": until})


def take_over(cursor: Rows, now: datetime) -> int:
    """Take back at once what dead workers held, to be asked for first; return how many.

    Only for whoever knows that no other worker lives: two would bring about the same effect.
    """
    return cursor.execute(_SQL["take_over"], {"now": now}).rowcount


def open_lanes(cursor: Rows) -> list[tuple[str, Lane]]:
    """Return the systems and lanes that have a delivery which is not done, in order."""
    return [(system, Lane(lane)) for system, lane in cursor.execute(_SQL["open_lanes"])]


def far_side_answered(cursor: Rows, *, system: str, lane: Lane, now: datetime) -> None:
    """Close the circuit, and let what waited for a later try go now, if there was trouble."""
    scope = {"system": system, "lane": lane.value, "now": now}
    if cursor.execute(_GATES["answered"], scope).rowcount:
        cursor.execute(_SQL["hurry"], scope)


def lock_gate(cursor: Rows, *, system: str, lane: Lane) -> Gate:
    """Return the gate, locked until the transaction ends; made on the first look."""
    scope = {"system": system, "lane": lane.value}
    row = cursor.execute(_GATES["lock"], scope).fetchone()
    if row is None:
        cursor.execute(_GATES["make"], scope)
        row = cursor.execute(_GATES["lock"], scope).fetchone()
    assert row is not None, "a gate that was just made"
    return gate_of(row)


def write_circuit(cursor: Rows, gate: Gate) -> None:
    """Write whether the far side answers."""
    cursor.execute(_GATES["circuit"], structs.asdict(gate))


def hold(
    cursor: Rows, *, system: str, lane: Lane, until: datetime | None, by: str, why: str
) -> None:
    """Close a gate until ``until``, or until a person opens it."""
    _set_held(cursor, system, lane, {"held": True, "until": until, "by": by, "why": why})


def open_up(cursor: Rows, *, system: str, lane: Lane, by: str) -> None:
    """Open a gate that was held."""
    _set_held(cursor, system, lane, {"held": False, "until": None, "by": by, "why": ""})


def limit(
    cursor: Rows, *, system: str, lane: Lane, rate: float | None, burst: int, concurrency: int
) -> None:
    """Set how fast and how many at once may go through a gate, as the far side publishes it."""
    values = {"rate": rate, "burst": burst, "concurrency": concurrency}
    cursor.execute(_GATES["limit"], {"system": system, "lane": lane.value, **values})


def list_gates(cursor: Rows) -> list[Gate]:
    """Return every gate that was ever used or set."""
    return [gate_of(row) for row in cursor.execute(_GATES["list"])]


def gate_of(row: Row) -> Gate:
    """Return the gate in a row of the table."""
    values = dict(zip(Gate.__struct_fields__, row, strict=True))
    values |= {"lane": Lane(values["lane"]), "circuit": Circuit(values["circuit"])}
    return Gate(**values)


def _set_held(cursor: Rows, system: str, lane: Lane, values: dict[str, object]) -> None:
    cursor.execute(_GATES["hold"], {"system": system, "lane": lane.value, **values})


def _urgency(row: Row) -> tuple[bool, datetime | None, int]:
    depart_at, delivery_id = row[-1], row[0]
    return (depart_at is None, depart_at, delivery_id)


def claimed_of(row: Row) -> Claimed:
    """Return the delivery in a row of the queue that is claimed."""
    delivery_id, number, stream_kind, stream_ref, key, kind, payload, attempts, unknown, _ = row
    return Claimed(
        delivery_id=delivery_id,
        claim=number,
        stream=StreamKey(StreamKind(stream_kind), stream_ref),
        business_key=key,
        kind=kind,
        payload=bytes(payload),
        attempts=attempts,
        outcome_unknown=unknown,
    )
