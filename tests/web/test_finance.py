"""What finance says over HTTP is refused where the books know that it cannot be meant."""

from decimal import Decimal

import psycopg
import pytest

from drawbar.freight.charge import ChargeKind
from drawbar.freight.stream import StreamKind
from drawbar.records.desk.stream import StreamKey, stream
from tests.flow.stage import answered, bill, driven, released

pytestmark = pytest.mark.system

LINEHAUL, FUEL = (ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50")
LUMPERS = ((ChargeKind.LUMPER, "100.00"), (ChargeKind.LUMPER, "90.00"))


@pytest.fixture(scope="module")
def books(doors):
    """Bill one load with two lumpers that nobody agreed to; invoice it; and let a bill wait."""
    doors.engine.learn([released(), answered("S-1001-V1T1"), *driven()])
    doors.engine.learn([bill(LINEHAUL, FUEL, *LUMPERS), bill(LINEHAUL, ref="B-9", references=())])
    doors.work()
    return doors


def state(doors, kind, ref):
    with psycopg.connect(doors.logins.engine_url) as connection:
        return stream(connection.cursor(), StreamKey(kind, ref)).state


def usd(amount, currency="USD"):
    return {"amount": amount, "currency": currency}


def close(doors, conceded, *, line, ref="B-1"):
    body = {"bill_ref": ref, "line": line, "conceded": conceded, "reason": "receipt seen"}
    return doors.post("/v1/dispute-closings", body | {"closed_at": "2026-03-16T15:00:00Z"})


@pytest.mark.parametrize(
    ("ref", "line", "conceded", "status", "says"),
    [
        ("B-2", 1, usd("0.00"), 404, "There is no freight bill that you may see."),
        ("B-9", 1, usd("0.00"), 409, "not judged line by line"),
        ("B-1", 1, usd("0.00"), 409, "line 1 of B-1 is not in dispute."),
        ("B-1", 7, usd("0.00"), 409, "line 7 of B-1 is not in dispute."),
        ("B-1", 3, usd("100.01"), 422, "not a part of the 100.00 USD in dispute"),
        ("B-1", 3, usd("50.00", "EUR"), 422, "not a part of the 100.00 USD in dispute"),
        ("B-1", 3, usd("-1.00"), 422, "must not be below zero"),
    ],
    ids=["no bill", "waits", "paid line", "no line", "too much", "other currency", "below zero"],
)
def test_only_what_is_in_dispute_can_be_closed(books, ref, line, conceded, status, says):
    answer = close(books, conceded, line=line, ref=ref)

    assert answer.status_code == status, answer.text
    assert says in answer.text
    assert status == 404 or all(flaw["remedy"] for flaw in answer.json()["errors"])


def test_a_dispute_that_ended_is_not_ended_otherwise_and_the_same_word_is_harmless(books):
    first, again = close(books, usd("60.00"), line=4), close(books, usd("60.00"), line=4)
    other = close(books, usd("90.00"), line=4)

    assert (first.json()["outcome"], again.json()["duplicate"]) == ("applied", True)
    assert other.status_code == 409
    assert "60.00 USD was conceded" in other.text


def pay(doors, number, amount="10.00", currency="USD", **more):
    body = {"customer_ref": "GLOBEX", "payment_ref": number, "money": usd(amount, currency)}
    body |= {"paid_at": "2026-03-20T15:00:00Z", "invoice_ref": "I-000001", "system": "erp"}
    return doors.post("/v1/customer-payments", body | more)


@pytest.mark.parametrize(
    ("more", "status", "says"),
    [
        ({"customer_ref": "NOBODY", "invoice_ref": ""}, 404, "There is no customer"),
        ({"invoice_ref": "I-999999"}, 404, "There is no customer invoice"),
        ({"customer_ref": "INITECH"}, 422, "an invoice to another customer"),
        ({"currency": "EUR"}, 422, "is in USD"),
        ({"amount": "0.00"}, 422, "nothing was paid"),
        ({"amount": "10.005"}, 422, "the smallest amount is 0.01 USD"),
        ({"system": "sap"}, 422, "is no ERP of this firm"),
        ({"system": ""}, 422, "which reports them itself"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_a_payment_that_cannot_be_meant_is_refused(books, more, status, says):
    answer = pay(books, "X", **more)

    assert answer.status_code == status, answer.text
    assert says in answer.text


def test_a_payment_is_counted_once_by_the_erps_number_and_on_its_invoice(books):
    answers = [pay(books, "17", "2000.00"), pay(books, "17", "2000.00")]
    books.work()

    assert [answer.json()["duplicate"] for answer in answers] == [False, True]
    assert state(books, StreamKind.CUSTOMER_INVOICE, "I-000001").paid.amount == 2000
    account = state(books, StreamKind.CUSTOMER, "GLOBEX")
    assert (account.stated.amount, account.unpaid.amount) == (0, Decimal("646.00"))


@pytest.mark.parametrize(
    ("money", "path"),
    [(usd("75.0049"), "$.money"), (usd("1.5", "JPY"), "$.money")],
    ids=["part of a cent", "part of a yen"],
)
def test_no_part_of_a_cent_is_approved(books, money, path):
    body = {"shipment_ref": "S-1001", "kind": "lumper", "money": money, "reason": "receipt seen"}

    answer = books.post("/v1/charge-approvals", body | {"approved_at": "2026-03-16T15:00:00Z"})

    (flaw,) = answer.json()["errors"]
    assert (answer.status_code, flaw["path"]) == (422, path)
    assert flaw["remedy"].startswith("Round it")


def test_no_part_of_a_cent_is_billed(books):
    line = {"kind": "linehaul", "money": usd("75.0049")}
    told = {"invoice_number": "I-7", "billed_on": "2026-03-07", "total": usd("75.0049")}
    told |= {"references": [{"kind": "shipment", "value": "S-1001"}], "lines": [line]}

    answer = books.post("/v1/freight-bills", {"carrier_ref": "ABCD", "bills": [told]})

    assert (answer.status_code, answer.json()["errors"][0]["path"][:8]) == (422, "$.bills[")
