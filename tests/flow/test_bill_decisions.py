"""What people decide about stopped bills: on whose word, how far it goes, and never twice."""

# Agreed unless said: linehaul 1,650.00 and fuel 412.50 with ABCD; nobody agreed to a lumper.

from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.flow.bill_state import BillStatus
from drawbar.freight.approval import ApprovalLimit
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.delivery import PostVoucher
from drawbar.freight.freight_bill import (
    BillAnswer,
    BillAssigned,
    BillDecided,
    DecisionCode,
    DisputeClosed,
    VoucherPaid,
)
from drawbar.freight.ledger import Account
from drawbar.freight.reference import Reference, ReferenceKind
from tests.flow.stage import (
    Stage,
    acme,
    answered,
    bill,
    driven,
    order,
    released,
    usd,
    when,
)

LINEHAUL, FUEL = (ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50")
LUMPER = (ChargeKind.LUMPER, "600.00")
LIMITS = {
    "finance": ApprovalLimit(alone=Decimal(500), together=Decimal(2000)),
    "Eve": ApprovalLimit(alone=Decimal(1000), together=Decimal(5000)),
}


def says(answer, *, by="Ann", role="finance", ref="B-1", saw="600.00", reason="the receipt is in"):
    return BillDecided(
        key=f"decided:{ref}:{answer.value}:{by}:{reason}",
        bill_ref=ref,
        answer=answer,
        decided_by=by,
        role=role,
        code=DecisionCode.DOCUMENT_SEEN,
        reason=reason,
        disputed=usd(saw),
        **when(5000),
    )


def assigns(shipment, *, by="Ann", ref="B-1"):
    return BillAssigned(
        key=f"assigned:{ref}:{shipment}:{by}",
        bill_ref=ref,
        shipment_ref=shipment,
        assigned_by=by,
        reason="it is on the BOL",
        **when(5000),
    )


def stopped(*lines, **policy):
    """Return a stage with a delivered load and a bill of it, stopped for its lumper."""
    stage = Stage(acme(approval_limits=LIMITS, **policy))
    stage.learn(released(), answered("S-1001-V1T1"), *driven())
    stage.learn(bill(*(lines or (LINEHAUL, FUEL, LUMPER))))
    return stage


def paid(stage):
    """Return what the ERP is asked to pay in all."""
    vouchers = [one.payload for one in stage.sent("PostVoucher")]
    assert all(isinstance(one, PostVoucher) for one in vouchers)
    return sum(one.total.amount for one in vouchers)


def told(stage):
    return [text for _, text in stage.notes]


def open_cases(stage, ref="B-1"):
    return {(kind, item) for kind, subject, item in stage.cases if subject and subject.ref == ref}


def test_short_pay_leaves_what_is_contested_to_the_carrier():
    stage = stopped()

    stage.learn(says(BillAnswer.SHORT_PAY))

    assert open_cases(stage) == {(CaseKind.DISPUTE, "line 3")}
    assert (stage.bill("B-1").status, paid(stage)) == (BillStatus.SHORT_PAID, Decimal("2062.50"))


def test_a_bill_of_which_nothing_is_paid_is_short_paid_once_a_person_said_so():
    stage = stopped(LUMPER)
    before = stage.bill("B-1").status

    stage.learn(says(BillAnswer.SHORT_PAY))

    assert (before, stage.bill("B-1").status) == (BillStatus.STOPPED, BillStatus.SHORT_PAID)
    assert paid(stage) == 0


def test_a_dispute_that_was_confirmed_is_closed_like_any_other():
    stage = stopped()
    closing = DisputeClosed(
        key="closed",
        bill_ref="B-1",
        line=3,
        conceded=usd("0.00"),
        closed_by="Ann",
        role="admin",
        reason="given up",
        **when(6000),
    )

    stage.learn(says(BillAnswer.SHORT_PAY), closing)

    assert open_cases(stage) == set()


def test_one_person_pays_as_billed_within_their_limit():
    stage = stopped(LINEHAUL, FUEL, (ChargeKind.LUMPER, "500.00"))

    stage.learn(says(BillAnswer.PAY_AS_BILLED, saw="500.00"))

    assert (paid(stage), open_cases(stage)) == (Decimal("2562.50"), set())
    assert stage.bill("B-1").status is BillStatus.APPROVED
    assert "Pay as billed by Ann because the receipt is in (document seen)" in told(stage)


def test_beyond_the_limit_a_second_other_person_must_say_the_same():
    stage = stopped()

    stage.learn(says(BillAnswer.PAY_AS_BILLED), says(BillAnswer.PAY_AS_BILLED, reason="do it"))
    held = paid(stage)
    waits = open_cases(stage)
    stage.learn(says(BillAnswer.PAY_AS_BILLED, by="Bob"))

    assert (held, paid(stage)) == (Decimal("2062.50"), Decimal("2662.50"))
    assert (CaseKind.BILL_STOPPED, "second person") in waits
    assert open_cases(stage) == set()


@pytest.mark.parametrize(
    ("fact", "why"),
    [
        (says(BillAnswer.PAY_AS_BILLED, role="dispatcher"), "beyond your approval"),
        (says(BillAnswer.PAY_AS_BILLED, saw="599.99"), "is in dispute now"),
        (says(BillAnswer.IS_DUPLICATE), "not a duplicate"),
        (says(BillAnswer.BOTH_OWED), "not a duplicate"),
        (assigns("S-1001"), "not in question"),
    ],
    ids=["no limit", "saw less", "no duplicate", "nothing to tell apart", "known"],
)
def test_what_does_not_fit_changes_nothing_and_says_why(fact, why):
    stage = stopped()
    before = (dict(stage.states), dict(stage.cases), list(stage.deliveries))

    stage.learn(fact)

    assert (stage.states, stage.cases, stage.deliveries) == before
    assert why in told(stage)[-1]


def test_a_person_by_name_may_more_than_their_role():
    stage = stopped()

    stage.learn(says(BillAnswer.PAY_AS_BILLED, by="Eve"))

    assert paid(stage) == Decimal("2662.50")


def test_what_one_person_granted_before_counts_against_their_limit():
    lumpers = ((ChargeKind.LUMPER, "300.00"), (ChargeKind.REDELIVERY, "300.00"))
    stage = stopped(LINEHAUL, FUEL, *lumpers)
    said = {"closed_by": "Ann", "role": "finance", "reason": "seen", **when(4500)}
    first = DisputeClosed(key="closed", bill_ref="B-1", line=3, conceded=usd("300.00"), **said)

    stage.learn(first, says(BillAnswer.PAY_AS_BILLED, saw="300.00"))

    assert paid(stage) == Decimal("2362.50")
    assert stage.bill("B-1").proposal.by == "Ann"


def test_without_any_limit_one_named_person_is_enough():
    stage = Stage(acme(approval_limits={}))
    stage.learn(released(), answered("S-1001-V1T1"), *driven(), bill(LINEHAUL, FUEL, LUMPER))
    stage.learn(says(BillAnswer.PAY_AS_BILLED, role=""))

    assert paid(stage) == Decimal("2662.50")


def test_rejecting_what_is_contested_leaves_what_was_approved():
    stage = stopped()

    stage.learn(says(BillAnswer.REJECT))

    assert (stage.bill("B-1").status, paid(stage)) == (BillStatus.APPROVED, Decimal("2062.50"))
    assert open_cases(stage) == set()


def test_a_bill_rejected_as_a_whole_is_told_to_the_carrier_and_may_be_sent_anew():
    stage = stopped(LUMPER)
    refusals = len(stage.sent("RefuseBill"))

    stage.learn(says(BillAnswer.REJECT), says(BillAnswer.REJECT, reason="once more"))
    stage.learn(bill(LINEHAUL, FUEL, ref="B-2", number="2"))

    assert (stage.bill("B-1").status, open_cases(stage)) == (BillStatus.REJECTED, set())
    assert len(stage.sent("RefuseBill")) == refusals + 1
    assert (stage.bill("B-2").status, paid(stage)) == (BillStatus.APPROVED, Decimal("2062.50"))


def test_a_bill_that_waits_can_be_rejected():
    stage = Stage(acme())
    stage.learn(released(), answered("S-1001-V1T1"), bill(LINEHAUL, FUEL))

    stage.learn(says(BillAnswer.REJECT), *driven())

    assert (stage.bill("B-1").status, paid(stage)) == (BillStatus.REJECTED, 0)
    assert not [name for name in stage.deadlines if name[0].ref == "B-1"]


def test_a_paid_bill_stays_paid():
    stage = stopped(LINEHAUL, FUEL)
    money = usd("2062.50")
    stage.learn(
        VoucherPaid(
            key="paid",
            bill_ref="B-1",
            document="17",
            money=money,
            paid_on=when()["learned_at"].date(),
            **when(4500),
        )
    )

    stage.learn(*(says(answer) for answer in BillAnswer if answer is not BillAnswer.ASK))

    assert (stage.bill("B-1").status, paid(stage)) == (BillStatus.PAID, Decimal("2062.50"))
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == 0


def test_the_carrier_is_asked_once_in_the_same_words():
    stage = stopped()
    refusals = len(stage.sent("RefuseBill"))
    wish = says(BillAnswer.ASK, reason="the signed lumper receipt")

    stage.learn(wish, structs.replace(wish, key="asked again"))

    asked = [one.payload for one in stage.sent("RefuseBill")[refusals:]]
    assert [one.text for one in asked] == ["Please send us: the signed lumper receipt"]
    assert (asked[0].refused, open_cases(stage)) == (None, {(CaseKind.BILL_STOPPED, "line 3")})


def twins(*, first_number="1", second_number="1", swapped=False):
    """Return a stage with two bills that say the same; the later one is a duplicate."""
    stage = Stage(acme(approval_limits=LIMITS))
    stage.learn(released(), answered("S-1001-V1T1"), *driven())
    one = bill(LINEHAUL, FUEL, ref="B-1", number=first_number)
    other = bill(LINEHAUL, FUEL, ref="B-2", number=second_number, at=4100)
    stage.learn(*((other, one) if swapped else (one, other)))
    return stage, ("B-1" if swapped else "B-2")


@pytest.mark.parametrize("swapped", [False, True], ids=["in order", "swapped"])
@pytest.mark.parametrize("number", ["1", "2"], ids=["same number", "new number"])
def test_a_confirmed_duplicate_is_refused_once_and_its_case_is_closed(swapped, number):
    stage, later = twins(second_number=number, swapped=swapped)
    assert open_cases(stage, later) == {(CaseKind.DUPLICATE, "")}

    word = says(BillAnswer.IS_DUPLICATE, ref=later)
    stage.learn(word, structs.replace(word, key="again"))

    assert (open_cases(stage, later), paid(stage)) == (set(), Decimal("2062.50"))
    assert stage.bill(later).status is BillStatus.DUPLICATE
    assert len(stage.sent("RefuseBill")) == 1


@pytest.mark.parametrize("swapped", [False, True], ids=["in order", "swapped"])
@pytest.mark.parametrize("number", ["1", "2"], ids=["same number", "new number"])
def test_both_owed_is_judged_as_its_own_and_pays_nothing_that_nobody_agreed_to(swapped, number):
    stage, later = twins(second_number=number, swapped=swapped)

    stage.learn(says(BillAnswer.BOTH_OWED, ref=later), says(BillAnswer.BOTH_OWED, ref=later))

    assert paid(stage) == Decimal("2062.50")
    assert (CaseKind.DUPLICATE, "") not in open_cases(stage, later)
    assert {kind for kind, _ in open_cases(stage, later)} == {CaseKind.BILL_STOPPED}


def test_whoever_said_that_both_are_owed_does_not_pay_it_too():
    stage, later = twins()
    stage.learn(says(BillAnswer.BOTH_OWED, ref=later, by="Eve"))

    stage.learn(says(BillAnswer.PAY_AS_BILLED, ref=later, by="Eve", role="Eve", saw="9000.00"))
    own = paid(stage)
    others = (says(BillAnswer.PAY_AS_BILLED, ref=later, by=who, saw="9000.00") for who in "XY")
    limits = {"finance": ApprovalLimit(alone=Decimal(0), together=Decimal(3000))}
    policy = structs.replace(stage.run.company.policy, approval_limits=limits)
    stage.run.company = structs.replace(stage.run.company, policy=policy)
    stage.learn(*others)

    assert (own, paid(stage)) == (Decimal("2062.50"), Decimal("4125.00"))


def test_a_confirmed_duplicate_can_still_turn_out_to_be_owed():
    stage, later = twins()

    stage.learn(says(BillAnswer.IS_DUPLICATE, ref=later), says(BillAnswer.BOTH_OWED, ref=later))

    assert stage.bill(later).status is BillStatus.STOPPED


def two_loads():
    """Return a stage with two delivered loads under one PO, and a bill that names only that."""
    stage = Stage(acme(approval_limits=LIMITS))
    po = (Reference(ReferenceKind.PO, "PO-9"),)
    for ref in ("1001", "1002"):
        stage.learn(released(order(ref, references=po)), answered(f"S-{ref}-V1T1"))
        stage.learn(*driven(f"S-{ref}"))
    stage.learn(bill(LINEHAUL, FUEL, references=po))
    return stage


def test_a_person_names_the_load_of_an_ambiguous_bill_and_it_is_judged():
    stage = two_loads()
    assert open_cases(stage) == {(CaseKind.AMBIGUOUS, "")}

    stage.learn(assigns("S-1002"), structs.replace(assigns("S-1001"), key="too late"))

    assert stage.bill("B-1").shipment_ref == "S-1002"
    assert (open_cases(stage), paid(stage)) == (set(), Decimal("2062.50"))
    assert stage.shipment("S-1001").used == {}


def test_a_bill_that_found_no_load_is_judged_once_a_person_names_it():
    stage = Stage(acme())
    stage.learn(released(), answered("S-1001-V1T1"), *driven())
    stage.learn(bill(LINEHAUL, FUEL, references=(Reference(ReferenceKind.PRO, "77"),)))
    waiting = stage.bill("B-1").status
    stage.pass_time(when(60 * 24 * 30)["learned_at"])
    given_up = open_cases(stage)

    stage.learn(assigns("S-1001"))

    assert (waiting, given_up) == (BillStatus.WAITING_SHIPMENT, {(CaseKind.MATCH_FAILURE, "")})
    assert (open_cases(stage), paid(stage)) == (set(), Decimal("2062.50"))


def test_a_waiting_bill_that_a_person_assigned_is_not_judged_again_when_its_name_appears():
    stage = Stage(acme())
    stage.learn(released(), answered("S-1001-V1T1"), *driven())
    stage.learn(bill(LINEHAUL, FUEL, references=(Reference(ReferenceKind.PO, "PO-1002"),)))

    stage.learn(assigns("S-1001"))
    stage.learn(released(order("1002")), answered("S-1002-V1T1"), *driven("S-1002"))

    assert (stage.bill("B-1").shipment_ref, paid(stage)) == ("S-1001", Decimal("2062.50"))


def test_an_assigned_bill_waits_for_its_proof_like_any_other():
    stage = two_loads()
    stage.learn(released(order("1003")), answered("S-1003-V1T1"))
    stage.learn(assigns("S-1003"))
    waits = stage.bill("B-1").status

    stage.learn(*driven("S-1003"))

    assert (waits, paid(stage)) == (BillStatus.WAITING_EVENTS, Decimal("2062.50"))


def test_whoever_named_the_load_pays_nothing_beyond_what_is_agreed():
    stage = two_loads()
    stage.learn(assigns("S-1002"))
    stage.learn(
        bill(LUMPER, ref="B-3", number="3", references=(Reference(ReferenceKind.PO, "PO-9"),))
    )
    stage.learn(assigns("S-1002", ref="B-3", by="Eve"))

    stage.learn(says(BillAnswer.PAY_AS_BILLED, ref="B-3", by="Eve"))

    assert paid(stage) == Decimal("2062.50")
    assert "another person must approve it" in told(stage)[-1]
