"""The queue of deliveries stays quick, whatever else waits."""

from datetime import UTC, datetime

import pytest

from drawbar.records.queries import statements
from tests.engine.database import rows

pytestmark = pytest.mark.system
NOW = datetime(2026, 11, 23, tzinfo=UTC)
MANY = """
INSERT INTO deliveries (system, lane, stream_kind, stream_ref, business_key, kind, payload,
                        payload_hash, message_ref, created_at, due_at)
SELECT 'erp', %s, 'shipment', 'S-' || n, %s || n, 'PostJournal', '', '', '', now(), now()
  FROM generate_series(1, 3000) AS n
"""


def plan(pool, name: str) -> str:
    scope = {"system": "erp", "lane": "dispatch", "now": NOW, "limit": 20, "lease_until": NOW}
    with pool.connection() as connection:
        found = connection.execute(b"EXPLAIN " + statements("deliveries")[name], scope).fetchall()
        connection.rollback()
    return "\n".join(line for (line,) in found)


@pytest.mark.parametrize("is_analysed", [True, False], ids=["with statistics", "without"])
def test_a_claim_reads_only_the_heads_along_its_indexes(pool, logins, is_analysed):
    import psycopg

    for lane in ("dispatch", "finance"):
        rows(pool, f"{MANY} RETURNING 1", lane, lane)
    if is_analysed:
        with psycopg.connect(logins.owner_url, autocommit=True) as owner:
            owner.execute("ANALYZE deliveries")

    found = plan(pool, "claim")

    assert "Index Scan using deliveries_ready" in found
    assert "using deliveries_open" in found
    assert "Seq Scan" not in found
    assert "Sort" not in found


@pytest.mark.parametrize("name", ["expire", "in_flight"])
def test_looking_at_a_gate_reads_only_what_is_on_its_way(pool, name):
    assert "deliveries_claimed" in plan(pool, name)


def test_asking_what_is_due_reads_only_what_is_open_however_much_was_delivered(pool, logins):
    import psycopg

    done = f"{MANY} RETURNING 1".replace("'erp'", "'done'")
    rows(pool, done, "dispatch", "done")
    rows(pool, "UPDATE deliveries SET state = 'confirmed' RETURNING 1")
    rows(pool, f"{MANY} RETURNING 1", "finance", "finance")
    with psycopg.connect(logins.owner_url, autocommit=True) as owner:
        owner.execute("ANALYZE deliveries")
    with pool.connection() as connection:
        query = b"EXPLAIN " + statements("due")["due"]
        found = "\n".join(line for (line,) in connection.execute(query, {"now": NOW}))

    assert "Seq Scan on deliveries" not in found
    assert "using deliveries_open" in found
    assert "using deliveries_ready" in found
