"""Disputes over HTTP: who may read and answer, and what is refused. 200.00 are billed too much."""

import pytest

from drawbar.freight.charge import ChargeKind
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.web.auth.role import Role
from tests.flow.stage import answered, bill, driven, order, released

pytestmark = pytest.mark.system

FUEL = (ChargeKind.FUEL_SURCHARGE, "412.50")
OVER = (ChargeKind.LINEHAUL, "1850.00")
LOADS = ("1001", "1002", "1003", "1004", "1005")


@pytest.fixture(scope="module")
def books(doors):
    for ref in LOADS:
        doors.engine.learn([released(order(ref)), answered(f"S-{ref}-V1T1"), *driven(f"S-{ref}")])
        own = (Reference(ReferenceKind.SHIPMENT, f"S-{ref}"),)
        doors.engine.learn([bill(OVER, FUEL, ref=f"B-{ref}", number=ref, references=own)])
    doors.work()
    return doors


def name(ref):
    return f"D-S-{ref}-linehaul-0"


def read(doors, ref, **who):
    return doors.get(f"/v1/disputes/{name(ref)}", **who)


def usd(amount):
    return {"amount": amount, "currency": "USD"}


def answer(doors, ref, amount=None, *, turn=1, role=Role.FINANCE, bill_ref=None, **said):
    figure = {"bill_ref": bill_ref or f"B-{ref}", "line": 1, "money": usd(amount or "0.00")}
    figures = {"figures": [figure]} if amount else {"accept": True}
    told = doors.post(
        "/v1/dispute-answers",
        {"dispute_ref": name(ref), "turn": turn} | figures | said,
        role=role,
    )
    doors.work()
    return told


def test_a_carrier_and_the_firm_answer_each_other_until_they_meet(books):
    said = answer(books, "1001", "150.00", role=Role.CARRIER, words="four hours at the gate")
    assert said.status_code == 202, said.text
    ours = answer(books, "1001", "80.00", turn=2)
    assert ours.status_code == 202, ours.text
    assert answer(books, "1001", turn=3, role=Role.CARRIER).status_code == 202

    told = read(books, "1001").json()
    assert (told["status"], told["paid"], told["credited"]) == (
        "closed",
        usd("80.00"),
        usd("120.00"),
    )
    assert [one["voice"] for one in told["rounds"]] == ["carrier", "ours", "carrier"]
    assert told["rounds"][0]["words"] == "four hours at the gate"


def test_the_same_answer_sent_again_is_the_same(books):
    first = answer(books, "1002", "150.00", role=Role.CARRIER)
    again = answer(books, "1002", "150.00", role=Role.CARRIER)

    assert (first.json()["duplicate"], again.json()["duplicate"]) == (False, True)
    assert len(read(books, "1002").json()["rounds"]) == 1


@pytest.mark.parametrize(
    ("said", "status", "why"),
    [
        ({"amount": "200.01"}, 422, "not a part of the 200.00 USD"),
        ({"amount": "10.00", "turn": 9}, 422, "at turn 1"),
        ({"amount": "10.00", "bill_ref": "B-1002"}, 409, "not in this dispute"),
        ({"amount": "-1.00"}, 422, "not a part"),
    ],
    ids=["a cent too much", "a turn to come", "a line of another dispute", "below zero"],
)
def test_an_answer_that_cannot_be_meant_is_refused_with_why_and_a_way_out(books, said, status, why):
    refused = answer(books, "1003", **said)

    assert refused.status_code == status, refused.text
    assert why in refused.text
    assert all(flaw["remedy"] for flaw in refused.json()["errors"])
    assert read(books, "1003").json()["rounds"] == []


def test_an_answer_to_an_older_turn_is_refused(books):
    assert answer(books, "1004", "150.00", role=Role.CARRIER).status_code == 202

    crossed = answer(books, "1004", "90.00", turn=1)

    assert crossed.status_code == 409
    assert "turn 2" in crossed.text


def test_a_carrier_sees_and_answers_its_own_disputes_only(books):
    other = books.key(Role.CARRIER, carrier_ref="NRTH")

    assert books.client.get(f"/v1/disputes/{name('1003')}", headers=other).status_code == 404
    body = {"dispute_ref": name("1003"), "turn": 1, "accept": True}
    assert books.client.post("/v1/dispute-answers", json=body, headers=other).status_code == 404
    assert books.client.get("/v1/disputes", headers=other).json()["items"] == []
    of_abcd = books.client.get("/v1/disputes?carrier=ABCD", headers=other).json()
    assert of_abcd["items"] == []
    assert books.get("/v1/disputes", role=Role.CARRIER).json()["items"]


def test_a_carrier_ends_no_dispute_by_itself(books):
    body = {
        "dispute_ref": name("1003"),
        "turn": 1,
        "how": "paid",
        "code": "carrier_is_right",
        "reason": "we say so",
    }

    assert books.post("/v1/dispute-settlements", body, role=Role.CARRIER).status_code == 403


def test_a_credit_memo_for_a_part_and_a_write_off_of_the_rest(books):
    plain = {"dispute_ref": name("1005"), "turn": 1, "reason": "memo CM-9 of the carrier"}
    memo = plain | {"how": "credited", "code": "credit_memo", "money": usd("120.00")}
    assert books.post("/v1/dispute-settlements", memo, role=Role.FINANCE).status_code == 202
    books.work()
    rest = plain | {"how": "written_off", "code": "too_small", "turn": 2, "reason": "not worth it"}
    done = books.post("/v1/dispute-settlements", rest, role=Role.FINANCE)
    books.work()

    told = read(books, "1005").json()
    assert done.status_code == 202, done.text
    assert (told["status"], told["open"]) == ("closed", usd("0.00"))
    assert (told["credited"], told["written_off"]) == (usd("120.00"), usd("80.00"))
