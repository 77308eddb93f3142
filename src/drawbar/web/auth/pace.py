"""The pace of a caller: so many requests a minute, spread evenly, with a burst of a quarter."""

import math
import time
from collections import OrderedDict
from threading import Lock

from drawbar.web.problem import Refusal, problem

_CALLERS_MAX = 10_000


class Pace:
    """Counts what each caller asks, in this process; one too fast is told when to come back."""

    def __init__(self, *, per_minute: int) -> None:
        """Let each caller ask ``per_minute`` times a minute."""
        self._rate = per_minute / 60
        self._burst = max(1.0, per_minute / 4)
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, who: str) -> None:
        """Count one request. Raise ``Refusal`` (429) when ``who`` has none left just now."""
        with self._lock:
            now = time.monotonic()
            left = self._refilled(who, now)
            self._left[who] = (left - 1 if left >= 1 else left, now)
            self._left.move_to_end(who)
            while len(self._left) > _CALLERS_MAX:
                self._left.popitem(last=False)
        if left < 1:
            raise _too_fast(seconds=math.ceil((1 - left) / self._rate))

    def _refilled(self, who: str, now: float) -> float:
        left, since = self._left.get(who, (self._burst, now))
        return min(self._burst, left + (now - since) * self._rate)


def _too_fast(*, seconds: int) -> Refusal:
    said = problem(429, "too-fast", f"Too many requests; ask again in {seconds} s.")
    return Refusal(said, {"Retry-After": str(seconds)})
