"""The carrier's desk: where somebody tells it how to behave, and sees what it understood."""

import threading
from collections.abc import Callable

from msgspec import Struct

from drawbar.world.behaviour import Lesson, Ordered
from drawbar.world.carrier_edi.carrier import EdiCarrier
from drawbar.world.clock import Clock
from drawbar.world.exchange import Answer, Request, told
from drawbar.world.listener import Moment, Routes
from drawbar.world.turn import Turn


class Again(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say once more what had been said under a control number."""

    control: int


class EdiDesk:
    """The carrier behind its routes. One thing at a time."""

    def __init__(self, carrier: EdiCarrier, clock: Clock) -> None:
        """Tell ``carrier`` what time it is by ``clock``."""
        self._carrier, self._clock = carrier, clock
        self._lock = threading.Lock()

    def routes(self) -> Routes:
        """Return what can be asked and told."""
        routes = Routes()
        routes.add("POST", "/control/behaviour", self._learn)
        routes.add("POST", "/control/turn", self._turn)
        routes.add("POST", "/control/act", self._act)
        routes.add("POST", "/control/tell", self._tell)
        routes.add("POST", "/control/again", self._again)
        routes.add("GET", "/loads", self._loads)
        routes.add("GET", "/said", self._said)
        return routes

    def act(self) -> None:
        """Do what is due now."""
        with self._lock:
            self._carrier.act(self._clock.now())

    def _learn(self, request: Request) -> Answer:
        lesson = request.read(Lesson)
        self._carrier.behaviours.learn(lesson.ref, lesson.behaviour)
        return told({})

    def _turn(self, request: Request) -> Answer:
        turn = request.read(Turn)
        self._clock.set(turn.now)
        with self._lock:
            return told(self._carrier.turn(turn))

    def _act(self, request: Request) -> Answer:
        now = request.read(Moment).now or self._clock.now()
        return self._alone(lambda: self._carrier.act(now))

    def _tell(self, request: Request) -> Answer:
        ordered = request.read(Ordered)
        return self._alone(lambda: self._carrier.tell(ordered, ordered.now or self._clock.now()))

    def _again(self, request: Request) -> Answer:
        control = request.read(Again).control
        return self._alone(lambda: self._carrier.say_again(control))

    def _alone(self, do: Callable[[], None]) -> Answer:
        with self._lock:
            do()
        return told({})

    def _loads(self, _: Request) -> Answer:
        rows = self._carrier.store.rows("SELECT tender, state, pro, messages FROM load")
        return told({"loads": [dict(row) for row in rows]})

    def _said(self, _: Request) -> Answer:
        query = "SELECT control, code, load, is_acknowledged FROM said ORDER BY control"
        return told({"said": [dict(row) for row in self._carrier.store.rows(query)]})
