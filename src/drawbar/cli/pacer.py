"""The pacer: does all the firm's work of one instant, in one order, until it is at rest.

Where a world owns the clock, the order of work must not hang on threads: one seed, one story.
"""

from collections.abc import Collection
from datetime import datetime

from drawbar.cli.crew import served
from drawbar.cli.firm import Firm
from drawbar.connectors.port import Unreachable
from drawbar.engine import Due
from drawbar.engine.delivering import Deliverer
from drawbar.engine.polling import Source, poll
from drawbar.engine.returning import Returner
from drawbar.engine.settling import Post
from drawbar.messages.queue import take_over
from drawbar.records.horizon import next_due

ROUNDS_MAX = 1_000


class Unsettled(RuntimeError):
    """The firm does not come to rest: a fault of ours. The message says what goes on."""


class Pacer:
    """Works for one firm whose clock is set. No other worker may live on its database."""

    def __init__(self, firm: Firm) -> None:
        """Work for ``firm``, and take over what a worker before us left behind."""
        self._firm = firm
        self._unheard = set(firm.systems)
        lanes = served(firm.systems)
        self._returner = Returner(firm.engine, served=lanes)
        self._deliverers = {
            (system, lane): Deliverer(firm.engine, Post(firm.systems[system], lane), alone=True)
            for system, lane in lanes
        }
        firm.engine.within(lambda batch, _: take_over(batch.cursor, now=batch.now))

    def settle(self, news: Collection[str]) -> set[str]:
        """Read ``news``, decide and deliver until nothing is left to do now; return who was told.

        What a delivery makes a system say is read too. A system that cannot be asked is asked again
        the next time. Raise ``Unsettled``.
        """
        speaking = (set(news) | self._unheard) & set(self._firm.systems)
        told: set[str] = set()
        for _ in range(ROUNDS_MAX):
            self._read(speaking)
            due = self._decide()
            speaking = self._deliver(due)
            told |= speaking
            if not due.lanes or not (speaking or self._firm.engine.due().pending):
                return told
        raise Unsettled(f"still busy after {ROUNDS_MAX} rounds: {self._firm.engine.due()}")

    def next_due(self) -> datetime | None:
        """Return when something falls due next by itself."""
        return self._firm.engine.within(lambda batch, _: next_due(batch.cursor, now=batch.now))

    def _read(self, systems: Collection[str]) -> None:
        for system in sorted(systems):
            connector = self._firm.systems[system]
            for flow in connector.capabilities().flows:
                try:
                    poll(self._firm.engine, Source(connector, flow))
                    self._unheard.discard(system)
                except Unreachable:
                    self._unheard.add(system)  # it is asked again at the next instant
                    break

    def _decide(self) -> Due:
        """Decide until nothing is pending; return what may go out then. Raise ``Unsettled``."""
        for _ in range(ROUNDS_MAX):
            due = self._firm.engine.due()
            if not due.pending:
                return due
            self._firm.engine.work_once()
        raise Unsettled(f"still deciding after {ROUNDS_MAX} rounds: {due}")

    def _deliver(self, due: Due) -> set[str]:
        """Deliver what may go now; return the systems that were spoken to."""
        spoken: set[str] = set()
        for system, lane in due.lanes:
            deliverer = self._deliverers.get((system, lane))
            if deliverer is None:
                self._returner.step()
            elif deliverer.deliver_until_idle():
                spoken.add(system)
        return spoken
