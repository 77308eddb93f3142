"""A world that was begun goes on as it began; one that ends is the same for every run of a seed."""

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from drawbar.cli.demo.run import DAYS_AHEAD
from drawbar.cli.demo.wishing import FIRST_DAY, Told, wish_of
from drawbar.engine import SystemClock


@pytest.fixture(autouse=True)
def own_place(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)  # under root the server's account must get through
        monkeypatch.setenv("DRAWBAR_DATA", str(Path(folder, "data")))
        monkeypatch.delenv("DATABASE_URL", raising=False)
        yield


def told(**more) -> Told:
    return Told(**({"seed": 7, "size": None, "days": None, "speed": None} | more))


def test_a_world_that_ends_begins_on_the_same_monday_always():
    wish = wish_of(told(days=14))

    assert (wish.begins_on, wish.days, wish.loads_per_day) == (FIRST_DAY, 14, 25)
    assert FIRST_DAY.weekday() == 0


def test_a_world_that_lives_has_its_history_behind_it_and_days_ahead():
    wish = wish_of(told(speed=60.0))

    lived = SystemClock().now() - wish.script.begins_at
    assert timedelta(days=wish.days - 1) < lived < timedelta(days=wish.days + 2)
    assert wish.loads_per_day == 8
    assert wish.asked.days == wish.days + DAYS_AHEAD


def test_the_two_kinds_of_world_do_not_share_a_place():
    assert wish_of(told()).folder != wish_of(told(speed=60.0)).folder
    assert wish_of(told()).name != wish_of(told(speed=60.0)).name


def test_a_world_goes_on_as_it_began_whatever_is_told_later():
    first = wish_of(told(seed=3, size="large", days=5))
    later = wish_of(told(seed=4, size="small", days=9))

    assert later == first


def test_begun_anew_it_is_what_is_told_now():
    wish_of(told(seed=3, size="large", days=5))
    anew = wish_of(told(seed=4, size="small", days=9, anew=True))

    assert (anew.seed, anew.loads_per_day, anew.days) == (4, 8, 9)


def test_speed_and_kills_are_of_this_run_alone():
    wish_of(told(speed=60.0))
    later = wish_of(told(speed=600.0, kill=("worker",)))

    assert (later.speed, later.kill) == (600.0, ("worker",))


def test_begun_anew_nothing_of_the_old_world_is_left():
    old = wish_of(told()).folder
    (old / "truth.jsonl").write_text("{}")
    wish_of(told(anew=True))

    assert [file.name for file in old.iterdir()] == ["wish.json"]


@pytest.mark.needs("root")
def test_where_no_database_can_be_a_clear_word_is_said(monkeypatch, capsys, tmp_path):
    tmp_path.chmod(0o700)
    monkeypatch.setenv("DRAWBAR_DATA", str(tmp_path / "data"))

    with pytest.raises(SystemExit) as ended:
        wish_of(told(anew=True))
    assert ended.value.code == 7
    assert "DRAWBAR_DATA" in capsys.readouterr().err


def test_a_database_that_is_not_ours_is_not_dropped(monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")

    with pytest.raises(SystemExit) as ended:
        wish_of(told(anew=True))
    assert ended.value.code == 5
    assert "DATABASE_URL" in capsys.readouterr().err
