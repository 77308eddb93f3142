"""Decide what follows from a batch in the transaction of the batch, where that changes no order.

A follow-up is decided at once when all that it touches is locked, or can be without waiting, and
nothing older waits to be decided. Else it takes its turn in a transaction of its own.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct

from drawbar.engine.arrival import Arrival, arrival_of
from drawbar.engine.batch import Batch
from drawbar.engine.consequences import Consequences
from drawbar.engine.deciding import Needed, Ready, decide_all, needs_of
from drawbar.engine.knowledge import Knowledge
from drawbar.engine.numbering import note_known, number
from drawbar.engine.sifting import ask, sift
from drawbar.flow.decision import Needs
from drawbar.freight.stream import StreamKey
from drawbar.records.facts import KnownFacts
from drawbar.records.names import Found, ask_names
from drawbar.records.sheet import pipelined
from drawbar.records.streams import try_to_lock
from drawbar.records.waits import ask_older

ROUNDS_MAX = 8
"""Follow-ups of follow-ups: beyond so many they take their turn, and a run without end shows."""


class Looked(Struct, frozen=True):
    """What was asked about follow-ups: which are known, who bears their names, what is older."""

    on_file: Callable[[], KnownFacts]
    found: Callable[[], Found]
    older: Callable[[], bool]


def decide_ahead(batch: Batch, knowledge: Knowledge, consequences: Consequences) -> None:
    """Decide follow-ups, and what follows from those, until one must wait or none is left."""
    for _ in range(ROUNDS_MAX):
        pending = consequences.pending
        if not pending or consequences.parked or any(one.why != "follows" for one in pending):
            return  # a fact put off, or woken, comes before what follows from its batch
        if not _decide_some(batch, knowledge, consequences):
            return


def _decide_some(batch: Batch, knowledge: Knowledge, consequences: Consequences) -> bool:
    """Decide those of the follow-ups that come first and need not wait; say whether all did."""
    pending = consequences.pending
    arrivals = [arrival_of(one, now=batch.now) for one in pending]
    needs = [needs_of(batch.run, arrival) for arrival in arrivals]
    looked = _look_up(batch, arrivals, needs, knowledge, consequences)
    if looked.older():
        return False
    knowledge.look_up(looked.found())
    first = _lock(batch, needs, knowledge)
    consequences.pending = []
    _decide_first(batch, arrivals[:first], needs, looked.on_file(), knowledge, consequences)
    consequences.pending = pending[first:] + consequences.pending
    return first == len(pending)


def _look_up(
    batch: Batch,
    arrivals: Sequence[Arrival],
    needs: Sequence[Needed],
    knowledge: Knowledge,
    consequences: Consequences,
) -> Looked:
    names = {key for needed in needs if isinstance(needed, Needs) for key in needed.found_by}
    added = {row.key for row in knowledge.new(consequences.names.values())}
    with pipelined(batch.cursor):
        return Looked(
            on_file=ask(batch.cursor, arrivals),
            found=ask_names(batch.cursor, sorted(knowledge.unknown(names))),
            older=ask_older(batch.cursor, sorted(added)),
        )


def _lock(batch: Batch, needs: Sequence[Needed], knowledge: Knowledge) -> int:
    """Lock what the follow-ups touch; return how many of them, from the first, can be decided.

    A stream that this batch made is not locked: that nobody else made it shows when it is written.
    """
    touched = [_streams(needed, knowledge) for needed in needs]
    known = knowledge.locked | knowledge.states.keys()
    wanted = {stream for streams in touched for stream in streams} - known
    with pipelined(batch.cursor):
        rows = try_to_lock(batch.cursor, wanted)()
    if rows is not None:
        knowledge.lock(wanted, batch.read(rows))
    held = (not streams <= knowledge.locked for streams in touched)
    return next((at for at, must_wait in enumerate(held) if must_wait), len(touched))


def _streams(needed: Needed, knowledge: Knowledge) -> set[StreamKey]:
    return set(knowledge.streams_of(needed)) if isinstance(needed, Needs) else set()


def _decide_first(
    batch: Batch,
    arrivals: Sequence[Arrival],
    needs: Sequence[Needed],
    on_file: KnownFacts,
    knowledge: Knowledge,
    consequences: Consequences,
) -> None:
    sifted = sift(batch.cursor, arrivals, on_file)
    note_known(arrivals, sifted.fates, consequences)
    ready = [
        Ready(arrival=fresh.arrival, fact_id=fact_id, needs=needs[fresh.position])
        for fresh, fact_id in number(batch.cursor, sifted.fresh, consequences)
    ]
    decide_all(batch.run, ready, knowledge, consequences)
