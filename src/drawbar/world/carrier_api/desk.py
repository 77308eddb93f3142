"""The API as its callers find it, beside the desk that every carrier has."""

from drawbar.world.carrier_api.carrier import ApiCarrier
from drawbar.world.carrier_api.shape import Notice, Tender
from drawbar.world.clock import Clock
from drawbar.world.desk import Desk
from drawbar.world.exchange import Answer, Refusal, Request, told
from drawbar.world.listener import Routes

LIMIT_MAX = 500


class ApiDesk(Desk):
    """The carrier behind its routes."""

    def __init__(self, carrier: ApiCarrier, clock: Clock) -> None:
        """Tell ``carrier`` what time it is by ``clock``."""
        super().__init__(carrier, clock)
        self._carrier = carrier

    def routes(self) -> Routes:
        """Return what can be asked and told."""
        routes = super().routes()
        routes.add("POST", "/loads", self._take)
        routes.add("GET", "/loads", self._search)
        routes.add("POST", "/notices", self._note)
        routes.add("GET", "/notices", self._notices)
        routes.add("GET", "/events", self._events)
        return routes

    def _take(self, request: Request) -> Answer:
        return told(self._carrier.take(request.read(Tender), self._clock.now()), status=201)

    def _search(self, request: Request) -> Answer:
        return told({"loads": self._carrier.search(request.query.get("reference", ""))})

    def _note(self, request: Request) -> Answer:
        return told(self._carrier.note(request.read(Notice)), status=201)

    def _notices(self, request: Request) -> Answer:
        return told({"notices": self._carrier.notices(request.query.get("reference", ""))})

    def _events(self, request: Request) -> Answer:
        try:
            after = int(request.query.get("after", 0))
            limit = min(max(int(request.query.get("limit", 100)), 1), LIMIT_MAX)
        except ValueError as error:
            raise Refusal("MALFORMED", "after and limit are numbers", status=400) from error
        events, last = self._carrier.events(after, limit)
        return told({"events": events, "next": last, "more": len(events) == limit})
