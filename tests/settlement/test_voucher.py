"""What of a judged bill is paid, and when. Received on 2026-04-10 at noon; 30 days."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import BillLine, FreightBill
from drawbar.freight.money import Money, total
from drawbar.freight.verdict import Judgement, LineVerdict, Reason
from drawbar.settlement.voucher import Settlement, settle

RECEIVED = datetime(2026, 4, 10, 12, tzinfo=UTC)


def usd(amount: str | Decimal | int, currency="USD") -> Money:
    return Money(Decimal(amount), currency)


def verdict(payable: str, disputed="0", claimed="", number=1, currency="USD") -> LineVerdict:
    billed = usd(Decimal(payable) + Decimal(disputed), currency)
    contested = Decimal(disputed) or claimed
    return LineVerdict(
        line=BillLine(number=number, kind=ChargeKind.LINEHAUL, money=billed, code="400"),
        judgement=Judgement.SHORT_PAID if contested else Judgement.PAYABLE,
        payable=usd(payable, currency),
        disputed=usd(disputed, currency),
        claimed=usd(claimed, currency) if claimed else None,
        reason=Reason.FUEL_BASE if contested else None,
        text=f"text {number}",
        remedy=f"remedy {number}",
    )


def settled(*verdicts: LineVerdict, pod_at=None, payment_days=30) -> Settlement:
    bill = FreightBill(
        bill_ref="B-1",
        carrier_ref="ABCD",
        invoice_number="19267",
        billed_on=date(2026, 4, 9),
        currency="USD",
        references=(),
        lines=tuple(one.line for one in verdicts),
        total=usd(0),
    )
    return settle(bill, verdicts, payment_days=payment_days, received_at=RECEIVED, pod_at=pod_at)


@pytest.mark.parametrize(
    ("pod_at", "due_at"),
    [
        (None, datetime(2026, 5, 10, 12, tzinfo=UTC)),
        (datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 5, 10, 12, tzinfo=UTC)),
        (datetime(2026, 4, 20, 8, tzinfo=UTC), datetime(2026, 5, 20, 8, tzinfo=UTC)),
    ],
    ids=["no proof of delivery", "bill later", "proof later"],
)
def test_is_due_after_the_later_of_bill_and_proof_of_delivery(pod_at, due_at):
    assert settled(verdict("100"), pod_at=pod_at).due_at == due_at


def test_terms_of_no_days_are_due_at_once():
    assert settled(verdict("100"), payment_days=0).due_at == RECEIVED


def test_pays_each_line_what_it_is_worth():
    answer = settled(verdict("1650.00"), verdict("412.50", "50.00", number=2))

    assert answer.total == usd("2062.50")
    assert [(line.number, line.money) for line in answer.lines] == [
        (1, usd("1650.00")),
        (2, usd("412.50")),
    ]
    assert answer.lines[0].code == "400"


def test_a_stopped_line_is_not_on_the_voucher():
    answer = settled(verdict("1650.00"), verdict("0", "90.00", number=2))

    assert [line.number for line in answer.lines] == [1]


def test_a_disputed_line_says_why_and_what_would_mend_it():
    (dispute,) = settled(verdict("412.50", "50.00", number=2)).disputes

    assert (dispute.line, dispute.money, dispute.reason) == (2, usd("50.00"), Reason.FUEL_BASE)
    assert (dispute.text, dispute.remedy) == ("text 2", "remedy 2")


def test_a_claim_is_paid_and_is_no_dispute():
    answer = settled(verdict("1800.00", claimed="150.00"))

    assert answer.total == usd("1800.00")
    assert answer.disputes == ()
    assert [(claim.line, claim.money) for claim in answer.claims] == [(1, usd("150.00"))]


def test_a_credit_is_taken_off():
    answer = settled(verdict("100.00"), verdict("-30.00", number=2))

    assert (answer.total, answer.carried, answer.net) == (usd(70), usd(0), usd(70))


def test_a_credit_larger_than_the_payables_is_carried():
    answer = settled(verdict("100.00"), verdict("-150.00", number=2))

    assert (answer.total, answer.carried, answer.net) == (usd(0), usd(50), usd(-50))


def test_a_line_in_another_currency_is_disputed_as_it_is():
    answer = settled(verdict("100.00"), verdict("0", "90.00", number=2, currency="CAD"))

    assert answer.total == usd("100.00")
    assert answer.disputes[0].money == usd("90.00", "CAD")


amounts = st.integers(-(10**6), 10**6).map(lambda cents: str(Decimal(cents).scaleb(-2)))
sums = st.integers(0, 10**6).map(lambda cents: str(Decimal(cents).scaleb(-2)))


@given(st.lists(st.builds(verdict, amounts, sums, number=st.integers(1, 99)), max_size=6))
def test_never_pays_below_zero_and_loses_nothing(verdicts):
    answer = settled(*verdicts)

    assert answer.total.amount >= 0
    assert answer.carried.amount >= 0
    assert answer.total.amount == 0 or answer.carried.amount == 0
    assert total((line.money for line in answer.lines), currency="USD") == answer.net
    assert all(line.money.amount for line in answer.lines)
    billed = total((one.line.money for one in verdicts), currency="USD")
    contested = total((one.money for one in answer.disputes), currency="USD")
    assert answer.net + contested == billed
