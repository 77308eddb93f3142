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


def test_no_door_lets_anybody_approve_more_than_their_word_is_good_for():
    stage = stopped(LINEHAUL, FUEL, (ChargeKind.LUMPER, "700.00"))
    approval = ChargeApproved(
        key="approved",
        shipment_ref="S-1001",
        kind=ChargeKind.LUMPER,
        money=usd("700.00"),
        approved_by="Ann",
        role="finance",
        reason="seen",
        **when(4500),
    )

    with pytest.raises(BeyondLimit):
        stage.learn(approval)

    assert paid(stage) == Decimal("2062.50")
