"""The provider's interface, and the desk where it is told what the trucks did."""

import threading

from drawbar.world.clock import Clock
from drawbar.world.exchange import Answer, Refusal, Request, told
from drawbar.world.listener import Routes
from drawbar.world.telematics.telematics import Sighting, Telematics, TelematicsTurn

LIMIT_MAX = 500


class TelematicsDesk:
    """The provider behind its routes."""

    def __init__(self, telematics: Telematics, clock: Clock) -> None:
        """Tell the time by ``clock``."""
        self._telematics, self._clock = telematics, clock
        self._lock = threading.Lock()

    def routes(self) -> Routes:
        """Return what can be asked and told."""
        routes = Routes()
        routes.add("GET", "/batches", self._batch)
        routes.add("POST", "/control/tell", self._tell)
        routes.add("POST", "/control/turn", self._turn)
        return routes

    def _batch(self, request: Request) -> Answer:
        try:
            after = int(request.query.get("after", 0))
            limit = min(max(int(request.query.get("limit", 100)), 1), LIMIT_MAX)
        except ValueError as error:
            raise Refusal("MALFORMED", "after and limit are numbers", status=400) from error
        events, last = self._telematics.batch(after, limit)
        return told({"events": events, "next": last, "more": len(events) == limit})

    def _tell(self, request: Request) -> Answer:
        sighting = request.read(Sighting)
        return self._hear(TelematicsTurn(now=self._clock.now(), told=(sighting,)))

    def _turn(self, request: Request) -> Answer:
        turn = request.read(TelematicsTurn)
        self._clock.set(turn.now)
        return self._hear(turn)

    def _hear(self, turn: TelematicsTurn) -> Answer:
        with self._lock:
            self._telematics.hear(turn)
        return told({"accepted": []})
