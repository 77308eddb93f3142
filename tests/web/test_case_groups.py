"""Bills that stopped for one cause are one group, decided once: each by a fact of its own."""

import pytest

from drawbar.freight.charge import ChargeKind
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.web.auth.role import Role
from tests.flow.stage import answered, bill, driven, order, released
from tests.web.desk import seated

pytestmark = pytest.mark.system

LINEHAUL, FUEL = (ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50")
LUMPER, LIFTGATE = (ChargeKind.LUMPER, "80.00"), (ChargeKind.LIFTGATE, "60.00")
CAUSE = "NOT_AUTHORISED:ABCD:lumper"


def billed(ref, *lines):
    names = (Reference(ReferenceKind.SHIPMENT, f"S-{ref}"),)
    return bill(LINEHAUL, FUEL, *lines, ref=f"B-{ref}", number=ref, references=names)


@pytest.fixture(scope="module")
def books(doors):
    """Stop three bills for one cause; one of them has another line in dispute as well."""
    for ref in ("1001", "1002", "1003"):
        doors.engine.learn([released(order(ref)), answered(f"S-{ref}-V1T1"), *driven(f"S-{ref}")])
    say = (billed("1001", LUMPER), billed("1002", LUMPER), billed("1003", LUMPER, LIFTGATE))
    doors.engine.learn(say)
    doors.work()
    return doors


def decision(**changes):
    plain = {
        "kind": "bill_stopped",
        "cause": CAUSE,
        "answer": "short_pay",
        "code": "as_agreed",
        "reason": "nobody asked for it",
    }
    return plain | changes


def test_one_decision_does_all_of_a_cause_and_says_what_it_skipped(books):
    groups = books.get("/v1/case-groups", role=Role.FINANCE).json()
    (group,) = (one for one in groups["items"] if one["cause"] == CAUSE)
    assert (group["count"], group["money_at_risk"]["amount"]) == (3, "240.00")
    with seated(books, "Ann", Role.FINANCE) as desk:
        page = desk.page(f"/case-group?kind=bill_stopped&cause={CAUSE}")
        assert "2 change, 1 are skipped" in page
        assert "160.00" in page or "300.00" in page

    first = books.post(
        "/v1/case-group-decisions", decision(), role=Role.FINANCE, **{"Idempotency-Key": "group-1"}
    )
    books.work()
    again = books.post(
        "/v1/case-group-decisions", decision(), role=Role.FINANCE, **{"Idempotency-Key": "group-1"}
    )

    told = first.json()
    assert (told["done"], told["skipped"], told["left"]) == (2, 1, 0)
    (skipped,) = (one for one in told["items"] if not one["done"])
    assert skipped["bill_ref"] == "B-1003"
    assert "NOT_AUTHORISED:ABCD:liftgate" in skipped["why"]
    assert [one["bill_ref"] for one in again.json()["items"]] == ["B-1003"]


def test_a_group_that_grew_since_somebody_looked_is_not_paid(books):
    less = decision(answer="pay_as_billed", seen={"amount": "1.00", "currency": "USD"})

    answer = books.post(
        "/v1/case-group-decisions", less, role=Role.FINANCE, **{"Idempotency-Key": "group-2"}
    )

    assert answer.status_code == 409


def test_the_pages_of_a_bill_its_evidence_and_the_groups_say_the_same(books):
    told = books.get("/v1/freight-bills/B-1003/evidence", role=Role.FINANCE).json()
    seen = books.get("/v1/freight-bills/B-1003", role=Role.FINANCE).json()
    with seated(books, "Ann", Role.FINANCE) as desk:
        card, sheet = desk.page("/bills/B-1003"), desk.page("/bills/B-1003/packet")
        data = desk.data("/bills/B-1003.json/packet")
        groups = desk.page("/case-groups")

    assert [one["reason"] for one in told["lines"]] == ["NOT_AUTHORISED", "NOT_AUTHORISED"]
    assert told["lines"][0]["no_approval"] == "Nobody approved lumper for this load."
    assert data == told
    assert seen["evaluations"][0]["comparisons"][0]["level"] == "bill"
    assert "Nobody approved liftgate for this load." in card
    assert "Nobody approved liftgate for this load." in sheet
    assert "Not authorised, ABCD, liftgate" in groups
