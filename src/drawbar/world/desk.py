"""The desk of a carrier: where whoever runs the world teaches it, tells it things, gives it turns.

One thing at a time, whoever asks.
"""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from drawbar.world.behaviour import Behaviours, Lesson, Ordered
from drawbar.world.clock import Clock
from drawbar.world.exchange import Answer, Request, told
from drawbar.world.listener import Moment, Routes
from drawbar.world.turn import Turn, Turned


class Carrier(Protocol):
    """What every carrier can be made to do, whatever line it speaks over."""

    behaviours: Behaviours

    def act(self, now: datetime) -> None:
        """Do what is due."""

    def turn(self, turn: Turn) -> Turned:
        """Take one turn."""

    def tell(self, ordered: Ordered, now: datetime) -> None:
        """Say one thing now. Raise ``Refusal``."""


class Desk:
    """A carrier behind the routes that all of them have."""

    def __init__(self, carrier: Carrier, clock: Clock) -> None:
        """Tell ``carrier`` what time it is by ``clock``."""
        self._told, self._clock = carrier, clock
        self._lock = threading.Lock()

    def routes(self) -> Routes:
        """Return what can be asked and told."""
        routes = Routes()
        routes.add("POST", "/control/behaviour", self._learn)
        routes.add("POST", "/control/turn", self._turn)
        routes.add("POST", "/control/act", self._act)
        routes.add("POST", "/control/tell", self._tell)
        return routes

    def act(self) -> None:
        """Do what is due now."""
        self.alone(lambda: self._told.act(self._clock.now()))

    def alone(self, do: Callable[[], None]) -> Answer:
        """Do something while nobody else does."""
        with self._lock:
            do()
        return told({})

    def _learn(self, request: Request) -> Answer:
        lesson = request.read(Lesson)
        return self.alone(lambda: self._told.behaviours.learn_all((lesson,)))

    def _turn(self, request: Request) -> Answer:
        turn = request.read(Turn)
        self._clock.set(turn.now)
        with self._lock:
            return told(self._told.turn(turn))

    def _act(self, request: Request) -> Answer:
        now = request.read(Moment).now or self._clock.now()
        return self.alone(lambda: self._told.act(now))

    def _tell(self, request: Request) -> Answer:
        ordered = request.read(Ordered)
        now = ordered.now or self._clock.now()
        return self.alone(lambda: self._told.tell(ordered, now))
