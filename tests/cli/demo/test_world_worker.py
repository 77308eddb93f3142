"""A worker that is killed is started again and does the rest; one that cannot live is told of."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from drawbar.cli import world_worker
from drawbar.cli.world_worker import WorkerGone, WorldWorker

NOW = datetime(2026, 9, 7, 6, 0, tzinfo=UTC)
CHILD = """
import json, os, signal, sys
diary = open(sys.argv[1], "a")
for line in sys.stdin:
    told = json.loads(line)
    diary.write(str(os.getpid()) + " " + ",".join(told["news"]) + chr(10))
    diary.flush()
    if len(open(sys.argv[1]).readlines()) <= int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    print(json.dumps({"told": ["northlake"], "next_due": "2026-09-07T07:00:00Z"}), flush=True)
"""
"""A worker that dies at the first so many instants that it is told."""


class Diary:
    """What such workers did, and one of them."""

    def __init__(self, folder: Path, *, deaths: int = 0) -> None:
        self._file = folder / "diary"
        self.worker = WorldWorker(folder, "demo", {}, place=folder)
        self.worker._command = [sys.executable, "-c", CHILD, str(self._file), str(deaths)]

    def lines(self) -> list[tuple[str, str]]:
        return [
            (pid, news)
            for pid, _, news in (one.partition(" ") for one in self._file.read_text().splitlines())
        ]


def settled(diary: Diary, *news: str):
    try:
        return diary.worker.settle(NOW, news)
    finally:
        diary.worker.close()


def test_a_worker_does_what_it_is_told_and_says_when_it_is_due(tmp_path):
    diary = Diary(tmp_path)

    assert list(settled(diary, "erp", "abcd")) == ["northlake"]
    assert [news for _, news in diary.lines()] == ["abcd,erp"]
    assert diary.worker.next_due == NOW.replace(hour=7)


def test_one_worker_does_one_instant_after_the_other(tmp_path):
    diary = Diary(tmp_path)
    diary.worker.settle(NOW, [])
    pid = (tmp_path / world_worker.PID_FILE).read_text()
    settled(diary)

    assert {one for one, _ in diary.lines()} == {pid}


@pytest.mark.parametrize("deaths", [1, 4])
def test_a_worker_that_was_killed_is_started_again_and_told_the_same(tmp_path, deaths):
    diary = Diary(tmp_path, deaths=deaths)

    assert list(settled(diary, "erp")) == ["northlake"]
    assert [news for _, news in diary.lines()] == ["erp"] * (deaths + 1)
    assert len({pid for pid, _ in diary.lines()}) == deaths + 1
    assert diary.worker.deaths == deaths


def test_five_deaths_at_one_instant_end_it(tmp_path):
    diary = Diary(tmp_path, deaths=5)

    with pytest.raises(WorkerGone, match="5 times"):
        settled(diary)
    assert len(diary.lines()) == 5


def test_deaths_at_other_instants_do_not_add_up(tmp_path):
    diary = Diary(tmp_path)
    for _ in range(7):
        diary.worker.settle(NOW, [])
        assert diary.worker.kill()
        diary.worker._process.wait()
    settled(diary)

    assert diary.worker.deaths == 7


def test_where_there_is_no_worker_none_is_killed(tmp_path):
    assert not Diary(tmp_path).worker.kill()
