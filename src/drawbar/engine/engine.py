"""The engine: takes bytes in, learns facts, wakes what waited, fires what is due.

Each verb is one transaction: there is no moment between "kept" and "done".
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from drawbar.engine import waiting
from drawbar.engine.applying import Work, applied
from drawbar.engine.arrival import Arrival, Learned, count
from drawbar.engine.batch import Batch
from drawbar.engine.clock import Clock
from drawbar.engine.due import Due, look
from drawbar.engine.editing import Edit, Replayed, edit, replay, replay_facts
from drawbar.engine.resolving import Resolution, resolve_delivery
from drawbar.engine.run import Run
from drawbar.engine.taking import Readers, Taken, take
from drawbar.engine.terms import Terms, version_of
from drawbar.engine.transaction import is_outage
from drawbar.freight.fact import Fact
from drawbar.messages.inbox import Intake
from drawbar.records.codec import StateMemory
from drawbar.records.session import Pool
from drawbar.records.sheet import Rows

T = TypeVar("T")


class Engine:
    """One loop for everything that happens. Safe to use from many threads and processes at once."""

    def __init__(
        self, pool: Pool, run: Run, clock: Clock, readers: Readers, *, batch_size: int = 500
    ) -> None:
        """Work on the database of ``pool``; ``readers`` read the bytes of each channel."""
        self.pool = pool
        self.run = run
        self.clock = clock
        self.readers = readers
        self.batch_size = batch_size
        self._memory = StateMemory()
        self._terms = Terms()

    def take(self, intakes: Sequence[Intake]) -> tuple[Taken, ...]:
        """Keep messages, read them and apply what they say; the same bytes again are harmless."""
        return self.within(lambda batch, learn: take(batch, learn, self.readers, intakes))

    def edit(self, change: Edit) -> Taken:
        """Keep a new version of a message and read it. Raise ``NotEditable``."""
        return self.within(lambda batch, learn: edit(batch, learn, self.readers, change))

    def replay(self, message_refs: Sequence[str]) -> Replayed:
        """Read messages on file again; what was applied before is not applied again."""
        return self.within(lambda batch, learn: replay(batch, learn, self.readers, message_refs))

    def replay_facts(self, dead_ids: Sequence[int], *, by: str) -> int:
        """Put facts that were dead back into work; return how many."""
        return self.within(lambda batch, _: replay_facts(batch, dead_ids, by=by))

    def learn(self, facts: Sequence[Fact], *, history: bool = False) -> Learned:
        """Apply facts in their order. ``history`` delivers nothing and sets no deadline."""
        arrivals = [Arrival(fact=fact, history=history) for fact in facts]
        return count(self.within(lambda batch, learn: learn(batch, arrivals)))

    def resolve(self, resolution: Resolution) -> bool:
        """Do what a person says about a stuck delivery; false when it is not stuck (any more)."""
        return self.within(lambda batch, learn: resolve_delivery(batch, learn, resolution))

    def due(self) -> Due:
        """Return what could be done now, and what is on its way; one query, nothing is done."""
        return self.within(lambda batch, _: look(batch.cursor, now=batch.now))

    def work_once(self) -> Learned:
        """Decide pending facts, fire due deadlines, end expired waits; one batch of what is due."""
        due, learned = self.due(), Learned()
        if due.facts:
            learned += self.decide_pending()
        if due.deadlines:
            learned += self.fire_deadlines()
        if due.parks:
            learned += self.expire_parked()
        return learned

    def decide_pending(self) -> Learned:
        """Decide follow-ups and facts that were woken, deferred or replayed."""
        return self._work(waiting.decide_pending)

    def fire_deadlines(self) -> Learned:
        """Let deadlines that are due come true."""
        return self._work(waiting.fire_deadlines)

    def expire_parked(self) -> Learned:
        """End the waits of parked facts whose time is over."""
        return self._work(waiting.expire_parked)

    def run_until_idle(self, *, rounds_max: int = 10_000) -> Learned:
        """Work until nothing can be done now. Raise ``Restless`` if that never ends."""
        learned = Learned()
        for _ in range(rounds_max):
            done = self.work_once()
            if not done.total:
                return learned
            learned += done
        raise Restless(f"still busy after {rounds_max} rounds: {learned}")

    def refresh(self) -> None:
        """Look whether newer terms hold; while Postgres is away, those that were read last do."""
        try:
            self.within(lambda batch, _: batch.terms)
        except Exception as error:
            if not is_outage(error):
                raise

    def within(self, work: Work[T]) -> T:
        """Return what ``work`` returns, in one transaction of the engine."""
        now = self.clock.now()
        return applied(self.pool, lambda cursor: self._begin(cursor, now), work)

    def _begin(self, cursor: Rows, now: datetime) -> Batch:
        run = self.run = self._terms.newest(cursor, self.run)
        return Batch(cursor, run, now, self._memory, version_of(run))

    def _work(self, what: waiting.Waiting) -> Learned:
        return count(self.within(lambda batch, learn: what(batch, learn, self.batch_size)))


class Restless(RuntimeError):
    """Facts follow from facts without end: a fault of the run."""
