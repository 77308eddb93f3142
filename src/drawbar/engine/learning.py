"""Learn a batch of facts in one transaction: sift, lock, load, decide, write."""

from collections.abc import Sequence

from drawbar.engine.arrival import Arrival, Fate
from drawbar.engine.batch import Batch
from drawbar.engine.consequences import Consequences
from drawbar.engine.deciding import Ready, decide_all
from drawbar.engine.knowledge import Knowledge
from drawbar.engine.run import Run
from drawbar.engine.sifting import Fresh, Sifted, ask, sift
from drawbar.engine.writing import write
from drawbar.flow.decision import Needs
from drawbar.freight.stream import StreamKey
from drawbar.records.facts import release_keys, reserve_numbers
from drawbar.records.names import Found, ask_names
from drawbar.records.sheet import Rows, pipelined
from drawbar.records.streams import lock_streams
from drawbar.records.waits import DueDeadline, DuePark, remove_deadlines, remove_parks

Needed = Needs | Exception


def learn_batch(batch: Batch, arrivals: Sequence[Arrival]) -> list[Fate]:
    """Apply ``arrivals`` and return what became of each, in their order.

    Raises what Postgres raises, for the batch as a whole; the caller rolls back.
    """
    if not arrivals:
        return []
    needs = [_needs(batch.run, arrival) for arrival in arrivals]
    sifted, found = _look_up(batch, arrivals, needs)
    knowledge = _load(batch, [needs[fresh.position] for fresh in sifted.fresh], found, arrivals)
    fates = sifted.fates | _overtaken(batch.cursor, arrivals)
    standing = [fresh for fresh in sifted.fresh if fresh.position not in fates]
    consequences = Consequences(batch.now)
    _note_known(arrivals, fates, consequences)
    ready = [
        Ready(arrival=fresh.arrival, fact_id=fact_id, needs=needs[fresh.position])
        for fresh, fact_id in _number(batch.cursor, standing, consequences)
    ]
    decided = decide_all(batch.run, ready, knowledge, consequences)
    write(batch, knowledge, consequences)
    fates |= zip((fresh.position for fresh in standing), decided, strict=True)
    return [fates[position] for position in range(len(arrivals))]


def _note_known(
    arrivals: Sequence[Arrival], fates: dict[int, Fate], consequences: Consequences
) -> None:
    """Put contradictions aside; what was dead and is known by now rose under its key meanwhile."""
    contradictions = [arrivals[at] for at, fate in fates.items() if fate is Fate.CONFLICTING]
    consequences.contradict(contradictions)
    for at, fate in fates.items():
        if fate is Fate.DUPLICATE and arrivals[at].was_dead:
            consequences.rise(arrivals[at])


def _needs(run: Run, arrival: Arrival) -> Needed:
    try:
        return run.needs(arrival.fact)
    except Exception as error:  # noqa: BLE001 - whatever a run raises, only its fact is dead
        return error


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
    with pipelined(batch.cursor):
        rows = lock_streams(batch.cursor, wanted)()
    decode, type_of = batch.memory.decode, batch.run.state_type
    return Knowledge(
        locked=wanted,
        states={key: decode(key, body, type_of(key.kind)) for key, (_, body) in rows.items()},
        versions={key: version for key, (version, _) in rows.items()},
        found=found,
    )


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


def _number(
    cursor: Rows, standing: Sequence[Fresh], consequences: Consequences
) -> list[tuple[Fresh, int]]:
    """Give each new fact its number, under the locks, and keep it."""
    new = [fresh for fresh in standing if fresh.arrival.fact_id is None]
    numbers = dict(
        zip((fresh.position for fresh in new), reserve_numbers(cursor, len(new))(), strict=True)
    )
    for fresh in new:
        fact_id = numbers[fresh.position]
        consequences.keep(fresh.arrival, fact_id=fact_id, body=fresh.body, content=fresh.content)
    return [(fresh, fresh.arrival.fact_id or numbers[fresh.position]) for fresh in standing]
