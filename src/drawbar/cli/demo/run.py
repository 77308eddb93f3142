"""One run of the demo: small systems, worker and pages, and a world that plays with them."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from msgspec import Struct, structs

from drawbar.cli.demo.alone import alone_in
from drawbar.cli.demo.breaking import tell_where
from drawbar.cli.demo.company import cast_of, company_of, players
from drawbar.cli.demo.door import Door
from drawbar.cli.demo.firm import DemoFirm
from drawbar.cli.demo.mischief import Mischief, kill_database
from drawbar.cli.demo.play import Play, Script
from drawbar.cli.demo.shown import Shown
from drawbar.cli.firm import Firm
from drawbar.cli.options import say, the_firm
from drawbar.cli.serving import Served, serving, web_settings
from drawbar.cli.world_worker import WorldWorker
from drawbar.engine import SetClock, SystemClock
from drawbar.records.server.embedded import find_seat
from drawbar.web.auth.api_key import create_key
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.role import Role
from drawbar.world.conductor import Conductor, ScoreBook
from drawbar.world.plan import Asked, plan_of
from drawbar.world.troupe import Troupe

FIRST_HOUR_UTC = 6
"""When a day of the world begins: midnight in Chicago, in winter."""


LIVE_AFTER = timedelta(hours=9, minutes=30)
"""A world that is looked at becomes live in the middle of a morning."""

DAYS_AHEAD = 14
"""For how many days of its own time a live world has plans: more than five hours at 60 times."""

REQUESTS_PER_MINUTE = 100_000
"""A world hands in the paper of a month within a minute."""


class Wish(Struct, frozen=True, kw_only=True):
    """What somebody wants to see: which world, for how long, and who is killed on the way."""

    name: str
    folder: Path
    seed: int
    loads_per_day: int
    begins_on: date
    days: int
    speed: float | None
    kill: tuple[str, ...] = ()

    @property
    def script(self) -> Script:
        """Return from when to when the world plays."""
        begins = datetime.combine(self.begins_on, datetime.min.time(), UTC)
        begins += timedelta(hours=FIRST_HOUR_UTC)
        live = begins + timedelta(days=self.days)
        if self.speed is not None:
            live += LIVE_AFTER
        return Script(begins_at=begins, live_at=live, speed=self.speed)

    @property
    def asked(self) -> Asked:
        """Return what is asked of the plan: a world that stays alive has days ahead of it."""
        return Asked(
            seed=self.seed,
            begins_on=self.begins_on,
            days=self.days if self.speed is None else self.days + DAYS_AHEAD,
            loads_per_day=self.loads_per_day,
        )


class Running(Struct, frozen=True, kw_only=True):
    """A demo at work, for whoever waits for its end."""

    firm: Firm
    play: Play
    conductor: Conductor
    shown: Shown
    book: ScoreBook
    mischief: Mischief
    served: Served
    token: str


@contextmanager
def running(wish: Wish, *, port: int) -> Iterator[Running]:
    """Open everything for a while: systems, database, pages, worker; the world is ready to play."""
    plan = plan_of(wish.asked)
    with ExitStack() as stack:
        lock = stack.enter_context(alone_in(wish.folder))
        say("Starting an ERP, a warehouse, five carriers and a telematics provider ...")
        troupe = stack.enter_context(Troupe(players(wish.folder)))
        company = company_of(plan, troupe, wish.folder)
        book = ScoreBook(wish.folder)
        stack.callback(book.close)
        clock = SetClock(_last(book) or wish.script.begins_at)
        say("Starting the database ...")
        firm = stack.enter_context(the_firm(company, wish.name, threads=8, clock=clock))
        worker = WorldWorker(company, wish.name, os.environ, place=wish.folder, handed=[lock])
        stack.callback(worker.close)
        mischief = Mischief(wish.seed, _victims(wish, worker))
        token = _key(firm, wish.name)
        shown = Shown()
        served = stack.enter_context(_pages(firm, wish, clock, shown, port))
        demo_firm = DemoFirm(
            firm,
            clock=clock,
            worker=worker,
            door=Door(served.address, token),
            mischief=mischief,
        )
        cast = cast_of(troupe)
        addresses = {name: desk.address for name, desk in cast.desks.items()}
        tell_where(wish.folder, systems=addresses, pages=served.address)
        stack.callback(cast.close)
        shown.conductor = Conductor(plan, cast=cast, book=book, firm=demo_firm)
        shown.play = Play(shown.conductor, wish.script)
        stack.callback(shown.play.stop)
        yield Running(
            firm=firm,
            play=shown.play,
            conductor=shown.conductor,
            shown=shown,
            book=book,
            mischief=mischief,
            served=served,
            token=token,
        )


def _pages(
    firm: Firm, wish: Wish, clock: SetClock, shown: Shown, port: int
) -> AbstractContextManager[Served]:
    settings = structs.replace(
        web_settings(firm, name=wish.name, host="127.0.0.1"),
        clock=clock,
        requests_per_minute=REQUESTS_PER_MINUTE,
        guide=shown.guide,
        history=shown.history,
        progress=shown.progress,
    )
    return serving(firm, settings, port=port)


def _victims(wish: Wish, worker: WorldWorker) -> dict[str, Callable[[], object]]:
    cluster = find_seat(wish.name, environ=os.environ, data_dir=None).place.cluster
    known: dict[str, Callable[[], object]] = {
        "worker": worker.kill,
        "db": lambda: kill_database(cluster),
    }
    return {name: known[name] for name in wish.kill}


def _last(book: ScoreBook) -> datetime | None:
    last = book.noted("now")
    return datetime.fromisoformat(last) if last else None


def _key(firm: Firm, name: str) -> str:
    secret = web_settings(firm, name=name, host="127.0.0.1").secret
    caller = Caller(name="paper desk", role=Role.ADMIN)
    with firm.pool.connection() as connection:
        made = create_key(connection, secret=secret, caller=caller, at=SystemClock().now())
    return made.token
