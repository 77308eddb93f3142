"""Write everything that a batch leads to: many rows at a time, in the one order of all locks.

Streams are locked first, then names, then parked facts; nothing is written before that.
"""

from collections.abc import Iterable

from drawbar.engine.batch import Batch
from drawbar.engine.consequences import Consequences, Parked
from drawbar.engine.deciding import Trespass
from drawbar.engine.knowledge import Knowledge
from drawbar.freight.reference import ReferenceKey
from drawbar.freight.stream import StreamKey
from drawbar.messages.outbox import ask_known, put_out
from drawbar.records.candidates import append_candidates
from drawbar.records.facts import append_facts, append_touches, bury, mark_risen, release_keys
from drawbar.records.ledger import book
from drawbar.records.names import add_names, lock_names, look_up
from drawbar.records.sheet import Rows, aside, gathered
from drawbar.records.streams import StreamRow, lock_streams, refuse_overtaken, write_streams
from drawbar.records.waits import change_deadlines, park, put_pending

CHANNEL = "drawbar_work"


def write(batch: Batch, knowledge: Knowledge, consequences: Consequences) -> None:
    """Write ``consequences``; wake those who waited for a name, and whoever does the work."""
    cursor = batch.cursor
    with gathered(cursor, rows=len(consequences.touches)):
        made = lock_streams(cursor, consequences.changed - knowledge.locked)
        known = ask_known(cursor, consequences.outgoing)
        woken = _write_names(cursor, knowledge, consequences)
        _refuse_known(made())
        written = write_streams(cursor, _stream_rows(batch, knowledge, consequences))
        append_facts(cursor, consequences.facts)
        append_touches(cursor, consequences.touches)
        book(cursor, consequences.bookings)
        change_deadlines(cursor, consequences.deadlines)
        bury(cursor, consequences.dead)
        batch.change_cases(consequences.cases)
        append_candidates(cursor, consequences.candidates)
        put_out(cursor, consequences.outgoing, known=known)
        put_pending(cursor, consequences.pending)
        if consequences.pending:
            announce_work(cursor)
    refuse_overtaken(written)
    _release(cursor, consequences)
    mark_risen(cursor, consequences.risen, now=consequences.now)
    if woken is not None and woken.rowcount:
        announce_work(cursor)


def write_remains(batch: Batch, consequences: Consequences) -> None:
    """Write only that facts are dead, and their cases."""
    cursor = batch.cursor
    append_facts(cursor, consequences.facts)
    bury(cursor, consequences.dead)
    _release(cursor, consequences)
    batch.change_cases(consequences.cases)


def _release(cursor: Rows, consequences: Consequences) -> None:
    """Free the keys of dead facts, once they are on file: mended, the same may come once more."""
    release_keys(cursor, [dead.fact_id for dead in consequences.dead if dead.fact_id is not None])


def announce_work(cursor: Rows) -> None:
    """Tell the workers, at commit, that there are facts to decide."""
    aside(cursor).execute("SELECT pg_notify(%s, '')", [CHANNEL])


def _refuse_known(made: Iterable[StreamKey]) -> None:
    """Refuse to make a stream that exists: whoever decided so had not asked for it."""
    known = ", ".join(sorted(map(str, made)))
    if known:
        raise Trespass(f"made anew without a look: {known}")


def _write_names(cursor: Rows, knowledge: Knowledge, consequences: Consequences) -> Rows | None:
    """Add names and wake who waits for them; park who waits, unless the name came meanwhile.

    Return what counts the woken. Names that were found on file are not added again.
    """
    rows = knowledge.new(consequences.names.values())
    awaited = {key for parked in consequences.parked for key in parked.parking.waits_for}
    lock_names(cursor, added={row.key for row in rows}, awaited=awaited)
    woken = add_names(cursor, rows, now=consequences.now)
    bearers = look_up(cursor, sorted(awaited))
    appeared = [_appeared(one, bearers) for one in consequences.parked]
    pairs = list(zip(consequences.parked, appeared, strict=True))
    park(cursor, [one.parking for one, has_come in pairs if not has_come])
    consequences.pending += (one.pending for one, has_come in pairs if has_come)
    return woken


def _appeared(parked: Parked, bearers: dict[ReferenceKey, tuple[StreamKey, ...]]) -> bool:
    """Say whether a name that the fact waits for is borne by more streams than it saw."""
    return any(not set(bearers[key]) <= set(parked.seen[key]) for key in parked.parking.waits_for)


def _stream_rows(batch: Batch, knowledge: Knowledge, consequences: Consequences) -> list[StreamRow]:
    return [
        StreamRow(
            key=key,
            version=knowledge.versions[key],
            steps=knowledge.steps[key],
            changed_at=consequences.now,
            body=batch.memory.encode(key, knowledge.states[key]),
            board=batch.run.board(key, knowledge.states[key]),
        )
        for key in sorted(consequences.changed)
    ]
