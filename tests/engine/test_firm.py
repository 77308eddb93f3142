"""The firm's own flow on the engine: what was decided in memory is decided the same on Postgres."""

from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.cases.desk import Assignment, Desk
from drawbar.engine import Engine, Learned
from drawbar.flow.run import FreightRun
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.milestone import MilestoneKind
from drawbar.records.codec import StateMemory
from tests.engine.database import rows
from tests.flow.stage import MONDAY, acme, answered, bill, milestone, order, pod, released

pytestmark = pytest.mark.system


@pytest.fixture
def firm(pool, clock) -> Engine:
    clock.time = MONDAY - timedelta(days=1)
    return Engine(pool, FreightRun(acme()), clock, {})


def whole_story():
    from drawbar.freight.reference import Reference, ReferenceKind

    shipment = (Reference(ReferenceKind.SHIPMENT, "S-1001"),)
    yield released(order())
    yield structs.replace(answered("x"), references=shipment)
    for kind, at in [
        (MilestoneKind.ARRIVED_PICKUP, 60),
        (MilestoneKind.DEPARTED_PICKUP, 120),
        (MilestoneKind.ARRIVED_DELIVERY, 2880),
        (MilestoneKind.DELIVERED, 2900),
    ]:
        yield milestone(kind, at)
    yield pod(at=2950)
    yield bill((ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50"))


def ends(pool):
    return {
        "bills": rows(pool, "SELECT status, payable, disputed FROM freight_bills"),
        "invoices": rows(pool, "SELECT status, total FROM customer_invoices"),
        "ledger": rows(
            pool, "SELECT account, sum(amount) FROM entry_lines GROUP BY account ORDER BY account"
        ),
        "deliveries": rows(pool, "SELECT kind, business_key FROM deliveries ORDER BY 1, 2"),
        "dead": rows(pool, "SELECT key, error FROM dead_facts"),
    }


def assert_settled(pool):
    """Check the end against figures worked out by hand: 1,650.00 + 25 % fuel; sold for 2,646.00."""
    end = ends(pool)
    assert end["dead"] == []
    assert end["bills"] == [("approved", Decimal("2062.50"), Decimal("0.00"))]
    assert [total for _, total in end["invoices"]] == [Decimal("2646.00")]
    ledger = dict(end["ledger"])
    assert ledger["accounts_payable"] == Decimal("-2062.50")
    assert ledger["freight_revenue"] == Decimal("-2646.00")
    assert ledger["freight_accrued"] == 0
    assert sum(ledger.values()) == 0


def test_an_order_goes_from_release_to_an_approved_bill_in_one_batch(firm, pool):
    firm.learn(list(whole_story()))
    firm.run_until_idle()

    assert_settled(pool)


def test_every_fact_twice_and_one_by_one_comes_to_the_same_end(firm, pool, clock):
    for fact in whole_story():
        clock.time = fact.learned_at
        firm.learn([fact])
        assert firm.learn([fact]) == Learned(duplicate=1)
        firm.run_until_idle()

    assert_settled(pool)


def test_a_state_read_back_is_the_state_that_was_written(pool, clock):
    """An engine that remembers no state decodes each from its row, as after a restart."""
    forgetful = Engine(pool, FreightRun(acme()), clock, {})
    forgetful._memory = StateMemory(0)
    for fact in whole_story():
        clock.time = fact.learned_at
        forgetful.learn([fact])
        forgetful.run_until_idle()

    assert_settled(pool)


def test_a_case_lands_on_the_desk_that_the_firm_says(pool, clock):
    clock.time = MONDAY
    usual = acme()
    own = {CaseKind.UNKNOWN_SHIPMENT: Assignment(owner=Desk.SALES, due_hours=3)}
    company = structs.replace(usual, policy=structs.replace(usual.policy, cases=own))
    engine = Engine(pool, FreightRun(company), clock, {})

    engine.learn([milestone(MilestoneKind.DELIVERED, 60)])
    clock.time = MONDAY + timedelta(days=30)
    engine.run_until_idle()

    ((owner, hours),) = rows(pool, "SELECT owner, due_at - opened_at FROM cases")
    assert (owner, hours) == ("sales", timedelta(hours=3))
