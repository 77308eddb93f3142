"""The desk of a carrier behind a portal: what it understood and what it was told can be seen."""

from drawbar.world.carrier_csv.carrier import CsvCarrier
from drawbar.world.clock import Clock
from drawbar.world.desk import Desk
from drawbar.world.exchange import Answer, Request, told
from drawbar.world.listener import Routes


class CsvDesk(Desk):
    """The carrier behind its routes."""

    def __init__(self, carrier: CsvCarrier, clock: Clock) -> None:
        """Tell ``carrier`` what time it is by ``clock``."""
        super().__init__(carrier, clock)
        self._carrier = carrier

    def routes(self) -> Routes:
        """Return what can be asked and told."""
        routes = super().routes()
        routes.add("GET", "/loads", self._loads)
        routes.add("GET", "/notices", self._notices)
        return routes

    def _loads(self, _: Request) -> Answer:
        rows = self._carrier.store.rows("SELECT tender, state, pro, messages FROM load")
        return told({"loads": [dict(row) for row in rows]})

    def _notices(self, _: Request) -> Answer:
        rows = self._carrier.store.rows("SELECT name, body FROM notice ORDER BY name")
        return told({"notices": [dict(row) for row in rows]})
