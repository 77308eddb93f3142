"""One seed is one story: at any speed, whoever is killed, wherever it was ended in the middle.

Each run is a process with its own database, small systems and worker, and takes half a minute.
"""

import signal
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from drawbar.world.truth import BillTruth, read_truth
from tests.cli.demo.run_of_demo import DAYS, SEED, Run, business

pytestmark = pytest.mark.system
ASKED = ("--days", str(DAYS), "--size", "small", "--seed", str(SEED), "--json")
DEMO = ("demo", "--exit", "--port", "0")
Figures = dict[str, Any]


def calm(run: Run) -> Figures:
    return run.figures(*DEMO, *ASKED)


def by_the_other_command(run: Run) -> Figures:
    return run.figures("world", "run", *ASKED, "--html", str(run.folder / "report.html"))


def with_kills(run: Run) -> Figures:
    return run.figures(*DEMO, *ASKED, "--kill", "worker,db")


def in_pieces(run: Run) -> Figures:
    """Kill the demo itself with all that it has, end the next one kindly, let the third finish."""
    killed = run.end_in_the_middle(run.start(*DEMO, *ASKED), signal.SIGKILL, day=2)
    resumed = run.start(*DEMO, "--resume", "--json")
    interrupted = run.end_in_the_middle(resumed, signal.SIGINT, day=3)
    assert (killed, interrupted) == (-signal.SIGKILL, 130), run.said()
    return run.figures(*DEMO, "--resume", "--json")


WAYS: tuple[Callable[[Run], Figures], ...] = (calm, by_the_other_command, with_kills, in_pieces)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o711)
        yield Path(made)


@pytest.fixture(scope="module")
def told(folder: Path) -> Iterator[dict[str, Figures]]:
    """Yield the figures of every way to run, two at a time: this is about time, too."""
    runs = {way.__name__: Run(folder / way.__name__) for way in WAYS}
    with ExitStack() as stack, ThreadPoolExecutor(2) as hands:
        for run in runs.values():
            stack.callback(run.close)
        waiting = {way.__name__: hands.submit(way, runs[way.__name__]) for way in WAYS}
        yield {name: one.result() for name, one in waiting.items()}


def test_the_world_has_something_to_judge(told: dict[str, Figures]):
    figures = told["calm"]

    assert figures["orders"] >= 30
    assert figures["bills"] >= 8
    assert figures["invoiced"] > 0
    assert figures["injected_faults"] > 0


@pytest.mark.parametrize("way", [way.__name__ for way in WAYS[1:]])
def test_every_run_of_a_seed_comes_to_the_same(told: dict[str, Figures], way: str):
    assert business(told[way]) == business(told["calm"])


@pytest.mark.parametrize("name", ["false_approvals", "lost", "doubled"])
def test_nothing_goes_wrong(told: dict[str, Figures], name: str):
    assert {way: figures[name] for way, figures in told.items()} == dict.fromkeys(told, 0)


@pytest.mark.parametrize("name", ["ledger_balance", "erp_difference"])
def test_not_a_cent_is_missing(told: dict[str, Figures], name: str):
    assert {way: figures[name] for way, figures in told.items()} == dict.fromkeys(told, "0.00")


def test_worker_and_database_were_killed(told: dict[str, Figures]):
    kills = told["with_kills"]["killed"]

    assert kills.keys() == {"worker", "db"}
    assert min(kills.values()) >= 1


def test_what_was_said_and_owed_is_the_same_to_the_byte(told: dict[str, Figures], folder: Path):
    truths = {way: bills(folder / way) for way in told}

    assert len(truths["calm"]) == told["calm"]["bills"]
    assert all(found == truths["calm"] for found in truths.values())


def bills(folder: Path) -> list[BillTruth]:
    """Return the truth about every bill. Which of two of an instant came first is no matter."""
    file = folder / "data-demo_run-private" / "world" / "truth.jsonl"
    found = (one for one in read_truth(file.read_bytes()) if isinstance(one, BillTruth))
    return sorted(found, key=lambda one: one.key)


def test_a_report_is_written_for_who_asks(told: dict[str, Figures], folder: Path):
    assert told["by_the_other_command"]["bills"] > 0
    report = (folder / "by_the_other_command" / "report.html").read_text()
    assert report.startswith("<!doctype html>")
