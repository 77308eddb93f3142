"""The small systems together: each a process of its own, started and stopped as one.

What they remember is in their state folders, so a troupe that starts again goes on.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self
from urllib.request import Request, urlopen

from msgspec import Struct

START_SECONDS = 20


class Player(Struct, frozen=True, kw_only=True):
    """One system to start: its kind, where it remembers, and what else it is told."""

    kind: str
    state: Path
    options: tuple[str, ...] = ()


class Running:
    """One small system at work."""

    def __init__(self, player: Player) -> None:
        """Let it start; it is there when ``wait_for_it`` returns."""
        self._player, self._port = player, 0
        self.address = ""
        self._begin()

    def start(self) -> None:
        """Start it, on the port that it had before if it had one. Raise ``UnableToStart``."""
        self._begin()
        self.wait_for_it()

    def _begin(self) -> None:
        self._player.state.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "drawbar.world", self._player.kind]
        where = ["--port", str(self._port), "--state", str(self._player.state)]
        self.process = subprocess.Popen(  # noqa: S603 - our own program, no shell
            [*command, *where, *self._player.options],
            stdout=subprocess.PIPE,
            text=True,
            process_group=0,  # Ctrl-C is for whoever started it, who ends it in order
        )

    def wait_for_it(self) -> None:
        """Wait until it listens. Raise ``UnableToStart``."""
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        if not said:
            raise UnableToStart(f"{self._player.kind} ended before it was ready")
        self.address = json.loads(said)["address"]
        self._port = int(self.address.rpartition(":")[2])

    def tell(self, path: str, body: Any, *, method: str = "POST") -> Any:
        """Tell it something at its desk and return the answer. Raise ``OSError``."""
        question = Request(  # noqa: S310 - an address on this machine
            self.address + path,
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
            method=method,
        )
        with urlopen(question, timeout=START_SECONDS) as answer:  # noqa: S310 - as above
            return json.loads(answer.read() or b"null")

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


class UnableToStart(RuntimeError):
    """A small system did not start; what it said is on stderr."""


class Troupe:
    """All small systems, by the names that the firm calls them."""

    def __init__(self, players: Mapping[str, Player]) -> None:
        """Start everybody, all beside each other."""
        self.running: dict[str, Running] = {}
        try:
            for name, player in players.items():
                self.running[name] = Running(player)
            for one in self.running.values():
                one.wait_for_it()
        except BaseException:
            self.close()
            raise

    def __getitem__(self, name: str) -> Running:
        return self.running[name]

    def close(self) -> None:
        """Send everybody home."""
        for player in self.running.values():
            player.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
