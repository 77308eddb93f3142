"""Our own server's process: find it, start it, stop it.

A server that is there is used, whoever started it; one that was killed is started again, for as
long as its recovery takes. The caller holds the lock.
"""

import time
from pathlib import Path

import msgspec
import psycopg
from msgspec import Struct

from drawbar.records.server.cluster import ADMIN
from drawbar.records.server.durable import write_private
from drawbar.records.server.logins import local_url
from drawbar.records.server.port import LOOPBACK, choose_port
from drawbar.records.server.process import Process, birth_of, command_of
from drawbar.records.server.refusal import OWN_DATABASE, UnableToOpenDatabase
from drawbar.records.server.seat import Seat

PATIENCE_S = 300.0  # a gigabyte of WAL took 20 s and more to recover
STOP_PATIENCE_S = 60.0
PASSING = (  # what a server says that will start when asked again
    b'lock file "postmaster.pid" already exists',  # another start of ours was quicker
    b"pre-existing shared memory block",  # sessions of a killed server are still ending
    b"Address already in use",  # the port was taken between our look and the start
)
_LASTING_FAILURES_MAX = 3


class Postmaster(Struct, frozen=True):
    """A server that runs. Until it ``is_ready`` it recovers, or it is going down."""

    process: Process
    port: int
    is_ready: bool


def start(seat: Seat, *, patience_s: float = PATIENCE_S) -> Postmaster:
    """Return the server, ready, started if need be; else raise ``UnableToOpenDatabase``."""
    deadline = time.monotonic() + patience_s
    lasting = 0
    while time.monotonic() < deadline:
        found = find(seat)
        if found is None:
            lasting += not _start_once(seat, deadline)
        elif found.is_ready and _answers(seat, found.port):
            write_private(seat.place.postmaster, msgspec.json.encode(found.process))
            return found
        else:
            time.sleep(0.05)
        if lasting >= _LASTING_FAILURES_MAX:
            break
    raise UnableToOpenDatabase(
        f"PostgreSQL does not start. The end of {seat.place.log}:\n{_tail(seat.place.log)}",
        OWN_DATABASE,
    )


def stop(seat: Seat) -> None:
    """Stop the server if it runs, ending its sessions. What takes over a minute ends by itself."""
    deadline = time.monotonic() + STOP_PATIENCE_S
    if find(seat) is not None:
        seat.run("pg_ctl", "stop", "-D", seat.place.cluster, "-m", "fast", "-W")
    while find(seat) is not None and time.monotonic() < deadline:  # pg_ctl waits for zombies, too
        time.sleep(0.02)


def find(seat: Seat) -> Postmaster | None:
    """Return the server that runs on these data, ready or not, if one does."""
    lines = _pid_file_lines(seat)
    if not lines:
        return None
    process = Process(int(lines[0]), birth_of(int(lines[0])))
    if not process.birth or not _is_ours(process, seat):
        return None
    is_ready = len(lines) > 7 and lines[7].strip() == "ready"
    return Postmaster(process, int(lines[3]) if len(lines) > 3 else 0, is_ready)


def _answers(seat: Seat, port: int) -> bool:
    """Say whether the server lets us in: one that was just killed still looks ready."""
    words = {"user": ADMIN, "password": seat.passwords.admin, "database": "postgres"}
    try:
        psycopg.connect(local_url(**words, port=port), connect_timeout=10).close()
    except psycopg.OperationalError as error:
        if "authentication failed" in str(error):
            raise UnableToOpenDatabase(
                f"The server does not know the password in {seat.place.passwords}.",
                "Bring back the file that belongs to these data.",
            ) from error
        return False
    return True


def _pid_file_lines(seat: Seat) -> list[str]:
    """Return what the server wrote about itself, its number first; empty when nothing yet."""
    try:
        lines = _pid_file(seat).read_text().splitlines()
    except FileNotFoundError:
        return []
    return lines if lines and lines[0].strip().isdigit() else []


def _is_ours(process: Process, seat: Seat) -> bool:
    """Say whether we saw it ready, or it says itself that it serves our data."""
    return _seen(seat) == process or f"-D {seat.place.cluster}" in command_of(process.pid)


def _seen(seat: Seat) -> Process:
    if not seat.place.postmaster.exists():
        return Process(0, "")
    return msgspec.json.decode(seat.place.postmaster.read_bytes(), type=Process)


def _pid_file(seat: Seat) -> Path:
    return seat.place.cluster / "postmaster.pid"


def _start_once(seat: Seat, deadline: float) -> bool:
    """Ask once; return whether it runs or may if asked again."""
    _forget_killed(seat)
    log = seat.place.log
    said_before = log.stat().st_size if log.exists() else 0
    options = f"-p {choose_port(seat.place.port)} -c listen_addresses={LOOPBACK}"
    went_well, _ = seat.run(
        "pg_ctl",
        "start",
        *("-D", seat.place.cluster, "-l", log, "-w"),
        *("-t", str(max(1, int(deadline - time.monotonic())))),
        *("-o", f"{options} -c unix_socket_directories='' -c fsync=on"),
    )
    if went_well:
        return True
    time.sleep(0.2)
    said = log.read_bytes()[said_before:] if log.exists() else b""
    return any(word in said for word in PASSING)


def _forget_killed(seat: Seat) -> None:
    """Remove the file of a killed server, whose number is free, a zombie's or a stranger's now.

    PostgreSQL takes a zombie or a stranger for the server and refuses to start while it is there.
    It still finds sessions of the killed one by itself, through the memory of the data directory.
    """
    lines = _pid_file_lines(seat)
    if not lines or find(seat) is not None:
        return
    pid = int(lines[0])
    may_be_a_server = "postgres" in command_of(pid).split(" ")[0]
    if _seen(seat).pid == pid or not may_be_a_server:
        _pid_file(seat).unlink(missing_ok=True)


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-8:]) if log.exists() else ""
