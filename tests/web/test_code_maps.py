"""One word about a partner's new code: everything that waited for it is read again and settled."""

from decimal import Decimal

import msgspec
import psycopg
import pytest

from drawbar.connectors.registry import readers_of
from drawbar.flow.bill_state import BillState
from drawbar.messages.inbox import Intake
from drawbar.records.code_maps import CodeMaps
from drawbar.records.codec import state_decoder
from drawbar.records.desk.reads import open_reads
from drawbar.web.api.v1.readers import READERS
from drawbar.web.auth.role import Role
from tests.flow.stage import answered, released
from tests.web.desk import seated

pytestmark = pytest.mark.system

NORTHLAKE = {
    "connector": "carrier_api",
    "line": {"address": "http://nrth.example"},
    "party_ref": "NRTH",
}


@pytest.fixture(scope="module")
def road(doors):
    """Let this process read what Northlake says, by what people say its codes mean."""
    with open_reads(doors.logins.request_url) as reads:
        codes = CodeMaps(reads)
        doors.engine.readers = {
            **READERS,
            **readers_of("northlake", NORTHLAKE, codes=codes),
        }
        doors.engine.learn([released(), answered("S-1001-V1T1")])
        doors.work()
        yield doors


@pytest.fixture
def iris(road):
    with seated(road, "Iris", Role.INTEGRATION) as desk:
        yield desk


def event(number, status):
    told = {"id": f"{status}-{number}", "type": "tracking", "status": status}
    told |= {"occurred_at": f"2026-03-10T09:{number:02}:00Z", "shipment_id": "S-1001"}
    return Intake(
        channel="api:NRTH",
        sender="northlake",
        body=msgspec.json.encode(told),
        content_type="application/json",
        key=f"{status}-{number}",
    )


def send(doors, status, *, times):
    doors.engine.take([event(number, status) for number in range(times)])
    doors.work()


def say(desk, table, code, meaning):
    """Say on the page what a code of Northlake means; return what the next page tells."""
    return desk.send("/code-maps/add", system="northlake", table=table, code=code, meaning=meaning)


def settled_by(doors, code):
    with psycopg.connect(doors.logins.request_url) as connection:
        rows = connection.execute(
            "SELECT settled_by, because FROM cases WHERE text LIKE %s", [f"%{code}%"]
        )
        return set(rows)


def open_cases(doors, kind="unknown_code"):
    return doors.get(f"/v1/cases?kind={kind}&limit=100").json()["items"]


def facts(doors):
    with psycopg.connect(doors.logins.owner_url) as connection:
        counted = connection.execute(
            "SELECT count(*) FROM facts WHERE name = 'MilestoneReported'"
        ).fetchone()
    return counted[0]


def test_one_word_on_the_page_reads_all_its_messages_again_and_settles_the_case(road, iris):
    send(road, "gone_home", times=5)
    page = iris.page("/code-maps")
    before = facts(road)

    said = iris.send(
        "/code-maps/add",
        system="northlake",
        table="milestones",
        code="gone_home",
        meaning="delayed",
    )

    assert "5 cases in 5 messages" in page
    assert said == (
        "gone_home means delayed: 5 messages were read again, 5 recovered."
        " Nothing waits for it any more."
    )
    assert (facts(road) - before, open_cases(road)) == (5, [])
    assert "Iris, because the receipt is in" in iris.page("/code-maps")
    assert settled_by(road, "gone_home") == {("Iris", "gone_home means delayed: the receipt is in")}


def test_what_comes_later_is_read_by_the_new_word(road, iris):
    send(road, "asleep", times=1)
    say(iris, "milestones", "asleep", "delayed")
    before = facts(road)

    road.engine.take([event(30, "asleep")])

    assert (facts(road) - before, open_cases(road)) == (1, [])


def test_another_process_learns_of_the_word_too(road, iris):
    with open_reads(road.logins.request_url) as reads:
        elsewhere = CodeMaps(reads)
        number, _ = elsewhere.of("northlake")
        say(iris, "charges", "PET", "other")

        assert elsewhere.refresh()
        assert elsewhere.of("northlake")[0] > number
        assert ("PET", "other") in {(one.code, one.meaning) for one in elsewhere.of("northlake")[1]}


def test_saying_it_twice_adds_nothing(road):
    body = {"system": "northlake", "table": "charges", "code": "DOG", "meaning": "other"}

    first, again = (road.post("/v1/code-maps", body | {"reason": "told so"}) for _ in range(2))

    assert (first.json()["is_new"], again.json()["is_new"]) == (True, False)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"meaning": "lunch"}, "is none of"),
        ({"table": "colours"}, "there is no table"),
        ({"reason": ""}, "length"),
    ],
    ids=["no meaning", "no table", "no reason"],
)
def test_a_word_that_cannot_be_meant_is_refused(road, change, says):
    body = {"system": "northlake", "table": "charges", "code": "CAT", "meaning": "other"}

    answer = road.post("/v1/code-maps", body | {"reason": "told so"} | change)

    assert answer.status_code == 422
    assert says in answer.text


def test_finance_does_not_say_what_codes_mean(road):
    with seated(road, "Ann", Role.FINANCE) as ann:
        send(road, "lost", times=1)
        button = ann.button("/code-maps", "Map it and read 1 again")

    assert "disabled" in button
    assert "integration, admin may" in button


def test_nobody_changes_or_removes_what_was_said(road):
    with psycopg.connect(road.logins.owner_url) as connection:
        for wish in ("UPDATE code_maps SET meaning = 'x'", "DELETE FROM code_maps"):
            with pytest.raises(psycopg.Error, match="code_maps"):
                connection.execute(wish)
            connection.rollback()


def billed(number, code, amount="400.00", billed_on="2026-03-10"):
    lines = [{"code": "LINEHAUL", "amount": "1000.00"}, {"code": code, "amount": amount}]
    total = str(Decimal("1000.00") + Decimal(amount))
    invoice = {"number": number, "date": billed_on, "currency": "USD", "total": total}
    told = {"id": number, "type": "invoice", "occurred_at": f"{billed_on}T09:00:00Z"}
    body = told | {"shipment_id": "S-1001", "invoice": invoice | {"lines": lines}}
    return Intake(
        channel="api:NRTH",
        sender="northlake",
        body=msgspec.json.encode(body),
        content_type="application/json",
        key=number,
    )


def sensed(doors, number):
    """Return what is known of the last line of a bill: whether it is understood, and its kind."""
    with psycopg.connect(doors.logins.request_url) as connection:
        (body,) = connection.execute(
            "SELECT body FROM freight_bills WHERE invoice_number = %s", [number]
        ).fetchone()
    line = state_decoder(BillState).decode(body).bill.lines[1]
    return line.sense.value, line.kind.value


def test_a_word_about_a_charge_reads_every_bill_of_it_again(road, iris):
    road.engine.take([billed(f"N-{number}", "ZQ") for number in range(3)])
    road.work()
    before = [sensed(road, f"N-{number}") for number in range(3)]
    (word,) = [one for one in road.get("/v1/code-maps").json()["waiting"] if one["code"] == "ZQ"]

    say(iris, "charges", "ZQ", "fuel_surcharge")
    road.work()

    assert before == [("unknown", "other")] * 3
    assert (word["messages"], "not_agreed" in word["meanings"]) == (3, True)
    after = [sensed(road, f"N-{number}") for number in range(3)]
    assert after == [("understood", "fuel_surcharge")] * 3
    assert [one for one in open_cases(road) if "ZQ" in one["text"]] == []


def test_a_charge_may_be_said_not_to_be_agreed_and_stays_so_for_later_bills(road, iris):
    road.engine.take([billed("N-7", "PETS")])
    page = iris.page("/code-maps")

    say(iris, "charges", "PETS", "not_agreed")
    road.engine.take([billed("N-8", "PETS")])
    road.work()

    assert ("On bills from" in page, "not agreed" in page) == (True, True)
    assert {sensed(road, one)[0] for one in ("N-7", "N-8")} == {"not_agreed"}


def test_a_meaning_holds_for_bills_from_its_first_day_and_the_rest_goes_on_waiting(road):
    road.engine.take([billed("N-9", "BOX", billed_on="2026-02-28"), billed("N-10", "BOX")])
    said = {"system": "northlake", "table": "charges", "code": "BOX", "meaning": "storage"}

    done = road.post(
        "/v1/code-maps", said | {"reason": "their letter", "valid_from": "2026-03-01"}
    ).json()

    assert (done["messages"], done["left"]) == (2, 1)
    assert [sensed(road, one)[0] for one in ("N-9", "N-10")] == ["unknown", "understood"]
    assert road.post("/v1/code-maps", said | {"reason": "ever so"}).json()["left"] == 0
    assert sensed(road, "N-9") == ("understood", "storage")
