"""The firm of a demo as its world sees it: a worker that is told the time, and a door for paper."""

from collections.abc import Collection
from datetime import datetime

from drawbar.cli.demo.company import CARRIERS
from drawbar.cli.demo.door import Door
from drawbar.cli.demo.mischief import Mischief
from drawbar.cli.firm import Firm
from drawbar.cli.world_worker import WorldWorker
from drawbar.engine import SetClock
from drawbar.world.conductor import Paper

EVERYBODY = tuple(CARRIERS.values())
"""Whom a worker that was killed may have told something before."""


class DemoFirm:
    """Plays the firm before a conductor."""

    def __init__(
        self, firm: Firm, *, clock: SetClock, worker: WorldWorker, door: Door, mischief: Mischief
    ) -> None:
        """Pages and door look at ``clock``; ``worker`` is told the same time."""
        self._firm, self._clock, self._worker = firm, clock, worker
        self._door, self._mischief = door, mischief

    def settle(self, now: datetime, news: Collection[str]) -> Collection[str]:
        """Return when the worker is at rest at ``now``, whatever is killed meanwhile."""
        self._clock.set(now)
        deaths = self._worker.deaths
        with self._mischief.about() as is_struck:
            told = self._worker.settle(now, news)
        if self._mischief.is_database_dead:
            self._firm.database.revive()
            self._mischief.is_database_dead = False
        return EVERYBODY if is_struck or self._worker.deaths > deaths else told

    def hand_in(self, paper: Paper) -> bool:
        """Take paper in over the door; false where it cannot be had yet."""
        return self._door.hand_in(paper)

    def next_due(self) -> datetime | None:
        """Return when the firm has to do something by itself next."""
        return self._worker.next_due
