"""A visitor takes a neighbour away, brings it back, kills the worker of the demo that runs."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result

from drawbar.cli.commands import main
from drawbar.cli.demo.breaking import FILE, NEIGHBOURS, tell_where
from drawbar.cli.demo.company import CARRIERS
from drawbar.cli.own_folder import own_folder
from drawbar.cli.world_worker import PID_FILE
from tests.world.conductor.conftest import world
from tests.world.conductor.theatre import Theatre

__all__ = ["world"]
Demo = Callable[..., Result]
ADDRESS = "http://127.0.0.1:8080"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"DRAWBAR_DATA": str(tmp_path / "data")}


@pytest.fixture
def place(environ: dict[str, str]) -> Path:
    """Return the folder of the world that the demo would play in."""
    made = own_folder("demo", environ) / "world"
    made.mkdir()
    return made


@pytest.fixture
def demo(environ: dict[str, str]) -> Demo:
    return lambda *words: CliRunner(env=environ).invoke(main, ["demo", *words])


@pytest.fixture
def running(world: Theatre, place: Path) -> Theatre:
    """Return a demo that runs: every system is played by the ones that there are."""
    addresses = {name: one.address for name, one in world.listeners.items()}
    tell_where(place, systems=addresses, pages=ADDRESS)
    return world


def is_there(address: str) -> bool:
    try:
        return httpx.get(f"{address}/events").is_success
    except httpx.HTTPError:
        return False


def test_a_neighbour_is_taken_away_and_brought_back(demo, running):
    carrier = running.listeners["northlake"].address
    broken, away = demo("break", "carrier"), is_there(carrier)
    healed, back = demo("heal", "carrier"), is_there(carrier)

    assert (broken.exit_code, away) == (0, False)
    assert (healed.exit_code, back) == (0, True)


@pytest.mark.parametrize(("word", "said"), [("break", "away"), ("heal", "back")])
def test_it_says_where_to_look_and_answers_a_program(demo, running, word, said):
    told = demo(word, "erp")
    answered = demo(word, "erp", "--json")

    assert f"{ADDRESS}/lanes" in told.stderr
    assert told.stdout == ""
    assert json.loads(answered.stdout) == {said: "erp", "systems": ["erp"]}


def test_every_system_that_can_be_taken_away_plays():
    taken = {system for systems, _, _ in NEIGHBOURS.values() for system in systems}

    assert taken <= {"erp", *CARRIERS.values()}


@pytest.fixture
def worker(place: Path) -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as started:
        (place / PID_FILE).write_text(str(started.pid))
        yield started
        started.kill()


def test_the_worker_is_killed_as_by_a_power_cut(demo, running, worker):
    told = demo("kill-worker", "--json")

    assert worker.wait(timeout=10) == -signal.SIGKILL
    assert json.loads(told.stdout) == {"killed": worker.pid}


def test_a_worker_that_is_just_being_started_is_not_killed(demo, running, worker):
    worker.kill()
    worker.wait()

    assert demo("kill-worker").exit_code == 5


@pytest.mark.parametrize(
    "words", [("break", "erp"), ("heal", "edi"), ("kill-worker",)], ids=" ".join
)
def test_without_a_demo_there_is_nothing_to_break(demo, place, words):
    told = demo(*words)

    assert (told.exit_code, "make demo" in told.stderr) == (7, True)


def test_a_demo_that_was_killed_does_not_run(demo, place):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (place / FILE).write_text(json.dumps({"pid": gone.pid, "systems": {}, "pages": ADDRESS}))

    assert demo("break", "erp").exit_code == 7
    assert os.getpid() != gone.pid
