"""The play: history as fast as the machine can, then a live world at so many times the real pace.

The world's clock never runs ahead of the firm: a turn ends when the firm is at rest.
"""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog
from msgspec import Struct

from drawbar.world.conductor import Conductor

HISTORY_TICK = timedelta(minutes=15)
LIVE_TICK = timedelta(minutes=1)

log = structlog.get_logger("drawbar.demo")


class Script(Struct, frozen=True, kw_only=True):
    """From when to when the world plays. After ``live_at`` it plays at ``speed``; None never."""

    begins_at: datetime
    live_at: datetime
    speed: float | None = None


class Play:
    """Plays a world in a thread of its own."""

    def __init__(self, conductor: Conductor, script: Script) -> None:
        """Play ``script``."""
        self._conductor, self._script = conductor, script
        self.on_live: Callable[[datetime], None] = lambda _: None
        """Called once when history is over, before the first turn of the live world."""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._play, name="world", daemon=True)
        self.now = conductor.last_turn() or script.begins_at
        self.turns = 0
        self.fault: BaseException | None = None
        self.ended = threading.Event()

    def start(self) -> None:
        """Begin, or go on."""
        self._thread.start()

    def stop(self) -> None:
        """End after this turn."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(timeout=60)

    @property
    def progress(self) -> str:
        """Say how far history has come; empty when the world is live."""
        begins, live = self._script.begins_at, self._script.live_at
        if self.now >= live:
            return ""
        days = (live - begins).days
        return f"Building history: day {min((self.now - begins).days + 1, days)} of {days}"

    def _play(self) -> None:
        try:
            self._conductor.open(self.now)
            if self._conductor.last_turn():
                self._turn(self.now)  # it may have been cut short
            self._build()
            self.on_live(self.now)
            if self._script.speed:
                self._live(self._script.speed)
        except Exception as error:
            log.exception("the world stands still")
            self.fault = error
        finally:
            self.ended.set()

    def _build(self) -> None:
        """Play history: from one thing that happens to the next, a quarter of an hour at least."""
        live = self._script.live_at
        while self.now < live and not self._over.is_set():
            following = self._conductor.next_due() or live
            self._turn(min(live, max(self.now + HISTORY_TICK, _on_grid(following, HISTORY_TICK))))

    def _live(self, speed: float) -> None:
        began, real = self.now, time.monotonic()
        while not self._over.is_set():
            self._turn(self.now + LIVE_TICK)
            ahead = (self.now - began).total_seconds() / speed - (time.monotonic() - real)
            if ahead < 0:  # the firm was slower than the world: the world had waited for it
                began, real = self.now, time.monotonic()
            self._over.wait(max(0.0, ahead))

    def _turn(self, now: datetime) -> None:
        self._conductor.turn(now)
        self.now, self.turns = now, self.turns + 1


def _on_grid(moment: datetime, tick: timedelta) -> datetime:
    """Return the first instant of the grid at or after ``moment``."""
    epoch = datetime(2000, 1, 1, tzinfo=UTC)
    return epoch - ((epoch - moment) // tick) * tick
