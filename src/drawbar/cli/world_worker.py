"""The worker of a world as its keeper sees it: told the time, killed, started anew.

What it had begun is in the database: told the same instant again, it does the rest.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path

TRIES = 5
PID_FILE = "worker.pid"


class WorkerGone(RuntimeError):
    """The worker ends again and again at the same instant. What it said is on stderr."""


class WorldWorker:
    """One worker on one database. Use it from one thread; ``kill`` may come from any."""

    def __init__(
        self,
        company: Path,
        database: str,
        environ: Mapping[str, str],
        *,
        place: Path,
        handed: Sequence[int] = (),
    ) -> None:
        """Work for the firm of ``company``; it starts when it is first told the time.

        The number of its process stands in a file in ``place``. ``handed`` are open files that it
        holds as long as it lives.
        """
        self._handed = tuple(handed)
        self._pid_file = place / PID_FILE
        self._command = [
            *(sys.executable, "-m", "drawbar.cli.paced_worker"),
            *("--company", str(company), "--database", database),
        ]
        self._environ = dict(environ)
        self._process: subprocess.Popen[str] | None = None
        self.deaths = 0
        self.next_due: datetime | None = None

    def settle(self, now: datetime, news: Collection[str]) -> Collection[str]:
        """Do all work of ``now``, also when killed; return who was told something by its end.

        Raise ``WorkerGone``.
        """
        line = json.dumps({"now": now.isoformat(), "news": sorted(news)}) + "\n"
        for _ in range(TRIES):
            told = self._ask(line)
            if told is not None:
                return told
            self.deaths += 1
            self.close()
        raise WorkerGone(f"the worker ended {TRIES} times at {now}")

    def kill(self) -> bool:
        """Kill it as a power cut would; false where there is none."""
        process = self._process
        if process is None or process.poll() is not None:
            return False
        os.kill(process.pid, signal.SIGKILL)
        return True

    def close(self) -> None:
        """Let it end."""
        if self._process is None:
            return
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with contextlib.suppress(BrokenPipeError):  # it may be dead already
            self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()
        self._process = None

    def _ask(self, line: str) -> Collection[str] | None:
        """Tell it the time; None where it died before it had done everything."""
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - our own program, no shell
                self._command,
                env=self._environ,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                pass_fds=self._handed,
                process_group=0,  # Ctrl-C is for the demo, which lets it end its work
            )
            self._pid_file.write_text(str(self._process.pid))
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
        except BrokenPipeError:
            return None
        answer = self._process.stdout.readline()
        if not answer:
            return None
        done = json.loads(answer)
        self.next_due = datetime.fromisoformat(done["next_due"]) if done["next_due"] else None
        told: list[str] = done["told"]
        return told
