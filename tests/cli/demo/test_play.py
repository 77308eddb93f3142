"""History goes from one thing that happens to the next, on a grid; then the world lives."""

import time
from datetime import timedelta

import pytest

from drawbar.cli.demo.play import HISTORY_TICK, LIVE_TICK, Play, Script
from tests.world.conductor.conftest import world
from tests.world.conductor.theatre import BEGIN, DAY, Theatre, the_plan

__all__ = ["world"]
PATIENCE_SECONDS = 60
END = BEGIN + DAY


def play(world: Theatre, *, until=END, speed: float | None = None) -> Play:
    return Play(world.conductor, Script(begins_at=BEGIN, live_at=until, speed=speed))


def played(playing: Play) -> Play:
    playing.start()
    assert playing.ended.wait(PATIENCE_SECONDS)
    assert playing.fault is None
    return playing


def instants(world: Theatre):
    return list(dict.fromkeys(now for now, _ in world.firm.settled))


def test_history_ends_where_it_was_to_end(world):
    assert played(play(world)).now == END


def test_history_goes_from_one_thing_that_happens_to_the_next_on_the_grid(world):
    played(play(world))
    seen = instants(world)
    expected = {one.entered_at for one in the_plan().orders if one.entered_at < END}

    assert seen == sorted(set(seen))
    assert all((one - BEGIN) % HISTORY_TICK == timedelta(0) for one in seen)
    for entered in expected:
        assert any(timedelta(0) <= one - entered < HISTORY_TICK for one in seen)
    assert len(seen) < DAY / HISTORY_TICK / 2  # where nothing happens nobody is asked


def test_the_firm_is_asked_when_it_is_due_by_itself(world):
    world.firm.due = BEGIN + timedelta(minutes=5)

    def once():
        world.firm.due = None
        return ()

    world.firm.at_rest = [once]
    played(play(world))

    assert instants(world)[0] == BEGIN + HISTORY_TICK


def test_progress_is_told_until_the_world_is_live(world):
    playing = play(world, until=BEGIN + 3 * DAY)
    at_first = playing.progress
    world.firm.at_rest = [lambda: told.append(playing.progress) or ()] * 400
    told: list[str] = []
    played(playing)

    assert at_first == "Building history: day 1 of 3"
    assert "Building history: day 3 of 3" in told
    assert playing.progress == ""


def test_what_is_to_be_done_when_history_is_over_is_done_once_and_then(world):
    seen = []
    playing = play(world)
    playing.on_live = seen.append
    played(playing)

    assert seen == [END]


def test_a_play_that_is_stopped_goes_on_where_it_was(world):
    playing = play(world)

    def stop():
        playing._over.set()
        return ()

    world.firm.at_rest = [lambda: (), lambda: (), stop]
    stopped_at = played(playing).now
    world.reopen()
    again = play(world)
    begins_at = again.now
    played(again)

    assert BEGIN < stopped_at < END
    assert begins_at == stopped_at
    assert again.now == END


def test_a_turn_that_was_cut_short_is_taken_again_at_its_instant(world):
    def power_cut():
        raise RuntimeError("power cut")

    world.firm.at_rest = [lambda: (), power_cut]
    cut = play(world)
    cut.start()
    assert cut.ended.wait(PATIENCE_SECONDS)
    cut_at = world.firm.settled[-1][0]
    seen = len(world.firm.settled)
    world.reopen()
    played(play(world))

    assert isinstance(cut.fault, RuntimeError)
    assert world.firm.settled[seen][0] == cut_at


def test_a_live_world_takes_a_turn_a_minute_until_it_is_stopped(world):
    playing = play(world, until=BEGIN + HISTORY_TICK, speed=60_000)

    def stop():
        if playing.now >= BEGIN + HISTORY_TICK + 5 * LIVE_TICK:
            playing._over.set()
        return ()

    world.firm.at_rest = [stop] * 50
    played(playing)
    steps = {
        late - early for early, late in zip(instants(world)[1:], instants(world)[2:], strict=False)
    }

    assert steps == {LIVE_TICK}


@pytest.mark.parametrize("speed", [600.0, 6000.0])
def test_a_live_world_is_as_fast_as_it_was_told_and_no_faster(world, speed):
    playing = play(world, until=BEGIN + HISTORY_TICK, speed=speed)
    began: list[float] = []
    playing.on_live = lambda _: began.append(time.monotonic())
    playing.start()
    while playing.now < BEGIN + HISTORY_TICK + timedelta(minutes=6):
        time.sleep(0.005)
    took = time.monotonic() - began[0]
    playing.stop()

    assert took >= 5 * 60 / speed
