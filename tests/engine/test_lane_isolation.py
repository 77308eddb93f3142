"""S12: ten thousand postings wait for an ERP that is down, and a tender goes out at once."""

import pytest
from msgspec import structs

from drawbar.connectors.port import Sending
from drawbar.engine.delivering import Deliverer
from drawbar.engine.settling import Post
from drawbar.freight.delivery import Lane, Outcome, Unknown
from drawbar.messages.outbox import Outgoing, put_out
from drawbar.messages.queue import limit
from tests.engine.database import rows
from tests.engine.far_side import Warehouse
from tests.engine.toy import reserve, shipment

pytestmark = pytest.mark.system
POSTINGS = 10_000
AT_ONCE = 500


class Erp(Warehouse):
    system = "erp"


def down(sending: Sending) -> Outcome:
    return Unknown(text="connection refused")


def owe(engine, system: str, lane: Lane, keys) -> None:
    outgoing = [
        Outgoing(
            delivery=structs.replace(reserve(key, shipment(key)), system=system, lane=lane),
            created_at=engine.clock.now(),
        )
        for key in keys
    ]
    engine.within(lambda batch, _: put_out(batch.cursor, outgoing))


def test_s12_ten_thousand_postings_hold_back_no_tender_and_none_of_them_is_lost(
    engine, pool, clock
):
    erp, carrier = Erp(), Warehouse()
    engine.within(
        lambda batch, _: limit(
            batch.cursor, system="erp", lane=Lane.FINANCE, rate=None, burst=1, concurrency=AT_ONCE
        )
    )
    finance = Deliverer(engine, Post(erp, Lane.FINANCE), at_once=AT_ONCE, alone=True)
    dispatch = Deliverer(engine, Post(carrier, Lane.DISPATCH))
    for start in range(0, POSTINGS, 2_000):
        owe(engine, "erp", Lane.FINANCE, [f"J-{start + n}" for n in range(2_000)])
    erp.is_well, erp.mood = False, [down] * AT_ONCE
    finance.deliver_once()
    assert rows(pool, "SELECT circuit FROM gates WHERE lane = 'finance'") == [("open",)]

    owe(engine, "wms", Lane.DISPATCH, ["T-1"])
    assert dispatch.deliver_once() == 1  # the first claim finds it: nothing stands before it
    assert carrier.calls == ["send R-T-1"]

    erp.is_well, erp.mood = True, []
    for _ in range(2 * POSTINGS // AT_ONCE):
        clock.passes(minutes=5)
        finance.deliver_once()
        if len(erp.done) == POSTINGS:
            break
    clock.passes(minutes=5)
    finance.deliver_once()
    assert rows(pool, "SELECT lane, state, count(*) FROM deliveries GROUP BY 1, 2 ORDER BY 1") == [
        ("dispatch", "confirmed", 1),
        ("finance", "confirmed", POSTINGS),
    ]
    assert max(len(documents) for documents in erp.done.values()) == 1
    finance.close()
    dispatch.close()
