"""How many facts a second go through the whole loop, against the least that keeping them costs.

The limit is a staged COPY with dedupe of the fact rows alone, in the same run on the same server.
Run it with ``python -m bench.intake [orders]``; it takes a minute or two.
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec
import psycopg

from bench.database import fresh_database
from bench.freight_facts import MONDAY, messages, read
from bench.stopwatch import Laps, timed
from drawbar.cli.company.folder import load_company
from drawbar.engine import Engine, Intake
from drawbar.flow.company import Company
from drawbar.flow.run import FreightRun
from drawbar.records.session import Pool, open_pool

FACTS_EACH = 50
MESSAGES_AT_ONCE = 10
TARGET = 0.2

FLOW = "decide (the flow itself)"
BOARD = "· board (the flow itself)"
PLACES = {
    "read the messages": "drawbar.engine.taking:read",
    "look up facts, names; sift": "drawbar.engine.learning:_look_up",
    "lock, load, decode": "drawbar.engine.learning:_load",
    FLOW: "drawbar.flow.run:FreightRun.decide",
    "decide, with collecting": "drawbar.engine.learning:decide_all",
    "write": "drawbar.engine.learning:write",
    "· names, waking": "drawbar.engine.writing:_write_names",
    "· encode, board": "drawbar.engine.writing:_stream_rows",
    BOARD: "drawbar.flow.run:FreightRun.board",
    "· streams": "drawbar.engine.writing:write_streams",
    "· facts": "drawbar.engine.writing:append_facts",
    "· touched streams": "drawbar.engine.writing:append_touches",
    "· ledger": "drawbar.engine.writing:book",
    "· deadlines": "drawbar.engine.writing:change_deadlines",
    "· deliveries": "drawbar.engine.writing:put_out",
    "· pending": "drawbar.engine.writing:put_pending",
    "keep the messages": "drawbar.engine.taking:keep",
    "commit": "psycopg:Connection.commit",
}


class StoryClock:
    """The time of the last order in hand, so that nothing expires before its answer comes."""

    time = MONDAY

    def now(self) -> datetime:
        """Return the present instant."""
        return self.time


def main() -> None:
    orders = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    bodies = messages(orders, facts_each=FACTS_EACH)
    with fresh_database() as logins:
        limit = staged_copy(logins.owner_url, bodies)
        rate, laps, facts, seconds = whole_loop(logins.engine_url, bodies)
    print(f"staged COPY with dedupe, fact rows alone: {limit:9,.0f} facts/s")
    print(f"the whole loop, one process:              {rate:9,.0f} facts/s ({facts:,} facts)")
    print(f"ratio {rate / limit:.3f}, target {TARGET}")
    engine_alone = facts / (seconds - laps[FLOW] - laps[BOARD])
    print(f"without the flow's own thinking:          {engine_alone:9,.0f} facts/s, ", end="")
    print(f"ratio {engine_alone / limit:.3f}")
    show(laps, facts, seconds)


def whole_loop(url: str, bodies: Sequence[bytes]) -> tuple[float, Laps, int, float]:
    """Take all messages, with what follows from them; return facts a second, and the times."""
    clock = StoryClock()
    with open_pool(url, size=1) as pool, timed(PLACES) as laps:
        engine = Engine(pool, FreightRun(company()), clock, {"bench": read})
        start = perf_counter()
        for batch in batches(list(enumerate(bodies)), MESSAGES_AT_ONCE):
            clock.time = last_time(batch[-1][1])
            engine.take([intake(number, body) for number, body in batch])
            engine.decide_pending()
        engine.run_until_idle()
        seconds = perf_counter() - start
        facts = facts_on_file(pool)
    return facts / seconds, laps, facts, seconds


def facts_on_file(pool: Pool) -> int:
    """Return how many facts there are: those that follow from others are in no receipt."""
    with pool.connection() as connection:
        row = connection.execute(b"SELECT count(*) FROM facts").fetchone()
    return int(row[0]) if row else 0


def staged_copy(url: str, bodies: Sequence[bytes]) -> float:
    """Keep the same facts in tables of the same shape, deduped, and nothing else."""
    rows = [
        (f"{number}:{place}", line[:16], "OrderReleased", MONDAY, MONDAY, "M-1", str(place), line)
        for number, body in enumerate(bodies)
        for place, line in enumerate(body.splitlines())
    ]
    with psycopg.connect(url) as connection:
        connection.execute(STAGE)
        connection.commit()
        start = perf_counter()
        for batch in batches(rows, FACTS_EACH * MESSAGES_AT_ONCE):
            with connection.cursor() as cursor:
                with cursor.copy(b"COPY staged FROM STDIN (FORMAT BINARY)") as copy:
                    copy.set_types(TYPES)
                    for row in batch:
                        copy.write_row(row)
                cursor.execute(KEEP)
            connection.commit()
        return len(rows) / (perf_counter() - start)


STAGE = b"""
CREATE TEMP TABLE staged (key text, hash bytea, name text, happened_at timestamptz,
  learned_at timestamptz, message_ref text, place text, body bytea) ON COMMIT DELETE ROWS;
CREATE TABLE limit_facts (LIKE facts INCLUDING ALL);
CREATE TABLE limit_keys (LIKE fact_keys INCLUDING ALL);
"""
KEEP = b"""
WITH new AS (
  INSERT INTO limit_keys SELECT key, hash, nextval('facts_fact_id_seq') FROM staged
      ON CONFLICT DO NOTHING RETURNING key, fact_id)
INSERT INTO limit_facts
  (fact_id, key, name, happened_at, learned_at, message_ref, place, history, body)
SELECT fact_id, key, name, happened_at, learned_at, message_ref, place, false, body
  FROM new JOIN staged USING (key)
"""
TYPES = ["text", "bytea", "text", "timestamptz", "timestamptz", "text", "text", "bytea"]


def company() -> Company:
    """Return the example firm, with customers whose credit never ends."""
    folder = Path(str(files("drawbar.cli") / "acme"))
    loaded = load_company(folder).company
    customers = {
        ref: msgspec.structs.replace(one, credit_limit=None)
        for ref, one in loaded.customers.items()
    }
    policy = msgspec.structs.replace(loaded.policy, wms="")
    return msgspec.structs.replace(loaded, customers=customers, policy=policy)


def intake(number: int, body: bytes) -> Intake:
    return Intake(
        channel="bench",
        sender="bench",
        body=body,
        content_type="application/x-ndjson",
        key=str(number),
    )


def last_time(body: bytes) -> datetime:
    line = body.splitlines()[-1]
    return msgspec.json.decode(line, type=_Timed).happened_at


class _Timed(msgspec.Struct):
    happened_at: datetime


def batches(rows: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def show(laps: Laps, facts: int, seconds: float) -> None:
    print(f"\n{'where the time goes':34}{'us a fact':>10}{'share':>8}")
    for words, spent in laps.items():
        print(f"{words:34}{spent / facts * 1e6:10.1f}{spent / seconds:8.0%}")
    print(f"{'all':34}{seconds / facts * 1e6:10.1f}{1:8.0%}")


if __name__ == "__main__":
    main()
