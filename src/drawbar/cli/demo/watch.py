"""A demo that is watched: where to look, and in the end what its history came to."""

import time
from datetime import datetime

from drawbar.cli.demo.run import Running, Wish
from drawbar.cli.demo.score import score_of
from drawbar.cli.demo.shown import history_of
from drawbar.cli.options import FAILED, fail, say
from drawbar.web.auth.role import Role

DESKS = (Role.ADMIN, Role.DISPATCHER, Role.FINANCE, Role.CUSTOMER_SERVICE)


def watch(running: Running, wish: Wish, *, began: float) -> None:
    """Play, say where to look, and wait until somebody ends it."""

    def live(now: datetime) -> None:
        running.conductor.stage(now)
        running.shown.score = score_of(running, wish)
        say(f"\n{wish.days} days of history, {time.monotonic() - began:.0f} s after the start:")
        for what, figure in history_of(running.shown.score).items():
            say(f"  {what + ':':28}{figure}")
        say(f"\nThe world is live, at {wish.speed or 0:g} times the real pace. Ctrl-C ends it.")

    running.play.on_live = live
    running.play.start()
    _say_where(running, seconds=time.monotonic() - began)
    told = ""
    try:
        while not running.play.ended.wait(2):
            if running.play.progress != told:
                told = running.play.progress
                say(told) if told else None
    except KeyboardInterrupt:
        say("The demo ends; the next one goes on from here.")
    if running.play.fault:
        fail(f"The world stood still: {running.play.fault}", code=FAILED)


def _say_where(running: Running, *, seconds: float) -> None:
    say(f"\nPages after {seconds:.0f} s. Each link opens one session:")
    for role in DESKS:
        say(f"  {role.value.replace('-', ' '):18}{running.served.link(role)}")
    say(f"A program gets in with a key:\n  curl -H 'Authorization: Bearer {running.token}' \\")
    say(f"    {running.served.address}/v1/shipments")
    say("In another terminal: drawbar demo break erp | heal erp | kill-worker\n")
