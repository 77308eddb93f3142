"""What processes took: time on the processor and memory, as Linux tells of them in /proc."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
LOOK_SECONDS = 1.0


def children(pid: int, *, saying: str = "") -> list[int]:
    """Return the living children of a process whose command line has these words."""
    return [
        int(entry.name)
        for entry in PROC.iterdir()
        if entry.name.isdigit() and _parent(entry) == pid and saying in _command(entry)
    ]


def cpu_seconds(pids: Iterable[int]) -> float:
    """Return the time that processes, and those of their children that ended, have computed."""
    ticks = [_stat(PROC / str(pid))[11:15] for pid in pids]
    return sum(sum(map(int, some)) for some in ticks) / TICKS


def peak_mb(pid: int) -> float:
    """Return the most memory that a process ever had."""
    return _kilobytes(PROC / str(pid) / "status", "VmHWM:") / 1024


def shared_mb(pids: Iterable[int]) -> float:
    """Return the memory of processes together; what they share counts once."""
    return sum(_kilobytes(PROC / str(pid) / "smaps_rollup", "Pss:") for pid in pids) / 1024


@contextmanager
def watched(look: Callable[[], float]) -> Iterator[list[float]]:
    """Look every second while the block runs; yield what was seen."""
    seen: list[float] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(LOOK_SECONDS):
            seen.append(look())

    thread = threading.Thread(target=watch, name="watch")
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def _parent(entry: Path) -> int:
    stat = _stat(entry)
    return int(stat[1]) if stat else 0


def _stat(entry: Path) -> list[str]:
    """Return the fields behind the name; none of a process that has ended."""
    try:
        return (entry / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _command(entry: Path) -> str:
    try:
        return (entry / "cmdline").read_text().replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _kilobytes(file: Path, name: str) -> float:
    try:
        lines = file.read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((float(line.split()[1]) for line in lines if line.startswith(name)), 0.0)
