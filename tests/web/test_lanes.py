"""What waits for a system that is away or held: seen, bounded, and let go in its order.

The ERP is away: finance queues, dispatch is unharmed, and nothing goes twice when it drains.
"""

from datetime import timedelta

import psycopg
import pytest

from drawbar.freight.charge import ChargeKind
from drawbar.freight.delivery import Lane
from drawbar.messages.gate import Broken, Held, Passing, ProbeDue, failed
from drawbar.messages.queue import claim, lock_gate, write_circuit
from drawbar.web.auth.role import Role
from tests.flow.stage import answered, bill, driven, order, released
from tests.web.desk import seated

pytestmark = pytest.mark.system

LINEHAUL, FUEL = (ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50")


@pytest.fixture(scope="module")
def road(doors):
    """Bill a delivered load, so that the ERP has a voucher to take, and tender another."""
    doors.engine.learn([released(), answered("S-1001-V1T1"), *driven(), bill(LINEHAUL, FUEL)])
    doors.engine.learn([released(order("1002"))])
    doors.work()
    return doors


@pytest.fixture
def iris(road):
    with seated(road, "Iris", Role.INTEGRATION) as desk:
        yield desk


def lane(desk, system, name):
    items = desk.data("/lanes.json")["items"]
    return next(one for one in items if (one["system"], one["lane"]) == (system, name))


def rounds(doors, system, name, *, limit=100):
    """Return what a worker would get to send now, without taking it."""
    with psycopg.connect(doors.logins.engine_url) as connection:
        found = claim(
            connection.cursor(),
            system=system,
            lane=name,
            now=doors.clock.now(),
            limit=limit,
            lease=timedelta(seconds=30),
        )
        connection.rollback()
    return found


def away(doors, system, name):
    """Let a system have failed so often that nobody asks it for a while."""
    with psycopg.connect(doors.logins.engine_url) as connection:
        cursor = connection.cursor()
        gate = lock_gate(cursor, system=system, lane=name)
        write_circuit(cursor, failed(gate, now=doors.clock.now(), times=8))


def test_what_waits_for_the_erp_is_seen_with_its_age_and_its_money(road, iris):
    told = lane(iris, "erp", "finance")

    assert (told["gate"], told["ready"]) == ("open", 4)
    assert told["money"] == [{"amount": "4708.50", "currency": "USD"}]
    assert "4,708.50 USD" in iris.page("/lanes")


def test_an_erp_that_is_away_holds_finance_and_harms_no_tender(road, iris):
    away(road, "erp", Lane.FINANCE)

    held, free = rounds(road, "erp", Lane.FINANCE), rounds(road, "abcd", Lane.DISPATCH)

    assert isinstance(held.admission, Broken)
    assert isinstance(free.admission, Passing)
    assert free.claimed
    assert lane(iris, "erp", "finance")["gate"] == "away"
    assert "8 tries in vain" in iris.page("/lanes")


def test_a_person_has_the_erp_asked_now_instead_of_later(road, iris):
    away(road, "erp", Lane.FINANCE)

    said = iris.send("/lanes/act", system="erp", lane="finance", wish="probe")

    assert said == "erp finance is asked now."
    assert isinstance(rounds(road, "erp", Lane.FINANCE).admission, ProbeDue)


def test_a_held_lane_keeps_its_order_until_it_is_opened_and_who_did_it_stays_written(road, iris):
    before = [one.delivery_id for one in rounds(road, "abcd", Lane.DISPATCH).claimed]

    said = iris.send("/lanes/act", system="abcd", lane="dispatch", wish="hold", reason="they move")
    held = rounds(road, "abcd", Lane.DISPATCH)
    page = iris.page("/lanes")
    opened = iris.send("/lanes/act", system="abcd", lane="dispatch", wish="open", reason="moved")
    again = iris.send("/lanes/act", system="abcd", lane="dispatch", wish="open", reason="moved")

    assert isinstance(held.admission, Held)
    assert "is held" in said
    assert "by Iris, because they move" in page
    assert ("is open;" in opened, "was open already" in again) == (True, True)
    assert [one.delivery_id for one in rounds(road, "abcd", Lane.DISPATCH).claimed] == before
    assert "lane abcd dispatch" in iris.page("/lanes")


def test_a_hold_can_have_an_end(road, iris):
    iris.send("/lanes/act", system="abcd", lane="dispatch", wish="hold", hours="2")
    now = lane(iris, "abcd", "dispatch")["gate"]

    at = road.clock.at
    road.clock.at = at + timedelta(hours=2)
    try:
        later = lane(iris, "abcd", "dispatch")["gate"]
    finally:
        road.clock.at = at
        iris.send("/lanes/act", system="abcd", lane="dispatch", wish="open")

    assert (now, later) == ("held", "open")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"system": "nowhere"}, "There is no lane"),
        ({"wish": "burn"}, "Invalid enum value"),
        ({"hours": "9999"}, "Hold it for 1 to 744 hours"),
        ({"reason": ""}, "Say why"),
    ],
    ids=["no lane", "no wish", "too long", "no reason"],
)
def test_what_cannot_be_meant_is_refused(iris, change, says):
    form = {"system": "erp", "lane": "finance", "wish": "hold"} | change

    said = iris.send("/lanes/act", **form)

    assert said.startswith("Nothing was done.")
    assert says in said


def test_finance_sees_the_lanes_and_touches_none(road):
    with seated(road, "Ann", Role.FINANCE) as ann:
        assert "disabled" in ann.button("/lanes", "Hold")
    body = {"system": "erp", "lane": "finance", "wish": "hold", "reason": "month end"}
    assert road.post("/v1/lanes", body, role=Role.FINANCE).status_code == 403


def test_the_api_does_the_same(road):
    body = {"system": "erp", "lane": "notify", "wish": "open", "reason": "done"}

    none = road.post("/v1/lanes", body)
    held = road.post("/v1/lanes", body | {"lane": "finance", "wish": "hold"})
    opened = [road.post("/v1/lanes", body | {"lane": "finance"}).json() for _ in range(2)]

    assert none.status_code == 404
    assert held.json() == {"changed": True}
    assert opened == [{"changed": True}, {"changed": False}]
