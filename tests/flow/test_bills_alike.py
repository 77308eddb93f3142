"""Bills that look like another one, or come apart. Agreed for S-1001: 1,650.00 and fuel 412.50."""

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawbar.flow.bill_state import BillStatus
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.ledger import Account
from drawbar.freight.party import CountsPer, Tolerance
from drawbar.freight.reference import Reference, ReferenceKind
from tests.flow.stage import Stage, acme, answered, bill, driven, order, released, usd

LINEHAUL, FUEL = (ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50")
OWED = Decimal("2062.50")


def staged(*facts, **policy):
    stage = Stage(acme(**policy))
    stage.learn(released(), answered("S-1001-V1T1"), *driven(), *facts)
    return stage


def named(ref):
    return Reference(ReferenceKind.SHIPMENT, ref)


def paid(stage):
    return -stage.balance(Account.ACCOUNTS_PAYABLE)


@pytest.mark.parametrize("number", ["19267", "19267-A", "19267R", "20001"])
def test_two_identical_bills_of_one_interchange_are_paid_once_whatever_the_second_is_called(number):
    stage = staged(bill(LINEHAUL, FUEL), bill(LINEHAUL, FUEL, ref="B-2", number=number))

    assert paid(stage) == OWED


@pytest.mark.parametrize("corrected_first", [True, False])
def test_a_corrected_bill_is_paid_once_also_when_it_comes_before_the_original(corrected_first):
    low = bill((ChargeKind.LINEHAUL, "1350.00"), FUEL)
    right = bill(LINEHAUL, FUEL, ref="B-2", number="19267-C", corrects="19267")

    stage = staged(*((right, low) if corrected_first else (low, right)))

    assert paid(stage) == OWED


def test_a_bill_that_comes_in_two_documents_is_paid_in_whatever_order_they_come():
    parts = (bill(LINEHAUL), bill(FUEL, ref="B-2", number="19267"))

    for some in permutations(parts):
        assert paid(staged(*some)) == OWED


def test_of_ten_bills_under_one_number_the_nine_known_ones_are_paid_and_one_waits():
    stage = Stage(acme())
    for number in range(9):
        ref = f"S-10{number:02}"
        placed = order(f"10{number:02}")
        stage.learn(released(placed), answered(f"{ref}-V1T1"), *driven(ref))
    names = [f"S-10{number:02}" for number in range(9)] + ["S-9999"]

    stage.learn(
        *(
            bill(
                LINEHAUL, FUEL, ref=f"B-{n}", references=(Reference(ReferenceKind.SHIPMENT, name),)
            )
            for n, name in enumerate(names)
        )
    )

    statuses = [stage.bill(f"B-{n}").status for n in range(10)]
    assert statuses == [BillStatus.APPROVED] * 9 + [BillStatus.WAITING_SHIPMENT]
    assert paid(stage) == 9 * OWED


@pytest.mark.parametrize("line", [(ChargeKind.LUMPER, "80.00"), (ChargeKind.LINEHAUL, "20.00")])
def test_the_order_of_the_lines_pays_nothing_more_and_nothing_less(line):
    sums = {paid(staged(bill(*some))) for some in permutations((LINEHAUL, FUEL, line))}

    assert len(sums) == 1


TOLERANCE = Tolerance(bill_over=Decimal("5.00"), counts_per=CountsPer.SHIPMENT)


@pytest.mark.parametrize(
    ("amount", "more"), [("1655.00", "5.00"), ("1655.01", "0.00")], ids=["limit", "first cent over"]
)
def test_the_first_cent_over_the_tolerance_pays_what_is_agreed(amount, more):
    stage = staged(bill((ChargeKind.LINEHAUL, amount), FUEL), tolerance=TOLERANCE)

    assert paid(stage) == OWED + Decimal(more)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.decimals("0.01", "4.99", places=2), min_size=2, max_size=4))
def test_many_small_bills_within_tolerance_never_come_to_more_than_the_tolerance(extras):
    share = Decimal("412.50")
    bills = [
        bill(
            (ChargeKind.LINEHAUL, str(share + extra)),
            ref=f"B-{n}",
            number=f"1926{n}",
        )
        for n, extra in enumerate(extras)
    ]

    assert paid(staged(*bills, tolerance=TOLERANCE)) <= Decimal("1655.00")


def test_a_bill_in_another_currency_than_its_load_is_stopped_with_its_case():
    wrong = bill(LINEHAUL, FUEL)
    lines = tuple(
        type(one)(number=one.number, kind=one.kind, money=type(one.money)(one.money.amount, "CAD"))
        for one in wrong.bill.lines
    )
    stage = staged(
        bill(lines=lines, currency="CAD", total=type(usd("1"))(Decimal("2062.50"), "CAD"))
    )

    assert (stage.bill("B-1").reason, paid(stage)) == ("CURRENCY", Decimal(0))
    assert CaseKind.BILL_STOPPED in stage.open_cases()
