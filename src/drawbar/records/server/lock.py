"""One start or stop of the server at a time, on one machine.

The lock is the kernel's: it ends with the process that holds it, however that process ends.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from drawbar.records.server.refusal import UnableToOpenDatabase

PATIENCE_S = 330.0  # longer than a start may take: the one before us may be in crash recovery


@contextmanager
def locked(path: Path, *, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Hold ``path`` alone. Raise ``UnableToOpenDatabase`` when another holds it too long."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait_for(descriptor, path, time.monotonic() + patience_s)
        yield
    finally:
        os.close(descriptor)


def _wait_for(descriptor: int, path: Path, deadline: float) -> None:
    while not _taken(descriptor):
        if time.monotonic() > deadline:
            raise UnableToOpenDatabase(
                f"Another process has been starting or stopping the server for too long ({path}).",
                "Look for a process that hangs with this file open, and end it.",
            )
        time.sleep(0.02)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
