"""Decide a batch in the order in which it came: later facts see what earlier ones led to."""

from collections.abc import Sequence

from msgspec import Struct

from drawbar.engine.arrival import Arrival, Fate
from drawbar.engine.consequences import Consequences
from drawbar.engine.knowledge import Knowledge
from drawbar.engine.run import Run
from drawbar.flow.decision import Decision, Needs
from drawbar.freight.stream import StreamKey


class Trespass(RuntimeError):
    """A decision changes a stream, or waits for a name, that it did not ask for: our fault."""


Needed = Needs | Exception


class Ready(Struct, frozen=True, kw_only=True):
    """An arrival that is new and whose needs are known."""

    arrival: Arrival
    fact_id: int
    needs: Needed


def needs_of(run: Run, arrival: Arrival) -> Needed:
    """Return what the decision about a fact must know, or what the run raised instead."""
    try:
        return run.needs(arrival.fact)
    except Exception as error:  # noqa: BLE001 - whatever a run raises, only its fact is dead
        return error


def decide_all(
    run: Run, ready: Sequence[Ready], knowledge: Knowledge, consequences: Consequences
) -> list[Fate]:
    """Decide each of ``ready`` and collect what follows; return what became of each.

    One whose decision raises becomes a dead letter by itself; the others are applied.
    """
    fates = []
    for one in ready:
        try:
            fates.append(_decide(run, one, knowledge, consequences))
        except Exception as error:  # noqa: BLE001 - whatever a run raises, only its fact is dead
            consequences.bury(one.arrival, error, fact_id=one.fact_id)
            fates.append(Fate.DEAD)
    return fates


def _decide(run: Run, one: Ready, knowledge: Knowledge, consequences: Consequences) -> Fate:
    if isinstance(one.needs, Exception):
        raise one.needs
    streams = knowledge.streams_of(one.needs)
    if not knowledge.locked.issuperset(streams):
        consequences.defer(one.arrival, fact_id=one.fact_id)
        return Fate.DEFERRED
    known = knowledge.known(one.needs, streams)
    decision = run.decide(one.arrival.fact, known)
    _refuse_trespass(decision, one.needs, streams, knowledge)
    knowledge.absorb(decision)
    consequences.absorb(one.arrival, decision, fact_id=one.fact_id)
    consequences.touch(one.fact_id, _touched(decision, one, streams, knowledge))
    if decision.park is None:
        return Fate.APPLIED
    consequences.wait(one.arrival, decision.park, known.found, fact_id=one.fact_id)
    return Fate.PARKED


def _refuse_trespass(
    decision: Decision, needs: Needs, streams: Sequence[StreamKey], knowledge: Knowledge
) -> None:
    """Refuse what was not asked for. A stream that nobody knows yet may be made, though."""
    unasked = decision.states.keys() - set(streams)
    strange = sorted(str(stream) for stream in unasked if stream in knowledge.states)
    if decision.park is not None:
        strange += sorted(str(key) for key in set(decision.park.waits_for) - set(needs.found_by))
    if strange:
        raise Trespass(f"decided about {', '.join(strange)} without asking for it")


def _touched(
    decision: Decision, one: Ready, streams: Sequence[StreamKey], knowledge: Knowledge
) -> list[tuple[StreamKey, int, list[str]]]:
    """Return the streams that changed or got a note; where none did, those that were looked at."""
    notes: dict[StreamKey, list[str]] = {stream: [] for stream in decision.states}
    for stream, text in decision.notes:
        notes.setdefault(stream, []).append(text)
    if not notes:
        notes = {stream: [] for stream in streams if stream in knowledge.states}
    if one.arrival.history and (decision.deliveries or decision.deadlines):
        kept = f"{len(decision.deliveries)} deliveries and {len(decision.deadlines)} deadlines"
        for words in notes.values():
            words.append(f"history: {kept} were not carried out")
    return [(stream, knowledge.versions.get(stream, 0), words) for stream, words in notes.items()]
