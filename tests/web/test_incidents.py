"""Cards of the first page: open with an owner and a way out, healed by whom or by itself."""

from datetime import UTC, datetime

import psycopg
import pytest
from msgspec import structs

from drawbar.records.desk.trouble import urgent_cases
from drawbar.web.auth.role import Role
from drawbar.web.desks.incident import Incident, IncidentKind
from drawbar.web.desks.incident_state import State, of_case, seen
from tests.flow.stage import answered
from tests.web.a_week import approval, bill, order, tell_a_week
from tests.web.a_week import seen as reported
from tests.web.desk import seated

pytestmark = pytest.mark.system

NOW = datetime(2026, 3, 7, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def week(doors):
    tell_a_week(doors)
    return doors


def card(doors, kind, look_up, *, now=NOW):
    incident = Incident(kind=kind, title="", text="", look_up=look_up)
    with psycopg.connect(doors.logins.request_url) as connection, connection.cursor() as cursor:
        return seen(cursor, incident, doors.settings.company, now)


def test_a_wrong_bill_is_open_with_its_owner_money_and_way_out(week):
    told = card(week, IncidentKind.WRONG_DETENTION, "INV-3")

    assert told.state is State.OPEN
    assert told.owner == "finance"
    assert str(told.money) == "168.75 USD"
    assert told.href.startswith("/bills/B-")
    assert told.due_at is not None
    assert told.remedy


def test_what_facts_settle_has_healed_by_itself(week):
    before = card(week, IncidentKind.WRONG_DETENTION, "INV-2")
    open_cases = [before.state]
    for kind, amount in (("fuel_surcharge", "455.00"), ("lumper", "80.00")):
        answer = week.post(
            "/v1/charge-approvals",
            approval(8102) | {"kind": kind, "money": {"amount": amount, "currency": "USD"}},
        )
        assert answer.status_code == 202, answer.text
        week.work()

    after = card(week, IncidentKind.WRONG_DETENTION, "INV-2")

    assert open_cases == [State.OPEN]
    assert (after.state, after.by) == (State.HEALED, "")
    assert after.at is not None


def test_a_duplicate_under_a_new_number_points_at_the_second_bill(week):
    told = card(week, IncidentKind.DUPLICATE_NEW_NUMBER, "INV-1-R")

    assert told.state is State.OPEN
    assert "INV-1-R" in told.what


def test_a_declined_load_is_open_while_nobody_has_it(week):
    told = card(week, IncidentKind.TENDER_DECLINED, "SO-8106")

    assert told.state is State.OPEN
    assert told.href == "/shipments/S-SO-8106"


def test_a_truck_is_silent_after_two_hours_without_a_word(week):
    assert week.post("/v1/orders", order(8190)).status_code == 202
    week.work()
    accepted = {
        "carrier_ref": "ABCD",
        "references": [{"kind": "shipment", "value": "S-SO-8190"}],
        "answer": "accepted",
        "answered_at": "2026-03-07T19:00:00Z",
    }
    for path, body in (
        ("tender-answers", accepted),
        ("milestones", reported(8190, "arrived_pickup", "2026-03-07T19:00:00Z")),
    ):
        assert week.post(f"/v1/{path}", body).status_code == 202
        week.work()

    heard = card(week, IncidentKind.SILENT_TRUCK, "SO-8190", now=NOW)
    silent = card(
        week, IncidentKind.SILENT_TRUCK, "SO-8190", now=datetime(2026, 3, 8, 3, tzinfo=UTC)
    )

    assert heard.state is State.AHEAD
    assert (silent.state, silent.owner) == (State.OPEN, "dispatch")


@pytest.mark.parametrize(
    ("kind", "look_up"),
    [
        (IncidentKind.CHANGE_AFTER_TENDER, "SO-NOT-YET"),
        (IncidentKind.UNKNOWN_STATUS_CODE, "x12:ABCD:214:ZZ"),
        (IncidentKind.ERP_OUTAGE, "nobody"),
    ],
)
def test_what_has_not_happened_yet_is_neither_open_nor_healed(week, kind, look_up):
    assert card(week, kind, look_up).state is State.AHEAD


def test_without_a_guide_the_first_page_shows_the_most_urgent_case_of_each_kind(week):
    with psycopg.connect(week.logins.request_url) as connection, connection.cursor() as cursor:
        cases = urgent_cases(cursor)

    told = week.get("/home.json").json()["incidents"]

    assert [one["kind"] for one in told] == [case.kind for case in cases][:8]
    assert {of_case(case).state for case in cases} == {State.OPEN}


def test_who_sees_no_money_reads_no_case_on_the_first_page(week):
    told = week.get("/home.json", role=Role.CUSTOMER_SERVICE).json()["incidents"]

    assert told
    assert {(one["what"], one["money"]) for one in told} == {("", None)}


def test_a_bill_of_nobody_waits_and_is_no_incident_of_a_person(week):
    unknown = bill(9999, "INV-9", linehaul="100.00")
    assert week.post("/v1/freight-bills", unknown).status_code == 202
    week.work()

    assert card(week, IncidentKind.WRONG_DETENTION, "INV-9").state is State.AHEAD


def test_a_bill_that_has_not_come_yet_is_not_healed_though_its_load_is_delivered(week):
    assert card(week, IncidentKind.WRONG_FUEL_WEEK, "SO-8105").state is State.AHEAD


def test_an_order_leads_to_the_bill_of_its_load(week):
    told = card(week, IncidentKind.WRONG_DETENTION, "SO-8103")

    assert told.state is State.OPEN
    assert told.href.startswith("/bills/B-")


def test_trouble_of_another_kind_is_another_trouble(week):
    assert card(week, IncidentKind.CHANGE_AFTER_TENDER, "SO-8103").state is State.AHEAD


def test_a_dispute_that_a_person_confirmed_is_healed_though_the_carrier_has_yet_to_answer(week):
    bill_ref = card(week, IncidentKind.WRONG_DETENTION, "INV-3").href.removeprefix("/bills/")
    with seated(week, "Flo", Role.FINANCE) as flo:
        said = flo.send(
            f"/bills/{bill_ref}/decide", answer="short_pay", disputed="168.75", code="as_agreed"
        )

    told = card(week, IncidentKind.WRONG_DETENTION, "INV-3")

    assert said == "It is paid as judged; the carrier has the rest to answer."
    assert (told.state, told.by) == (State.HEALED, "Flo")


def test_a_load_that_a_person_offered_is_healed_by_that_person(week):
    offered = {"carrier_ref": "ABCD", "rate": "1400.00", "currency": "USD"}
    with seated(week, "Dee", Role.DISPATCHER) as dee:
        said = dee.send("/shipments/S-SO-8106/offer", **offered)
    (tender,) = week.get("/v1/shipments/S-SO-8106").json()["tenders"][-1:]
    said_yes = answered(tender["tender_ref"])
    week.engine.learn([structs.replace(said_yes, happened_at=NOW, learned_at=NOW)])
    week.work()

    told = card(week, IncidentKind.TENDER_DECLINED, "SO-8106")

    assert said == "S-SO-8106: ABCD is asked."
    assert (told.state, told.by) == (State.HEALED, "Dee")
