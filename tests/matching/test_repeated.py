"""What a bill is compared with, and when it repeats an earlier one. B-1 is 19267 over 90.00 USD."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import BillLine, FreightBill
from drawbar.freight.money import Money, total
from drawbar.matching.duplicate import DuplicateOf, EarlierBill, Fresh, remembered, same_bill

HAUL, DETENTION, LUMPER = ChargeKind.LINEHAUL, ChargeKind.DETENTION, ChargeKind.LUMPER


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def bill(*lines: tuple, ref="B-2", number="19267", carrier="ABCD") -> FreightBill:
    billed = tuple(
        BillLine(number=at, kind=kind, money=usd(amount), stop=(*stop, 0)[0])
        for at, (kind, amount, *stop) in enumerate(lines or ((HAUL, "90.00"),), start=1)
    )
    return FreightBill(
        bill_ref=ref,
        carrier_ref=carrier,
        invoice_number=number,
        billed_on=date(2026, 4, 10),
        currency="USD",
        references=(),
        lines=billed,
        total=total((line.money for line in billed), currency="USD"),
    )


def before(*lines: tuple, ref="B-1", shipment="S-1001", carrier="ABCD") -> EarlierBill:
    return remembered(bill(*lines, ref=ref, carrier=carrier), shipment_ref=shipment)


def judged(later: FreightBill, *earlier: EarlierBill):
    return same_bill(later, shipment_ref="S-1001", earlier=earlier)


def test_what_is_remembered_is_all_that_later_bills_are_compared_with():
    at = datetime(2026, 4, 11, 9, tzinfo=UTC)
    first = bill(ref="B-1")

    assert remembered(first, shipment_ref="S-1001", received_at=at) == EarlierBill(
        bill_ref="B-1",
        carrier_ref="ABCD",
        shipment_ref="S-1001",
        invoice_number="19267",
        lines=first.lines,
        total=usd("90.00"),
        received_at=at,
        billed_on=date(2026, 4, 10),
    )
    assert remembered(first, shipment_ref="S-1001").received_at is None


def test_a_repetition_says_which_invoice_it_repeats():
    assert judged(bill(number="19-999"), before()) == DuplicateOf(
        bill_ref="B-1",
        text="Invoice 19-999 of ABCD over 90.00 USD repeats invoice 19267 (B-1) for S-1001.",
    )


@pytest.mark.parametrize(
    "beside",
    [before(ref="B-2"), before(carrier="WEST"), before(shipment="S-2"), before((HAUL, "80.00"))],
    ids=["the bill itself", "another carrier's", "another load's", "another amount"],
)
def test_what_stands_before_the_one_that_it_repeats_does_not_hide_it(beside):
    answer = judged(bill(), beside, before(ref="B-1"))

    assert isinstance(answer, DuplicateOf)
    assert answer.bill_ref == "B-1"
    assert judged(bill(), beside) == Fresh()


@pytest.mark.parametrize(
    ("first", "again", "repeats"),
    [
        ([(DETENTION, "90.00", 1)], [(DETENTION, "40.00", 1), (DETENTION, "50.00", 1)], True),
        ([(DETENTION, "90.00", 1)], [(DETENTION, "90.00", 2)], False),
        ([(DETENTION, "40.00", 1), (DETENTION, "50.00", 2)], [(DETENTION, "90.00")], True),
        ([(DETENTION, "90.00")], [(DETENTION, "40.00", 1), (DETENTION, "50.00", 2)], True),
        ([(DETENTION, "90.00"), (LUMPER, "5.00", 1)],
         [(DETENTION, "90.00", 1), (LUMPER, "5.00", 2)], False),
        ([(DETENTION, "90.00", 1), (LUMPER, "0.00", 1)], [(DETENTION, "90.00", 1)], True),
        ([(DETENTION, "50.00", 1), (LUMPER, "40.00", 1)],
         [(DETENTION, "40.00", 1), (LUMPER, "50.00", 1)], False),
    ],
    ids=[
        "one stop in two lines", "another stop", "no stop named this time",
        "no stop named the first time", "a vague kind makes no other kind vague",
        "a line about nothing", "two kinds exchanged",
    ],
)  # fmt: skip
def test_bills_of_one_number_are_compared_by_kind_and_stop(first, again, repeats):
    answer = judged(bill(*again), before(*first))

    assert isinstance(answer, DuplicateOf) is repeats


def test_under_another_number_only_a_bill_with_linehaul_repeats():
    lumper = ((LUMPER, "90.00"),)
    both = ((LUMPER, "90.00"), (HAUL, "10.00"))

    assert judged(bill(*lumper, number="19268"), before(*lumper)) == Fresh()
    assert isinstance(judged(bill(*both, number="19268"), before(*both)), DuplicateOf)
