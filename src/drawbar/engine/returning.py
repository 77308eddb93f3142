"""Return to people what nobody delivers: it becomes a case at once instead of waiting unseen.

A lane that no connector serves has no hand that would ever claim from it; this one does.
"""

from collections.abc import Collection

from drawbar.connectors.nobody import Nobody
from drawbar.engine.delivering import Deliverer
from drawbar.engine.engine import Engine
from drawbar.engine.settling import Post
from drawbar.freight.delivery import Lane
from drawbar.messages.queue import open_lanes


class Returner:
    """Looks after every lane but those that are served. Use it from one thread."""

    def __init__(self, engine: Engine, *, served: Collection[tuple[str, Lane]]) -> None:
        """Leave the lanes of ``served`` to those who serve them."""
        self._engine = engine
        self._served = frozenset(served)
        self._deliverers: dict[tuple[str, Lane], Deliverer] = {}

    def step(self) -> int:
        """Give back whatever may go now and nobody takes; return how many."""
        lanes = self._engine.within(lambda batch, _: open_lanes(batch.cursor))
        unserved = [one for one in lanes if one not in self._served]
        return sum(self._for(*one).deliver_until_idle() for one in unserved)

    def _for(self, system: str, lane: Lane) -> Deliverer:
        post = Post(Nobody(system), lane)
        known = self._deliverers.get((system, lane))
        found = known or Deliverer(self._engine, post, alone=True)
        self._deliverers[system, lane] = found
        return found
