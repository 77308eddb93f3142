"""Small systems as real processes, for whoever tests what talks to them."""

import contextlib
import itertools
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.sshd import Sshd, running


class Process:
    """A small system on a port of its own that can be killed and started again."""

    def __init__(self, name: str, state: Path, *options: str) -> None:
        self._name, self._state, self._options, self._port = name, state, options, 0
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "drawbar.world", self._name]
        options = ["--port", str(self._port), "--state", str(self._state)]
        self._process = subprocess.Popen(
            [*command, *options, *self._options], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.address: str = json.loads(self._process.stdout.readline())["address"]
        self._port = int(self.address.rpartition(":")[2])
        self._client = httpx.Client(base_url=self.address, timeout=10, trust_env=False)

    def ask(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        answer = self._client.request(method, path, json=body, params=query or None)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def fault(self, kind: str, **more: Any) -> None:
        self.ask("POST", "/control/faults", {"kind": kind, **more})

    def recover(self) -> None:
        self.ask("DELETE", "/control/faults")

    def kill(self) -> None:
        self._client.close()
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


@pytest.fixture(scope="session")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Process]]:
    """Return the running small system of a name, started on first use."""
    running: dict[str, Process] = {}

    def process(name: str) -> Process:
        if name not in running:
            running[name] = Process(name, tmp_path_factory.mktemp(name))
        return running[name]

    yield process
    for each in running.values():
        each.kill()


@pytest.fixture
def small(processes: Callable[[str], Process]) -> Iterator[Callable[[str], Process]]:
    """Return a running small system, well again when the test is over."""
    used: list[Process] = []

    def well(name: str) -> Process:
        used.append(processes(name))
        return used[-1]

    yield well
    for process in used:
        with contextlib.suppress(httpx.HTTPError):
            process.recover()
            process.ask("POST", "/control/clock", {"now": None})


@pytest.fixture(scope="session")
def folder_carriers(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[..., tuple[Process, Path]]]:
    """Return a carrier over folders, and the folder in which ``in`` and ``out`` are ours."""
    running: dict[tuple[str, ...], tuple[Process, Path]] = {}

    def carrier(kind: str, *options: str) -> tuple[Process, Path]:
        if (kind, *options) not in running:
            shared = tmp_path_factory.mktemp("mail")
            folders = ["--inbox", str(shared / "out"), "--outbox", str(shared / "in")]
            process = Process(kind, tmp_path_factory.mktemp("carrier"), *folders, *options)
            running[(kind, *options)] = (process, shared)
        return running[(kind, *options)]

    yield carrier
    for process, _ in running.values():
        process.kill()


@pytest.fixture(scope="session")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """Return a server for many tests: whoever kills or changes one starts its own."""
    with running(Sshd(tmp_path_factory.mktemp("sshd"))) as server:
        yield server


_numbers = itertools.count(1)


@pytest.fixture
def number() -> int:
    """Return a number that no other test has."""
    return next(_numbers)
