"""Bills that come late, ahead of their day, corrected, or for the wrong purse; shared tolerance."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from drawbar.flow.bill_state import BillStatus
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.ledger import Account
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.money import zero
from drawbar.freight.party import CountsPer, Tolerance
from drawbar.freight.reference import Reference, ReferenceKind
from tests.flow.stage import (
    Stage,
    acme,
    answered,
    bill,
    driven,
    milestone,
    order,
    released,
    usd,
)

LINEHAUL, FUEL = (ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50")
LOW = (ChargeKind.LINEHAUL, "1350.00")
LUMPER = (ChargeKind.LUMPER, "80.00")
DAY = 24 * 60


def delivered(*facts, **policy):
    """Return a stage with a delivered load: 1,650.00 and fuel 412.50 are agreed."""
    stage = Stage(acme(**policy))
    stage.learn(released(), answered("S-1001-V1T1"), *driven(), *facts)
    return stage


def paid(stage):
    return -stage.balance(Account.ACCOUNTS_PAYABLE)


@pytest.mark.parametrize(("day", "status"), [(180, "stopped"), (186, "rejected")])
def test_m21_a_balance_due_bill_is_taken_to_day_180_and_no_longer(day, status):
    stage = delivered(bill(LINEHAUL, FUEL, at=4000))

    stage.learn(bill(LUMPER, ref="B-2", number="19267-BD", at=4000 + day * DAY))

    assert stage.bill("B-2").status == status
    reasons = {"stopped": "NOT_AUTHORISED", "rejected": "LATE_BILL"}
    assert stage.bill("B-2").reason == reasons[status]
    assert (CaseKind.LATE_BILL in stage.open_cases()) is (status == "rejected")


def test_a_first_bill_is_never_late():
    stage = delivered(bill(LINEHAUL, FUEL, at=400 * DAY, billed_on=date(2027, 4, 1)))

    assert stage.bill("B-1").status is BillStatus.APPROVED


@pytest.mark.parametrize(
    ("number", "more"),
    [("19267-C", {}), ("19267", {}), ("20001", {"corrects": "19267"})],
    ids=["marked by its number", "under the same number", "says so"],
)
def test_of_a_corrected_bill_the_difference_is_paid(number, more):
    stage = delivered(bill(LOW, FUEL))

    stage.learn(bill(LINEHAUL, FUEL, ref="B-2", number=number, at=5000, **more))

    again = stage.bill("B-2")
    assert (again.status, again.payable, again.disputed) == (
        BillStatus.APPROVED,
        usd("300.00"),
        usd("0.00"),
    )
    assert paid(stage) == Decimal("2062.50")
    assert stage.balance(Account.FREIGHT_ACCRUED) == 0


def test_a_corrected_bill_that_asks_less_ends_the_dispute_about_the_first():
    stage = delivered(bill((ChargeKind.LINEHAUL, "1900.00"), FUEL))
    assert stage.bill("B-1").disputed == usd("250.00")

    stage.learn(bill(LINEHAUL, FUEL, ref="B-2", number="19267-C", at=5000))

    assert stage.bill("B-1").disputed == usd("0")
    assert stage.bill("B-2").payable == usd("0.00")
    assert stage.bill("B-2").disputed == usd("0.00")
    assert paid(stage) == Decimal("2062.50")
    assert CaseKind.DISPUTE not in stage.open_cases()


def test_a_corrected_bill_below_what_was_paid_is_a_credit():
    stage = delivered(bill(LINEHAUL, FUEL))

    lower = (ChargeKind.LINEHAUL, "1600.00")
    stage.learn(bill(lower, FUEL, ref="B-2", number="19267-C", at=5000))

    assert stage.bill("B-2").payable == usd("-50.00")
    assert paid(stage) == Decimal("2012.50")


def test_what_is_corrected_before_it_was_judged_is_paid_once_and_as_corrected():
    stage = Stage()
    stage.learn(released(), answered("S-1001-V1T1"), bill(LOW, FUEL))
    stage.learn(bill(LINEHAUL, FUEL, ref="B-2", number="19267-C", at=4100), *driven())

    assert stage.bill("B-1").status is BillStatus.REJECTED
    assert stage.bill("B-2").payable == usd("2062.50")
    assert paid(stage) == Decimal("2062.50")


def test_a_split_bill_under_one_number_is_no_correction():
    parts = [(ChargeKind.LINEHAUL, "990.00"), (ChargeKind.LINEHAUL, "660.00")]
    stage = delivered(bill(parts[0]), bill(parts[1], FUEL, ref="B-2", at=5000))

    assert stage.bill("B-2").status is BillStatus.APPROVED
    assert stage.bill("B-2").replaces == ""
    assert paid(stage) == Decimal("2062.50")


def test_a_bill_dated_ahead_of_its_coming_is_refused_with_a_clear_case():
    stage = delivered()

    stage.learn(bill(LINEHAUL, FUEL, billed_on=date(2026, 3, 30)))

    assert stage.bill("B-1").reason == "BILL_DATE"
    assert "dated 2026-03-30, 18 days after it came on 2026-03-12" in stage.bill("B-1").text
    assert CaseKind.BILL_DATE in stage.open_cases()
    assert paid(stage) == 0


@pytest.mark.parametrize(("minutes", "counts"), [(60, True), (61, False)])
def test_an_event_of_the_future_moves_no_money_and_is_a_case(minutes, counts):
    stage = Stage()
    stage.learn(released(), answered("S-1001-V1T1"))

    stage.learn(milestone(MilestoneKind.DEPARTED_PICKUP, 120 + minutes, known=120))

    assert bool(stage.shipment("S-1001").log.reports) is counts
    assert (CaseKind.TIME_INCONSISTENT in stage.open_cases()) is not counts


def test_a_bill_for_the_purse_of_somebody_unheard_of_stops_as_payee():
    stage = delivered(bill(LINEHAUL, FUEL, remit_to="Quick Cash Partners"))

    assert stage.bill("B-1").reason == "PAYEE"
    assert "Quick Cash Partners" in stage.bill("B-1").text
    assert CaseKind.PAYEE in stage.open_cases()
    assert paid(stage) == 0


def test_m09_one_number_on_eight_loads_is_eight_bills():
    stage = Stage(acme())
    for load in range(1001, 1009):
        ref = f"S-{load}"
        stage.learn(released(order(str(load))), answered(f"{ref}-V1T1"), *driven(ref))
    for load in range(1001, 1009):
        names = (Reference(ReferenceKind.SHIPMENT, f"S-{load}"),)
        stage.learn(bill(LINEHAUL, FUEL, ref=f"B-{load}", references=names, at=4000 + load))

    bills = [stage.bill(f"B-{load}") for load in range(1001, 1009)]
    assert {one.status for one in bills} == {BillStatus.APPROVED}
    assert {one.replaces for one in bills} == {""}
    assert len({one.business_key for one in stage.sent("PostVoucher")}) == 8


SHARED = Tolerance(bill_over_percent=Decimal(100), bill_over=Decimal(25), line_over_percent=None)


def over_twice(per):
    policy = structs.replace(SHARED, counts_per=per)
    stage = delivered(tolerance=policy)
    stage.learn(bill((ChargeKind.LINEHAUL, "1670.00"), ref="B-1", number="1"))
    stage.learn(bill((ChargeKind.FUEL_SURCHARGE, "432.50"), ref="B-2", number="2", at=5000))
    return stage


def test_two_bills_of_a_load_share_one_tolerance():
    stage = over_twice(CountsPer.SHIPMENT)

    assert stage.bill("B-1").payable == usd("1670.00")
    assert (stage.bill("B-2").payable, stage.bill("B-2").disputed) == (usd("412.50"), usd("20.00"))
    (evaluation,) = stage.bill("B-2").evaluations
    whole = evaluation.comparisons[0]
    assert (whole.difference, whole.earlier, whole.amount_holds) == (20, 20, False)


def test_each_bill_has_its_own_tolerance_where_the_policy_says_so():
    assert over_twice(CountsPer.BILL).bill("B-2").payable == usd("432.50")


BILLED = st.lists(
    st.tuples(
        st.sampled_from([ChargeKind.LINEHAUL, ChargeKind.FUEL_SURCHARGE]),
        st.sampled_from(
            ["-20.00", "0.01", "400.00", "412.50", "418.00", "990.00", "1650.00", "1674.00"]
        ),
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(BILLED, min_size=1, max_size=5), st.data())
def test_no_course_of_bills_takes_more_than_is_agreed_and_one_tolerance(billed, data):
    facts = [
        bill(*lines, ref=f"B-{place}", number=f"N{place}X", at=4000 + place)
        for place, lines in enumerate(billed)
    ]
    stage = Stage()
    stage.learn(released(), answered("S-1001-V1T1"))
    for fact in data.draw(st.permutations([*facts, *driven()])):
        stage.learn(fact)

    assert paid(stage) <= Decimal("2062.50") + 25
    for place in range(len(billed)):
        state = stage.bill(f"B-{place}")
        for one in state.verdicts:
            covered = one.covered or zero(one.line.money.currency)
            assert one.payable + one.disputed + covered == one.line.money
