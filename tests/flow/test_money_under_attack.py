"""What money must never do, whatever is said of it: be counted twice, vanish, or approve itself."""

from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.flow.bill_state import BillStatus, standing
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import DisputeClosed, VoucherPaid
from drawbar.freight.ledger import Account
from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKey, StreamKind
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
