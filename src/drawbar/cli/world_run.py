"""``drawbar world run``: a world is played to its end, and what the firm made of it is told."""

import time
from pathlib import Path
from typing import Any

import click

from drawbar.cli.demo.command import days_option, kill_option, seed_option, size_option
from drawbar.cli.options import json_option, say


@click.command("run", short_help="Play a world to its end and count it.")
@days_option
@seed_option
@size_option
@kill_option
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a report.")
@json_option
def run(*, html: Path | None, as_json: bool, **told: Any) -> None:
    """Play a world to its end and count what it came to, as drawbar demo --exit does."""
    from drawbar.cli.demo.score import score_of, told_figures  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.demo.to_the_end import played_out  # noqa: PLC0415
    from drawbar.cli.demo.wishing import Told, wish_of  # noqa: PLC0415
    from drawbar.world.score.report import report  # noqa: PLC0415

    began = time.monotonic()
    wish = wish_of(Told(speed=None, anew=True, **told))
    with played_out(wish, port=0) as ended:
        score = score_of(ended, wish, time.monotonic() - began)
        if html:
            html.write_text(report(score), encoding="utf-8")
            say(f"The report is in {html}")
        click.echo(told_figures(score, ended, as_json=as_json))
    say(f"The truth and everybody's books are in {wish.folder}")
