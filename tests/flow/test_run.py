"""From a released order to a paid freight bill. ABCD is owed 1,650.00 + 25 % fuel, 2,062.50."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawbar.flow.bill_state import BillStatus
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import VoucherPaid
from drawbar.freight.ledger import Account
from drawbar.freight.stream import StreamKind
from drawbar.freight.tender import Answer
from tests.flow.stage import MONDAY, Stage, answered, bill, driven, released, usd, when

LINEHAUL = (ChargeKind.LINEHAUL, "1650.00")
FUEL = (ChargeKind.FUEL_SURCHARGE, "412.50")
TENDER = "S-1001-V1T1"


def covered() -> Stage:
    stage = Stage()
    stage.learn(released(), answered(TENDER))
    return stage


def delivered(*, dwell: float = 95) -> Stage:
    stage = covered()
    stage.learn(*driven(dwell=dwell))
    return stage


def test_a_released_order_is_offered_to_the_first_carrier_of_its_guide():
    stage = Stage()

    stage.learn(released())

    (tender,) = stage.sent("TenderLoad")
    assert (tender.system, tender.payload.pay) == ("abcd", usd("2062.50"))


def test_cost_is_accrued_at_pickup_and_revenue_at_delivery():
    stage = delivered()

    assert stage.balance(Account.FREIGHT_ACCRUED) == Decimal("-2062.50")
    assert stage.balance(Account.FREIGHT_REVENUE) == Decimal("-2646.00")


def test_a_clean_bill_is_approved_untouched_and_empties_the_accrual():
    stage = delivered()

    stage.learn(bill(LINEHAUL, FUEL))

    assert stage.bill("B-1").status is BillStatus.APPROVED
    assert stage.balance(Account.FREIGHT_ACCRUED) == 0
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == Decimal("-2062.50")
    assert CaseKind.DISPUTE not in stage.open_cases()


def test_the_customer_is_invoiced_once_when_everything_is_there():
    stage = delivered()

    stage.learn(*driven())

    (invoice,) = stage.sent("PostInvoice")
    assert invoice.payload.invoice.total == usd("2646.00")
    assert stage.state(StreamKind.NUMBER_SERIES, "customer_invoice").last == 1


def test_detention_is_owed_by_the_events_and_an_inflated_one_is_short_paid():
    stage = delivered(dwell=247)

    stage.learn(bill(LINEHAUL, FUEL, (ChargeKind.DETENTION, "300.00")))

    state = stage.bill("B-1")
    assert state.status is BillStatus.SHORT_PAID
    assert (state.payable, state.disputed) == (usd("2231.25"), usd("131.25"))
    assert stage.balance(Account.FREIGHT_ACCRUED) == 0


def test_detention_without_an_event_is_never_paid():
    stage = delivered()

    stage.learn(bill(LINEHAUL, FUEL, (ChargeKind.DETENTION, "168.75")))

    assert stage.bill("B-1").payable == usd("2062.50")
    assert CaseKind.BILL_STOPPED in stage.open_cases()


def test_the_same_bill_under_another_number_is_a_duplicate():
    stage = delivered()
    stage.learn(bill(LINEHAUL, FUEL))

    stage.learn(bill(LINEHAUL, FUEL, ref="B-2", number="19999"))

    assert stage.bill("B-2").status is BillStatus.DUPLICATE
    assert len(stage.sent("PostVoucher")) == 1


def test_a_bill_before_its_shipment_waits_and_is_approved_by_itself():
    stage = Stage()
    stage.learn(bill(LINEHAUL, FUEL, at=-700))
    assert stage.bill("B-1").status is BillStatus.WAITING_SHIPMENT

    stage.learn(released(), answered(TENDER), *driven())

    state = stage.bill("B-1")
    assert (state.status, state.recycled) == (BillStatus.APPROVED, True)


def test_a_bill_whose_shipment_never_appears_is_rejected_and_the_carrier_told_once():
    stage = Stage()
    stage.learn(bill(LINEHAUL, FUEL, at=0))

    stage.pass_time(MONDAY.replace(day=20))

    assert stage.bill("B-1").status is BillStatus.REJECTED
    assert stage.open_cases() == {CaseKind.MATCH_FAILURE}
    assert len(stage.sent("RefuseBill")) == 1


def test_a_header_that_differs_from_its_lines_is_paid_nothing():
    stage = delivered()

    stage.learn(bill(LINEHAUL, FUEL, total=usd("99999.00")))

    assert stage.bill("B-1").reason == "CONTROL_TOTAL"
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == 0


def test_a_bill_of_a_carrier_that_did_not_have_the_load_is_stopped():
    stage = delivered()

    stage.learn(bill(LINEHAUL, FUEL, carrier_ref="NRTH"))

    assert stage.bill("B-1").reason == "PAYEE"
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == 0


def test_a_payment_read_back_from_the_erp_ends_the_bill():
    stage = delivered()
    stage.learn(bill(LINEHAUL, FUEL))

    stage.learn(
        VoucherPaid(
            key="pay",
            bill_ref="B-1",
            document="P-7",
            money=usd("2062.50"),
            paid_on=MONDAY.date(),
            **when(9000),
        )
    )

    assert stage.bill("B-1").status is BillStatus.PAID
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == 0


def test_a_declined_tender_goes_to_the_next_carrier():
    stage = Stage()

    stage.learn(released(), answered(TENDER, Answer.DECLINED))

    assert [one.system for one in stage.sent("TenderLoad")] == ["abcd", "northlake"]


def test_silence_is_not_an_acceptance_and_a_late_one_does_not_count():
    stage = Stage()
    stage.learn(released())
    stage.pass_time(MONDAY)

    stage.learn(answered(TENDER, at=60))

    assert stage.shipment("S-1001").award is None
    assert CaseKind.LATE_ACCEPTANCE in stage.open_cases()


@pytest.mark.parametrize("twice", [True, False], ids=["every fact twice", "once"])
@settings(max_examples=60, deadline=None)
@given(order=st.permutations(range(7)))
def test_the_order_of_arrival_changes_no_verdict_and_no_balance(twice: bool, order: list[int]):
    facts = [*driven(dwell=247), bill(LINEHAUL, FUEL, (ChargeKind.DETENTION, "300.00"))]
    facts.append(bill((ChargeKind.DETENTION, "168.75"), ref="B-2", number="2"))
    reference, shuffled = covered(), covered()
    reference.learn(*facts[:6])

    shuffled.learn(*(facts[place] for place in order if place < 6))
    if twice:
        shuffled.learn(*(facts[place] for place in order if place < 6))

    assert shuffled.bill("B-1").payable == reference.bill("B-1").payable
    assert shuffled.bill("B-1").status is reference.bill("B-1").status
    for account in Account:
        assert shuffled.balance(account) == reference.balance(account)
    assert shuffled.cases.keys() == reference.cases.keys()
