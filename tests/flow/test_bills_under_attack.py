"""What a hostile reviewer tried on bills: nothing is paid twice, and nothing waits unseen."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from drawbar.flow.bill_state import BillStatus
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.claim import ClaimStep
from drawbar.freight.dispute import Voice
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import ChargeApproved, VoucherPaid
from drawbar.freight.ledger import Account
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.order import OrderCancelled
from drawbar.freight.stream import StreamKind
from tests.flow.stage import (
    MONDAY,
    Stage,
    answered,
    bill,
    driven,
    milestone,
    order,
    pod,
    released,
    usd,
    when,
)
from tests.flow.test_claim_books import step
from tests.flow.test_claims import opened

LINEHAUL = (ChargeKind.LINEHAUL, "1650.00")
FUEL = (ChargeKind.FUEL_SURCHARGE, "412.50")
TENDER = "S-1001-V1T1"


def covered() -> Stage:
    stage = Stage()
    stage.learn(released(), answered(TENDER))
    return stage


def approved(kind: ChargeKind, amount: str, *, stop: int = 0) -> ChargeApproved:
    return ChargeApproved(
        key=f"approved:{kind}:{amount}:{stop}",
        shipment_ref="S-1001",
        kind=kind,
        money=usd(amount),
        stop=stop,
        approved_by="M. Ito",
        role="admin",
        reason="agreed by telephone",
        **when(5000),
    )


def corrected(minutes: float) -> Fact:
    """Return a correction of the delivery to this many minutes after the arrival."""
    report = milestone(MilestoneKind.DELIVERED, 2 * 24 * 60 + 5 + minutes)
    return structs.replace(
        report, key="corrected", corrects=f"S-1001:delivered:{2 * 24 * 60 + 252}"
    )


def test_a_review_never_pays_a_charge_again_on_another_line():
    stage = covered()
    dear = (ChargeKind.LINEHAUL, "1900.00")
    stage.learn(*driven(), bill(LINEHAUL, dear, FUEL))

    stage.learn(approved(ChargeKind.LINEHAUL, "1900.00"))

    assert -stage.balance(Account.ACCOUNTS_PAYABLE) == Decimal("2312.50")
    assert stage.balance(Account.FREIGHT_ACCRUED) == 0


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(7)))
def test_two_detentions_and_a_correction_cost_the_same_in_any_order(turn: list[int]):
    short, long = (ChargeKind.DETENTION, "168.75"), (ChargeKind.DETENTION, "187.50")
    facts = [*driven(dwell=247), corrected(260), bill(LINEHAUL, FUEL, short, long)]
    stage = covered()

    stage.learn(*(facts[place] for place in turn))

    assert -stage.balance(Account.ACCOUNTS_PAYABLE) == Decimal("2250.00")
    assert stage.balance(Account.FREIGHT_ACCRUED) == 0


def test_a_bill_of_stopped_lines_is_paid_line_by_line_as_they_are_approved():
    stage = covered()
    lumper, liftgate = (ChargeKind.LUMPER, "100.00"), (ChargeKind.LIFTGATE, "75.00")
    stage.learn(*driven(), bill(lumper, liftgate))
    assert stage.bill("B-1").status is BillStatus.STOPPED

    stage.learn(approved(ChargeKind.LUMPER, "100.00"))
    assert stage.bill("B-1").payable == usd("100.00")
    stage.learn(approved(ChargeKind.LIFTGATE, "75.00"))

    assert stage.bill("B-1").status is BillStatus.APPROVED
    assert len(stage.sent("RefuseBill")) == 2


def test_nothing_is_paid_or_invoiced_on_events_that_contradict_each_other():
    stage = covered()
    late_pickup = milestone(MilestoneKind.DEPARTED_PICKUP, 9000)
    *events, proof = driven()
    stage.learn(late_pickup, *(e for e in events if "departed" not in e.key), proof)

    stage.learn(bill(LINEHAUL, FUEL))

    assert stage.bill("B-1").status is BillStatus.WAITING_EVENTS
    assert stage.sent("PostInvoice") == []
    assert CaseKind.SEQUENCE_INVALID in stage.open_cases()


def test_no_carrier_proves_what_another_one_delivered():
    stage = covered()
    *events, _ = driven()

    stage.learn(*events, pod(reported_by="NRTH"), bill(LINEHAUL, FUEL))

    assert stage.bill("B-1").status is BillStatus.WAITING_EVENTS
    assert stage.sent("PostInvoice") == []


def test_a_charge_that_shrinks_after_it_was_approved_is_claimed_back():
    stage = covered()
    stage.learn(*driven(dwell=247), bill(LINEHAUL, FUEL, (ChargeKind.DETENTION, "168.75")))

    stage.learn(corrected(95))

    overpaid = [one for one in stage.cases.values() if one.kind is CaseKind.OVERPAID]
    assert [one.money_at_risk for one in overpaid] == [usd("168.75")]
    assert -stage.balance(Account.ACCOUNTS_PAYABLE) == Decimal("2231.25")


def test_what_shrank_after_it_was_approved_is_settled_by_the_carriers_credit():
    stage = covered()
    stage.learn(*driven(dwell=247), bill(LINEHAUL, FUEL, (ChargeKind.DETENTION, "168.75")))
    stage.learn(corrected(95))

    given = bill((ChargeKind.DETENTION, "-168.75"), ref="B-2", number="CM-1", at=9500)
    stage.learn(given)

    about = [one.subject.kind for one in stage.cases.values() if one.kind is CaseKind.OVERPAID]
    assert about == [StreamKind.FREIGHT_BILL]  # only the credit itself is still to be taken
    assert -stage.balance(Account.ACCOUNTS_PAYABLE) == Decimal("2062.50")

    collected = VoucherPaid(
        key="collected",
        bill_ref="B-2",
        document="V-2",
        money=usd("-168.75"),
        paid_on=date(2026, 4, 1),
        **when(9600),
    )
    stage.learn(collected, structs.replace(collected, key="collected again"))

    assert CaseKind.OVERPAID not in stage.open_cases()
    assert CaseKind.ERP_DIFFERENCE in stage.open_cases()  # nothing is collected twice
    assert -stage.balance(Account.ACCOUNTS_PAYABLE) == Decimal("2231.25")


def test_what_shrank_after_it_was_approved_is_settled_by_the_claim_that_brings_it_back():
    stage = covered()
    stage.learn(*driven(dwell=247), bill(LINEHAUL, FUEL, (ChargeKind.DETENTION, "168.75")))
    stage.learn(corrected(95))
    stage.learn(structs.replace(opened("168.75", at=9500, line=3)))
    paid = step(ClaimStep.PAY, Voice.CARRIER, "100.00", at=9600, ref="OC-B-1-3")
    stage.learn(paid)
    assert CaseKind.OVERPAID in stage.open_cases()

    stage.learn(structs.replace(paid, key="rest", money=usd("68.75")))

    assert CaseKind.OVERPAID not in stage.open_cases()
    assert stage.balance(Account.BANK_CLEARING) == Decimal("168.75")


def test_a_bill_that_waits_for_events_gets_an_owner_in_time():
    stage = covered()
    stage.learn(bill(LINEHAUL, FUEL))

    stage.pass_time(MONDAY + timedelta(days=40))

    assert CaseKind.BILL_STOPPED in stage.open_cases()
    stage.learn(*driven())
    assert stage.bill("B-1").status is BillStatus.APPROVED
    assert CaseKind.BILL_STOPPED not in stage.open_cases()


@pytest.mark.parametrize("waits", [True, False], ids=["before delivery", "after delivery"])
def test_two_halves_of_a_charge_under_two_numbers_are_no_duplicates(waits: bool):
    stage = covered()
    half = ((ChargeKind.LINEHAUL, "825.00"), (ChargeKind.FUEL_SURCHARGE, "206.25"))
    bills = [bill(*half), bill(*half, ref="B-2", number="2")]
    stage.learn(*(bills + list(driven()) if waits else [*driven(), *bills]))

    stage.learn(bill(*half, ref="B-3", number="3"))

    assert [stage.bill(f"B-{n}").status.value for n in (1, 2, 3)] == [
        "approved",
        "approved",
        "duplicate",
    ]


@pytest.mark.parametrize("waits", [True, False], ids=["before delivery", "after delivery"])
def test_a_duplicate_is_caught_whether_or_not_the_first_was_judged(waits: bool):
    stage = covered()
    bills = [bill(LINEHAUL, FUEL), bill(LINEHAUL, FUEL, ref="B-2", number="2")]

    stage.learn(*(bills + list(driven()) if waits else [*driven(), *bills]))

    assert -stage.balance(Account.ACCOUNTS_PAYABLE) == Decimal("2062.50")
    assert stage.bill("B-2").status is BillStatus.DUPLICATE


def test_a_bill_stopped_for_its_payee_is_paid_when_the_load_becomes_that_carriers():
    stage = Stage()
    stage.learn(released(order()))
    stage.pass_time(MONDAY - timedelta(hours=9))  # ABCD is silent, NRTH is asked
    northlake = [structs.replace(one, reported_by="NRTH") for one in driven()]
    stage.learn(*northlake, bill((ChargeKind.LINEHAUL, "1831.50"), carrier_ref="NRTH"))

    stage.learn(answered("S-1001-V1T2", carrier="NRTH", at=-530))

    assert stage.bill("B-1").status is BillStatus.APPROVED
    assert CaseKind.PAYEE not in stage.open_cases()


@pytest.mark.parametrize(
    "lines",
    [(), ((ChargeKind.LINEHAUL, "1650.005"),)],
    ids=["no lines", "parts of a cent"],
)
def test_a_bill_that_cannot_be_paid_as_it_stands_is_rejected_whole(lines):
    stage = covered()
    stage.learn(*driven(), bill(*lines))

    assert stage.bill("B-1").reason == "CONTROL_TOTAL"
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == 0


def test_an_approved_tonu_is_paid_although_the_contract_grants_none():
    stage = covered()
    stage.learn(OrderCancelled(key="cancel", order_ref="1001", **when(-500)))
    assert stage.balance(Account.FREIGHT_ACCRUED) == 0

    stage.learn(approved(ChargeKind.TONU, "120.00"), bill((ChargeKind.TONU, "120.00"), at=6000))

    assert stage.bill("B-1").status is BillStatus.APPROVED
    assert -stage.balance(Account.ACCOUNTS_PAYABLE) == Decimal("120.00")
