"""Calls on their way to a far side: beside each other on threads, or one after the other.

Only how they are made differs; what is claimed, kept and settled around them does not.
"""

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Protocol

from drawbar.engine.attempt import Attempt
from drawbar.engine.settling import Tried
from drawbar.messages.queue import Claimed

Try = Callable[[Attempt], Tried]


class Calls(Protocol):
    """Attempts that were begun and have not come back."""

    def begin(self, one: Attempt) -> None:
        """Let ``one`` be tried."""

    def returned(self, timeout: float) -> list[Tried]:
        """Return what has come back; wait for the first at most ``timeout`` seconds."""

    def on_the_way(self) -> list[Claimed]:
        """Return what is not back yet; it must stay ours."""

    def close(self) -> None:
        """Wait for what is on its way."""


class Beside:
    """Calls beside each other, at most ``at_once``, each on a thread."""

    def __init__(self, attempt: Try, *, at_once: int, name: str) -> None:
        """Begin with none on the way."""
        self._attempt = attempt
        self._threads = ThreadPoolExecutor(at_once, name)
        self._on_the_way: dict[Future[Tried], Claimed] = {}

    def begin(self, one: Attempt) -> None:
        """Call on a thread of its own."""
        self._on_the_way[self._threads.submit(self._attempt, one)] = one.claimed

    def returned(self, timeout: float) -> list[Tried]:
        """Return what has come back, in any order."""
        if not self._on_the_way:
            return []
        done, _ = wait(self._on_the_way, timeout=timeout, return_when=FIRST_COMPLETED)
        for future in done:
            del self._on_the_way[future]
        return [future.result() for future in done]

    def on_the_way(self) -> list[Claimed]:
        """Return what is not back yet."""
        return list(self._on_the_way.values())

    def close(self) -> None:
        """Wait for the calls on their way."""
        self._threads.shutdown(wait=True)


class InTurn:
    """Calls one after the other in the caller's own thread, always in the order of the claim."""

    def __init__(self, attempt: Try) -> None:
        """Begin with none on the way."""
        self._attempt = attempt
        self._waiting: deque[Attempt] = deque()

    def begin(self, one: Attempt) -> None:
        """Put ``one`` last."""
        self._waiting.append(one)

    def returned(self, timeout: float) -> list[Tried]:
        """Call in turn, at least once, and begin no further call after ``timeout`` seconds."""
        done: list[Tried] = []
        end = time.monotonic() + timeout
        while self._waiting and (not done or time.monotonic() < end):
            done.append(self._attempt(self._waiting.popleft()))
        return done

    def on_the_way(self) -> list[Claimed]:
        """Return what was not tried yet."""
        return [one.claimed for one in self._waiting]

    def close(self) -> None:
        """Nothing is on its way between two calls."""
