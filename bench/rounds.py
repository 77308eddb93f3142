"""How long small rounds take: little comes in at a time, all of it is decided and delivered.

A round is what a quarter of an hour brings: messages of one fact, what follows, deliveries to a far
side that confirms at once, the question whether anything is due. Run it with
``python -m bench.rounds [orders]``; it takes about a minute.
"""

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from time import perf_counter

from bench.database import fresh_database
from bench.freight_facts import MONDAY, messages, read
from bench.intake import StoryClock, company, facts_on_file, intake, last_time
from drawbar.cli.crew import LANES
from drawbar.connectors.port import Capabilities, Page, Sending
from drawbar.engine import Engine
from drawbar.engine.delivering import Deliverer
from drawbar.engine.settling import Post
from drawbar.flow.run import FreightRun
from drawbar.freight.delivery import Confirmed, Existing, Lane, Outcome
from drawbar.freight.fact import Fact
from drawbar.freight.lineage import Receipt
from drawbar.records.session import open_pool

ROUND = timedelta(minutes=15)


class YesMan:
    """A far side that does everything at once and says so."""

    def __init__(self, system: str) -> None:
        """Be the system of this name."""
        self.system = system

    def capabilities(self) -> Capabilities:
        """Return that it takes every kind and can be asked."""
        return Capabilities(kinds=frozenset(LANES), can_find=True)

    def render(self, sending: Sending) -> bytes:
        """Return the key as bytes."""
        return sending.business_key.encode()

    def send(self, sending: Sending) -> Outcome:
        """Confirm."""
        return Confirmed(document=f"D-{sending.number}", said=b"done")

    def find(self, kind: str, business_key: str) -> tuple[str, ...]:
        """Return nothing: nothing is ever lost here."""
        return ()

    def changes(self, flow: str, cursor: str) -> Page:
        """Return that nothing is new."""
        return Page(items=(), cursor=cursor)

    def settled(self, page: Page) -> None:
        """Do nothing."""

    def probe(self) -> bool:
        """Return that it is well."""
        return True

    def read_answer(
        self, sending: Sending, outcome: Confirmed | Existing, receipt: Receipt
    ) -> tuple[Fact, ...]:
        """Return that the answer says no more."""
        return ()


class House:
    """A firm with one hand for everything."""

    def __init__(self, engine: Engine) -> None:
        """Begin with nobody to deliver to."""
        self.engine = engine
        self._hands: dict[tuple[str, Lane], Deliverer] = {}

    def settle_down(self) -> None:
        """Decide and deliver until nothing is due."""
        while not (due := self.engine.due()).idle:
            if due.pending:
                self.engine.work_once()
            for system, lane in due.lanes:
                self._hand(system, lane).deliver_once()

    def _hand(self, system: str, lane: Lane) -> Deliverer:
        if (system, lane) not in self._hands:
            post = Post(YesMan(system), lane)
            self._hands[system, lane] = Deliverer(self.engine, post, alone=True)
        return self._hands[system, lane]


def main() -> None:
    orders = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    bodies = list(enumerate(messages(orders, facts_each=1)))
    clock = StoryClock()
    with fresh_database() as logins, open_pool(logins.engine_url, size=1) as pool:
        engine = Engine(pool, FreightRun(company()), clock, {"bench": read})
        house, laps, start = House(engine), [], perf_counter()
        for moment, some in rounds(bodies):
            began, clock.time = perf_counter(), moment
            engine.take([intake(number, body) for number, body in some])
            house.settle_down()
            laps.append(perf_counter() - began)
        seconds, facts = perf_counter() - start, facts_on_file(pool)
        began = perf_counter()
        for _ in range(100):
            engine.due()
        asking = (perf_counter() - began) * 10
    print(
        f"{facts:,} facts of {orders:,} orders in {seconds:.1f} s: {facts / seconds:,.0f} facts/s"
    )
    print(
        f"a round: p50 {middle(laps):.1f} ms, {len(laps):,} rounds; asking what is due {asking:.2f}"
    )


def rounds(bodies: list[tuple[int, bytes]]) -> Iterator[tuple[datetime, list[tuple[int, bytes]]]]:
    """Yield the end of each quarter of an hour in which anything came, and what came."""
    for number, some in groupby(bodies, key=lambda one: (last_time(one[1]) - MONDAY) // ROUND):
        yield MONDAY + (number + 1) * ROUND, list(some)


def middle(laps: list[float]) -> float:
    return sorted(laps)[len(laps) // 2] * 1000


if __name__ == "__main__":
    main()
