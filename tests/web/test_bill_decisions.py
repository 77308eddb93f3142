"""What finance decides on the page of a bill, and what is said before and after the click."""

import re

import httpx
import pytest

from drawbar.freight.charge import ChargeKind
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.web.auth.role import Role
from drawbar.web.auth.visitor import form_token
from drawbar.web.login import login_path
from tests.flow.stage import answered, bill, driven, order, released

pytestmark = pytest.mark.system

LINEHAUL, FUEL = (ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50")
LOADS = ("1001", "1002", "1003", "1004", "1005", "1006")


def lumper(amount):
    return (ChargeKind.LUMPER, amount)


def on(ref):
    return {"references": (Reference(ReferenceKind.SHIPMENT, f"S-{ref}"),)}


@pytest.fixture(scope="module")
def books(doors):
    """Bill six delivered loads: each bill has something that a person must decide."""
    for ref in LOADS:
        doors.engine.learn([released(order(ref)), answered(f"S-{ref}-V1T1"), *driven(f"S-{ref}")])
    say = (
        bill(LINEHAUL, FUEL, lumper("100.00"), ref="B-1", number="1", **on("1001")),
        bill(LINEHAUL, FUEL, lumper("900.00"), ref="B-2", number="2", **on("1002")),
        bill(LINEHAUL, FUEL, lumper("9000.00"), ref="B-3", number="3", **on("1003")),
        bill(LINEHAUL, FUEL, ref="B-4", number="4", **on("1004")),
        bill(LINEHAUL, FUEL, ref="B-5", number="5", **on("1004")),
        bill(LINEHAUL, FUEL, ref="B-6", number="6", **on("77")),
        bill(LINEHAUL, FUEL, lumper("80.00"), ref="B-7", number="7", **on("1006")),
    )
    doors.engine.learn(say)
    doors.work()
    return doors


@pytest.fixture
def desk(books):
    """Yield a way to sit down at the desk as somebody of finance."""
    opened = []

    def sit(name, role=Role.FINANCE):
        client = httpx.Client(base_url=books.address, timeout=60)
        client.get(login_path(name, role, books.settings), follow_redirects=False)
        opened.append(client)
        return Desk(books, client)

    yield sit
    for client in opened:
        client.close()


class Desk:
    """One person at a browser without any script."""

    def __init__(self, doors, client):
        self.doors, self.client, self.number = doors, client, 0

    def page(self, path):
        return self.client.get(path, headers={"Accept": "text/html"}).text

    def send(self, path, *, key="", **fields):
        """Send a form and return what the next page tells."""
        self.number += 1
        session = self.client.cookies["drawbar_session"]
        form = {
            "form_token": form_token(session, secret=self.doors.settings.secret),
            "form_key": key or f"{path[-20:]}-{self.number}".replace("/", "_"),
            "reason": "the receipt is in",
            "code": "document_seen",
            "back": "/bills",
        }
        answer = self.client.post(path, data=form | fields)
        assert answer.status_code == 303, answer.text
        self.doors.work()
        found = re.search(r'<p class="told[^>]*>(.*?)</p>', self.page("/bills"), re.DOTALL)
        return found[1]

    def bill(self, ref):
        return self.client.get(f"/bills/{ref}.json").json()


def test_a_bill_is_paid_as_billed_by_one_person_within_their_limit(desk):
    ann = desk("Ann")
    shown = ann.page("/bills/B-1")

    said = ann.send("/bills/B-1/decide", answer="pay_as_billed", disputed="100.00")

    assert "You may approve up to 500.00 USD alone" in shown
    assert said == "Your word to pay it as billed is kept."
    assert ann.bill("B-1")["payable"]["amount"] == "2162.50"
    assert "Pay as billed by Ann because the receipt is in" in ann.page("/bills/B-1")


def test_beyond_the_limit_the_page_says_that_a_second_person_is_needed_and_who_proposed(desk):
    ann, bob = desk("Ann"), desk("Bob")
    assert "900.00 USD needs a second person" in ann.page("/bills/B-2")

    ann.send("/bills/B-2/decide", answer="pay_as_billed", disputed="900.00")
    again = ann.send("/bills/B-2/decide", answer="pay_as_billed", disputed="900.00")
    still = ann.bill("B-2")["payable"]["amount"]
    assert "Ann would pay 900.00 USD: the receipt is in" in bob.page("/bills/B-2")
    bob.send("/bills/B-2/decide", answer="pay_as_billed", disputed="900.00")

    assert "a second, other person must agree" in again
    assert (still, ann.bill("B-2")["payable"]["amount"]) == ("2062.50", "2962.50")


def test_beyond_what_two_may_approve_the_button_is_disabled_and_the_server_refuses(desk):
    ann = desk("Ann")
    page = ann.page("/bills/B-3")

    said = ann.send("/bills/B-3/decide", answer="pay_as_billed", disputed="9000.00")
    closed = ann.send("/bills/B-3/close-dispute", line="3", conceded="600.00")
    approved = ann.send("/shipments/S-1003/approve-charge", kind="lumper", amount="9000.00")

    button = re.search(r'<button[^>]*value="pay_as_billed"[^>]*>', page)[0]
    assert "disabled" in button
    assert "beyond your approval" in button
    assert all("Nothing was done." in text for text in (said, closed, approved))
    assert "more than you may approve alone" in closed
    assert "more than you may approve." in approved
    assert ann.bill("B-3")["payable"]["amount"] == "2062.50"


def test_an_approval_beyond_one_persons_limit_waits_on_the_page_for_a_second_person(desk):
    ann, bob = desk("Ann"), desk("Bob")
    asked = {"kind": "storage", "amount": "600.00"}

    first, second = (one.send("/shipments/S-1003/approve-charge", **asked) for one in (ann, bob))

    assert first == "600.00 USD for storage waits for a second, other person on S-1003."
    assert second == "600.00 USD for storage is approved on S-1003."


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"answer": "pay_as_billed"}, "say what was in dispute"),
        ({"answer": "pay_as_billed", "disputed": "79.99"}, "is in dispute now"),
        ({"answer": "pay_as_billed", "disputed": "80.001"}, "cannot be paid"),
        ({"answer": "nonsense"}, "Invalid enum value"),
        ({"answer": "short_pay", "code": ""}, "Fill in why, by its code"),
        ({"answer": "is_duplicate"}, "not a duplicate"),
    ],
    ids=["nothing seen", "moved on", "part of a cent", "no answer", "no code", "no duplicate"],
)
def test_what_does_not_fit_is_refused_in_words(desk, fields, says):
    ann = desk("Ann")

    said = ann.send("/bills/B-7/decide", **fields)

    assert said.startswith("Nothing was done.")
    assert says in said
    assert ann.bill("B-7")["disputed"]["amount"] == "80.00"


def test_an_exception_approved_for_a_line_pays_the_line(desk):
    ann = desk("Ann")

    said = ann.send("/shipments/S-1006/approve-charge", kind="lumper", amount="80.00", stop="0")

    assert said == "80.00 USD for lumper is approved on S-1006."
    assert ann.bill("B-7")["status"] == "approved"


def test_a_duplicate_stands_beside_its_twin_and_both_can_be_owed(desk):
    ann = desk("Ann")
    page = ann.page("/bills/B-5")

    said = ann.send("/bills/B-5/decide", answer="both_owed", code="done_twice")

    assert "Confirm: it is a duplicate" in page
    assert "B-4" in page
    assert said == "It is judged as a bill of its own."
    assert (ann.bill("B-5")["status"], ann.bill("B-5")["payable"]["amount"]) == ("stopped", "0.00")


def test_a_person_names_the_load_of_a_bill_that_found_none(desk):
    ann = desk("Ann")
    page = ann.page("/bills/B-6")

    refused = ann.send("/bills/B-6/assign", shipment_ref="S-4711")
    said = ann.send("/bills/B-6/assign", shipment_ref="S-1005")

    assert "Judge it for this shipment" in page
    assert "There is no shipment" in refused
    assert said == "B-6 is judged as a bill for S-1005."
    assert (ann.bill("B-6")["status"], ann.bill("B-6")["shipment_ref"]) == ("approved", "S-1005")


def test_the_api_decides_the_same_and_the_same_key_gets_the_first_answer_again(books):
    body = {"bill_ref": "B-5", "answer": "short_pay", "code": "sent_twice", "reason": "seen"}
    headers = {"Idempotency-Key": "once"}

    answers = [books.post("/v1/bill-decisions", body, **headers) for _ in range(2)]
    other = books.post("/v1/bill-decisions", body)

    assert [(one.status_code, one.json()["duplicate"]) for one in answers] == [
        (202, False),
        (202, True),
    ]
    assert (other.status_code, other.json()["type"]) == (409, "/problems/wrong-state")


def test_nobody_says_in_the_body_who_they_are(books):
    body = {"bill_ref": "B-5", "answer": "reject", "code": "sent_twice", "reason": "seen"}

    assert books.post("/v1/bill-decisions", body | {"role": "admin"}).status_code == 422
