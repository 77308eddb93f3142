"""Whatever goes wrong at the door is a problem document that says what to do."""

from html import unescape

import psycopg
import pytest
from litestar import get
from litestar.testing import create_test_client

from drawbar.web.auth.role import Role
from drawbar.web.problem_kind import KINDS
from drawbar.web.refusal import answer_fault

pytestmark = pytest.mark.system


def test_an_address_that_does_not_exist(doors):
    answer = doors.get("/v1/nothing")

    assert answer.status_code == 404
    assert answer.json() == {
        "type": "/problems/unknown",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at this address.",
        "instance": "/v1/nothing",
        "errors": [],
    }


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("DELETE", "/v1/orders", {}, 405),
        (
            "POST",
            "/v1/orders",
            {"content": b"{", "headers": {"Content-Type": "application/json"}},
            400,
        ),
        (
            "POST",
            "/v1/orders",
            {"content": b"", "headers": {"Content-Type": "application/json"}},
            400,
        ),
        (
            "POST",
            "/v1/orders",
            {"content": b"\xff", "headers": {"Content-Type": "application/json"}},
            400,
        ),
        ("POST", "/v1/orders", {"content": b"{}", "headers": {"Content-Type": "text/plain"}}, 415),
        ("POST", "/v1/orders", {"content": b"{}"}, 415),
        ("POST", "/v1/orders", {"json": "x" * 3_000_000}, 413),
        ("POST", "/v1/orders", {"json": []}, 422),
    ],
    ids=[
        "wrong method",
        "half a body",
        "no body",
        "no text",
        "plain text",
        "no type",
        "too large",
        "a list",
    ],
)
def test_every_refusal_is_a_problem_document(doors, method, path, sent, status):
    headers = doors.key(Role.ADMIN) | sent.get("headers", {})
    headers = {name: value.encode() for name, value in headers.items()}

    answer = doors.client.request(method, path, **sent | {"headers": headers})

    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["type"].startswith("/problems/")
    assert told["detail"]


@pytest.mark.parametrize(
    "key", ["", "é", "k" * 101, "a b"], ids=["empty", "accent", "long", "blank"]
)
def test_an_unfit_key_is_refused(doors, key):
    headers = {name: value.encode() for name, value in doors.key(Role.ADMIN).items()}

    answer = doors.client.post(
        "/v1/dispute-closings", json=DISPUTE, headers=headers | {"Idempotency-Key": key.encode()}
    )

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["path"] == "Idempotency-Key"


def test_says_nothing_of_itself_when_the_fault_is_ours(doors, monkeypatch):
    monkeypatch.setattr(doors.engine, "take", lambda intakes: 1 / 0)

    answer = doors.post("/v1/customer-payments", PAYMENT)

    assert answer.status_code == 500
    assert "division" not in answer.text
    assert "harmless" in answer.json()["detail"]


PAYMENT = {
    "customer_ref": "GLOBEX",
    "payment_ref": "P-1",
    "money": {"amount": "5.00", "currency": "USD"},
    "paid_at": "2026-03-02T15:00:00Z",
}
DISPUTE = {
    "bill_ref": "B-1",
    "line": 1,
    "conceded": {"amount": "0.00", "currency": "USD"},
    "closed_at": "2026-03-02T15:00:00Z",
    "reason": "credit memo came",
}


def test_who_asks_too_often_is_told_when_to_come_back(slow_doors):
    answers = [slow_doors.get("/v1/cases") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert int(answers[-1].headers["Retry-After"]) >= 1
    assert answers[-1].json()["type"] == "/problems/too-fast"


def test_who_is_not_known_learns_that_a_key_is_for_one_database(doors):
    answer = doors.client.get("/v1/cases", headers={"Authorization": "Bearer drawbar_a_b"})

    assert answer.status_code == 401
    assert "--database" in answer.json()["detail"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_type_of_a_problem_is_an_address_that_explains_it(doors, kind):
    page = doors.client.get(f"/problems/{kind}")

    assert page.status_code == 200
    assert KINDS[kind] in unescape(page.text)


def test_a_database_that_is_away_is_said_so_and_asking_again_is_invited():
    @get("/v1/away", sync_to_thread=False)
    def away() -> None:
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    with create_test_client([away], exception_handlers={Exception: answer_fault}) as client:
        answer = client.get("/v1/away")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.json()["type"] == "/problems/database-away"
