"""The crew: what works while Drawbar is up, each in a thread of its own, none waiting for another.

One hand decides what follows, one for each system and lane delivers, one for each flow reads. Every
hand goes on after a fault; what it had begun is in the database, not in the thread.
"""

import threading
from collections.abc import Callable, Iterator, Mapping

import psycopg
import structlog
from psycopg import sql
from psycopg_pool import PoolTimeout

from drawbar.cli.firm import Firm
from drawbar.cli.untaken import untaken
from drawbar.connectors.port import Connector, Unreachable
from drawbar.engine.delivering import Deliverer
from drawbar.engine.polling import Overlapping, Source, poll
from drawbar.engine.returning import Returner
from drawbar.engine.settling import Post
from drawbar.engine.writing import CHANNEL as FACTS
from drawbar.freight.delivery import Lane
from drawbar.messages.outbox import CHANNEL as DELIVERIES

SWEEP_SECONDS = 1.0
"""How long anything can wait for a notification that was lost."""

LANES: Mapping[str, Lane] = {
    "TenderLoad": Lane.DISPATCH,
    "ReserveStock": Lane.DISPATCH,
    "ReleaseStock": Lane.DISPATCH,
    "PostJournal": Lane.FINANCE,
    "PostVoucher": Lane.FINANCE,
    "PostInvoice": Lane.FINANCE,
    "RefuseBill": Lane.NOTIFY,
    "TellCarrier": Lane.NOTIFY,
    "Acknowledge": Lane.NOTIFY,
}
"""In which lane each kind of delivery travels."""

log = structlog.get_logger("drawbar")


class Crew:
    """All hands of one process. ``start`` returns at once; ``stop`` waits until all are home."""

    def __init__(self, firm: Firm, *, poll_seconds: float = SWEEP_SECONDS) -> None:
        """Work for ``firm``, reading its systems every ``poll_seconds``."""
        self._firm = firm
        self._poll_seconds = poll_seconds
        self._over = threading.Event()
        self._news: list[threading.Event] = []
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin to work."""
        for lack in untaken(self._firm.folder.company, self._firm.systems):
            log.warning("nobody takes it", what=lack)
        self._hand("decide", self._decide, on_news=True)
        self._hand("listen", self._listen, on_news=False)
        returner = Returner(self._firm.engine, served=served(self._firm.systems))
        self._hand("return", lambda: bool(returner.step()), on_news=False)
        for system, connector in self._firm.systems.items():
            for lane in sorted(_lanes_of(connector)):
                self._hand(f"deliver {system} {lane}", self._deliver(connector, lane), on_news=True)
            for flow in connector.capabilities().flows:
                self._hand(f"read {system} {flow}", self._read(connector, flow), on_news=False)

    def stop(self) -> None:
        """Let every hand finish what it is at."""
        self._over.set()
        self._tell()
        for thread in self._threads:
            thread.join(timeout=30)

    def _hand(self, name: str, work: Callable[[], bool], *, on_news: bool) -> None:
        news = threading.Event() if on_news else self._over
        if on_news:
            self._news.append(news)
        pause = SWEEP_SECONDS if on_news else self._poll_seconds
        thread = threading.Thread(
            target=self._keep_at, args=(name, work, news, pause), name=name, daemon=True
        )
        self._threads.append(thread)
        thread.start()

    def _keep_at(
        self, name: str, work: Callable[[], bool], news: threading.Event, pause: float
    ) -> None:
        while not self._over.is_set():
            try:
                busy = work()
            except (Unreachable, Overlapping) as error:
                log.info("far side away", hand=name, why=str(error))
                self._over.wait(pause)
                continue
            except (psycopg.OperationalError, PoolTimeout) as error:
                log.warning("database away", hand=name, why=str(error).splitlines()[0])
                self._over.wait(pause)
                self._revive()
                continue
            except Exception:
                log.exception("fault", hand=name)
                self._over.wait(pause)
                continue
            if not busy:
                news.wait(pause)
                if news is not self._over:
                    news.clear()

    def _revive(self) -> None:
        """Start our own server again where it died; somebody else's is somebody else's to start."""
        if not self._over.is_set():
            self._firm.database.revive()

    def _decide(self) -> bool:
        return bool(self._firm.engine.work_once().total)

    def _deliver(self, connector: Connector, lane: Lane) -> Callable[[], bool]:
        at_once = connector.capabilities().concurrency
        deliverer = Deliverer(self._firm.engine, Post(connector, lane), at_once=at_once)
        return lambda: bool(deliverer.step(wait_seconds=0.05))

    def _read(self, connector: Connector, flow: str) -> Callable[[], bool]:
        source = Source(connector, flow)
        return lambda: bool(poll(self._firm.engine, source))

    def _listen(self) -> bool:
        """Wake every hand when something new was written, until the connection ends."""
        with psycopg.connect(self._firm.database.engine_url, autocommit=True) as connection:
            for channel in (FACTS, DELIVERIES):
                connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
            for _ in self._notices(connection):
                self._tell()
        return False

    def _notices(self, connection: psycopg.Connection) -> Iterator[psycopg.Notify]:
        while not self._over.is_set():
            yield from connection.notifies(timeout=SWEEP_SECONDS)

    def _tell(self) -> None:
        for news in self._news:
            news.set()


def served(systems: Mapping[str, Connector]) -> set[tuple[str, Lane]]:
    """Return the lanes in which somebody delivers, by their systems."""
    return {(name, lane) for name, one in systems.items() for lane in _lanes_of(one)}


def _lanes_of(connector: Connector) -> set[Lane]:
    return {LANES[kind] for kind in connector.capabilities().kinds}
