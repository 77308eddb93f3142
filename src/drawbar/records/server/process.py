"""Which process is meant: a number alone is given again after it ends.

A process is known by its number and its birth; a zombie is no longer alive.
"""

import subprocess
from pathlib import Path

from msgspec import Struct

_PROC = Path("/proc")
_HAS_PROC = (_PROC / "self/stat").exists()  # Linux; elsewhere ps is asked


class Process(Struct, frozen=True):
    """One run of one program. ``birth`` differs between any two that had the same ``pid``."""

    pid: int
    birth: str

    def is_alive(self) -> bool:
        """Say whether this very process still runs."""
        return birth_of(self.pid) == self.birth


def birth_of(pid: int) -> str:
    """Return when ``pid`` was born, in the system's own words; empty when it does not live."""
    if _HAS_PROC:
        return _birth_on_linux(pid)
    return _ask_ps(pid, "lstart")


def command_of(pid: int) -> str:
    """Return the command line of ``pid``, its words joined by blanks; empty when it has none."""
    if _HAS_PROC:
        try:
            words = (_PROC / str(pid) / "cmdline").read_bytes()
        except OSError:  # it ended meanwhile
            return ""
        return words.replace(b"\0", b" ").decode(errors="replace").strip()
    return _ask_ps(pid, "command")


def _birth_on_linux(pid: int) -> str:
    try:
        stat = (_PROC / str(pid) / "stat").read_text()
    except OSError:  # no such process
        return ""
    fields = stat[stat.rindex(")") + 2 :].split()  # the name before may hold blanks and brackets
    if fields[0] in "ZX":
        return ""
    boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
    return f"{boot}:{fields[19]}"


def _ask_ps(pid: int, column: str) -> str:
    asked = subprocess.run(  # noqa: S603 - fixed words and a number
        ["/bin/ps", "-ww", "-o", f"{column}=", "-p", str(pid)],
        env={"LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip()
