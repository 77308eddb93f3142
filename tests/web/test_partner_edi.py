"""A partner's file may come as a post: the same reading, the same key, and nobody else's door."""

import pytest

from drawbar.web.auth.role import Role
from tests.connectors.x12_folder.conftest import wrapped
from tests.flow.stage import order, released
from tests.web.conftest import opened

pytestmark = pytest.mark.system

STATUS = "B10*1*S-1001-V1T1*ABCD\nLX*1\nAT7*X3*NS***20260310*0940*ET"
ENDS = {"ours": {"id": "ACME"}, "theirs": {"qualifier": "02", "id": "ABCD"}}


@pytest.fixture(scope="module")
def posting(doors, tmp_path_factory):
    """Yield doors for a partner over X12 and one by tables, over the module's database."""
    mail = tmp_path_factory.mktemp("mail")

    def folders(name):
        return {key: str(mail / name / key) for key in ("inbox", "outbox", "own")}

    systems = {
        "abcd": {
            "connector": "x12_folder",
            "party_ref": "ABCD",
            "folders": folders("abcd"),
            "stable_seconds": 0,
            **ENDS,
        },
        "northlake": {
            "connector": "csv_folder",
            "party_ref": "NRTH",
            "folders": folders("northlake"),
        },
    }
    doors.engine.learn([released(order("1001"))])
    doors.work()
    yield from opened(doors.logins, systems=systems)


def post(doors, body, *, system="abcd", role=Role.CARRIER, carrier="", **query):
    headers = doors.key(role, carrier) if carrier else doors.key(role)
    headers = headers | {"Content-Type": "application/edi-x12"}
    path = f"/v1/partners/{system}/edi"
    return doors.client.post(path, content=body, headers=headers, params=query)


def test_a_posted_file_is_kept_read_and_answered_with_its_reference(posting):
    body = wrapped("214", STATUS, control=1)
    answer = post(posting, body)
    ref = answer.json()["message_ref"]
    kept = posting.get(f"/v1/messages/{ref}", role=Role.CARRIER).json()

    assert answer.status_code == 202
    assert answer.json()["duplicate"] is False
    assert (kept["channel"], kept["sender"], kept["key"]) == (
        "x12:ABCD",
        "abcd",
        "ABCD>ACME:000000001",
    )
    assert [fact["name"] for fact in kept["facts"]] == ["MilestoneReported"]
    raw = posting.client.get(f"/v1/messages/{ref}/raw", headers=posting.key(Role.CARRIER))
    assert raw.content == body


def test_the_same_file_again_is_the_same_message_also_from_a_folder(posting):
    body = wrapped("214", STATUS, control=2)
    first, again = post(posting, body).json(), post(posting, body).json()
    partner = posting.settings.partners["abcd"]

    assert first["message_ref"] == again["message_ref"]
    assert (first["duplicate"], again["duplicate"]) == (False, True)
    assert partner.heard("from-a-folder.edi", body).key == "ABCD>ACME:000000002"


def test_other_content_under_one_control_number_is_refused_and_kept(posting):
    post(posting, wrapped("214", STATUS, control=3))
    answer = post(posting, wrapped("214", STATUS.replace("0940", "0950"), control=3))

    assert answer.status_code == 409
    assert "control number" in answer.json()["detail"]
    assert "kept as M-" in answer.json()["errors"][0]["message"]


def test_what_is_no_edi_is_kept_for_a_person_and_the_sender_is_told(posting):
    answer = post(posting, b"Dear Sirs")

    assert answer.status_code == 202
    assert answer.json()["problems"]


@pytest.mark.parametrize("system", ["northlake", "nobody", "a%2Fb"])
def test_the_door_of_another_carrier_looks_like_none(posting, system):
    answer = post(posting, wrapped("214", STATUS, control=4), system=system)

    assert answer.status_code == 404


def test_a_message_that_came_over_the_wire_of_another_carrier_is_not_seen(posting):
    ref = post(posting, wrapped("214", STATUS, control=5)).json()["message_ref"]
    answer = posting.client.get(f"/v1/messages/{ref}", headers=posting.key(Role.CARRIER, "NRTH"))

    assert answer.status_code == 404


def test_tables_are_told_apart_by_the_name_of_their_file(posting):
    rows = "shipment,status,at,zone\nS-1001,At shipper,2026-03-10 08:55,CT\n"
    answer = post(posting, rows, system="northlake", carrier="NRTH", name="status-1.csv")
    ref = answer.json()["message_ref"]

    assert answer.json()["problems"] == []
    assert posting.get(f"/v1/messages/{ref}").json()["channel"] == "csv:NRTH:status"


def test_a_body_that_is_empty_or_too_large_is_refused(posting):
    large = post(posting, b"x" * (16 * 1024 * 1024 + 1))

    assert post(posting, b"").status_code == 400
    assert large.status_code == 413


def test_our_own_programs_may_post_for_any_partner_and_desks_for_none(posting):
    body = wrapped("214", STATUS, control=6)

    assert post(posting, body, role=Role.INTEGRATION).status_code == 202
    assert post(posting, body, role=Role.DISPATCHER).status_code == 403
    assert posting.client.post("/v1/partners/abcd/edi", content=body).status_code == 401
