"""Learn a batch of facts in one transaction: sift, lock, load, decide, write."""

from collections.abc import Sequence

from drawbar.engine.arrival import Arrival, Fate
from drawbar.engine.batch import Batch
from drawbar.engine.consequences import Consequences
from drawbar.engine.deciding import Needed, Ready, decide_all, needs_of
from drawbar.engine.knowledge import Knowledge
from drawbar.engine.numbering import note_known, number
from drawbar.engine.sifting import Sifted, ask, sift
from drawbar.engine.writing import write
from drawbar.flow.decision import Needs
from drawbar.freight.stream import StreamKey
from drawbar.records.facts import release_keys
from drawbar.records.ledger import ask_open_from
from drawbar.records.names import Found, ask_names
from drawbar.records.sheet import Rows, pipelined
from drawbar.records.streams import lock_streams, read_streams
from drawbar.records.waits import DueDeadline, DuePark, remove_deadlines, remove_parks


def learn_batch(batch: Batch, arrivals: Sequence[Arrival]) -> list[Fate]:
    """Apply ``arrivals`` and return what became of each, in their order.

    Raises what Postgres raises, for the batch as a whole; the caller rolls back.
    """
    if not arrivals:
        return []
    needs = [needs_of(batch.run, arrival) for arrival in arrivals]
    sifted, found = _look_up(batch, arrivals, needs)
    knowledge = _load(batch, [needs[fresh.position] for fresh in sifted.fresh], found, arrivals)
    fates = sifted.fates | _overtaken(batch.cursor, arrivals)
    standing = [fresh for fresh in sifted.fresh if fresh.position not in fates]
    consequences = Consequences(batch.now, batch.terms)
    note_known(arrivals, fates, consequences)
    ready = [
        Ready(arrival=fresh.arrival, fact_id=fact_id, needs=needs[fresh.position])
        for fresh, fact_id in number(batch.cursor, standing, consequences)
    ]
    decided = decide_all(batch.run, ready, knowledge, consequences)
    write(batch, knowledge, consequences)
    fates |= zip((fresh.position for fresh in standing), decided, strict=True)
    return [fates[position] for position in range(len(arrivals))]


def _look_up(
    batch: Batch, arrivals: Sequence[Arrival], needs: Sequence[Needed]
) -> tuple[Sifted, Found]:
    """Ask in one go which facts are known and who bears the names that they give."""
    names = {key for needed in needs if isinstance(needed, Needs) for key in needed.found_by}
    with pipelined(batch.cursor):
        on_file = ask(batch.cursor, arrivals)
        found = ask_names(batch.cursor, sorted(names))
    return sift(batch.cursor, arrivals, on_file()), found()


def _load(
    batch: Batch, needs: Sequence[Needed], found: Found, arrivals: Sequence[Arrival]
) -> Knowledge:
    """Lock and load every stream that the batch touches: by key, by name, by deadline."""
    asked = [needed for needed in needs if isinstance(needed, Needs)]
    wanted: set[StreamKey] = {stream for needed in asked for stream in needed.streams}
    wanted.update(stream for needed in asked for key in needed.found_by for stream in found[key])
    for arrival in arrivals:
        if isinstance(arrival.guard, DueDeadline):
            wanted.add(arrival.guard.stream)
    looked_at = {stream for needed in asked for stream in needed.reads} - wanted
    with pipelined(batch.cursor):
        rows, open_from = lock_streams(batch.cursor, wanted), ask_open_from(batch.cursor)
        seen = read_streams(batch.cursor, looked_at)
        stored, knowledge = rows(), Knowledge(open_from())
    knowledge.look_up(found)
    knowledge.lock(wanted, batch.read(stored))
    knowledge.see(batch.read(seen()))
    return knowledge


def _overtaken(cursor: Rows, arrivals: Sequence[Arrival]) -> dict[int, Fate]:
    """End the waits that ``arrivals`` came from; one that is not there any more did not happen."""
    guards = {at: arrival.guard for at, arrival in enumerate(arrivals) if arrival.guard}
    due = [guard for guard in guards.values() if isinstance(guard, DueDeadline)]
    parks = [guard.fact_id for guard in guards.values() if isinstance(guard, DuePark)]
    fired, ended = remove_deadlines(cursor, due), remove_parks(cursor, parks)
    release_keys(cursor, sorted(ended))
    return {at: Fate.OVERTAKEN for at, guard in guards.items() if not _stood(guard, fired, ended)}


def _stood(
    guard: DueDeadline | DuePark, fired: set[tuple[StreamKey, str]], ended: set[int]
) -> bool:
    if isinstance(guard, DueDeadline):
        return (guard.stream, guard.name) in fired
    return guard.fact_id in ended
