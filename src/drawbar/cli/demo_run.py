"""One run of the demo: the crew at work, the director directing, the pages served."""

import json
import threading
import time
from collections.abc import Callable
from datetime import datetime

import click

from drawbar.cli.crew import Crew
from drawbar.cli.demo_director import Director
from drawbar.cli.demo_script import SCENES
from drawbar.cli.demo_summary import is_calm, summary
from drawbar.cli.firm import Firm
from drawbar.cli.options import say
from drawbar.cli.serving import serve, web_settings
from drawbar.engine import SystemClock
from drawbar.web.auth.api_key import create_key
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.role import Role
from drawbar.world.troupe import Troupe

CALM_SECONDS = 6.0
LONGEST_SECONDS = 240.0


def run_demo(
    firm: Firm,
    troupe: Troupe,
    *,
    name: str,
    base: datetime,
    port: int,
    ends: bool,
    as_json: bool,
) -> None:
    """Run until interrupted, or with ``ends`` until nothing moves any more."""
    began = time.monotonic()
    director = Director(troupe, base=base, token=_key(firm, name, Role.INTEGRATION))
    crew = Crew(firm, poll_seconds=0.5)
    crew.start()

    def told(address: str, end: Callable[[], None]) -> None:
        director.begin(address)
        _guide(firm, name, address, seconds=time.monotonic() - began)
        if ends:
            threading.Thread(target=_end_when_calm, args=(firm, end), daemon=True).start()

    try:
        serve(firm, name=name, host="127.0.0.1", port=port, told=told)
    finally:
        director.end()
        crew.stop()
    if ends:
        figures = summary(firm) | {"seconds": round(time.monotonic() - began, 1)}
        lines = (f"{key.replace('_', ' '):28}{value:>16}" for key, value in figures.items())
        click.echo(json.dumps(figures, indent=2) if as_json else "\n".join(lines))


def _key(firm: Firm, name: str, role: Role) -> str:
    secret = web_settings(firm, name=name, host="127.0.0.1").secret
    caller = Caller(name=f"demo {role.value}", role=role)
    with firm.pool.connection() as connection:
        made = create_key(connection, secret=secret, caller=caller, at=SystemClock().now())
    return made.token


def _guide(firm: Firm, name: str, address: str, *, seconds: float) -> None:
    """Say what there is to see, and how a program gets in."""
    say(f"Ready after {seconds:.0f} s. Ten orders are on their way:\n")
    for scene in SCENES:
        say(f"  {scene.number}  {scene.shows}")
    token = _key(firm, name, Role.INTEGRATION)
    say(f"\nA program gets in with a key:\n  curl -H 'Authorization: Bearer {token}' \\")
    say(f"    {address}/v1/trace/SO-1003")
    say("\nOrders of your own run beside them to paid, by API or by file; in another terminal:")
    say("  .venv/bin/drawbar import --database demo \\")
    say("    --mapping examples/orders.yaml examples/orders.csv")
    say("  .venv/bin/drawbar trace --database demo BOL-1003\n\nCtrl-C ends the demo.")


def _end_when_calm(firm: Firm, end: Callable[[], None]) -> None:
    """End the server once nothing was left to do for a while."""
    until = time.monotonic() + LONGEST_SECONDS
    calm_since = time.monotonic()
    while time.monotonic() < until and time.monotonic() - calm_since < CALM_SECONDS:
        time.sleep(0.5)
        if not is_calm(firm):
            calm_since = time.monotonic()
    end()
