"""Mischief is drawn from the seed: the same seed strikes at the same turns."""

from collections import Counter

import pytest

from drawbar.cli.demo.mischief import EVERY_TURNS, Mischief, kill_database


def strikes(seed: int, *, turns: int) -> list[tuple[int, str]]:
    """Return in which turns who was struck."""
    struck: list[tuple[int, str]] = []
    turn = 0
    mischief = Mischief(
        seed, {name: lambda name=name: struck.append((turn, name)) for name in ("worker", "db")}
    )
    for turn in range(turns):  # noqa: B007 - the victims look at it
        with mischief.about():
            pass
    assert mischief.kills == {"worker": 0, "db": 0} | Counter(name for _, name in struck)
    return struck


def test_the_same_seed_strikes_the_same_turns():
    first = strikes(7, turns=6 * EVERY_TURNS)

    assert first
    assert strikes(7, turns=6 * EVERY_TURNS) == first
    assert strikes(8, turns=6 * EVERY_TURNS) != first


def test_whoever_is_struck_is_struck_while_the_block_runs():
    struck: list[str] = []
    mischief = Mischief(7, {"worker": lambda: struck.append("worker")})
    for _ in range(4 * EVERY_TURNS):
        before = len(struck)
        with mischief.about() as is_struck:
            pass
        assert len(struck) - before == is_struck

    assert struck


def test_a_dead_database_is_told_and_a_dead_worker_is_not():
    worker, db = Mischief(7, {"worker": lambda: None}), Mischief(7, {"db": lambda: None})
    for mischief in (worker, db):
        while not sum(mischief.kills.values()):
            with mischief.about():
                pass

    assert (worker.is_database_dead, db.is_database_dead) == (False, True)


def test_without_victims_nobody_is_harmed():
    mischief = Mischief(7, {})
    for _ in range(3 * EVERY_TURNS):
        with mischief.about() as is_struck:
            assert not is_struck

    assert mischief.kills == {}


@pytest.mark.parametrize("name", ["cluster", "none"])
def test_a_database_that_does_not_run_is_not_killed(tmp_path, name):
    assert not kill_database(tmp_path / name)
