"""The API as its callers find it, and the desk where somebody tells the carrier what to do."""

from drawbar.world.behaviour import Lesson, Ordered
from drawbar.world.carrier_api.carrier import ApiCarrier
from drawbar.world.carrier_api.shape import Tender
from drawbar.world.clock import Clock
from drawbar.world.exchange import Answer, Refusal, Request, told
from drawbar.world.listener import Moment, Routes
from drawbar.world.turn import Turn

LIMIT_MAX = 500


class ApiDesk:
    """The carrier behind its routes."""

    def __init__(self, carrier: ApiCarrier, clock: Clock) -> None:
        """Tell ``carrier`` what time it is by ``clock``."""
        self._carrier, self._clock = carrier, clock

    def routes(self) -> Routes:
        """Return what can be asked and told."""
        routes = Routes()
        routes.add("POST", "/loads", self._take)
        routes.add("GET", "/loads", self._search)
        routes.add("GET", "/events", self._events)
        routes.add("POST", "/control/behaviour", self._learn)
        routes.add("POST", "/control/tell", self._tell)
        routes.add("POST", "/control/turn", self._turn)
        routes.add("POST", "/control/act", self._act)
        return routes

    def act(self) -> None:
        """Do what is due now."""
        self._carrier.act(self._clock.now())

    def _take(self, request: Request) -> Answer:
        return told(self._carrier.take(request.read(Tender), self._clock.now()), status=201)

    def _search(self, request: Request) -> Answer:
        return told({"loads": self._carrier.search(request.query.get("reference", ""))})

    def _events(self, request: Request) -> Answer:
        try:
            after = int(request.query.get("after", 0))
            limit = min(max(int(request.query.get("limit", 100)), 1), LIMIT_MAX)
        except ValueError as error:
            raise Refusal("MALFORMED", "after and limit are numbers", status=400) from error
        events, last = self._carrier.events(after, limit)
        return told({"events": events, "next": last, "more": len(events) == limit})

    def _learn(self, request: Request) -> Answer:
        lesson = request.read(Lesson)
        self._carrier.behaviours.learn(lesson.ref, lesson.behaviour)
        return told({})

    def _tell(self, request: Request) -> Answer:
        said = request.read(Ordered)
        now = said.now or self._clock.now()
        self._carrier.tell(said, now)
        return told({})

    def _turn(self, request: Request) -> Answer:
        turn = request.read(Turn)
        self._clock.set(turn.now)
        return told(self._carrier.turn(turn))

    def _act(self, request: Request) -> Answer:
        self._carrier.act(request.read(Moment).now or self._clock.now())
        return told({})
