"""Lines and docks post what they saw: events become milestones, and nobody speaks for another."""

import json

import pytest

from drawbar.web.auth.role import Role
from tests.flow.stage import order, released
from tests.web.conftest import opened

pytestmark = pytest.mark.system

BOX = {
    "eventID": "e-1",
    "eventType": "EQUIPMENT",
    "eventClassifierCode": "ACT",
    "eventDateTime": "2026-03-10T08:30:00Z",
    "equipmentEventTypeCode": "GTOT",
    "eventLocation": {"UNLocationCode": "USDAL"},
    "references": [{"referenceType": "CSI", "referenceValue": "S-1001"}],
}
SCAN = {
    "type": "ObjectEvent",
    "eventTime": "2026-03-10T08:20:00Z",
    "eventTimeZoneOffset": "-05:00",
    "action": "OBSERVE",
    "bizStep": "loading",
    "epcList": ["urn:epc:id:sscc:4012345.1000000001"],
    "bizTransactionList": [{"type": "desadv", "bizTransaction": "S-1001"}],
}


@pytest.fixture(scope="module")
def posting(doors):
    """Yield doors for a container line and a dock, over the module's database."""
    systems = {
        "blueline": {
            "connector": "dcsa",
            "party_ref": "ABCD",
            "stops": {"USDAL": "pickup"},
            "references": {"CSI": "shipment"},
        },
        "dock": {
            "connector": "epcis",
            "party_ref": "DOCK",
            "references": {"desadv": "shipment"},
        },
    }
    doors.engine.learn([released(order("1001"))])
    doors.work()
    yield from opened(doors.logins, systems=systems)


def post(doors, system, body, *, role=Role.CARRIER, carrier=""):
    headers = doors.key(role, carrier) if carrier else doors.key(role)
    headers = headers | {"Content-Type": "application/json"}
    return doors.client.post(f"/v1/partners/{system}/edi", content=body, headers=headers)


def kept(doors, answer):
    ref = answer.json()["message_ref"]
    return doors.get(f"/v1/messages/{ref}", role=Role.ADMIN).json()


def test_a_posted_event_of_a_line_is_a_milestone_of_the_load(posting):
    answer = post(posting, "blueline", json.dumps([BOX]).encode())

    assert answer.status_code == 202
    assert answer.json()["outcome"] == "applied"
    assert kept(posting, answer)["channel"] == "dcsa:ABCD"
    assert [one["ref"] for one in answer.json()["streams"]] == ["S-1001"]


def test_the_same_events_again_are_the_same_message(posting):
    body = json.dumps({"events": [BOX]}).encode()
    first, again = (post(posting, "blueline", body).json() for _ in range(2))

    assert first["message_ref"] == again["message_ref"]
    assert again["duplicate"] is True


def test_a_posted_scan_is_a_milestone_of_the_load(posting):
    answer = post(posting, "dock", json.dumps(SCAN).encode(), role=Role.INTEGRATION)

    assert answer.status_code == 202
    assert [fact["name"] for fact in kept(posting, answer)["facts"]] == ["MilestoneReported"]


def test_nobody_posts_for_another(posting):
    assert post(posting, "dock", b"[]").status_code == 404
    assert post(posting, "blueline", b"[]", carrier="NRTH").status_code == 404


@pytest.mark.parametrize(
    "body",
    [b"[" * 100_000, b'{"events": [NaN]}', b'["\\ud800"]', b'{"a": 1, "a": 2}', b"\xff\xfe"],
    ids=["deep", "no number", "half a character", "a field twice", "no text"],
)
def test_what_is_no_honest_text_is_kept_and_a_person_of_ours_sees_why(posting, body):
    answer = post(posting, "blueline", body)

    assert answer.status_code == 202
    assert [one["remedy"] for one in answer.json()["problems"]]
