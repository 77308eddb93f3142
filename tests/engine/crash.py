"""A worker that is killed at a named point: run as a program of its own."""

import importlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from drawbar.connectors.port import Sending
from drawbar.engine import Engine, Intake
from drawbar.freight.delivery import Confirmed, Outcome
from drawbar.records.session import open_pool
from tests.engine.database import HandClock, read_lines, told
from tests.engine.far_side import Warehouse, deliverer
from tests.engine.toy import Toy, payment, release

MESSAGE = Intake(
    channel="toy",
    sender="globex",
    body=told(release("SO-1"), payment("P-1")),
    content_type="text/plain",
    key="K-1",
)


class Ledger(Warehouse):
    """A warehouse that writes down what it did, so that it outlives whoever asked."""

    def __init__(self, book: Path) -> None:
        super().__init__()
        self.book = book

    def reserve(self, sending: Sending) -> Outcome:
        with self.book.open("a") as book:
            book.write(f"{sending.business_key}\n")
        return Confirmed(document=f"D-{sending.business_key}", said=b"done")

    def find(self, kind: str, business_key: str) -> tuple[str, ...]:
        lines = self.book.read_text().splitlines() if self.book.exists() else []
        return tuple(f"D-{line}" for line in lines if line == business_key)


def do_everything(url: str, book: Path, clock: HandClock) -> None:
    """Take the message, work, deliver, until nothing is left."""
    with open_pool(url, size=2) as pool:
        engine = Engine(pool, Toy(), clock, {"toy": read_lines})
        engine.take([MESSAGE])
        engine.run_until_idle()
        worker = deliverer(engine, Ledger(book))
        worker.deliver_until_idle()
        worker.close()


def die_at(point: str) -> None:
    """Kill this process before or after the named function, the first time that it is called."""
    when, path = point.split(" ")
    module, *names = path.split(":")
    owner: Any = importlib.import_module(module)
    for name in names[:-1]:
        owner = getattr(owner, name)
    whole: Callable[..., Any] = getattr(owner, names[-1])

    def deadly(*args: Any, **values: Any) -> Any:
        if when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = whole(*args, **values)
        os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, names[-1], deadly)


if __name__ == "__main__":
    die_at(sys.argv[1])
    do_everything(sys.argv[2], Path(sys.argv[3]), HandClock())
