"""Mischief: kills the worker or the database in the middle of their work, as a power cut would.

When and whom is drawn from the seed; how far the work had come by then is the machine's affair.
"""

import os
import random
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

EVERY_TURNS = 40
LATEST_SECONDS = 0.25


class Mischief:
    """Kills now and then. ``victims`` may be empty: then nobody is harmed."""

    def __init__(self, seed: int, victims: dict[str, Callable[[], object]]) -> None:
        """Kill one of ``victims``, by name, in every fortieth turn or so."""
        self._random = random.Random(seed)  # noqa: S311 - a simulation
        self._victims = victims
        self.kills: dict[str, int] = dict.fromkeys(victims, 0)
        self.is_database_dead = False

    @contextmanager
    def about(self) -> Iterator[bool]:
        """Do some mischief while the block runs, if it is time; tell whether it is."""
        if not self._victims or self._random.randrange(EVERY_TURNS):
            yield False
            return
        name = self._random.choice(sorted(self._victims))
        timer = threading.Timer(self._random.uniform(0, LATEST_SECONDS), self._strike, (name,))
        timer.start()
        try:
            yield True
        finally:
            timer.join()

    def _strike(self, name: str) -> None:
        self.kills[name] += 1
        self.is_database_dead |= name == "db"
        self._victims[name]()


def kill_database(cluster: Path) -> bool:
    """Kill the database's server; false where none runs."""
    file = cluster / "postmaster.pid"
    if not file.exists():
        return False
    os.kill(int(file.read_text(encoding="ascii").split()[0]), signal.SIGKILL)
    return True
