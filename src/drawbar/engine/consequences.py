"""What a batch of facts leads to, collected in memory before any of it is written."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from drawbar.engine.arrival import Arrival
from drawbar.engine.trouble import conflicting_fact, dead_fact, plain, told
from drawbar.flow.decision import Decision, Park
from drawbar.freight.case import Case, CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.person import person_of
from drawbar.freight.reference import ReferenceKey
from drawbar.freight.stream import StreamKey
from drawbar.messages.outbox import Outgoing
from drawbar.records.candidates import Found
from drawbar.records.cases import CaseChange, CaseClosed, CaseOpened, case_key
from drawbar.records.codec import encode
from drawbar.records.facts import DeadFact, FactRow, Touch
from drawbar.records.ledger import Booking
from drawbar.records.names import NameRow
from drawbar.records.waits import DeadlineSet, Parking, Pending

Seen = dict[ReferenceKey, tuple[StreamKey, ...]]


class Parked(Struct, frozen=True):
    """A fact that wants to wait, and who bore the names that it waits for when it was decided."""

    parking: Parking
    seen: Seen
    pending: Pending


class Consequences:
    """Rows to write for one batch, in the order of its facts."""

    def __init__(self, now: datetime, terms: int = 0) -> None:
        """Begin with nothing. ``now`` is when the batch is decided, ``terms`` its version."""
        self.now, self.terms = now, terms
        self.facts: list[FactRow] = []
        self.touches: list[Touch] = []
        self.dead: list[DeadFact] = []
        self.risen: list[str] = []
        self.names: dict[tuple[ReferenceKey, StreamKey], NameRow] = {}
        self.bookings: list[Booking] = []
        self.cases: list[CaseChange] = []
        self.deadlines: dict[tuple[StreamKey, str], DeadlineSet] = {}
        self.outgoing: list[Outgoing] = []
        self.parked: list[Parked] = []
        self.pending: list[Pending] = []
        self.candidates: list[Found] = []
        self.changed: set[StreamKey] = set()

    def keep(self, arrival: Arrival, *, fact_id: int, body: bytes, content: bytes) -> None:
        """Keep a new fact."""
        fact = arrival.fact
        self.facts.append(
            FactRow(
                fact_id=fact_id,
                key=fact.key,
                name=type(fact).__name__,
                happened_at=fact.happened_at,
                learned_at=fact.learned_at,
                local_at=getattr(fact, "local_at", None),
                message_ref=fact.lineage.message_ref,
                place=fact.lineage.place,
                history=arrival.history,
                body=body,
                hash=content,
            )
        )

    def bury(self, arrival: Arrival, error: Exception, *, fact_id: int) -> None:
        """Keep a fact that could not be applied as a dead letter with a case."""
        fact = arrival.fact
        self.dead.append(_dead(fact, "poison", told(error), now=self.now, fact_id=fact_id))
        self._open(dead_fact(fact, error, now=self.now), arrival, fact_id)

    def contradict(self, arrivals: Iterable[Arrival]) -> None:
        """Put facts aside that say something else than the first one with their key did."""
        for arrival in arrivals:
            fact = arrival.fact
            self.dead.append(_dead(fact, "conflicting", "", now=self.now))
            self._open(conflicting_fact(fact, now=self.now), arrival, None)

    def defer(self, arrival: Arrival, *, fact_id: int) -> None:
        """Put a fact off to the next batch: a name just given leads to a stream not locked."""
        self.pending.append(self._again(arrival, fact_id, why="deferred"))

    def absorb(self, arrival: Arrival, decision: Decision, *, fact_id: int) -> None:
        """Collect what follows from a fact; of history, neither deliveries nor deadlines."""
        self.changed.update(decision.states)
        for naming in decision.names:
            row = NameRow(naming.key, naming.stream, naming.spelled, fact_id)
            self.names.setdefault((naming.key, naming.stream), row)
        learned_at = arrival.fact.learned_at
        self.bookings += (Booking(entry, fact_id, learned_at) for entry in decision.entries)
        self.candidates += (Found(one, fact_id) for one in decision.candidates)
        if arrival.was_dead:
            self.rise(arrival)
        self._change_cases(arrival, decision, fact_id)
        self._follow(arrival, decision, fact_id)
        if not arrival.history:
            self._set_deadlines(decision)
            self._send(arrival, decision, fact_id)

    def wait(self, arrival: Arrival, park: Park, seen: Seen, *, fact_id: int) -> None:
        """Let a fact wait for a name."""
        parking = Parking(
            fact_id=fact_id,
            parked_at=self.now,
            until=park.until,
            expired=encode(park.expired),
            waits_for=park.waits_for,
        )
        self.parked.append(Parked(parking, seen, self._again(arrival, fact_id, why="woken")))

    def touch(self, fact_id: int, versions: Iterable[tuple[StreamKey, int, list[str]]]) -> None:
        """Note which streams a fact touched, with the version after it and words for people."""
        self.touches += (Touch(fact_id, *version, self.terms) for version in versions)

    def rise(self, arrival: Arrival) -> None:
        """Note that a fact which had been dead was applied after all, now or meanwhile."""
        key = plain(arrival.fact.key)
        self.risen.append(key)
        case = case_key(CaseKind.DEAD_LETTER, None, key)
        self.cases.append(CaseClosed(key=case, at=self.now, because="replayed and applied"))

    def _change_cases(self, arrival: Arrival, decision: Decision, fact_id: int) -> None:
        for case in decision.cases:
            self._open(case, arrival, fact_id)
        if not decision.settled:
            return
        by = plain(person_of(arrival.fact))
        for settled in decision.settled:
            key = case_key(settled.kind, settled.subject, settled.item)
            self.cases.append(CaseClosed(key=key, at=self.now, because=settled.because, by=by))

    def _open(self, case: Case, arrival: Arrival, fact_id: int | None) -> None:
        self.cases.append(
            CaseOpened(
                case=case,
                opened_at=self.now,
                fact_id=fact_id,
                message_ref=plain(arrival.fact.lineage.message_ref),
            )
        )

    def _follow(self, arrival: Arrival, decision: Decision, fact_id: int) -> None:
        self.pending += (
            Pending(
                fact_id=None,
                cause_id=fact_id,
                why="follows",
                history=arrival.history,
                since=self.now,
                body=encode(fact),
            )
            for fact in decision.follows
        )

    def _set_deadlines(self, decision: Decision) -> None:
        for cleared in decision.cleared:
            self.deadlines[cleared.stream, cleared.name] = DeadlineSet(cleared.stream, cleared.name)
        for deadline in decision.deadlines:
            self.deadlines[deadline.stream, deadline.name] = DeadlineSet(
                deadline.stream, deadline.name, deadline.due_at, encode(deadline.fact)
            )

    def _send(self, arrival: Arrival, decision: Decision, fact_id: int) -> None:
        self.outgoing += (
            Outgoing(delivery=delivery, created_at=self.now, fact_id=fact_id)
            for delivery in decision.deliveries
        )

    def _again(self, arrival: Arrival, fact_id: int, *, why: str) -> Pending:
        return Pending(
            fact_id=fact_id,
            why=why,
            history=arrival.history,
            since=self.now,
            body=encode(arrival.fact),
        )


def _dead(
    fact: Fact, why: str, error: str, *, now: datetime, fact_id: int | None = None
) -> DeadFact:
    return DeadFact(
        fact_id=fact_id,
        key=plain(fact.key),
        name=type(fact).__name__,
        why=why,
        message_ref=plain(fact.lineage.message_ref),
        place=plain(fact.lineage.place),
        body=encode(fact),
        error=error,
        died_at=now,
    )
