"""What is filed for a charge makes it owed, as far as the contract says, and bills are paid by it.

The load is the stage's: 1,650.00 linehaul and 412.50 fuel with ABCD, sold to GLOBEX.
"""

from decimal import Decimal
from itertools import permutations

import pytest
from msgspec import structs

from drawbar.freight.accessorial import AccessorialRate, Evidence, PassThrough, Unit
from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import Side
from drawbar.freight.evidence import EvidenceReceived
from drawbar.freight.freight_bill import ChargeApproved
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.verdict import Judgement, Reason
from tests.flow.stage import (
    Stage,
    acme,
    answered,
    bill,
    driven,
    milestone,
    released,
    usd,
    when,
)

LUMPER = AccessorialRate(
    clause="3.3 Lumper, as the receipt says",
    kind=ChargeKind.LUMPER,
    amount=Decimal(0),
    per=Unit.RECEIPT,
    cap=Decimal(200),
    needs_approval=False,
)
REDELIVERY = AccessorialRate(
    clause="3.5 Redelivery",
    kind=ChargeKind.REDELIVERY,
    amount=Decimal(95),
    per=Unit.OCCURRENCE,
    needs_approval=False,
)
PASSED = PassThrough(clause="6", kind=ChargeKind.LUMPER, markup_percent=Decimal(10))


def firm(*rows: AccessorialRate):
    company = acme()
    return structs.replace(
        company,
        contracts=tuple(
            structs.replace(one, accessorials=rows)
            if one.side is Side.BUY
            else structs.replace(one, pass_through=(PASSED,))
            for one in company.contracts
        ),
    )


def receipt(amount: str = "180.00", *, at: float = 3100, key: str = "r-1", **changes: object):
    plain = EvidenceReceived(
        key=key,
        references=(Reference(ReferenceKind.SHIPMENT, "S-1001"),),
        evidence=Evidence.RECEIPT,
        charge=ChargeKind.LUMPER,
        stop=2,
        money=usd(amount),
        document="ab" * 32,
        reported_by="ABCD",
        **when(at),
    )
    return structs.replace(plain, **changes)


def approved(amount: str, *, stop: int = 0, at: float = 3200) -> ChargeApproved:
    return ChargeApproved(
        key=f"approved:{amount}:{stop}",
        shipment_ref="S-1001",
        kind=ChargeKind.LUMPER,
        money=usd(amount),
        stop=stop,
        approved_by="Ines",
        role="finance",
        reason="told by telephone",
        **when(at),
    )


def run(*facts, rows=(LUMPER, REDELIVERY)) -> Stage:
    stage = Stage(firm(*rows))
    stage.learn(released(), answered("S-1001-V1T1"), *driven(), *facts)
    return stage


def charges(stage: Stage, side: str = "buy") -> dict[str, str]:
    load = stage.shipment("S-1001")
    return {one.charge_ref: str(one.charge.money.amount) for one in getattr(load, side)}


BILLED = bill(
    (ChargeKind.LINEHAUL, "1650.00"),
    (ChargeKind.FUEL_SURCHARGE, "412.50"),
    (ChargeKind.LUMPER, "180.00"),
)


def test_a_lumper_without_its_receipt_is_stopped_and_the_carrier_told_what_is_missing():
    stage = run(BILLED)

    verdict = stage.bill("B-1").verdicts[2]
    assert (verdict.judgement, verdict.reason) == (Judgement.STOPPED, Reason.RECEIPT)


def test_the_receipt_lets_the_bill_that_waited_for_it_be_paid_with_no_person():
    stage = run(BILLED, receipt(at=4100))

    assert charges(stage)["lumper:2"] == "180.00"
    assert stage.bill("B-1").payable == usd("2242.50")
    assert not stage.bill("B-1").disputed.amount


def test_a_receipt_is_owed_up_to_the_cap_and_passed_on_with_its_markup():
    stage = run(receipt("260.00"))

    assert charges(stage)["lumper:2"] == "200.00"
    assert charges(stage, "sell")["lumper:2"] == "220.00"


@pytest.mark.parametrize("again", ["r-1", "r-2"], ids=["the same fact", "another sender"])
def test_a_receipt_filed_twice_is_owed_once(again):
    stage = run(receipt(), receipt(key=again, reported_by="Ines", stop=0))

    assert charges(stage)["lumper:2"] == "180.00"
    assert [ref for ref in charges(stage) if ref.startswith("lumper")] == ["lumper:2"]


@pytest.mark.parametrize("stop", [0, 2])
@pytest.mark.parametrize(("amount", "owed"), [("150.00", "180.00"), ("195.00", "195.00")])
def test_an_approval_and_a_receipt_of_one_thing_are_never_two_charges(stop, amount, owed):
    facts = receipt(), approved(amount, stop=stop)

    for order in permutations(facts):
        stage = run(*order)
        lumpers = {ref: money for ref, money in charges(stage).items() if "lumper" in ref}
        assert lumpers == {"lumper:2": owed}


def test_where_the_clause_asks_for_both_neither_alone_is_enough():
    both = structs.replace(LUMPER, needs_approval=True)

    assert "lumper:2" not in charges(run(receipt(), rows=(both,)))
    assert not [ref for ref in charges(run(approved("190.00"), rows=(both,))) if "lumper" in ref]
    assert charges(run(receipt(), approved("190.00"), rows=(both,)))["lumper:2"] == "180.00"
    assert charges(run(receipt(), approved("120.00"), rows=(both,)))["lumper:2"] == "120.00"


def test_another_carriers_receipt_proves_nothing():
    assert "lumper:2" not in charges(run(receipt(reported_by="NRTH")))


@pytest.mark.parametrize(
    ("reason", "owed"),
    [("B1", True), ("consignee closed", True), ("AI", False), ("breakdown", False), ("", False)],
)
def test_a_redelivery_is_owed_for_an_attempt_that_the_carrier_did_not_cause(reason, owed):
    tried = structs.replace(milestone(MilestoneKind.ATTEMPTED, 2800), stop=2, reason=reason)

    assert ("redelivery:2" in charges(run(tried))) is owed


def test_two_reports_of_one_attempt_are_one_redelivery():
    tried = structs.replace(milestone(MilestoneKind.ATTEMPTED, 2800), stop=2, reason="B1")
    scanned = structs.replace(
        tried, key="wms", reported_by="wms", happened_at=when(2810)["happened_at"]
    )

    assert charges(run(tried, scanned))["redelivery:2"] == "95.00"


def test_evidence_that_comes_before_its_load_waits_for_it():
    stage = Stage(firm(LUMPER))

    stage.learn(receipt(at=-700), released(), answered("S-1001-V1T1"), *driven())

    assert charges(stage)["lumper:2"] == "180.00"


def test_a_stop_that_does_not_exist_is_a_case_and_owes_nothing():
    stage = run(receipt(stop=7))

    assert "lumper" not in " ".join(charges(stage))
    assert "unrated" in {kind.value for kind in stage.open_cases()}
