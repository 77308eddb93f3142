"""What a visitor may do to a demo that runs: take a neighbour away, bring it back, kill the worker.

Nothing is lost by it, and nothing doubled: that is what there is to see.
"""

import json
import os
import signal
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from drawbar.cli.options import CONFLICT, UNAVAILABLE, fail, json_option, say

FILE = "running.json"
NEIGHBOURS: Mapping[str, tuple[tuple[str, ...], str, str]] = {
    # what it is called: (its systems, how it is away, where to look)
    "erp": (("erp",), "outage", "/lanes"),
    "carrier": (("northlake",), "outage", "/lanes"),
    "edi": (("abcd", "bluffton", "cedar"), "silent", "/shipments"),
}


def tell_where(world: Path, *, systems: Mapping[str, str], pages: str) -> None:
    """Leave word of where everything listens, for these commands."""
    told = {"pid": os.getpid(), "systems": dict(systems), "pages": pages}
    (world / FILE).write_text(json.dumps(told))


neighbour = click.argument("name", type=click.Choice(sorted(NEIGHBOURS)))


@click.command("break", short_help="Take a neighbour away from a demo that runs.")
@neighbour
@json_option
def break_neighbour(name: str, *, as_json: bool) -> None:
    """Take the ERP, the JSON carrier or the X12 carriers away from a demo that runs."""
    running = _running()
    systems, how, where = NEIGHBOURS[name]
    for system in systems:
        _tell(running["systems"][system], {"kind": how})
    say(f"{name} is away. Look at {running['pages']}{where}: what is meant for it waits there.")
    say(f"Bring it back with: drawbar demo heal {name}")
    _answer(as_json, {"away": name, "systems": systems})


@click.command("heal", short_help="Bring a neighbour back.")
@neighbour
@json_option
def heal_neighbour(name: str, *, as_json: bool) -> None:
    """Bring a neighbour back; what waited for it goes out in order, once."""
    running = _running()
    systems, _, where = NEIGHBOURS[name]
    for system in systems:
        _tell(running["systems"][system], None)
    say(f"{name} is back. Look at {running['pages']}{where}: its queue drains.")
    _answer(as_json, {"back": name, "systems": systems})


@click.command("kill-worker", short_help="Kill the worker of a demo that runs.")
@json_option
def kill_worker(*, as_json: bool) -> None:
    """Kill the worker of a demo that runs with kill -9; another one takes over."""
    from drawbar.cli.world_worker import PID_FILE  # noqa: PLC0415 - --help stays fast

    _running()
    pid = int((_world() / PID_FILE).read_text())
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        fail("The worker is just being started; try again.", code=CONFLICT)
    say(f"Killed worker {pid}. The next one asks what became of what was on its way.")
    _answer(as_json, {"killed": pid})


def _tell(address: str, fault: Mapping[str, str] | None) -> None:
    """Switch a fault of a system on, or all of them off."""
    from drawbar.world.conductor import Desk  # noqa: PLC0415 - --help stays fast

    with closing(Desk(address)) as desk:
        desk.tell("/control/faults", fault, method="POST" if fault else "DELETE")


def _answer(as_json: bool, told: Mapping[str, Any]) -> None:
    if as_json:
        click.echo(json.dumps(told))


def _world() -> Path:
    from drawbar.cli.own_folder import own_folder  # noqa: PLC0415 - --help stays fast

    return own_folder("demo", os.environ) / "world"


def _running() -> dict[str, Any]:
    """Return where the demo listens; end where none runs."""
    file = _world() / FILE
    told: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    if not told or not _lives(told["pid"]):
        fail("No demo runs here. Start one with: make demo", code=UNAVAILABLE)
    return told


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
