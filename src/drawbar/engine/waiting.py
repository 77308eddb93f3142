"""What waited and need not wait any longer: follow-ups, woken facts, deadlines, ended waits."""

from collections.abc import Callable

from msgspec import structs

from drawbar.engine.applying import Learn
from drawbar.engine.arrival import Arrival, Fate, arrival_of
from drawbar.engine.batch import Batch
from drawbar.engine.sifting import KEY_LENGTH_MAX
from drawbar.freight.fact import Fact
from drawbar.records.codec import decode_fact
from drawbar.records.waits import (
    DuePark,
    due_deadlines,
    due_parks,
    only_one_fires,
    take_pending,
)

Waiting = Callable[[Batch, Learn, int], list[Fate]]


def decide_pending(batch: Batch, learn: Learn, limit: int) -> list[Fate]:
    """Decide the oldest pending facts. A follow-up is learned now; others were learned before."""
    pending = take_pending(batch.cursor, limit)
    return learn(batch, [arrival_of(one, now=batch.now) for one in pending])


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
    return learn(batch, [Arrival(fact=_in_vain(batch, park), guard=park) for park in due])


def _in_vain(batch: Batch, park: DuePark) -> Fact:
    """Return the fact that a wait ended, with a key of its own for each time that it does."""
    fact = _now(batch, decode_fact(park.expired))
    return structs.replace(fact, key=f"{fact.key[: KEY_LENGTH_MAX - 20]}#{park.fact_id}")


def _now(batch: Batch, fact: Fact) -> Fact:
    return structs.replace(fact, learned_at=batch.now)
