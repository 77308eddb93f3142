"""How fast deliveries are claimed and confirmed, with many more waiting in another lane.

Run it with ``python -m bench.deliveries [waiting]``; it takes about a minute.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from time import perf_counter
from typing import TypeVar

from bench.database import fresh_database
from drawbar.engine.outcome import settlement
from drawbar.freight.delivery import Confirmed, Delivery, Lane, ReserveStock
from drawbar.freight.order import Goods
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.messages.outbox import Outgoing, put_out
from drawbar.messages.queue import Claimed, claim, limit, settle
from drawbar.records.session import Pool, open_pool
from drawbar.records.sheet import Rows

T = TypeVar("T")
NOW = datetime(2026, 3, 9, 6, tzinfo=UTC)
AT_ONCE = 20
CLAIMS = 150
TARGET = 2000


def main() -> None:
    waiting = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with fresh_database() as logins, open_pool(logins.engine_url, size=1) as pool:
        within(pool, widen)
        put(pool, "warm", Lane.DISPATCH, AT_ONCE * 20)
        measure(pool, 10)
        put(pool, "alone", Lane.DISPATCH, AT_ONCE * CLAIMS)
        print(f"nothing else waiting:        {told(*measure(pool, CLAIMS))}")
        put(pool, "flood", Lane.FINANCE, waiting)
        put(pool, "beside", Lane.DISPATCH, AT_ONCE * CLAIMS)
        print(f"{waiting:,} in another lane: {told(*measure(pool, CLAIMS))}")
        put(pool, "one", Lane.DISPATCH, 2000, streams=1)
        print(f"all in one stream, one by one: {told(*measure(pool, 50))}")
    print(f"target {TARGET:,} rows/s in batches of {AT_ONCE}")


def widen(cursor: Rows) -> None:
    limit(cursor, system="erp", lane=Lane.DISPATCH, rate=None, burst=1, concurrency=1000)


def put(pool: Pool, name: str, lane: Lane, number: int, *, streams: int = 0) -> None:
    """Owe deliveries, each of a stream of its own unless ``streams`` says how many there are."""
    for start in range(0, number, 5000):
        some = [
            Outgoing(delivery=delivery(name, lane, at, streams or number), created_at=NOW)
            for at in range(start, min(start + 5000, number))
        ]
        within(pool, partial(put_out, outgoing=some))


def delivery(name: str, lane: Lane, number: int, streams: int) -> Delivery:
    return Delivery(
        system="erp",
        lane=lane,
        stream=StreamKey(StreamKind.SHIPMENT, f"S-{name}-{number % streams}"),
        business_key=f"{name}-{number}",
        payload=ReserveStock(order_ref=f"{number}", goods=(Goods(sku="PUMP", pieces=24),)),
    )


def measure(pool: Pool, claims: int) -> tuple[list[float], float, int]:
    """Claim and confirm; return how long each claim took, all seconds, and how many rows."""
    laps, rows, start = [], 0, perf_counter()
    for _ in range(claims):
        claimed, lap = within(pool, claim_some)
        laps.append(lap)
        settled = [
            settlement(one, Confirmed(document="D"), lane=Lane.DISPATCH, now=NOW) for one in claimed
        ]
        within(pool, partial(settle, settlements=settled, now=NOW))
        rows += len(claimed)
    return laps, perf_counter() - start, rows


def claim_some(cursor: Rows) -> tuple[tuple[Claimed, ...], float]:
    """Claim, and say how long it took without the commit, which waits for the disk."""
    lease = timedelta(seconds=30)
    began = perf_counter()
    found = claim(cursor, system="erp", lane=Lane.DISPATCH, now=NOW, limit=AT_ONCE, lease=lease)
    return found.claimed, perf_counter() - began


def within(pool: Pool, work: Callable[[Rows], T]) -> T:
    with pool.connection() as connection, connection.cursor(binary=True) as cursor:
        return work(cursor)


def told(laps: list[float], seconds: float, rows: int) -> str:
    middle = sorted(laps)[len(laps) // 2] * 1000
    worst = sorted(laps)[int(len(laps) * 0.99)] * 1000
    return f"claim p50 {middle:5.2f} ms, p99 {worst:6.2f} ms; {rows / seconds:7,.0f} rows/s"


if __name__ == "__main__":
    main()
