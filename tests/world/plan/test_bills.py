"""What carriers bill: wrong bills ask for more than is owed, and no auditor pays more than that."""

from collections import Counter, defaultdict
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawbar.world.behaviour import Ordered
from drawbar.world.plan import CATALOGUE, Asked, Drive, Kind, OrderPlan, drive
from drawbar.world.plan.bill import LEAST_EXCESS
from tests.world.plan.stage import FORTNIGHT, accepted, all_bills, bills, driven, planned

WRONG = [kind for kind, row in CATALOGUE.items() if (row.nature, row.where) == ("error", "bill")]
RIGHT = [kind for kind, row in CATALOGUE.items() if row.nature == "innocent"]
BY_KIND = defaultdict(list)
for one in all_bills():
    BY_KIND[one.kind].append(one)
MOST_TOLERATED = 1_000


@pytest.mark.parametrize("kind", WRONG, ids=lambda kind: kind.value)
def test_a_wrong_bill_asks_for_clearly_more_than_is_owed(kind: Kind):
    assert BY_KIND[kind.value]
    for bill in BY_KIND[kind.value]:
        assert bill.nature == "error"
        assert bill.billed_cents - bill.payable_cents >= LEAST_EXCESS, bill
        assert bill.judged is CATALOGUE[kind].judged


@pytest.mark.parametrize("kind", RIGHT, ids=lambda kind: kind.value)
def test_a_bill_that_only_looks_wrong_is_paid(kind: Kind):
    assert BY_KIND[kind.value]
    for bill in BY_KIND[kind.value]:
        assert bill.nature == "innocent"
        if kind is not Kind.CORRECTED_BILL:
            assert bill.billed_cents == bill.payable_cents


def test_a_clean_bill_is_paid_as_it_is():
    for bill in BY_KIND[Kind.CLEAN.value]:
        assert bill.nature == "clean"
        assert bill.billed_cents == bill.payable_cents


def test_lines_add_up_to_their_bill_unless_that_is_what_is_wrong():
    for bill in all_bills():
        assert sum(line.payable_cents for line in bill.lines) == bill.payable_cents
        footing = sum(line.cents for line in bill.lines)
        assert (footing == bill.billed_cents) is (bill.kind != Kind.HEADER_DIFFERS.value)


def test_what_a_carrier_says_is_what_the_truth_remembers():
    for _, told in driven():
        for one in told.sayings:
            if one.mouth == "carrier" and "bill" in one.body:
                said = msgspec.convert(one.body, Ordered, strict=False).bill
                assert said is not None
                assert said.cents == one.truth.billed_cents
                assert [line.cents for line in said.billed] == [x.cents for x in one.truth.lines]


def test_twelve_to_eighteen_percent_of_bills_are_wrong_and_about_twelve_look_it():
    seen = Counter(bill.nature for seed in (7, 11, 23) for bill in all_bills(_seeded(seed)))
    every = sum(seen.values())

    assert 0.12 <= seen["error"] / every <= 0.18
    assert 0.09 <= seen["innocent"] / every <= 0.15


def test_a_bill_bears_a_name_of_its_own():
    keys = [bill.key for bill in all_bills()]

    assert len(set(keys)) == len(keys)


def test_a_shared_number_stands_on_two_loads_of_one_carrier():
    pairs = defaultdict(set)
    for bill in BY_KIND[Kind.ONE_NUMBER_MANY_LOADS.value]:
        pairs[bill.carrier, bill.number].add(bill.order)

    assert pairs
    assert {len(orders) for orders in pairs.values()} == {2}


def test_two_loads_of_one_lane_and_day_cost_the_same():
    orders = [one for one, _ in driven() if one.lot == Kind.SAME_LANE_SAME_DAY.value]
    amounts = {bill.order: bill.billed_cents for bill in all_bills()}

    assert orders
    for order in orders:
        assert amounts[order.number] == amounts[order.mates[0]]


def test_another_carriers_load_is_really_another_carriers():
    drivers = {told.truth.order: told.truth.carrier for _, told in driven()}

    for bill in BY_KIND[Kind.OTHER_CARRIERS_LOAD.value]:
        assert drivers[bill.order] != bill.carrier


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.dates(date(2025, 1, 1), date(2027, 12, 1)))
def test_no_auditor_ever_pays_more_for_a_load_than_is_owed(seed: int, begins_on: date):
    asked = Asked(seed=seed, begins_on=begins_on, days=3, loads_per_day=8)
    plan = planned(asked)
    for order in plan.orders:
        told = drive(plan, order, accepted(plan, order))
        assert _paid(order, told) <= sum(one.cents for one in told.truth.owed) + _tolerated(order)


@pytest.mark.parametrize("carrier", ["ABCD", "BLFT", "CDRV", "NRTH", "PRHL"])
def test_whoever_takes_a_load_its_bills_stay_within_what_is_owed(carrier: str):
    plan = planned(FORTNIGHT)
    for order in plan.orders[:150]:
        told = drive(plan, order, accepted(plan, order, carrier=carrier))
        assert _paid(order, told) <= sum(one.cents for one in told.truth.owed) + _tolerated(order)


def _paid(order: OrderPlan, told: Drive) -> int:
    return sum(bill.payable_cents for bill in bills(told) if bill.order == order.number)


def _tolerated(order: OrderPlan) -> int:
    return MOST_TOLERATED if order.lot == Kind.WITHIN_TOLERANCE.value else 0


def _seeded(seed: int) -> Asked:
    return Asked(seed=seed, begins_on=date(2026, 3, 2), days=14, loads_per_day=25)
