"""Any decision can be made again as it was known on a day; the same facts come to the same end."""

from datetime import timedelta

import pytest

from drawbar.engine import Engine
from drawbar.flow.run import FreightRun
from drawbar.freight.charge import ChargeKind
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.as_known import as_known
from tests.engine.database import rows
from tests.engine.test_terms import (
    APRIL_15,
    APRIL_20,
    correct,
    learn,
    run_of,
    working,
    x_is_paid_and_y_is_not_invoiced,
)
from tests.flow.stage import MONDAY, acme, bill, order, usd

__all__ = ["working"]
pytestmark = pytest.mark.system
LINEHAUL = (ChargeKind.LINEHAUL, "2025.00")


def known(pool, ref: str, on, kind: StreamKind = StreamKind.SHIPMENT):
    with pool.connection() as connection, connection.cursor() as cursor:
        return as_known(cursor, StreamKey(kind, ref), acme(), known_on=on)


def amounts(charges):
    return [one.charge.money for one in charges]


def test_r11_as_known_on_15_april_the_load_still_costs_2025(working, pool, clock):
    x_is_paid_and_y_is_not_invoiced(working, clock)
    correct(working, pool, clock)

    then = known(pool, "S-Y", APRIL_15)

    assert amounts(then.loads[0].cost) == [usd("2025.00")]
    assert then.differences == (
        "shipment S-Y: cost linehaul was 2,025.00 USD, is 1,990.00 USD by now.",
    )
    assert any("company version 2" in line for line in then.since)


def test_r11_as_known_after_the_correction_it_costs_1990_and_is_what_stands_on_file(
    working, pool, clock
):
    x_is_paid_and_y_is_not_invoiced(working, clock)
    correct(working, pool, clock)

    for ref, cost in (("S-X", "2025.00"), ("S-Y", "1990.00")):
        now = known(pool, ref, APRIL_20 + timedelta(days=1))
        assert amounts(now.loads[0].cost) == [usd(cost)], ref
        assert now.is_identical, ref


def test_every_bill_replayed_is_the_verdict_that_stands_on_file(working, pool, clock):
    loads = [run_of(ref) for ref in ("P", "Q", "R")]
    facts = sorted((one for run in loads for one in run), key=lambda fact: fact.learned_at)
    early = bill(LINEHAUL, ref="B-Q", number="2", at=-700, references=order("Q").references)
    learn(
        working,
        clock,
        early,
        *facts,
        bill(LINEHAUL, ref="B-P", references=order("P").references),
        bill(LINEHAUL, ref="B-P2", number="9", references=order("P").references, at=4100),
        bill(
            (ChargeKind.LINEHAUL, "2300.00"),
            (ChargeKind.DETENTION, "75.00"),
            ref="B-R",
            number="3",
            references=order("R").references,
        ),
    )
    stored = rows(pool, "SELECT ref, status, payable, disputed FROM freight_bills ORDER BY ref")
    assert {status for _, status, _, _ in stored} == {"approved", "short_paid", "duplicate"}

    for ref, status, payable, disputed in stored:
        then = known(pool, ref, clock.now(), StreamKind.FREIGHT_BILL)
        told = next(one for one in then.bills if one.bill_ref == ref)
        verdict = told.status, told.payable.amount, told.disputed.amount
        assert verdict == (status, payable or 0, disputed or 0)
        assert then.is_identical, then.differences


def test_before_anything_was_known_there_is_nothing(working, pool, clock):
    learn(working, clock, *run_of("X"))

    then = known(pool, "S-X", MONDAY - timedelta(days=20))

    assert (then.facts, then.loads) == (0, ())
    assert "was not known" in then.differences[0]


def test_a_firm_that_applied_no_folder_is_replayed_under_its_own_terms(pool, clock):
    clock.time = MONDAY - timedelta(days=30)
    engine = Engine(pool, FreightRun(acme()), clock, {})
    learn(engine, clock, *run_of("X"))

    then = known(pool, "S-X", clock.now())

    assert then.company_version == 0
    assert then.is_identical
