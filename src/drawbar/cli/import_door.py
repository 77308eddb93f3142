"""Where the lines of an imported file go: through the one loop, as history or as work to do."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from msgspec import structs

from drawbar.connectors.reading import Readers
from drawbar.engine import Engine, Intake, Taken
from drawbar.engine.applying import Learn
from drawbar.engine.arrival import Arrival, Fate
from drawbar.engine.batch import Batch
from drawbar.engine.taking import take


class Door(Protocol):
    """What an import needs of the engine."""

    def take(self, intakes: Sequence[Intake], *, history: bool) -> tuple[Taken, ...]:
        """Keep messages, read them and apply what they say; the same bytes again are harmless."""

    def settle(self) -> None:
        """Decide what waited for a later line of the file and need not wait any more."""


OpenDoor = Callable[[Readers], AbstractContextManager[Door]]
"""Opens the firm's database with readers for the channels of an import, and closes it after."""


class EngineDoor:
    """The engine itself. Its readers must read the channels of the import."""

    def __init__(self, engine: Engine) -> None:
        """Bring everything to ``engine``."""
        self._engine = engine

    def take(self, intakes: Sequence[Intake], *, history: bool) -> tuple[Taken, ...]:
        """Take messages in one transaction; what is history delivers nothing, sets no deadline."""
        engine = self._engine
        if not history:
            return engine.take(intakes)
        return engine.within(
            lambda batch, learn: take(batch, _as_history(learn), engine.readers, intakes)
        )

    def settle(self) -> None:
        """Decide facts that were woken; they are history as they were before."""
        while self._engine.decide_pending().total:
            pass  # each round takes what is pending out of the way


def _as_history(learn: Learn) -> Learn:
    def learn_history(batch: Batch, arrivals: Sequence[Arrival]) -> list[Fate]:
        return learn(batch, [structs.replace(one, history=True) for one in arrivals])

    return learn_history
