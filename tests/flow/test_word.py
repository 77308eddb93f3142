"""How far somebody's word goes, whichever door it came by: finance may approve 500.00 alone."""

from decimal import Decimal

import pytest

from drawbar.flow.word import BeyondLimit
from drawbar.freight.approval import ApprovalLimit
from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import ChargeApproved, DisputeClosed
from drawbar.freight.ledger import Account
from tests.flow.stage import Stage, acme, answered, bill, driven, released, usd, when

LINEHAUL, FUEL = (ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50")
LIMITS = {"finance": ApprovalLimit(alone=Decimal(500), together=Decimal(5000))}


def stopped(*lines):
    stage = Stage(acme(approval_limits=LIMITS))
    stage.learn(released(), answered("S-1001-V1T1"), *driven(), bill(*lines))
    return stage


def paid(stage):
    return -stage.balance(Account.ACCOUNTS_PAYABLE)


@pytest.mark.parametrize("role", ["", "dispatcher", "finance"], ids=["no role", "other", "limit"])
def test_no_door_lets_anybody_concede_more_than_their_word_is_good_for(role):
    stage = stopped(LINEHAUL, FUEL, (ChargeKind.LUMPER, "700.00"))
    closing = DisputeClosed(
        key="closed",
        bill_ref="B-1",
        line=3,
        conceded=usd("700.00"),
        closed_by="Ann",
        role=role,
        reason="seen",
        **when(4500),
    )

    with pytest.raises(BeyondLimit):
        stage.learn(closing)

    assert paid(stage) == Decimal("2062.50")


LUMPER = (ChargeKind.LUMPER, "700.00")
TENFOLD = (ChargeKind.LUMPER, "7000.00")


def approval(by="Ann", amount="700.00", role="finance", key="", **changes):
    said = {"shipment_ref": "S-1001", "kind": ChargeKind.LUMPER, "money": usd(amount)} | changes
    told = {"approved_by": by, "role": role, "reason": f"seen by {by}"}
    return ChargeApproved(key=f"approved:{by}:{amount}{key}", **said, **told, **when(4500))


@pytest.mark.parametrize(
    ("word", "lines"),
    [
        (approval(amount="5000.01"), TENFOLD),
        (approval(role="dispatcher"), LUMPER),
        (approval(role=""), LUMPER),
    ],
    ids=["first cent beyond both", "a role without a limit", "no role"],
)
def test_no_door_lets_anybody_approve_more_than_their_word_is_good_for(word, lines):
    stage = stopped(LINEHAUL, FUEL, lines)

    with pytest.raises(BeyondLimit):
        stage.learn(word)

    assert paid(stage) == Decimal("2062.50")


def test_one_persons_word_for_more_than_they_may_alone_moves_no_money_and_asks_a_second():
    stage = stopped(LINEHAUL, FUEL, LUMPER)

    stage.learn(approval())

    assert paid(stage) == Decimal("2062.50")
    assert stage.shipment("S-1001").approvals == ()
    asked = [one for one in stage.cases.values() if one.item == "second person: lumper at 0"]
    assert [one.money_at_risk for one in asked] == [usd("700.00")]


def test_the_same_word_of_a_second_person_approves_it_and_answers_the_case():
    stage = stopped(LINEHAUL, FUEL, LUMPER)

    stage.learn(approval(), approval("Bob"))

    assert paid(stage) == Decimal("2762.50")
    (kept,) = stage.shipment("S-1001").approvals
    assert (kept.approved_by, kept.seconded_by) == ("Bob", "Ann")
    assert (stage.shipment("S-1001").proposals, stage.open_cases()) == ((), set())


@pytest.mark.parametrize(
    "second",
    [
        approval("Ann", key=":again"),
        approval("Bob", "700.01"),
        approval("Bob", kind=ChargeKind.DETENTION),
        approval("Bob", stop=2),
    ],
    ids=["the same person", "a cent more", "another charge", "another stop"],
)
def test_another_word_than_the_first_one_seconds_nothing(second):
    stage = stopped(LINEHAUL, FUEL, LUMPER)

    stage.learn(approval(), second)

    assert (paid(stage), stage.shipment("S-1001").approvals) == (Decimal("2062.50"), ())


def test_a_second_word_for_less_approves_what_both_said():
    stage = stopped(LINEHAUL, FUEL, LUMPER)

    stage.learn(approval(), approval("Bob", "650.00"))

    assert paid(stage) == Decimal("2712.50")


def test_who_may_alone_answers_the_proposal_of_another():
    stage = stopped(LINEHAUL, FUEL, LUMPER)

    stage.learn(approval(), approval("Bob", "500.00"))

    (kept,) = stage.shipment("S-1001").approvals
    assert (kept.seconded_by, paid(stage)) == ("", Decimal("2562.50"))
    assert stage.shipment("S-1001").proposals == ()


def test_many_small_approvals_are_one_large_one_also_of_who_spoke_first():
    stage = stopped(LINEHAUL, FUEL, LUMPER)

    stage.learn(approval(), approval("Bob"), approval(amount="1.00", kind=ChargeKind.STORAGE))

    assert [one.kind for one in stage.shipment("S-1001").proposals] == [ChargeKind.STORAGE]
