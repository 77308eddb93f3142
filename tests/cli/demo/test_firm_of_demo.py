"""The firm before its world: who was killed may have told anybody something, so all listen."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from drawbar.cli.demo.door import Door
from drawbar.cli.demo.firm import EVERYBODY, DemoFirm
from drawbar.cli.demo.mischief import Mischief
from drawbar.cli.world_worker import WorldWorker
from drawbar.engine import SetClock
from tests.cli.demo.test_world_worker import CHILD

NOW = datetime(2026, 9, 7, 6, 0, tzinfo=UTC)


class Stand:
    """A firm whose worker tells northlake something at every instant, and dies at the first few."""

    def __init__(self, folder: Path, *, deaths: int) -> None:
        self.worker = WorldWorker(folder, "demo", {}, place=folder)
        diary = str(folder / "diary")
        self.worker._command = [sys.executable, "-c", CHILD, diary, str(deaths)]
        self.clock = SetClock(NOW)

    def firm(self, mischief: Mischief) -> DemoFirm:
        return DemoFirm(
            None,  # type: ignore[arg-type]  # only a dead database asks for it
            clock=self.clock,
            worker=self.worker,
            door=Door("http://127.0.0.1:9", ""),
            mischief=mischief,
        )


@pytest.mark.parametrize(
    ("deaths", "expected"),
    [(0, ["northlake"]), (1, list(EVERYBODY))],
    ids=["nobody died", "killed from outside"],
)
def test_after_a_death_everybody_listens(tmp_path, deaths, expected):
    stand = Stand(tmp_path, deaths=deaths)
    firm = stand.firm(Mischief(7, {}))
    first = firm.settle(NOW, [])
    second = firm.settle(NOW, [])
    stand.worker.close()

    assert list(first) == expected
    assert list(second) == ["northlake"]


def test_pages_and_worker_are_told_the_same_time(tmp_path):
    stand = Stand(tmp_path, deaths=0)
    firm = stand.firm(Mischief(7, {}))
    later = NOW.replace(hour=9)
    firm.settle(later, [])
    stand.worker.close()

    assert stand.clock.now() == later
    assert firm.next_due() == NOW.replace(hour=7)  # as the worker said


def test_whoever_is_struck_is_not_trusted_to_have_said_whom_it_told(tmp_path):
    stand = Stand(tmp_path, deaths=0)
    mischief = Mischief(7, {"worker": lambda: None})
    firm = stand.firm(mischief)
    told = []
    while not mischief.kills["worker"]:
        told.append(list(firm.settle(NOW, [])))
    stand.worker.close()

    assert told[-1] == list(EVERYBODY)
    assert all(one == ["northlake"] for one in told[:-1])
