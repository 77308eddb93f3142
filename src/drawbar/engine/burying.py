"""Bury one fact that cannot be written: kept as a dead letter, with its case, and nothing else."""

from msgspec import structs

from drawbar.engine.arrival import Arrival, Fate
from drawbar.engine.batch import Batch
from drawbar.engine.consequences import Consequences
from drawbar.engine.trouble import plain
from drawbar.engine.writing import write_remains
from drawbar.freight.fact import Fact
from drawbar.freight.lineage import Lineage
from drawbar.records.codec import content_hash, encode
from drawbar.records.facts import release_keys, reserve_numbers
from drawbar.records.waits import DueDeadline, DuePark, remove_deadlines, remove_parks


def bury_alone(batch: Batch, arrival: Arrival, error: Exception) -> Fate:
    """Keep ``arrival`` as a dead letter; the wait that it came from is ended."""
    arrival = structs.replace(arrival, fact=_writable(arrival.fact))
    if isinstance(arrival.guard, DueDeadline):
        remove_deadlines(batch.cursor, [arrival.guard])
    if isinstance(arrival.guard, DuePark):
        release_keys(batch.cursor, sorted(remove_parks(batch.cursor, [arrival.guard.fact_id])))
    remains = Consequences(batch.now)
    fact_id = arrival.fact_id or _keep(batch, arrival, remains)
    remains.bury(arrival, error, fact_id=fact_id)
    write_remains(batch, remains)
    return Fate.DEAD


def _keep(batch: Batch, arrival: Arrival, remains: Consequences) -> int:
    (fact_id,) = reserve_numbers(batch.cursor, 1)()
    fact = arrival.fact
    remains.keep(arrival, fact_id=fact_id, body=encode(fact), content=content_hash(fact))
    return fact_id


def _writable(fact: Fact) -> Fact:
    """Return ``fact`` with a key and a place that Postgres takes; the message has the original."""
    place = Lineage(message_ref=plain(fact.lineage.message_ref), place=plain(fact.lineage.place))
    return structs.replace(fact, key=plain(fact.key), lineage=place)
