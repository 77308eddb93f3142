"""A real OpenSSH server on the loopback address, for one test or for many, and a cable to it."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SBIN = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
SSHD = shutil.which("sshd", path=SBIN)
RUN = Path("/run/sshd")


def keygen(file: Path, *, kind: str = "ed25519", passphrase: str = "") -> Path:
    command = ["ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-C", "", "-f", str(file)]
    subprocess.run(command, check=True)
    return file


def fingerprint(key: Path) -> str:
    command = ["ssh-keygen", "-l", "-f", f"{key}.pub"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[1]


class Sshd:
    """A server that lets one key in, as ``user``; it can be killed, started again, and re-keyed."""

    def __init__(self, folder: Path, *lines: str, user: str = "", run_as: str = "") -> None:
        self.folder, self._lines, self._run_as = folder, lines, run_as
        self.user = user or run_as or pwd.getpwuid(os.geteuid()).pw_name
        self.host_key = keygen(folder / "host_key")
        self.key_file = keygen(folder / "client_key")
        self.port = free_port()
        (folder / "allowed").write_text((folder / "client_key.pub").read_text())
        (folder / "allowed").chmod(0o644)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def config(self) -> str:
        return "\n".join(
            (
                f"Port {self.port}",
                "ListenAddress 127.0.0.1",
                f"HostKey {self.host_key}",
                f"AuthorizedKeysFile {self.folder}/allowed",
                "StrictModes no",
                "UsePAM no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "PermitRootLogin prohibit-password",
                "PidFile none",
                "MaxStartups 100",
                "Subsystem sftp internal-sftp",
                *self._lines,
                "",
            )
        )

    def start(self) -> None:
        assert SSHD is not None
        if os.geteuid() == 0:
            RUN.mkdir(exist_ok=True)
        (self.folder / "config").write_text(self.config)
        command = [SSHD, "-D", "-e", "-f", str(self.folder / "config")]
        log = (self.folder / "log").open("ab")
        more: dict[str, Any] = {"user": self._run_as} if self._run_as else {}
        self._process = subprocess.Popen(command, stdout=log, stderr=log, **more)
        log.close()
        until = time.monotonic() + 20
        while not answers(self.port):
            assert self._process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < until
            time.sleep(0.05)

    def kill(self) -> None:
        """Kill the server with every session that it has open."""
        if self._process is None:
            return
        for pid in (*descendants(self._process.pid), self._process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def change_host_key(self) -> None:
        for file in (self.host_key, Path(f"{self.host_key}.pub")):
            file.unlink()
        keygen(self.host_key)

    def settings(self, **more: Any) -> dict[str, Any]:
        """Return what a firm writes about its wire to this server."""
        said = {
            "host": "127.0.0.1",
            "port": self.port,
            "user": self.user,
            "host_keys": [fingerprint(self.host_key)],
            "key_file": str(self.key_file),
            "connect_seconds": 5,
            "answer_seconds": 5,
        }
        return {"sftp": said | more}


class Cable:
    """What lies between us and the server: it can be cut, also after so many bytes."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._left: dict[str, int] = {}
        self._holds = False
        self._ends: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.connections = 0
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def cut_after(self, **left: int) -> None:
        """Cut when so many more bytes came of ``ours`` or of ``theirs``."""
        self._left = left

    def hold_after(self, **left: int) -> None:
        """Carry nothing more, and say nothing, after so many more bytes of ``ours``."""
        self._left, self._holds = left, True

    def mend(self) -> None:
        self._left, self._holds = {}, False
        self.cut()

    def cut(self) -> None:
        for end in self._ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes whoever waits for a connection
        self._accepting.join()
        self._listener.close()
        self.cut()
        for end in self._ends:
            end.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                self.connections += 1
                try:
                    far = socket.create_connection(("127.0.0.1", self._to))
                except OSError:
                    near.close()
                    continue
                self._ends += [near, far]
                for ends in ((near, far, "ours"), (far, near, "theirs")):
                    threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, whose: str) -> None:
        with contextlib.suppress(OSError):
            while some := source.recv(4 * 1024):
                if self._spend(whose, len(some)):
                    while self._holds:
                        time.sleep(0.05)
                    break
                target.sendall(some)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _spend(self, whose: str, size: int) -> bool:
        """Say whether the cable is cut now."""
        if whose not in self._left:
            return False
        self._left[whose] = max(0, self._left[whose] - size)
        return self._left[whose] == 0


@contextlib.contextmanager
def running(server: Sshd) -> Iterator[Sshd]:
    server.start()
    try:
        yield server
    finally:
        server.kill()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as near:
            return near.recv(4) == b"SSH-"
    except OSError:
        return False


def descendants(pid: int) -> tuple[int, ...]:
    """Return the processes that a process began, the youngest first."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError, IndexError):
            stat = (entry / "stat").read_text()
            parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry.name))
    found: list[int] = []
    for child in parents.get(pid, ()):
        found += [*descendants(child), child]
    return tuple(found)
