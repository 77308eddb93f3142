"""The command ``drawbar demo`` and what can be done to a demo that runs."""

import json
import os
import shutil
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from drawbar.cli.demo.breaking import break_neighbour, heal_neighbour, kill_worker
from drawbar.cli.options import CONFLICT, FAILED, fail, json_option

NAME = "demo"
SEED = 7
FIRST_DAY = date(2026, 9, 7)
"""The Monday on which a world begins that ends by itself: every run of a seed is the same."""

HISTORY_DAYS = 30
SIZES = {"small": 8, "medium": 25, "large": 60}


@click.group(invoke_without_command=True)
@click.option("--port", default=8080, show_default=True, help="0 takes any free one.")
@click.option("--seed", default=SEED, show_default=True, help="Another seed is another world.")
@click.option("--size", type=click.Choice(list(SIZES)), help="How many loads a day: 8, 25 or 60.")
@click.option("--days", type=click.IntRange(1, 90), help="How many days of history.")
@click.option("--speed", default=60.0, show_default=True, help="World minutes a real minute.")
@click.option("--exit", "ends", is_flag=True, help="End after the history, with the score.")
@click.option("--kill", default="", help="worker, db or both by a comma: kill -9 on the way.")
@click.option("--reset", is_flag=True, help="Begin anew: forget the world and its database.")
@click.option("--resume", is_flag=True, help="Go on where the last one stopped (the default).")
@json_option
@click.pass_context
def demo(ctx: click.Context, /, **told: Any) -> None:
    """See Drawbar at work in a world that lives: orders, trucks, bills, and what goes wrong.

    The ERP, the warehouse, five carriers and the telematics are small programs that this command
    starts; they speak to Drawbar over HTTP, X12 and CSV files, as real ones do. Ctrl-C ends
    everything; the next demo goes on where this one stopped.
    """
    if ctx.invoked_subcommand is None:
        _demo(**told)


demo.add_command(break_neighbour)
demo.add_command(heal_neighbour)
demo.add_command(kill_worker)


def _demo(*, port: int, ends: bool, as_json: bool, reset: bool, **told: Any) -> None:
    from drawbar.cli.demo.run import running  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.demo.score import told_score  # noqa: PLC0415
    from drawbar.cli.demo.watch import watch  # noqa: PLC0415

    began = time.monotonic()
    wish = _wish(ends=ends, reset=reset, **told)
    with running(wish, port=port) as demo_running:
        if not ends:
            watch(demo_running, wish, began=began)
            return
        demo_running.play.start()
        demo_running.play.ended.wait()
        if demo_running.play.fault:
            fail(f"The world stood still: {demo_running.play.fault}", code=FAILED)
        click.echo(told_score(demo_running, wish, time.monotonic() - began, as_json=as_json))


def _wish(
    *,
    seed: int,
    size: str | None,
    days: int | None,
    speed: float,
    ends: bool,
    kill: str,
    reset: bool,
    resume: bool,
) -> Any:
    """Return what is wanted; a world that was begun goes on as it began."""
    from drawbar.cli.demo.run import Wish  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.own_folder import own_folder  # noqa: PLC0415

    name = f"{NAME}_run" if ends else NAME
    world = own_folder(name, os.environ) / "world"
    if reset or (ends and not resume):
        _forget(name, world)
    kept = world / "wish.json"
    if kept.exists():
        told = json.loads(kept.read_text())
    else:
        first = FIRST_DAY if ends else _today() - timedelta(days=days or HISTORY_DAYS)
        told = {
            "seed": seed,
            "loads_per_day": SIZES[size or ("medium" if ends else "small")],
            "begins_on": first.isoformat(),
            "days": days or HISTORY_DAYS,
        }
        world.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(told))
    return Wish(
        name=name,
        folder=world,
        seed=told["seed"],
        loads_per_day=told["loads_per_day"],
        begins_on=date.fromisoformat(told["begins_on"]),
        days=told["days"],
        speed=None if ends else speed,
        kill=tuple(one.strip() for one in kill.split(",") if one.strip()),
    )


def _today() -> date:
    return datetime.now().astimezone().date()  # noqa: TID251 - a world begins in our time


def _forget(name: str, world: Path) -> None:
    from drawbar.cli.demo.reset import (  # noqa: PLC0415 - --help stays fast
        NotADemo,
        StillInUse,
        forget_database,
    )

    try:
        forget_database(name, os.environ)
    except (NotADemo, StillInUse) as error:
        fail(str(error), code=CONFLICT)
    shutil.rmtree(world, ignore_errors=True)
