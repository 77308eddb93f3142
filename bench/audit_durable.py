"""How many bills a second are decided and made durable: voucher, ledger, cases and names on file.

Orders, events and proofs of delivery are on file before; the clock runs for the bills alone.
"""

from collections.abc import Sequence
from time import perf_counter, process_time

import msgspec

from bench.audit_bills import by_hand
from bench.database import fresh_database
from bench.freight_facts import read, story
from bench.intake import (
    FACTS_EACH,
    MESSAGES_AT_ONCE,
    StoryClock,
    batches,
    company,
    intake,
    last_time,
    staged_copy,
)
from drawbar.engine import Engine
from drawbar.flow.run import FreightRun
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import BillReceived
from drawbar.records.session import Pool, open_pool

BILLS = 2_000
TARGET = 1_000


def durable(bills: int = BILLS) -> None:
    """Print bills a second, against an audit by hand whose facts are kept by a staged COPY."""
    facts = sorted(
        (fact for number in range(bills) for fact in story(number)),
        key=lambda one: (one.happened_at, one.key),
    )
    asked = [one for one in facts if isinstance(one, BillReceived)]
    before = _messages([one for one in facts if not isinstance(one, BillReceived)])
    after = _messages(asked)
    clock = StoryClock()
    with fresh_database() as logins:
        limit = _by_hand(logins.owner_url, asked, after)
        with open_pool(logins.engine_url, size=1) as pool:
            engine = Engine(pool, FreightRun(company()), clock, {"bench": read})
            _take(engine, clock, before, first=0, at_once=1)
            start, own = perf_counter(), process_time()
            _take(engine, clock, after, first=len(before), at_once=MESSAGES_AT_ONCE)
            seconds, own = perf_counter() - start, process_time() - own
            decided = _vouchers(pool)
    print(f"{'bills of two lines, one process':44}{'a second':>10}{'of limit':>10}")
    print(f"{'by hand, and the facts kept by staged COPY':44}{limit:10,.0f}{1:10.3f}")
    print(f"{'decided and durable, in batches of 500':44}{bills / seconds:10,.0f}", end="")
    print(f"{bills / seconds / limit:10.3f}")
    print(f"{'bills a second of this process alone':44}{bills / own:10,.0f}")
    print(f"{decided:,} of {bills:,} bills have a voucher; target: {TARGET:,} a second")


def _take(
    engine: Engine, clock: StoryClock, bodies: list[bytes], *, first: int, at_once: int
) -> None:
    for batch in batches(list(enumerate(bodies, start=first)), at_once):
        clock.time = max(clock.time, last_time(batch[-1][1]))
        engine.take([intake(number, body) for number, body in batch])
        engine.decide_pending()
    engine.run_until_idle()


def _messages(facts: Sequence[Fact]) -> list[bytes]:
    lines = list(map(msgspec.json.encode, facts))
    return [b"\n".join(some) for some in batches(lines, FACTS_EACH)]


def _by_hand(url: str, asked: list[BillReceived], bodies: list[bytes]) -> float:
    start = perf_counter()
    for one in asked:
        by_hand(one)
    thought = perf_counter() - start
    return 1 / (thought / len(asked) + 1 / staged_copy(url, bodies))


def _vouchers(pool: Pool) -> int:
    query = b"SELECT count(*) FROM deliveries WHERE kind = 'PostVoucher'"
    with pool.connection() as connection:
        row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
