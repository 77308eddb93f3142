"""The books on the real engine: cut-off, late credit, and a cancel that crosses a posting."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.engine import Engine
from drawbar.flow.run import FreightRun
from drawbar.freight.accrual_point import AccrualPoint
from drawbar.freight.charge import ChargeKind
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.order import OrderCancelled
from drawbar.freight.reference import Reference, ReferenceKind
from tests.engine.database import rows
from tests.flow.stage import MONDAY, SEEN, acme, answered, bill, milestone, order, pod, released
from tests.flow.test_period import closing, reopening

pytestmark = pytest.mark.system
D = Decimal
LOAD = (Reference(ReferenceKind.SHIPMENT, "S-1001"),)
LEFT = datetime(2026, 3, 30, 16, tzinfo=UTC)
CAME = datetime(2026, 4, 1, 15, tzinfo=UTC)  # due at its dock from 15:00 on 1 April


@pytest.fixture
def firm(pool, clock) -> Engine:
    clock.time = MONDAY - timedelta(days=1)
    return Engine(pool, FreightRun(acme()), clock, {})


def learn(firm, clock, *facts) -> None:
    for fact in facts:
        clock.time = max(clock.time, fact.learned_at)
        firm.learn([fact])
        firm.run_until_idle()


def on(fact, at: datetime):
    return structs.replace(fact, happened_at=at, learned_at=at)


def april():
    """Return the order of S01: picked up on 30 March, due in Chicago on 1 April."""
    placed = order()
    first, last = placed.stops
    pickup = LEFT - timedelta(hours=2)
    windows = {"earliest_at": pickup, "latest_at": pickup + timedelta(hours=6)}
    due = {"earliest_at": CAME, "latest_at": CAME + timedelta(hours=4), "appointment_at": CAME}
    stops = (
        structs.replace(first, appointment_at=pickup, **windows),
        structs.replace(last, **due),
    )
    return structs.replace(placed, stops=stops)


def picked_up(firm, clock) -> None:
    accepted(firm, clock)
    leaves(firm, clock)


def accepted(firm, clock) -> None:
    learn(firm, clock, released(april()), structs.replace(answered("x"), references=LOAD))


def leaves(firm, clock) -> None:
    learn(
        firm,
        clock,
        on(milestone(MilestoneKind.ARRIVED_PICKUP, 60), LEFT - timedelta(hours=1)),
        on(milestone(MilestoneKind.DEPARTED_PICKUP, 120), LEFT),
    )


def by_month(pool, account: str) -> dict[str, Decimal]:
    found = rows(
        pool,
        "SELECT to_char(posted_on, 'YYYY-MM'), sum(amount) FROM entries JOIN entry_lines"
        " USING (entry_ref) WHERE account = %s GROUP BY 1 HAVING sum(amount) <> 0 ORDER BY 1",
        account,
    )
    return dict(found)


def dead(pool):
    return rows(pool, "SELECT key, error FROM dead_facts")


def delivered(firm, clock) -> None:
    """Let it stand at its dock for 247 minutes from 15:00: 127 over, detention 168.75."""
    left = CAME + timedelta(minutes=247)
    learn(
        firm,
        clock,
        on(milestone(MilestoneKind.ARRIVED_DELIVERY, 2880), CAME - timedelta(minutes=20)),
        on(milestone(MilestoneKind.DELIVERED, 2900), left),
        on(milestone(MilestoneKind.DEPARTED_DELIVERY, 2901), left),
        on(pod(at=2950), left + timedelta(minutes=5)),
    )


def test_s01_cost_of_a_closed_month_stands_and_what_comes_later_is_next_months(firm, clock, pool):
    picked_up(firm, clock)
    learn(firm, clock, closing())
    delivered(firm, clock)
    charged = (
        (ChargeKind.LINEHAUL, "1650.00"),
        (ChargeKind.FUEL_SURCHARGE, "412.50"),
        (ChargeKind.DETENTION, "168.75"),
    )
    learn(firm, clock, on(bill(*charged), datetime(2026, 4, 10, 15, tzinfo=UTC)))

    assert dead(pool) == []
    assert by_month(pool, "freight_cost") == {"2026-03": D("2062.50"), "2026-04": D("168.75")}
    assert by_month(pool, "freight_accrued") == {"2026-03": D("-2062.50"), "2026-04": D("2062.50")}
    assert by_month(pool, "accounts_payable") == {"2026-04": D("-2231.25")}
    assert by_month(pool, "freight_variance") == {}


def test_m27_a_late_credit_posts_to_the_open_period_and_the_closed_one_stands(firm, clock, pool):
    picked_up(firm, clock)
    delivered(firm, clock)
    charged = ((ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50"))
    learn(firm, clock, on(bill(*charged), datetime(2026, 4, 10, 15, tzinfo=UTC)))
    learn(firm, clock, closing("2026-04", at=datetime(2026, 5, 4, tzinfo=UTC)))
    before = by_month(pool, "accounts_payable")
    credit = bill((ChargeKind.LINEHAUL, "-100.00"), ref="B-2", number="19267-CR")
    learn(firm, clock, on(credit, datetime(2026, 5, 20, 15, tzinfo=UTC)))

    after = by_month(pool, "accounts_payable")
    assert dead(pool) == []
    assert before == {"2026-04": D("-2062.50")}
    assert after == before | {"2026-05": D("100.00")}


def test_a_close_among_other_facts_of_one_batch_divides_them_in_their_order(firm, clock, pool):
    facts = [
        released(april()),
        structs.replace(answered("x"), references=LOAD),
        on(milestone(MilestoneKind.DEPARTED_PICKUP, 120), LEFT),
        closing(),
        on(milestone(MilestoneKind.DELIVERED, 2900), datetime(2026, 3, 31, 20, tzinfo=UTC)),
    ]
    clock.time = datetime(2026, 4, 2, tzinfo=UTC)
    firm.learn(facts)
    firm.run_until_idle()

    assert dead(pool) == []
    assert set(by_month(pool, "freight_cost")) == {"2026-03"}
    assert set(by_month(pool, "freight_revenue")) == {"2026-04"}


def test_a_reopened_period_takes_entries_again(firm, clock, pool):
    accepted(firm, clock)
    learn(firm, clock, closing(), reopening())
    leaves(firm, clock)

    assert set(by_month(pool, "freight_cost")) == {"2026-03"}


def cancelled(*, hours: float) -> OrderCancelled:
    """Return the order cancelled so many hours before its pickup."""
    at = MONDAY + timedelta(hours=1 - hours)
    return OrderCancelled(
        key="cancel", happened_at=at, learned_at=at, lineage=SEEN, order_ref="1001", reason="sold"
    )


@pytest.mark.parametrize(
    ("hours", "owed"), [(3, D("-250.00")), (10, D(0))], ids=["TONU", "in time, nothing"]
)
@pytest.mark.parametrize("at_once", [True, False], ids=["one batch", "one by one"])
def test_o09_a_cancel_while_the_accrual_is_posted_leaves_nothing_or_the_tonu(
    clock, pool, hours, owed, at_once
):
    """Cost accrues at acceptance; its journal is on its way to the ERP when the cancel comes."""
    clock.time = MONDAY - timedelta(days=1)
    policy = acme(cost_accrues_at=AccrualPoint.TENDER_ACCEPTED)
    firm = Engine(pool, FreightRun(policy), clock, {})
    taken = structs.replace(answered("x"), references=LOAD)
    story = [released(order()), taken, cancelled(hours=hours)]
    if at_once:
        firm.learn(story)
        firm.run_until_idle()
    else:
        learn(firm, clock, *story)

    sums = "SELECT coalesce(sum(amount), 0) FROM entry_lines WHERE account = 'freight_accrued'"
    posted = rows(pool, "SELECT count(*) FROM deliveries WHERE kind = 'PostJournal'")
    entries = rows(pool, "SELECT purpose, reverses <> '' FROM entries WHERE purpose LIKE 'cost%%'")
    assert dead(pool) == []
    assert rows(pool, sums) == [(owed,)]
    assert ("cost_reversed", True) in entries
    assert posted[0][0] >= len(entries)
