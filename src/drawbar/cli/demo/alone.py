"""One demo at a time plays in a world: whoever comes second waits until the first is gone.

A demo that is killed leaves its worker in the middle of something; that counts as not yet gone.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = "alone.lock"
PATIENCE_SECONDS = 20.0
LOOK_SECONDS = 0.1


class WorldInUse(RuntimeError):
    """Another demo plays in this world. End it with Ctrl-C, then try again."""


@contextmanager
def alone_in(world: Path, *, patience_seconds: float = PATIENCE_SECONDS) -> Iterator[int]:
    """Have a world to oneself for a while; yield what a worker is handed that belongs to us.

    It is free again when we and every process that was handed it are gone. Raise ``WorldInUse``.
    """
    with (world / FILE).open("w") as lock:
        until = time.monotonic() + patience_seconds
        while not _taken(lock.fileno()):
            if time.monotonic() > until:
                raise WorldInUse(f"another demo plays in {world}: end it with Ctrl-C")
            time.sleep(LOOK_SECONDS)
        yield lock.fileno()


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
