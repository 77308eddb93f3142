"""A case on its page: what it is about, what shares its cause, who has it, and what ends it."""

from datetime import timedelta

import pytest

from drawbar.connectors.registry import readers_of
from drawbar.engine.trouble import stuck_delivery
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.delivery import Lane
from drawbar.messages.queue import DeliveryState, Settlement, claim, settle
from drawbar.records.cases import CaseOpened, change_cases
from drawbar.web.api.v1.readers import READERS
from drawbar.web.auth.role import Role
from tests.connectors.test_code_table import word
from tests.flow.stage import answered, bill, driven, released
from tests.web.desk import seated
from tests.web.test_code_maps import NORTHLAKE, event

pytestmark = pytest.mark.system

LINEHAUL, FUEL = (ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50")


@pytest.fixture(scope="module")
def books(doors):
    """Stop a bill for two lumpers, and hear a code three times that nobody knows."""
    lumpers = ((ChargeKind.LUMPER, "100.00"), (ChargeKind.LUMPER, "90.00"))
    doors.engine.learn([released(), answered("S-1001-V1T1"), *driven()])
    doors.engine.learn([bill(LINEHAUL, FUEL, *lumpers)])
    doors.engine.readers = {**READERS, **readers_of("northlake", NORTHLAKE, codes=Unread())}
    doors.engine.take([event(number, "gone_home") for number in range(3)])
    doors.work()
    return doors


class Unread:
    """Knows nothing that people said."""

    def of(self, system):
        return 0, ()

    def refresh(self):
        return False


@pytest.fixture
def ann(books):
    with seated(books, "Ann", Role.FINANCE) as desk:
        yield desk


@pytest.fixture
def iris(books):
    with seated(books, "Iris", Role.INTEGRATION) as desk:
        yield desk


def cases(doors, kind):
    return doors.get(f"/v1/cases?kind={kind}&limit=100").json()["items"]


def path(doors, kind, number=0):
    return f"/cases/{cases(doors, kind)[number]['case_id']}"


def test_a_case_shows_what_it_is_about_its_money_and_what_shares_its_cause(books, ann):
    where = path(books, "bill_stopped")

    page, told = ann.page(where), ann.data(f"{where}.json")

    assert 'href="/bills/B-1"' in page
    assert "Pay as billed" in page
    assert (told["shared"]["count"], len(told["shared"]["others"])) == (2, 1)
    assert told["shared"]["money"] == {"amount": "190.00", "currency": "USD"}


def test_a_case_is_taken_rests_and_is_closed_by_name_and_reason(books, ann):
    where = path(books, "bill_stopped")

    said = [
        ann.send(f"{where}/take", person="Bob", reason="he knows the dock"),
        ann.send(f"{where}/snooze", hours="4"),
        ann.send(f"{where}/close", reason="settled by phone"),
        ann.send(f"{where}/close", reason="once more"),
    ]
    page = ann.page(where)

    assert said[0].startswith("Bob has case")
    assert "rests" in said[1]
    assert "is closed" in said[2]
    assert said[3] == "Nothing was done. It is closed."
    assert "Bob by Ann, because he knows the dock" in page
    assert "by Ann: settled by phone" in page


def test_finances_cases_are_closed_by_finance_only(books, iris):
    where = path(books, "bill_stopped")

    said = iris.send(f"{where}/close", reason="I want it gone")

    assert "It is finance&#39;s to close." in said or "It is finance's to close." in said


def test_customer_service_sees_a_case_without_its_money_and_cannot_act(books):
    where = path(books, "bill_stopped")
    with seated(books, "Sam", Role.CUSTOMER_SERVICE) as sam:
        told = sam.data(f"{where}.json")

        assert (told["case"]["money"], told["shared"]["money"]) == (None, None)
        assert "disabled" in sam.button(where, "Take it")


@pytest.mark.parametrize("number", ["0", "999999", "x", "-1"])
def test_there_is_no_page_for_a_case_that_is_not(ann, number):
    assert ann.client.get(f"/cases/{number}").status_code == 404


def test_an_unknown_code_is_mapped_on_its_case_and_all_its_members_are_settled(books, iris):
    where = path(books, "unknown_code")
    assert "Map it and read 3 again" in iris.page(where)
    books.engine.readers = {
        **READERS,
        **readers_of("northlake", NORTHLAKE, codes=Mapped()),
    }

    iris.send(
        "/code-maps/add",
        system="northlake",
        table="milestones",
        code="gone_home",
        meaning="delayed",
    )

    assert cases(books, "unknown_code") == []
    assert "closed" in iris.page(where)


class Mapped(Unread):
    """Knows what was said."""

    def of(self, system):
        return 1, (word("milestones", "gone_home", "delayed"),)


@pytest.fixture
def stuck(books):
    """Let the ERP refuse one voucher; return its number."""
    with books.engine.pool.connection() as connection, connection.cursor() as cursor:
        now = books.clock.now()
        found = claim(
            cursor, system="erp", lane=Lane.FINANCE, now=now, limit=1, lease=timedelta(hours=1)
        )
        (one,) = found.claimed
        refused = Settlement(
            delivery_id=one.delivery_id,
            claim=one.claim,
            state=DeliveryState.REJECTED,
            due_at=now,
            error="period closed",
        )
        settle(cursor, [refused], now=now)
        case = stuck_delivery(
            CaseKind.DELIVERY_REJECTED,
            stream=one.stream,
            item=f"erp {one.business_key}",
            text="The ERP refused it: period closed",
            now=now,
        )
        change_cases(cursor, [CaseOpened(case=case, opened_at=now)])
    return one.delivery_id


def test_a_refused_delivery_is_decided_on_its_case(books, iris, stuck):
    where = path(books, "delivery_rejected")
    shown = iris.page(where)

    wrong = iris.send(f"/deliveries/{stuck}/resolve", answer="it_was_done")
    said = iris.send(f"/deliveries/{stuck}/resolve", answer="it_was_done", document="VB-17")
    again = iris.send(f"/deliveries/{stuck}/resolve", answer="skip")

    assert "period closed" in shown
    assert "Leave it out" in shown
    assert "Their number belongs to what was done there" in wrong
    assert said == f"Delivery {stuck} was done, as VB-17."
    assert "on its way or settled already" in again
    assert "VB-17" in iris.page(f"/deliveries/{stuck}")
    assert cases(books, "delivery_rejected") == []
