"""A dispatcher's decisions over HTTP: once for each request, refused where the load says no."""

import pytest
from msgspec import structs

from drawbar.freight.lineage import Receipt
from drawbar.freight.stream import StreamKind
from drawbar.web.api.v1.readers import READERS
from drawbar.web.auth.role import Role
from tests.flow.stage import answered, order, released
from tests.flow.test_by_hand import offered
from tests.flow.test_orders_under_attack import changed, later
from tests.web.test_finance import state

pytestmark = pytest.mark.system

WHY = {"reason": "agreed by phone"}


@pytest.fixture(scope="module")
def desk(doors):
    """Learn four loads that ABCD is asked about, one that it has, one order that may not go."""
    for ref in ("1001", "1002", "1003", "1004", "1005"):
        doors.engine.learn([released(order(ref))])
    doors.engine.learn([answered("S-1005-V1T1"), changed(later(order("1005", revision=2)))])
    held = structs.replace(order("1009"), customer_ref="NOBODY")
    doors.engine.learn([released(held)])
    doors.work()
    return doors


def load(desk, ref):
    return state(desk, StreamKind.SHIPMENT, ref)


def post(desk, path, ref, *, role=Role.DISPATCHER, key="", **said):
    headers = {"Idempotency-Key": key} if key else {}
    return desk.post(f"/v1/{path}", {"shipment_ref": ref} | WHY | said, role=role, **headers)


def test_the_same_request_twice_is_one_decision_and_one_answer(desk):
    told = {"tender_ref": "S-1001-V1T1"}
    first, again = (
        post(desk, "tender-withdrawals", "S-1001", key="click-1", **told) for _ in range(2)
    )

    assert (first.status_code, again.status_code) == (202, 202)
    assert (first.json()["duplicate"], again.json()["duplicate"]) == (False, True)
    assert first.json()["streams"] == [{"kind": "shipment", "ref": "S-1001"}]
    assert load(desk, "S-1001").waterfall.in_hand == ()


def test_the_same_words_another_time_are_another_decision(desk):
    told = {"carrier_ref": "ABCD"}
    post(desk, "tender-withdrawals", "S-1002", tender_ref="S-1002-V1T1")
    post(desk, "load-offers", "S-1002", key="one", **told)
    post(desk, "tender-withdrawals", "S-1002", tender_ref="S-1002-V1T2")

    again = post(desk, "load-offers", "S-1002", key="two", **told)

    assert again.json()["outcome"] == "applied"
    assert [one.tender_ref for one in load(desk, "S-1002").waterfall.in_hand] == ["S-1002-V1T3"]


def test_a_load_is_stopped_goes_on_and_is_offered_to_the_next(desk):
    assert post(desk, "load-holds", "S-1003").status_code == 202
    assert load(desk, "S-1003").holding.hold.by == "dispatcher of the tests"
    assert post(desk, "hold-liftings", "S-1003").status_code == 202
    (offer,) = load(desk, "S-1003").waterfall.in_hand
    assert offer.carrier_ref == "NRTH"

    answer = post(desk, "retenders", "S-1003", tender_ref=offer.tender_ref)

    assert answer.status_code == 202
    text = desk.get("/v1/cases?kind=uncovered").text
    assert "No carrier is left to ask about S-1003" in text


@pytest.mark.parametrize(
    ("path", "ref", "said", "status", "says"),
    [
        ("load-offers", "S-1004", {"carrier_ref": "NRTH"}, 409, "ABCD was asked as S-1004-V1T1"),
        ("load-offers", "S-1004", {"carrier_ref": "XXXX"}, 409, "Nobody knows a carrier XXXX"),
        ("load-offers", "S-9", {"carrier_ref": "ABCD"}, 404, "There is no shipment"),
        ("load-offers", "S-1009", {"carrier_ref": "ABCD"}, 409, "Order 1009 is on hold"),
        (
            "load-offers",
            "S-1004",
            {"carrier_ref": "ABCD", "rate": {"amount": "0.00", "currency": "USD"}},
            422,
            "a spot rate is above zero",
        ),
        ("load-offers", "S-1004", {"carrier_ref": "ABCD", "reason": ""}, 422, "reason"),
        ("load-broadcasts", "S-1004", {}, 409, "ABCD was asked"),
        ("tender-withdrawals", "S-1004", {"tender_ref": "S-9"}, 409, "nothing to take back"),
        ("retenders", "S-1004", {}, 409, "ABCD was asked"),
        ("hold-liftings", "S-1004", {}, 409, "not on hold"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_does_not_fit_is_refused_with_a_way_out_and_nothing_is_kept(
    desk, path, ref, said, status, says
):
    answer = post(desk, path, ref, **said)

    assert (answer.status_code, says in answer.text) == (status, True), answer.text
    assert status == 404 or all(flaw["remedy"] for flaw in answer.json()["errors"])
    assert len(load(desk, "S-1004").waterfall.offers) == 1


def test_who_loses_a_race_to_the_lock_is_told_so_and_nothing_is_decided(desk):
    late = offered("NRTH", at=-570)
    raced = structs.replace(late, shipment_ref="S-1004", key="raced")

    desk.engine.learn([raced])

    cases = desk.get("/v1/cases?kind=dead_letter").text
    assert "ABCD was asked as S-1004-V1T1" in cases
    assert len(load(desk, "S-1004").waterfall.offers) == 1


def test_a_carrier_decides_nothing_of_this(desk):
    assert post(desk, "load-holds", "S-1004", role=Role.CARRIER).status_code == 403


def test_a_change_is_refused_once_and_only_the_one_that_stands(desk):
    path, told = "/v1/change-refusals", {"order_ref": "1005", **WHY}

    old = desk.post(path, told | {"revision": 3})
    first = desk.post(path, told | {"revision": 2}, **{"Idempotency-Key": "no"})
    again = desk.post(path, told | {"revision": 2}, **{"Idempotency-Key": "no"})
    other = desk.post(path, told | {"revision": 2}, **{"Idempotency-Key": "no-again"})

    assert (old.status_code, first.status_code, again.status_code, other.status_code) == (
        409,
        202,
        202,
        409,
    )
    assert load(desk, "S-1005").holding.hold.revision == 2


def test_what_a_cancellation_would_cost_is_told_without_deciding_anything(desk):
    told = desk.get("/v1/orders/1004/cancellation", role=Role.DISPATCHER).json()

    assert (told["carrier"]["money"], told["objection"]) == (None, "")
    assert told["carrier"]["text"] == "no carrier has the load"
    assert desk.get("/v1/orders/nobody/cancellation").status_code == 404
    assert load(desk, "S-1004").cancelled_at is None


def test_an_order_is_cancelled_at_the_address_that_tells_what_it_costs(desk):
    answer = desk.post("/v1/orders/1002/cancellation", {"order_ref": "1002"}, role=Role.DISPATCHER)

    assert (answer.status_code, answer.json()["outcome"]) == (202, "applied")
    assert load(desk, "S-1002").cancelled_at == desk.clock.now()


@pytest.mark.parametrize(
    ("sender", "recorded_by"),
    [("carrier:ABCD", ""), ("Ann", "Ann")],
    ids=["itself", "by one of us"],
)
def test_an_answer_says_who_wrote_it_down(sender, recorded_by):
    body = (
        b'{"carrier_ref":"ABCD","references":[{"kind":"tender","value":"T"}],"answer":"accepted"}'
    )
    noon = released().learned_at

    (fact,) = READERS["api:answer-tender"](
        body, Receipt(message_ref="M-1", sender=sender, learned_at=noon)
    ).facts

    assert (fact.recorded_by, fact.happened_at) == (recorded_by, noon)
