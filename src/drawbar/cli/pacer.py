"""The pacer: does all the firm's work of one instant, in one order, until it is at rest.

Where a world owns the clock, the order of work must not hang on threads: one seed, one story.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from drawbar.cli.crew import served
from drawbar.cli.firm import Firm
from drawbar.connectors.port import Capabilities, Unreachable
from drawbar.engine.delivering import Deliverer
from drawbar.engine.polling import Read, Source, all_positions, keep_together, poll
from drawbar.engine.returning import Returner
from drawbar.engine.settling import Post
from drawbar.freight.delivery import Lane
from drawbar.messages.queue import take_over
from drawbar.records.horizon import next_due

ROUNDS_MAX = 10_000

Flow = tuple[str, str]
"""A system and the name of one of its flows."""


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
        told: set[str] = set()
        unread: set[str] = set()
        self._read((set(news) | self._unheard) & set(self._firm.systems))
        for _ in range(ROUNDS_MAX):
            due = self._firm.engine.due()
            if due.pending:
                self._firm.engine.run_until_idle()
            elif moved := self._deliver(due.lanes):
                told |= moved & set(self._firm.systems)
                unread |= moved & set(self._firm.systems)
            elif not self._listen(unread):
                return told
            else:
                unread = set()
        raise Unsettled(f"still busy after {ROUNDS_MAX} rounds: {self._firm.engine.due()}")

    def next_due(self) -> datetime | None:
        """Return when something falls due next by itself."""
        return self._firm.engine.within(lambda batch, _: next_due(batch.cursor, now=batch.now))

    def _read(self, systems: Collection[str]) -> None:
        """Read all that ``systems`` say."""
        self._unheard -= set(systems)
        flows = {system: self._capabilities(system).flows for system in systems}
        self._poll(flows)

    def _listen(self, systems: Collection[str]) -> bool:
        """Read what being told something made ``systems`` say; say whether anything is new."""
        known = {system: self._capabilities(system) for system in systems}
        flows = {
            system: one.flows if one.echoes is None else one.echoes for system, one in known.items()
        }
        return self._poll(flows)

    def _poll(self, flows: Mapping[str, Collection[str]]) -> bool:
        """Poll ``flows`` of systems in order; say whether anything was taken in.

        What all of them say first is taken in together, and then what they have more of.
        """
        if not any(flows.values()):
            return False
        engine, positions = self._firm.engine, all_positions(self._firm.engine)
        read = [one for system in sorted(flows) for one in self._first(system, flows, positions)]
        taken = len(keep_together(engine, read))
        for one in read:
            if one.page.more:
                with self._hearing(one.source.connector.system):
                    taken += len(poll(engine, one.source, position=one.page.cursor))
        return taken > 0

    def _first(
        self, system: str, flows: Mapping[str, Collection[str]], positions: Mapping[Flow, str]
    ) -> list[Read]:
        """Read a page of each flow of a system, as far as it can be asked."""
        read: list[Read] = []
        with self._hearing(system):
            for flow in flows[system]:
                source = Source(self._firm.systems[system], flow)
                at = positions.get((system, flow), "")
                read.append(Read(source, at, source.connector.changes(flow, at)))
        return read

    @contextmanager
    def _hearing(self, system: str) -> Iterator[None]:
        """Ask ``system`` again at the next instant where it cannot be asked now."""
        try:
            yield
        except Unreachable:
            self._unheard.add(system)

    def _capabilities(self, system: str) -> Capabilities:
        return self._firm.systems[system].capabilities()

    def _deliver(self, lanes: Collection[tuple[str, Lane]]) -> set[str]:
        """Deliver or give back once in each of ``lanes``; return the systems where it moved."""
        moved: set[str] = set()
        for system, lane in lanes:
            deliverer = self._deliverers.get((system, lane))
            if deliverer.deliver_once() if deliverer else self._returner.step():
                moved.add(system)
        return moved
