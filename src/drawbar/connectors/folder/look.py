"""Whether a file that somebody else writes is whole: it rests, by two looks some time apart."""

import time
from collections.abc import Collection

from msgspec import Struct

UNFINISHED = (".part", ".tmp", ".filepart", ".swp")
"""How the names of files end that are still being written."""


class _Look(Struct, frozen=True):
    """How a file looked, and since when it looks like that."""

    size: int
    changed: int
    since: float


class Looks:
    """How the files of a folder looked before."""

    def __init__(self, *, stable_seconds: float) -> None:
        """Take a file for whole once it has not changed for ``stable_seconds``."""
        self._stable_seconds = stable_seconds
        self._looks: dict[str, _Look] = {}

    def keep(self, names: Collection[str]) -> None:
        """Forget what lies there no more."""
        here = set(names)
        self._looks = {name: look for name, look in self._looks.items() if name in here}

    def forget(self, name: str) -> None:
        """Forget a file that was taken."""
        self._looks.pop(name, None)

    def is_stable(self, name: str, *, size: int, changed: int) -> bool:
        """Say whether a file that looks so now has looked so for long enough."""
        now, before = time.monotonic(), self._looks.get(name)
        if before is None or (before.size, before.changed) != (size, changed):
            before = self._looks[name] = _Look(size, changed, now)
        return now - before.since >= self._stable_seconds


def is_meant(name: str) -> bool:
    """Say whether a name is that of a file for us: not hidden, and not still being written."""
    return not name.startswith(".") and not name.endswith(UNFINISHED)
