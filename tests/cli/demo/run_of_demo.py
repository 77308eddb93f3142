"""A demo that ends, as a process of its own; it may be ended in the middle of a day."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

PATIENCE_SECONDS = 600  # a demo takes half a minute; where others use the cores, many times that
DAYS, SEED = 5, 7
BUT = ("seconds", "killed", "detail")
"""What is no figure of the business."""


class Run:
    """One world on the disk; commands are run in it one after the other."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        folder.chmod(0o711)  # under root the server's account must get through
        self.folder = folder
        self.environ = {**os.environ, "DRAWBAR_DATA": str(folder / "data")}
        self.environ.pop("DATABASE_URL", None)

    @property
    def world(self) -> Path:
        return self.folder / "data-demo_run-private" / "world"

    def start(self, *words: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "drawbar.cli", *words]
        with (self.folder / "said.log").open("ab") as log:
            return subprocess.Popen(
                command, env=self.environ, stdout=subprocess.PIPE, stderr=log, text=True
            )

    def figures(self, *words: str) -> dict[str, Any]:
        """Run a command to its end and return the score."""
        with self.start(*words) as process:
            try:
                told, _ = process.communicate(timeout=PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()  # who is not waited for must not play on
                raise
        assert process.returncode == 0, self.said()
        figures: dict[str, Any] = json.loads(told)
        return figures

    def end_in_the_middle(self, process: "subprocess.Popen[str]", how: int, *, day: int) -> int:
        """Wait until a day of the world has come, end the demo, and return its exit code."""
        until = time.monotonic() + PATIENCE_SECONDS
        while self.now() < f"2026-09-{7 + day:02}":
            assert process.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.05)
        process.send_signal(how)
        process.communicate(timeout=60)
        return process.returncode

    def now(self) -> str:
        """Return what time it is in the world."""
        file = self.world / "conductor" / "score_book.sqlite"
        try:
            with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as book:
                found = book.execute("SELECT value FROM note WHERE name = 'now'").fetchone()
        except sqlite3.OperationalError:  # it is not there yet
            return ""
        return found[0] if found else ""

    def said(self) -> str:
        return (self.folder / "said.log").read_text()[-3000:]

    def close(self) -> None:
        """Stop the database, where somebody who was killed left it."""
        pid = self.folder / "data" / "cluster" / "postmaster.pid"
        if pid.exists():
            os.kill(int(pid.read_text().split()[0]), signal.SIGQUIT)


def business(figures: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of the business."""
    return {name: figure for name, figure in figures.items() if name not in BUT}
