"""``drawbar demo``: a small firm with its carriers, ERP and warehouse, all on this machine."""

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import click

from drawbar.cli.options import CONFLICT, fail, json_option, say, the_firm

NAME = "demo"


@click.command()
@click.option("--port", default=8080, show_default=True, help="0 takes any free one.")
@click.option("--exit", "ends", is_flag=True, help="End by itself when everything is done.")
@click.option("--reset", is_flag=True, help="Begin anew: forget the demo's world and database.")
@json_option
def demo(port: int, ends: bool, reset: bool, as_json: bool) -> None:
    """See Drawbar at work: ten orders from release to a paid freight bill.

    The ERP, the warehouse and both carriers are small programs that this command starts: they speak
    to Drawbar over HTTP and X12 files, as real ones do. Ctrl-C ends everything; the next demo goes
    on where this one stopped.
    """
    from drawbar.cli.demo_company import company_of, players  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.demo_run import run_demo  # noqa: PLC0415
    from drawbar.cli.own_folder import own_folder  # noqa: PLC0415
    from drawbar.world.troupe import Troupe  # noqa: PLC0415

    world = own_folder(NAME, os.environ) / "world"
    if reset:
        _forget(world)
    say("Starting an ERP, a warehouse and two carriers ...")
    with Troupe(players(world)) as troupe:
        company = company_of(troupe, world)
        say("Starting the database ...")
        with the_firm(company, NAME, threads=20) as firm:
            base = _base(world)
            run_demo(firm, troupe, name=NAME, base=base, port=port, ends=ends, as_json=as_json)


def _base(world: Path) -> datetime:
    """Return the morning three days before the demo began, by the clock on the wall."""
    kept = world / "began"
    if not kept.exists():
        kept.write_text(datetime.now().isoformat())  # noqa: DTZ005, TID251 - a clock on the wall
    began = datetime.fromisoformat(kept.read_text())
    return began.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=3)


def _forget(world: Path) -> None:
    from drawbar.cli.demo_reset import (  # noqa: PLC0415 - --help stays fast
        NotADemo,
        StillInUse,
        forget_database,
    )

    try:
        forget_database(NAME, os.environ)
    except (NotADemo, StillInUse) as error:
        fail(str(error), code=CONFLICT)
    shutil.rmtree(world, ignore_errors=True)
