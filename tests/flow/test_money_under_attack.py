"""What money must never do, whatever is said of it: be counted twice, vanish, or approve itself."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from drawbar.flow.account import CustomerState
from drawbar.flow.bill_state import BillStatus, standing
from drawbar.flow.dispute import NotInDispute
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import BillReviewed, ChargeApproved, DisputeClosed, VoucherPaid
from drawbar.freight.invoice import InvoicePaid
from drawbar.freight.ledger import Account
from drawbar.freight.money import Money
from drawbar.freight.order import CustomerPaid, ReceivablesStated
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.settlement.dispute import BeyondDispute
from tests.flow.stage import MONDAY, Stage, answered, bill, driven, released, usd, when

LINEHAUL = (ChargeKind.LINEHAUL, "1650.00")
FUEL = (ChargeKind.FUEL_SURCHARGE, "412.50")
LUMPER = (ChargeKind.LUMPER, "100.00")
B1 = StreamKey(StreamKind.FREIGHT_BILL, "B-1")


def covered() -> Stage:
    stage = Stage()
    stage.learn(released(), answered("S-1001-V1T1"))
    return stage


def billed(*more: tuple[ChargeKind, str]) -> Stage:
    stage = covered()
    stage.learn(*driven(), bill(LINEHAUL, FUEL, *more))
    return stage


def carrier_paid(amount: str, *, currency: str = "USD", at: float = 9000) -> VoucherPaid:
    return VoucherPaid(
        key=f"erp:payment:{amount}:{at}",
        bill_ref="B-1",
        document=f"P-{at}",
        money=Money(Decimal(amount), currency),
        paid_on=MONDAY.date(),
        **when(at),
    )


def closed(conceded: str, *, line: int = 3, at: float = 9500) -> DisputeClosed:
    return DisputeClosed(
        key=f"closed:{line}:{conceded}:{at}",
        bill_ref="B-1",
        line=line,
        conceded=usd(conceded),
        closed_by="M. Ito",
        role="admin",
        reason="receipt seen",
        **when(at),
    )


def test_a_carrier_paid_in_another_currency_is_a_case_and_nothing_is_booked():
    stage = billed()

    stage.learn(carrier_paid("2062.50", currency="EUR"))

    assert stage.open_cases() == {CaseKind.ERP_DIFFERENCE}
    assert stage.bill("B-1").status is BillStatus.APPROVED
    assert stage.balance(Account.BANK_CLEARING, "EUR") == 0


@pytest.mark.parametrize("amount", ["0.00", "-5.00"])
def test_a_payment_that_is_none_is_a_case_and_nothing_is_booked(amount: str):
    stage = billed()

    stage.learn(carrier_paid(amount))

    assert stage.open_cases() == {CaseKind.ERP_DIFFERENCE}
    assert stage.bill("B-1").paid is None


def test_what_was_paid_before_it_was_approved_is_booked_and_approves_nothing():
    stage = Stage()
    stage.learn(bill(LINEHAUL, FUEL, at=-700), carrier_paid("2062.50", at=-650))

    assert stage.bill("B-1").status is BillStatus.WAITING_SHIPMENT
    assert stage.open_cases() == {CaseKind.OVERPAID}
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == Decimal("2062.50")

    stage.learn(released(), answered("S-1001-V1T1"), *driven())

    assert stage.bill("B-1").payable == usd("2062.50")
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == 0


def test_what_is_paid_beyond_what_was_approved_is_a_case_over_all_that_is_too_much():
    stage = billed()

    stage.learn(carrier_paid("2062.50"), carrier_paid("10.00", at=9001))
    stage.learn(carrier_paid("20.00", at=9002))

    assert stage.cases[CaseKind.OVERPAID, B1, "payment"].money_at_risk == usd("30.00")
    assert stage.bill("B-1").status is BillStatus.PAID


@pytest.mark.parametrize(
    ("conceded", "status"), [("0.00", BillStatus.PAID), ("60.00", BillStatus.APPROVED)]
)
def test_a_paid_bill_stays_paid_when_its_last_dispute_ends_for_nothing(
    conceded: str, status: BillStatus
):
    stage = billed(LUMPER)
    stage.learn(carrier_paid("2062.50"))
    assert stage.bill("B-1").status is BillStatus.SHORT_PAID

    stage.learn(closed(conceded))

    assert stage.bill("B-1").status is status
    assert stage.shipment("S-1001").open_bills == ()


def test_a_paid_bill_that_is_looked_at_again_stays_paid():
    stage = billed()
    stage.learn(carrier_paid("2062.50"))

    stage.learn(
        BillReviewed(key="r", bill_ref="B-1", shipment_ref="S-1001", why="asked", **when(9900))
    )

    assert stage.bill("B-1").status is BillStatus.PAID


def test_what_was_conceded_and_then_paid_is_paid():
    stage = billed(LUMPER)

    stage.learn(carrier_paid("2062.50"), closed("60.00"), carrier_paid("60.00", at=9600))

    assert stage.bill("B-1").status is BillStatus.PAID
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == 0


@pytest.mark.parametrize(
    ("paid", "status"),
    [
        (None, BillStatus.APPROVED),
        ("2062.49", BillStatus.APPROVED),
        ("2062.50", BillStatus.PAID),
        ("2062.51", BillStatus.PAID),
    ],
    ids=["nothing", "a cent short", "all", "a cent over"],
)
def test_where_a_bill_stands_follows_from_its_amounts(paid: str | None, status: BillStatus):
    state = billed().bill("B-1")

    assert standing(structs.replace(state, paid=usd(paid) if paid else None)) is status


def approved(amount: str, *, stop: int = 0, at: float = 9700) -> ChargeApproved:
    return ChargeApproved(
        key=f"approved:{amount}:{at}",
        shipment_ref="S-1001",
        kind=ChargeKind.LUMPER,
        money=usd(amount),
        stop=stop,
        approved_by="M. Ito",
        role="admin",
        reason="receipt seen",
        **when(at),
    )


@pytest.mark.parametrize("stop", [0, 2])
def test_a_lumper_conceded_is_not_accrued_nor_paid_again_once_it_is_approved(stop: int):
    stage = billed(LUMPER)
    stage.learn(closed("100.00"), approved("100.00", stop=stop))
    assert stage.balance(Account.FREIGHT_ACCRUED) == 0

    stage.learn(bill(LUMPER, ref="B-2", number="2", at=9800))

    assert stage.bill("B-2").reason == "DUPLICATE"
    assert -stage.balance(Account.ACCOUNTS_PAYABLE) == Decimal("2162.50")


def test_what_is_approved_beyond_a_concession_is_owed():
    stage = billed(LUMPER)

    stage.learn(closed("100.00"), approved("130.00"), bill((ChargeKind.LUMPER, "30.00"), ref="B-2"))

    assert stage.bill("B-2").payable == usd("30.00")
    assert stage.balance(Account.FREIGHT_ACCRUED) == 0


def test_a_concession_on_top_of_an_approval_counts_against_the_next():
    stage = billed((ChargeKind.LUMPER, "150.00"))
    stage.learn(approved("100.00", at=9100))
    stage.learn(closed("50.00"), approved("50.00", at=9700))

    stage.learn(bill((ChargeKind.LUMPER, "50.00"), ref="B-2", number="2", at=9800))

    assert stage.bill("B-2").payable == usd("0.00")
    assert CaseKind.OVERPAID not in stage.open_cases()
    assert stage.balance(Account.FREIGHT_ACCRUED) == 0


tens = st.integers(1, 30).map(lambda n: n * 10)


@settings(max_examples=40, deadline=None)
@given(
    billed_first=tens, percent=st.integers(0, 10), approvals=st.lists(tens, max_size=3), again=tens
)
def test_one_kind_at_one_stop_is_never_paid_beyond_what_was_conceded_or_approved(
    billed_first: int, percent: int, approvals: list[int], again: int
):
    conceded = billed_first * percent // 10
    stage = billed((ChargeKind.LUMPER, str(billed_first)))
    stage.learn(closed(str(conceded)))

    for place, amount in enumerate(approvals):
        stage.learn(approved(str(amount), at=9700 + place))
    most = max(conceded, sum(approvals))
    assert -stage.balance(Account.FREIGHT_ACCRUED) == most - conceded
    stage.learn(bill((ChargeKind.LUMPER, str(again)), ref="B-2", number="2", at=9800))

    paid = -stage.balance(Account.ACCOUNTS_PAYABLE) - Decimal("2062.50")
    assert conceded <= paid <= most * Decimal("1.05")  # the tolerance of one line


def test_the_dispute_of_a_bill_that_waits_cannot_end():
    stage = Stage()
    stage.learn(bill(LINEHAUL, FUEL, LUMPER, at=-700))

    with pytest.raises(NotInDispute, match="B-1 was not judged line by line; it is waiting_ship"):
        stage.learn(closed("0.00"))


@pytest.mark.parametrize("line", [1, 9], ids=["a line that is paid", "a line that is not there"])
def test_a_line_that_is_not_contested_has_no_dispute_to_end(line: int):
    with pytest.raises(NotInDispute, match=f"line {line} of B-1 is not in dispute"):
        billed(LUMPER).learn(closed("0.00", line=line))


@pytest.mark.parametrize("conceded", ["100.01", "-0.01"])
def test_no_more_is_conceded_than_is_disputed(conceded: str):
    with pytest.raises(BeyondDispute, match="is not a part of the 100"):
        billed(LUMPER).learn(closed(conceded))


INVOICE = StreamKey(StreamKind.CUSTOMER_INVOICE, "I-000001")


def invoiced() -> Stage:
    """Return a stage with an invoice over 2,646.00, and 500.00 of older debts."""
    stage = covered()
    owed = ReceivablesStated(
        key="owed", customer_ref="GLOBEX", open_receivables=usd("500.00"), **when(-900)
    )
    stage.learn(owed, *driven())
    return stage


def customer_paid(amount: str, *, currency: str = "USD", at: float = 9000) -> InvoicePaid:
    return InvoicePaid(
        key=f"erp:payment:{at}",
        invoice_ref=INVOICE.ref,
        money=Money(Decimal(amount), currency),
        paid_on=MONDAY.date(),
        **when(at),
    )


def account(stage: Stage) -> CustomerState:
    return stage.state(StreamKind.CUSTOMER, "GLOBEX")


def test_an_invoice_that_is_paid_twice_is_a_case_and_leaves_older_debts_alone():
    stage = invoiced()

    stage.learn(customer_paid("2646.00"), customer_paid("2646.00", at=9001))

    assert (account(stage).stated, account(stage).unpaid) == (usd("500.00"), usd("0.00"))
    assert stage.cases[CaseKind.CREDIT_DUE, INVOICE, "payment"].money_at_risk == usd("2646.00")
    assert stage.balance(Account.ACCOUNTS_RECEIVABLE) == Decimal("-2646.00")  # ours to give back


def test_of_a_payment_beyond_an_invoice_only_what_was_open_makes_room():
    stage = invoiced()

    stage.learn(customer_paid("2000.00"), customer_paid("700.00", at=9001))

    assert account(stage).exposure == usd("500.00")
    assert stage.cases[CaseKind.CREDIT_DUE, INVOICE, "payment"].money_at_risk == usd("54.00")


@pytest.mark.parametrize(
    ("amount", "currency"), [("2646.00", "EUR"), ("-1.00", "USD"), ("0.00", "USD")]
)
def test_a_payment_that_an_invoice_cannot_take_is_a_case_and_nothing_is_booked(
    amount: str, currency: str
):
    stage = invoiced()

    stage.learn(customer_paid(amount, currency=currency))

    assert stage.open_cases() == {CaseKind.ERP_DIFFERENCE}
    assert account(stage).unpaid == usd("2646.00")
    assert stage.balance(Account.BANK_CLEARING, currency) == 0


@pytest.mark.parametrize("ref", ["INV-999999", INVOICE.ref], ids=["nobody's", "for less"])
def test_a_payment_on_an_invoice_is_never_taken_for_one_on_account(ref: str):
    stage = invoiced()
    told = CustomerPaid(
        key="told", customer_ref="GLOBEX", money=usd("3000.00"), invoice_ref=ref, **when(9000)
    )

    stage.learn(told)

    assert account(stage).exposure == usd("3146.00")
    assert stage.open_cases() == {CaseKind.CREDIT_DUE}


@settings(max_examples=40, deadline=None)
@given(payments=st.lists(st.integers(1, 3000), max_size=5))
def test_no_payment_on_an_invoice_makes_more_room_than_the_invoice_took(payments: list[int]):
    stage = invoiced()

    stage.learn(*(customer_paid(str(one), at=9000 + at) for at, one in enumerate(payments)))

    left = max(Decimal("2646.00") - sum(payments), Decimal(0))
    assert account(stage).exposure.amount == 500 + left
    assert (CaseKind.CREDIT_DUE in stage.open_cases()) is (sum(payments) > 2646)
