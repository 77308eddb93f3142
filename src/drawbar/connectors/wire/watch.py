"""A watch over a line: hangs up when nothing moves on it for too long.

A library's own time-outs do not see every line that hangs, such as one that takes no more bytes.
"""

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self


class Watch:
    """Runs while a line is used; every sign of life turns it back."""

    def __init__(self, seconds: float, hang_up: Callable[[], None]) -> None:
        """Call ``hang_up`` once, ``seconds`` after the last sign of life."""
        self._seconds, self._hang_up = seconds, hang_up
        self._until = time.monotonic() + seconds
        self._over = threading.Event()

    def beat(self) -> None:
        """Note a sign of life."""
        self._until = time.monotonic() + self._seconds

    def __enter__(self) -> Self:
        """Begin to watch."""
        threading.Thread(target=self._look, name="watch", daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Look no more."""
        self._over.set()

    def _look(self) -> None:
        while not self._over.wait(max(0.0, self._until - time.monotonic())):
            if time.monotonic() >= self._until:
                self._hang_up()
                return
