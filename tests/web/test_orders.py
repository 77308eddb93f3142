"""Orders over HTTP: taken in once, refused with a way out, changed as a whole."""

from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from itertools import count

import pytest

from drawbar.web.auth.role import Role

pytestmark = pytest.mark.system
_numbers = count(1001)

DALLAS = {"name": "Globex plant", "street": "1 Plant Rd", "city": "Dallas", "region": "TX"} | {
    "postal_code": "75201",
    "country": "US",
    "zone": "America/Chicago",
}
CHICAGO = {"name": "Mart DC", "street": "9 Dock St", "city": "Chicago", "region": "IL"} | {
    "postal_code": "60601",
    "country": "US",
    "zone": "America/Chicago",
}


def stop(purpose, place, day):
    times = {"earliest_at": f"{day}T08:00:00-06:00", "latest_at": f"{day}T16:00:00-06:00"}
    return {"purpose": purpose, "place": place, **times}


def an_order(**changed):
    order = {
        "order_ref": f"SO-{next(_numbers)}",
        "stated_at": "2026-03-02T08:00:00-06:00",
        "customer_ref": "GLOBEX",
        "stops": [
            stop("pickup", DALLAS, "2026-03-04"),
            stop("delivery", CHICAGO, "2026-03-06"),
        ],
        "goods": [
            {
                "sku": "PUMP-7",
                "pieces": 10,
                "weight_lb": "12000",
                "unit_value": {"amount": "450.00", "currency": "USD"},
            }
        ],
    }
    return order | changed


def test_a_released_order_becomes_a_shipment(doors):
    order = an_order()

    answer = doors.post("/v1/orders", order)

    assert answer.status_code == 202, answer.text
    taken = answer.json()
    assert taken["outcome"] == "applied"
    assert {"kind": "shipment", "ref": f"S-{order['order_ref']}"} in taken["streams"]
    assert taken["links"]["raw"] == f"/v1/messages/{taken['message_ref']}/raw"


def test_the_same_bytes_again_get_the_same_answer_marked_as_a_duplicate(doors):
    order = an_order()
    first = doors.post("/v1/orders", order).json()

    again = doors.post("/v1/orders", order).json()

    assert again == first | {"duplicate": True}


def test_the_same_key_with_other_bytes_is_a_conflict(doors):
    doors.post("/v1/orders", an_order(), **{"Idempotency-Key": "k-1"})

    answer = doors.post("/v1/orders", an_order(), **{"Idempotency-Key": "k-1"})

    assert answer.status_code == 409
    assert answer.json()["errors"][0]["path"] == "Idempotency-Key"


def test_the_same_revision_in_other_words_is_a_conflict(doors):
    order = an_order()
    doors.post("/v1/orders", order)

    answer = doors.post("/v1/orders", order | {"note": "ring the bell"})

    assert answer.status_code == 409
    assert answer.json()["errors"][0]["remedy"].startswith("Send a correction under a number")


def test_of_many_that_come_at_once_one_is_first(doors):
    order = an_order()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: doors.post("/v1/orders", order), range(6)))

    told = [answer.json() for answer in answers]
    assert {each["message_ref"] for each in told} == {told[0]["message_ref"]}
    assert [each["duplicate"] for each in told].count(False) == 1


def test_two_callers_may_use_the_same_key(doors):
    first = doors.post("/v1/orders", an_order(), **{"Idempotency-Key": "k-2"})
    second = doors.post(
        "/v1/orders", an_order(), role=Role.DISPATCHER, **{"Idempotency-Key": "k-2"}
    )

    assert (first.status_code, second.status_code) == (202, 202)


def test_a_change_is_a_whole_new_revision(doors):
    order = an_order()
    ref = order["order_ref"]
    doors.post("/v1/orders", order)

    answer = doors.client.put(
        f"/v1/orders/{ref}",
        json=order | {"revision": 2, "equipment": "reefer"},
        headers=doors.key(Role.INTEGRATION),
    )

    assert answer.status_code == 202, answer.text
    assert answer.json()["outcome"] == "applied"


def test_the_body_of_a_change_names_the_order_of_its_address(doors):
    answer = doors.client.put(
        "/v1/orders/SO-1", json=an_order(order_ref="SO-2"), headers=doors.key(Role.ADMIN)
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "$.order_ref"


def test_an_order_is_cancelled(doors):
    order = an_order()
    ref = order["order_ref"]
    doors.post("/v1/orders", order)

    answer = doors.post(
        f"/v1/orders/{ref}/cancellation",
        {"order_ref": ref, "cancelled_at": "2026-03-02T15:00:00Z", "reason": "not needed"},
    )

    assert answer.status_code == 202, answer.text
    assert {"kind": "order", "ref": ref} in answer.json()["streams"]


PLACE = ["stops", 0, "place"]


@pytest.mark.parametrize(
    ("where", "value", "path", "message"),
    [
        (
            ["goods", 0, "unit_value", "amount"],
            450.0,
            "$.goods[0].unit_value.amount",
            "got `float`",
        ),
        (["goods", 0, "unit_value", "amount"], "NaN", "$.goods[0].unit_value.amount", "regex"),
        (["goods", 0, "unit_value", "amount"], "1e400", "$.goods[0].unit_value.amount", "regex"),
        (["goods", 0, "pieces"], "10", "$.goods[0].pieces", "got `str`"),
        (["goods", 0, "pieces"], 0, "$.goods[0].pieces", ">= 1"),
        (["stated_at"], "2026-03-02T08:00:00", "$.stated_at", "timezone"),
        (["stated_at"], "0001-01-01T00:00:00+14:00", "$", "year 1 "),
        ([*PLACE, "zone"], "Mars/Olympus", "$.stops[0].place", "no time zone"),
        ([*PLACE, "city"], "Dal\x00las", "$.stops[0].place.city", "regex"),
        ([*PLACE, "colour"], "red", "$.stops[0].place", "unknown field `colour`"),
        (["stops"], [stop("delivery", CHICAGO, "2026-03-06")] * 2, "$", "begin with a pickup"),
        (["order_ref"], "SO-1\n", "$.order_ref", "regex"),
        (["note"], "n" * 1001, "$.note", "length <= 1000"),
    ],
    ids=[
        "money as a number",
        "not a number",
        "absurd exponent",
        "count as text",
        "no pieces",
        "time without a zone",
        "the year one",
        "zone of another planet",
        "a zero byte",
        "unknown field",
        "no pickup",
        "line break in a reference",
        "a novel",
    ],
)
def test_refuses_what_it_cannot_take_with_the_place_and_a_way_out(
    doors, where, value, path, message
):
    order = deepcopy(an_order())
    inner = order
    for step in where[:-1]:
        inner = inner[step]
    inner[where[-1]] = value

    answer = doors.post("/v1/orders", order)

    (flaw,) = answer.json()["errors"]
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert flaw["path"] == path
    assert message in flaw["message"]
    assert flaw["remedy"]
