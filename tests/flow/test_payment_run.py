"""Payment runs. ACME pays by itself: ABCD's bill of 2,062.50 of March is due after 30 days.

Ann proposes, Bob approves, and anybody of finance releases.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.flow.bill_state import BillStatus, open_money
from drawbar.flow.company import PaidBy
from drawbar.flow.payment_state import Outcome, RunStatus
from drawbar.freight.approval import ApprovalLimit
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import QuickPay
from drawbar.freight.ledger import Account
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.money import Money
from drawbar.freight.payee import BankAccount, Remittance
from drawbar.freight.payment import (
    PayeeChangeAsked,
    PayeeChangeConfirmed,
    PaymentConfirmed,
    PaymentReturned,
    PaymentRunApproved,
    PaymentRunDropped,
    PaymentRunProposed,
    PaymentRunReleased,
    QuickPayAsked,
)
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.stream import StreamKind
from tests.flow.stage import SEEN, Stage, acme, answered, bill, milestone, order, pod, released

PAY_DAY = datetime(2026, 4, 20, 15, tzinfo=UTC)
OWN = BankAccount(holder="Able Bodied Carriers", number="1001", routing="021000021")
OTHER = BankAccount(holder="Able Bodied Carriers", number="2002", routing="011401533")
OWED = Money(Decimal("2062.50"), "USD")


def paying(*, account: BankAccount | None = OWN, quick: bool = False, **policy):
    """Return ACME when it pays by itself, with ABCD's account on file."""
    company = acme(**({"payments": PaidBy.DRAWBAR, "bank": "bank"} | policy))
    remittance = Remittance(account=account, quick_pay=quick)
    able = structs.replace(company.carriers["ABCD"], remittance=remittance)
    offer = QuickPay(clause="7", percent=Decimal(2), days=60)
    contracts = tuple(structs.replace(one, quick_pay=offer) for one in company.contracts)
    return structs.replace(company, carriers=company.carriers | {"ABCD": able}, contracts=contracts)


def billed(company=None, *, remit_to: str = "") -> Stage:
    """Return a stage on which ABCD's bill is approved."""
    stage = Stage(company or paying())
    shipment = (Reference(ReferenceKind.SHIPMENT, "S-1001"),)
    stage.learn(released(order()), structs.replace(answered("x"), references=shipment))
    for kind, at in [
        (MilestoneKind.ARRIVED_PICKUP, 60),
        (MilestoneKind.DEPARTED_PICKUP, 120),
        (MilestoneKind.ARRIVED_DELIVERY, 2880),
        (MilestoneKind.DELIVERED, 2900),
    ]:
        stage.learn(milestone(kind, at))
    stage.learn(pod(at=2950))
    came = bill((ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50"))
    stage.learn(structs.replace(came, bill=structs.replace(came.bill, remit_to=remit_to)))
    return stage


def the_bill(stage: Stage):
    (state,) = (one for key, one in stage.states.items() if key.kind is StreamKind.FREIGHT_BILL)
    return state


def said(kind, key: str, *, at: datetime = PAY_DAY, **fields):
    return kind(key=key, happened_at=at, learned_at=at, lineage=SEEN, **fields)


def proposed(stage: Stage, ref: str = "R-1", *, at: datetime = PAY_DAY) -> None:
    stage.learn(
        said(
            PaymentRunProposed,
            f"propose-{ref}",
            at=at,
            run_ref=ref,
            until=at.date(),
            pay_on=at.date(),
            bill_refs=(the_bill(stage).bill.bill_ref,),
            carrier_refs=("ABCD",),
            proposed_by="ann",
        )
    )


def approved(stage: Stage, ref: str = "R-1", *, by: str = "bob", seen: Money = OWED) -> None:
    fields = {"run_ref": ref, "seen": (seen,), "approved_by": by, "role": "finance"}
    stage.learn(said(PaymentRunApproved, f"approve-{ref}-{by}", **fields))


def let_go(stage: Stage, ref: str = "R-1", key: str = "release") -> None:
    stage.learn(said(PaymentRunReleased, f"{key}-{ref}", run_ref=ref, released_by="bob"))


def released_run() -> Stage:
    stage = billed()
    proposed(stage)
    approved(stage)
    let_go(stage)
    return stage


def run(stage: Stage, ref: str = "R-1"):
    return stage.state(StreamKind.PAYMENT_RUN, ref)


def test_what_is_approved_and_due_is_paid_and_leaves_the_payables():
    stage = released_run()

    assert run(stage).status is RunStatus.RELEASED
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == 0
    assert stage.balance(Account.BANK_CLEARING) == Decimal("-2062.50")
    assert [one.business_key for one in stage.sent("InstructPayments")] == ["R-1"]
    assert [one.business_key for one in stage.sent("SendRemittance")] == ["R-1-001"]


def test_released_twice_one_file_goes_out():
    stage = released_run()
    let_go(stage, key="again")

    assert len(stage.sent("InstructPayments")) == 1
    assert stage.balance(Account.BANK_CLEARING) == Decimal("-2062.50")


def test_the_erp_pays_where_the_policy_says_so():
    stage = billed(paying(payments=PaidBy.ERP))
    proposed(stage)

    assert len(stage.sent("PostVoucher")) == 1
    assert StreamKind.PAYMENT_RUN not in {key.kind for key in stage.states}


def test_the_erp_gets_no_voucher_to_pay_where_we_pay():
    stage = billed()

    assert stage.sent("PostVoucher") == []
    assert any(
        "bill_approved" in one.business_key or "/1" in one.business_key
        for one in stage.sent("PostJournal")
    )


@pytest.mark.parametrize(
    ("by", "seen", "why"),
    [
        ("ann", OWED, "Whoever proposed"),
        ("bob", Money(Decimal("2062.51"), "USD"), "saw something else"),
    ],
    ids=["the one who proposed", "another sum was seen"],
)
def test_a_run_is_not_approved(by, seen, why):
    stage = billed()
    proposed(stage)
    approved(stage, by=by, seen=seen)
    let_go(stage)

    assert run(stage).status is RunStatus.PROPOSED
    assert stage.sent("InstructPayments") == []
    assert any(why in text for _, text in stage.notes)


def test_more_than_one_person_may_approve_alone_takes_two_besides_the_proposer():
    limit = ApprovalLimit(alone=Decimal("2062.49"), together=Decimal(5000))
    stage = billed(paying(payment_limits={"finance": limit}))
    proposed(stage)
    approved(stage)
    approved(stage, by="bob")
    assert run(stage).status is RunStatus.PROPOSED

    approved(stage, by="eve")

    assert run(stage).status is RunStatus.APPROVED


def test_beyond_every_limit_nobody_approves():
    limit = ApprovalLimit(alone=Decimal(10), together=Decimal("2062.49"))
    stage = billed(paying(payment_limits={"finance": limit}))
    proposed(stage)
    approved(stage)
    approved(stage, by="eve")

    assert run(stage).signatures == ()


def test_a_bill_is_in_one_run_only_until_that_is_dropped():
    stage = billed()
    proposed(stage)
    proposed(stage, "R-2")
    assert run(stage, "R-2").orders == ()
    assert "R-1 pays it" in run(stage, "R-2").left_out[0].text

    stage.learn(said(PaymentRunDropped, "drop", run_ref="R-1", dropped_by="ann", reason="late"))
    proposed(stage, "R-3")

    assert run(stage, "R-3").totals == (OWED,)


def test_a_bill_that_names_somebody_unheard_of_is_never_paid():
    stage = billed(remit_to="Evergreen Receivables")
    proposed(stage)

    assert run(stage).orders == ()


def test_a_payee_changed_since_the_proposal_stops_the_run():
    stage = billed()
    proposed(stage)
    approved(stage)
    stage.run.company = paying(account=OTHER)
    let_go(stage)

    assert run(stage).status is RunStatus.APPROVED
    assert CaseKind.PAYMENT_STOPPED in stage.open_cases()
    assert stage.sent("InstructPayments") == []


def test_s06_quick_pay_keeps_its_discount_on_an_account_of_its_own():
    stage = billed()
    stage.learn(said(QuickPayAsked, "early", bill_ref=the_bill(stage).bill.bill_ref, asked_by="a"))
    proposed(stage, at=datetime(2026, 3, 20, 15, tzinfo=UTC))
    early = Money(Decimal("2021.25"), "USD")
    approved(stage, seen=early)
    let_go(stage)

    assert run(stage).totals == (early,)
    assert stage.balance(Account.QUICK_PAY_DISCOUNT) == Decimal("-41.25")
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == 0


def test_a_confirmed_payment_makes_its_bills_paid():
    stage = released_run()
    fields = {"payment_ref": "R-1-001", "bank_ref": "TX9", "money": OWED}
    stage.learn(said(PaymentConfirmed, "booked", booked_on=date(2026, 4, 21), **fields))

    assert the_bill(stage).status is BillStatus.PAID
    assert run(stage).told["R-1-001"].outcome is Outcome.CONFIRMED


def test_a_returned_payment_is_payable_again_and_another_run_pays_it():
    stage = released_run()
    fields = {"payment_ref": "R-1-001", "bank_ref": "TX9", "code": "AC04"}
    stage.learn(said(PaymentReturned, "back", returned_on=date(2026, 4, 22), **fields))

    assert open_money(the_bill(stage)) == OWED
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == Decimal("-2062.50")
    assert stage.balance(Account.BANK_CLEARING) == 0
    assert CaseKind.PAYMENT_RETURNED in stage.open_cases()
    assert stage.entries[-1].reverses.endswith("payment_instructed:1")
    proposed(stage, "R-2")
    assert run(stage, "R-2").totals == (OWED,)


def test_a_bank_that_books_another_amount_is_a_difference_with_an_owner():
    stage = released_run()
    fields = {"payment_ref": "R-1-001", "bank_ref": "TX9", "money": Money(Decimal(2000), "USD")}
    stage.learn(said(PaymentConfirmed, "booked", booked_on=date(2026, 4, 21), **fields))

    assert CaseKind.ERP_DIFFERENCE in stage.open_cases()
    assert the_bill(stage).status is not BillStatus.PAID


def test_a_changed_account_is_paid_after_seven_days_and_a_second_person():
    stage = billed()
    change = {"carrier_ref": "ABCD", "change_ref": "C-1"}
    asked = {"account": OTHER, "asked_by": "ann", "reason": "letter"}
    stage.learn(said(PayeeChangeAsked, "ask", **change, **asked))
    assert CaseKind.PAYEE in stage.open_cases()
    for who in ("ann", "bob"):
        word = {"confirmed_by": who, "reason": "called them"}
        stage.learn(said(PayeeChangeConfirmed, f"yes-{who}", **change, **word))
    assert CaseKind.PAYEE not in stage.open_cases()

    proposed(stage, "R-1", at=PAY_DAY + timedelta(days=6))
    stage.learn(said(PaymentRunDropped, "drop", run_ref="R-1", dropped_by="ann", reason="late"))
    proposed(stage, "R-2", at=PAY_DAY + timedelta(days=7))

    assert run(stage, "R-1").orders[0].account == OWN
    assert run(stage, "R-2").orders[0].account == OTHER


@pytest.mark.parametrize(
    ("pay_day", "is_netted"),
    [(PAY_DAY, True), (PAY_DAY - timedelta(days=30), False)],
    ids=["with a bill that is due", "with nothing due: it is carried over"],
)
def test_a_credit_is_a_persons_matter_until_a_run_nets_it(pay_day: datetime, is_netted: bool):
    stage = billed()
    given = bill((ChargeKind.FUEL_SURCHARGE, "-412.50"), ref="B-2", number="19267-C", at=4100)
    stage.learn(given)
    assert CaseKind.OVERPAID in stage.open_cases()
    asked = {"until": pay_day.date(), "pay_on": pay_day.date(), "carrier_refs": ("ABCD",)}
    refs = {"run_ref": "R-1", "bill_refs": ("B-1", "B-2"), "proposed_by": "ann"}
    stage.learn(said(PaymentRunProposed, "propose", at=pay_day, **asked, **refs))

    approved(stage, seen=Money(Decimal("1650.00"), "USD"))
    let_go(stage)

    assert (CaseKind.OVERPAID not in stage.open_cases()) is is_netted
    assert stage.balance(Account.BANK_CLEARING) == (Decimal("-1650.00") if is_netted else 0)
