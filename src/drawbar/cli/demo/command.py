"""The command ``drawbar demo`` and what can be done to a demo that runs."""

import time
from typing import Any

import click

from drawbar.cli.demo.breaking import break_neighbour, heal_neighbour, kill_worker
from drawbar.cli.options import json_option

SEED = 7
SIZES = ("small", "medium", "large")
VICTIMS = ("worker", "db")


def _named(_: click.Context, __: click.Parameter, told: str) -> tuple[str, ...]:
    """Return the victims that are named, each once."""
    names = tuple(dict.fromkeys(one.strip() for one in told.split(",") if one.strip()))
    for name in names:
        if name not in VICTIMS:
            raise click.BadParameter(f"{name} is nobody: say {' or '.join(VICTIMS)}")
    return names


seed_option = click.option(
    "--seed", default=SEED, show_default=True, help="Another seed is another world."
)
size_option = click.option(
    "--size", type=click.Choice(SIZES), help="How many loads a day: 8, 25 or 60."
)
days_option = click.option(
    "--days", type=click.IntRange(1, 90), help="How many days of history; else 30."
)
kill_option = click.option(
    "--kill",
    default="",
    callback=_named,
    help="worker, db or both by a comma: kill -9 on the way.",
)


@click.group(invoke_without_command=True)
@click.option("--port", default=8080, show_default=True, help="0 takes any free one.")
@seed_option
@size_option
@days_option
@click.option("--speed", default=60.0, show_default=True, help="World minutes a real minute.")
@click.option("--exit", "ends", is_flag=True, help="End after the history, with the score.")
@kill_option
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


def _demo(*, port: int, ends: bool, as_json: bool, **told: Any) -> None:
    from drawbar.cli.demo.score import told_score  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.demo.to_the_end import opened, played_out  # noqa: PLC0415
    from drawbar.cli.demo.watch import watch  # noqa: PLC0415

    began = time.monotonic()
    wish = _wish(ends=ends, **told)
    if ends:
        with played_out(wish, port=port) as ended:
            click.echo(told_score(ended, wish, time.monotonic() - began, as_json=as_json))
    else:
        with opened(wish, port=port) as demo_running:
            watch(demo_running, wish, began=began)


def _wish(*, ends: bool, reset: bool, resume: bool, speed: float, **told: Any) -> Any:
    """Return what is wanted: a world that ends begins anew, unless it is resumed."""
    from drawbar.cli.demo.wishing import Told, wish_of  # noqa: PLC0415 - --help stays fast

    anew = reset or (ends and not resume)
    return wish_of(Told(speed=None if ends else speed, anew=anew, **told))
