"""Claims and missing invoices over HTTP: who may see them, and which step is refused."""

from datetime import timedelta

import pytest

from drawbar.freight.charge import ChargeKind
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.web.auth.role import Role
from tests.flow.stage import MONDAY, answered, bill, driven, order, pod, released

pytestmark = pytest.mark.system

LINEHAUL, FUEL = (ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50")
PAPERS = [{"paper": one, "sha256": "a" * 64} for one in ("bol", "pod", "invoice_of_goods")]
CARGO = "CC-S-1001"


@pytest.fixture(scope="module")
def books(doors):
    doors.clock.at = MONDAY + timedelta(days=7)
    for ref in ("1001", "1002", "1003"):
        *road, _ = driven(f"S-{ref}")
        proof = pod(f"S-{ref}", pieces=22 if ref == "1001" else 24)
        doors.engine.learn([released(order(ref)), answered(f"S-{ref}-V1T1"), *road, proof])
    own = (Reference(ReferenceKind.SHIPMENT, "S-1002"),)
    doors.engine.learn([bill(LINEHAUL, FUEL, ref="B-2", number="2", references=own)])
    doors.work()
    return doors


def step(doors, what, *, role=Role.FINANCE, ref=CARGO, **said):
    told = doors.post("/v1/claim-steps", {"claim_ref": ref, "step": what} | said, role=role)
    doors.work()
    return told


def usd(amount):
    return {"amount": amount, "currency": "USD"}


def seen(doors, ref=CARGO, **who):
    return doors.get(f"/v1/claims/{ref}", **who)


def test_a_carrier_learns_of_a_claim_when_it_is_filed(books):
    assert seen(books, role=Role.CARRIER).status_code == 404
    assert seen(books).json()["claimed"] == usd("290.00")

    refused = step(books, "file")
    assert refused.status_code == 422
    assert "bol, pod, invoice of goods" in refused.text
    assert step(books, "file", papers=PAPERS).status_code == 202

    assert seen(books, role=Role.CARRIER).json()["status"] == "filed"
    other = books.key(Role.CARRIER, carrier_ref="NRTH")
    assert books.client.get(f"/v1/claims/{CARGO}", headers=other).status_code == 404


def test_an_offer_is_the_carriers_to_make_and_ours_to_take(books):
    assert step(books, "offer", money=usd("200.00")).status_code == 409
    assert step(books, "accept", role=Role.CARRIER, code=None).status_code in {202, 409}


@pytest.mark.parametrize(
    ("body", "status", "why"),
    [
        ({"line": 1, "money": usd("35.00"), "bill_ref": "B-9"}, 404, "no freight bill"),
        ({"line": 9, "money": usd("35.00")}, 409, "no such line"),
        ({"line": 1, "money": usd("1650.01")}, 409, "not a part"),
        ({"line": 1, "money": usd("-1.00")}, 422, "below zero"),
    ],
    ids=["no bill", "no line", "more than was paid", "below zero"],
)
def test_an_overcharge_that_cannot_be_claimed_is_refused(books, body, status, why):
    refused = books.post("/v1/claims", {"bill_ref": "B-2", "reason": "as corrected"} | body)

    assert refused.status_code == status, refused.text
    assert why in refused.text


def test_an_overcharge_claim_is_opened_accepted_and_credited(books):
    told = books.post(
        "/v1/claims",
        {"bill_ref": "B-2", "line": 1, "money": usd("35.00"), "reason": "corrected contract"},
        role=Role.FINANCE,
    )
    books.work()
    assert told.status_code == 202, told.text
    assert step(books, "accept", ref="OC-B-2-1", role=Role.CARRIER).status_code == 202
    assert seen(books, "OC-B-2-1").json()["nettable"] == usd("35.00")

    assert step(books, "credit", ref="OC-B-2-1", role=Role.CARRIER, money=usd("35.00")).is_success
    assert seen(books, "OC-B-2-1").json()["status"] == "recovered"


def test_letting_go_of_a_claim_needs_a_code(books):
    assert step(books, "withdraw", ref="OC-B-2-1").status_code == 422


def test_m20_the_chase_list_shows_a_load_to_us_and_to_its_carrier_until_it_is_billed(books):
    books.clock.at = MONDAY + timedelta(days=50)
    books.work()

    ours = books.get("/v1/missing-invoices").json()["items"]
    assert {one["shipment_ref"] for one in ours} == {"S-1001", "S-1003"}
    assert ours[0]["expected"] == usd("2062.50")
    theirs = books.get("/v1/missing-invoices", role=Role.CARRIER).json()["items"]
    assert [one["expected"] for one in theirs] == [None, None]
    other = books.key(Role.CARRIER, carrier_ref="NRTH")
    assert books.client.get("/v1/missing-invoices", headers=other).json()["items"] == []

    own = (Reference(ReferenceKind.SHIPMENT, "S-1003"),)
    books.engine.learn(
        [bill(LINEHAUL, FUEL, ref="B-3", number="3", references=own, at=50 * 24 * 60)]
    )
    books.work()
    left = books.get("/v1/missing-invoices").json()["items"]
    assert {one["shipment_ref"] for one in left} == {"S-1001"}
