"""What nobody delivers comes back to people at once; what somebody delivers is left to them."""

from datetime import timedelta

import pytest
from msgspec import structs

from drawbar.connectors.nobody import Nobody
from drawbar.engine.resolving import Answer, Resolution
from drawbar.engine.returning import Returner
from drawbar.freight.delivery import Lane
from drawbar.messages.outbox import Outgoing, put_out
from drawbar.messages.queue import claim, hold
from tests.engine.database import rows
from tests.engine.far_side import Warehouse, deliverer
from tests.engine.toy import reserve, shipment

pytestmark = pytest.mark.system
SERVED = {("wms", Lane.DISPATCH)}


def owe(engine, *refs: str, **changes):
    owed = [
        Outgoing(
            delivery=structs.replace(reserve(ref, shipment("S-1")), **changes),
            created_at=engine.clock.now(),
        )
        for ref in refs
    ]
    engine.within(lambda batch, _: put_out(batch.cursor, owed))


def states(pool):
    return rows(pool, "SELECT business_key, state FROM deliveries ORDER BY delivery_id")


def cases(pool):
    return rows(pool, "SELECT kind, owner, item FROM cases WHERE settled_at IS NULL")


def test_what_is_for_a_system_that_nobody_serves_is_a_case_with_an_owner(engine, pool):
    owe(engine, "A", system="northlake", lane=Lane.NOTIFY)

    assert Returner(engine, served=SERVED).step() == 1

    assert states(pool) == [("R-A", "rejected")]
    assert cases(pool) == [("delivery_rejected", "integration", "northlake R-A")]
    ((text, remedy),) = rows(pool, "SELECT text, remedy FROM cases")
    assert "nothing here brings a ReserveStock to northlake" in text
    assert remedy


def test_a_lane_that_is_not_served_is_returned_though_another_of_its_system_is(engine, pool):
    owe(engine, "A", lane=Lane.NOTIFY)

    assert Returner(engine, served=SERVED).step() == 1


def test_what_is_served_is_left_alone_and_so_is_what_came_back_before(engine, pool):
    owe(engine, "A")
    owe(engine, "B", system="northlake")
    returner = Returner(engine, served=SERVED)

    assert [returner.step(), returner.step()] == [1, 0]
    assert states(pool) == [("R-A", "ready"), ("R-B", "rejected")]


def test_what_follows_in_its_stream_waits_behind_the_case(engine, pool):
    owe(engine, "A", "B", system="northlake")

    Returner(engine, served=SERVED).step()

    assert states(pool) == [("R-A", "rejected"), ("R-B", "ready")]


def test_a_lane_that_a_person_holds_is_not_returned(engine, pool):
    owe(engine, "A", system="northlake")
    told = {"system": "northlake", "lane": Lane.DISPATCH, "until": None, "by": "Ann", "why": "x"}
    engine.within(lambda batch, _: hold(batch.cursor, **told))

    assert Returner(engine, served=SERVED).step() == 0


def test_what_was_tried_before_is_put_to_a_person_as_unsure(engine, pool):
    owe(engine, "A", system="northlake")
    scope = {"system": "northlake", "lane": Lane.DISPATCH, "now": engine.clock.now(), "limit": 1}
    lease = timedelta(seconds=-1)  # its worker died with the system's file
    engine.within(lambda batch, _: claim(batch.cursor, **scope, lease=lease))

    Returner(engine, served=SERVED).step()

    assert states(pool) == [("R-A", "unsure")]
    assert [kind for kind, *_ in cases(pool)] == ["delivery_unsure"]


def test_a_kind_that_the_connector_of_its_lane_does_not_take_is_a_case(engine, pool):
    deaf = Warehouse()
    deaf.kinds = frozenset({"ReleaseStock"})
    owe(engine, "A")
    worker = deliverer(engine, deaf)

    worker.deliver_once()
    worker.close()

    assert (deaf.calls, states(pool)) == ([], [("R-A", "rejected")])
    assert [kind for kind, *_ in cases(pool)] == ["delivery_rejected"]


def test_sent_again_once_somebody_takes_it_it_goes_out_and_its_case_is_closed(engine, pool):
    owe(engine, "A")
    Returner(engine, served=()).step()
    ((number,),) = rows(pool, "SELECT delivery_id FROM deliveries")
    warehouse = Warehouse()
    worker = deliverer(engine, warehouse)

    again = Resolution(delivery_id=number, answer=Answer.SEND_AGAIN, by="Ann", why="served now")
    engine.resolve(again)
    worker.deliver_once()
    worker.close()

    assert states(pool) == [("R-A", "confirmed")]
    assert cases(pool) == []


def test_nobody_takes_nothing_and_says_nothing():
    nobody = Nobody("northlake")

    assert nobody.capabilities().kinds == frozenset()
    assert nobody.find("TenderLoad", "key") == ()
    assert nobody.changes("events", "7").items == ()
