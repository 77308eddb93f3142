"""Two demos never play in one world, nor a demo beside the worker of one that was killed."""

import subprocess
import sys

import pytest

from drawbar.cli.demo.alone import WorldInUse, alone_in


def test_a_second_demo_is_told_that_there_is_one(tmp_path):
    second = alone_in(tmp_path, patience_seconds=0)
    with alone_in(tmp_path), pytest.raises(WorldInUse, match="Ctrl-C"), second:
        pytest.fail("two demos in one world")


def test_the_world_is_free_when_the_demo_has_ended(tmp_path):
    for _ in range(2):
        with alone_in(tmp_path, patience_seconds=0):
            pass


def test_a_worker_that_lives_on_keeps_the_world_until_it_ends(tmp_path):
    with alone_in(tmp_path) as lock:
        worker = subprocess.Popen(
            [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=[lock]
        )
    with pytest.raises(WorldInUse), alone_in(tmp_path, patience_seconds=0):
        pytest.fail("the worker still works")
    worker.communicate(b"\n")

    with alone_in(tmp_path, patience_seconds=0):
        pass
