"""What waited and need not wait any longer: follow-ups, woken facts, deadlines, ended waits."""

from collections.abc import Callable

from msgspec import structs

from drawbar.engine.applying import Learn
from drawbar.engine.arrival import Arrival, Fate
from drawbar.engine.batch import Batch
from drawbar.freight.fact import Fact
from drawbar.records.codec import decode_fact
from drawbar.records.waits import (
    Pending,
    due_deadlines,
    due_parks,
    only_one_fires,
    take_pending,
)

Waiting = Callable[[Batch, Learn, int], list[Fate]]


def decide_pending(batch: Batch, learn: Learn, limit: int) -> list[Fate]:
    """Decide the oldest pending facts. A follow-up is learned now; others were learned before."""
    pending = take_pending(batch.cursor, limit)
    return learn(batch, [_arrival(batch, one) for one in pending])


def fire_deadlines(batch: Batch, learn: Learn, limit: int) -> list[Fate]:
    """Let due deadlines come true, each once, unless another does so just now."""
    if not only_one_fires(batch.cursor):
        return []
    due = due_deadlines(batch.cursor, now=batch.now, limit=limit)
    facts = [(deadline, decode_fact(deadline.fact)) for deadline in due]
    return learn(batch, [Arrival(fact=_now(batch, fact), guard=guard) for guard, fact in facts])


def expire_parked(batch: Batch, learn: Learn, limit: int) -> list[Fate]:
    """End waits whose time is over, each once, unless another does so just now."""
    if not only_one_fires(batch.cursor):
        return []
    due = due_parks(batch.cursor, now=batch.now, limit=limit)
    facts = [(park, decode_fact(park.expired)) for park in due]
    return learn(batch, [Arrival(fact=_now(batch, fact), guard=guard) for guard, fact in facts])


def _arrival(batch: Batch, pending: Pending) -> Arrival:
    fact = decode_fact(pending.body)
    return Arrival(
        fact=fact if pending.fact_id is not None else _now(batch, fact),
        fact_id=pending.fact_id,
        history=pending.history,
        replayed=pending.why == "replayed",
    )


def _now(batch: Batch, fact: Fact) -> Fact:
    return structs.replace(fact, learned_at=batch.now)
