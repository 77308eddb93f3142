"""A movement is priced over HTTP with every step; a certificate prices a shipment anew."""

import pytest

from drawbar.web.auth.role import Role
from tests.web.test_journey import SHIPMENT, answered, place, released, stop

pytestmark = pytest.mark.system

ASKED = {
    "party_ref": "ABCD",
    "stops": [
        stop("pickup", place("Plant", "Dallas", "TX", "75201"), "2026-03-04"),
        stop("delivery", place("DC", "Chicago", "IL", "60601"), "2026-03-06"),
    ],
    "goods": [{"sku": "PUMP-7", "pieces": 10, "weight_lb": "12000"}],
}
CERTIFICATE = {
    "shipment_ref": SHIPMENT,
    "certificate_ref": "W-1",
    "certified_at": "2026-03-05T10:00:00Z",
    "weight_lb": "12500",
    "document_sha256": "a" * 64,
}


@pytest.fixture(scope="module", autouse=True)
def awarded(doors):
    """Release the order and let its carrier take it."""
    assert released(doors).status_code == 202
    doors.work()
    assert answered(doors).status_code == 202
    doors.work()


def certified(doors, role=Role.CARRIER, **changes):
    path = f"/v1/shipments/{SHIPMENT}/certificates"
    return doors.post(path, CERTIFICATE | changes, role=role)


def test_a_movement_is_priced_with_lane_clause_version_and_every_step(doors):
    told = doors.post("/v1/rates/explain", ASKED, role=Role.FINANCE).json()

    assert told["unrated"] is None
    assert told["contract_ref"] == "ABCD-2026"
    assert told["lane"]["clause"] == told["charges"][0]["why"]["clause"]
    assert told["charges"][0]["why"]["steps"]
    assert told["totals"] == [{"amount": "2062.50", "currency": "USD"}]
    assert told["on"] == "2026-03-04"


def test_the_price_asked_for_is_the_price_that_the_shipment_has(doors):
    asked = doors.post("/v1/rates/explain", ASKED, role=Role.FINANCE).json()

    both = doors.get(f"/v1/shipments/{SHIPMENT}/rates", role=Role.FINANCE).json()["rates"]

    assert [one["side"] for one in both] == ["buy", "sell"]
    assert both[0]["charges"] == asked["charges"]


def test_what_has_no_price_says_why_and_what_to_change(doors):
    long_ago = [one | {"earliest_at": "2019-03-04T14:00:00Z"} for one in ASKED["stops"]]

    told = doors.post("/v1/rates/explain", ASKED | {"stops": long_ago}).json()

    assert told["charges"] == []
    assert "with ABCD holds on 2019-03-04" in told["unrated"]["text"]
    assert told["unrated"]["remedy"]


@pytest.mark.parametrize("role", [Role.CARRIER, Role.CUSTOMER_SERVICE])
def test_who_may_not_see_money_is_told_no_rate(doors, role):
    assert doors.post("/v1/rates/explain", ASKED, role=role).status_code == 403
    assert doors.get(f"/v1/shipments/{SHIPMENT}/rates", role=role).status_code == 403


@pytest.mark.parametrize(
    ("goods", "word"),
    [
        ({"freight_class": "71"}, "no freight class"),
        ({"weight_lb": "-5"}, "weight_lb"),
        ({"weight_lb": "NaN"}, "weight_lb"),
        ({"weight_lb": "1e400"}, "weight_lb"),
        ({"length_in": "0"}, "length_in is zero"),
    ],
    ids=["unknown class", "negative weight", "not a number", "endless", "no length"],
)
def test_goods_that_cannot_be_are_refused_by_name(doors, goods, word):
    line = ASKED["goods"][0] | goods

    answer = doors.post("/v1/rates/explain", ASKED | {"goods": [line]})

    assert answer.status_code == 422
    assert word in answer.text


def test_a_party_that_nobody_knows_is_refused(doors):
    answer = doors.post("/v1/rates/explain", ASKED | {"party_ref": "NOBODY"})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "$.party_ref"


def test_a_certificate_becomes_part_of_the_shipments_story(doors):
    answer = certified(doors)

    assert answer.status_code == 202, answer.text
    assert answer.json()["streams"] == [{"kind": "shipment", "ref": SHIPMENT}]
    page = doors.get(f"/shipments/{SHIPMENT}").text
    assert "Certificate W-1 by ABCD: 12,500 lb" in page


@pytest.mark.parametrize(
    ("changes", "status", "word"),
    [
        ({"weight_lb": "0"}, 422, "weighs more than nothing"),
        ({"weight_lb": None}, 422, "weight_lb, freight_class or both"),
        ({"freight_class": "93"}, 422, "no freight class"),
        ({"document_sha256": ""}, 422, "document"),
        ({"sku": "ANVIL"}, 422, "PUMP-7"),
        ({"shipment_ref": "S-OTHER"}, 422, "S-OTHER"),
    ],
    ids=["no weight", "nothing", "unknown class", "no document", "other goods", "other load"],
)
def test_a_certificate_that_cannot_count_is_refused_with_a_way_out(doors, changes, status, word):
    answer = certified(doors, **changes)

    assert answer.status_code == status
    assert word in answer.text


def test_a_carrier_certifies_nothing_of_a_load_that_it_was_never_asked_about(doors):
    other = doors.client.post(
        f"/v1/shipments/{SHIPMENT}/certificates",
        json=CERTIFICATE,
        headers=doors.key(Role.CARRIER, carrier_ref="NRTH"),
    )

    assert other.status_code == 404


def test_the_page_shows_class_certificate_and_what_is_not_owed(doors):
    certified(doors, certificate_ref="W-2", freight_class="92.5")

    page = doors.get(f"/shipments/{SHIPMENT}", role=Role.FINANCE).text

    assert "W-2 by ABCD" in page
    assert "12500 lb, class 92.5" in page
    assert "nobody reported the arrival at stop 1" in page


def test_the_answer_names_goods_and_certificates(doors):
    told = doors.get(f"/v1/shipments/{SHIPMENT}", role=Role.FINANCE).json()

    assert told["goods"][0]["weight_lb"] == "12000"
    assert {one["certificate_ref"] for one in told["certificates"]} == {"W-1", "W-2"}
    assert doors.get(f"/v1/shipments/{SHIPMENT}", role=Role.CARRIER).json()["certificates"] == []
