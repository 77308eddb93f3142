"""The desk of a carrier on X12: what it understood and what it said can be seen there too."""

from msgspec import Struct

from drawbar.world.carrier_edi.carrier import EdiCarrier
from drawbar.world.clock import Clock
from drawbar.world.desk import Desk
from drawbar.world.exchange import Answer, Request, told
from drawbar.world.listener import Routes


class Again(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say once more what had been said under a control number."""

    control: int


class EdiDesk(Desk):
    """The carrier behind its routes."""

    def __init__(self, carrier: EdiCarrier, clock: Clock) -> None:
        """Tell ``carrier`` what time it is by ``clock``."""
        super().__init__(carrier, clock)
        self._carrier = carrier

    def routes(self) -> Routes:
        """Return what can be asked and told."""
        routes = super().routes()
        routes.add("POST", "/control/again", self._again)
        routes.add("GET", "/loads", self._loads)
        routes.add("GET", "/said", self._said)
        return routes

    def _again(self, request: Request) -> Answer:
        control = request.read(Again).control
        return self.alone(lambda: self._carrier.say_again(control))

    def _loads(self, _: Request) -> Answer:
        rows = self._carrier.store.rows("SELECT tender, state, pro, messages FROM load")
        return told({"loads": [dict(row) for row in rows]})

    def _said(self, _: Request) -> Answer:
        query = "SELECT control, code, load, is_acknowledged FROM said ORDER BY control"
        return told({"said": [dict(row) for row in self._carrier.store.rows(query)]})
