"""Periods of the books. ACME keeps them in Chicago; the load is picked up on 30 March 2026."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.freight.charge import ChargeKind
from drawbar.freight.ledger import Account
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.period import CheckItem, PeriodClosed, PeriodReopened
from drawbar.freight.reference import Reference, ReferenceKind
from tests.flow.stage import SEEN, Stage, acme, answered, bill, milestone, order, pod, released

D = Decimal
MONTH_END = datetime(2026, 4, 1, 6, 0, tzinfo=UTC)  # 01:00 in Chicago on 1 April


def closing(name: str = "2026-03", *, at: datetime = MONTH_END, **fields) -> PeriodClosed:
    told = {"key": f"close-{name}-{at:%d%H%M}", "lineage": SEEN, "closed_by": "ann"} | fields
    return PeriodClosed(period=name, happened_at=at, learned_at=at, **told)


def reopening(name: str = "2026-03", *, reason: str = "audit") -> PeriodReopened:
    at = MONTH_END + timedelta(hours=1)
    told = {"key": f"open-{name}", "lineage": SEEN, "reopened_by": "bob", "reason": reason}
    return PeriodReopened(period=name, happened_at=at, learned_at=at, **told)


def posted(stage: Stage, account: Account) -> dict[str, Decimal]:
    """Return what was posted to an account, by month."""
    sums: dict[str, Decimal] = {}
    for entry in stage.entries:
        for line in entry.lines:
            if line.account is account:
                month = f"{entry.booked_on:%Y-%m}"
                sums[month] = sums.get(month, D(0)) + line.money.amount
    return sums


def on(fact, day: datetime):
    return structs.replace(fact, happened_at=day, learned_at=day)


def picked_up_in_march() -> Stage:
    """Return a load that left on 30 March, with 2,062.50 accrued."""
    stage = Stage()
    shipment = (Reference(ReferenceKind.SHIPMENT, "S-1001"),)
    stage.learn(released(order()), structs.replace(answered("x"), references=shipment))
    march = datetime(2026, 3, 30, 15, tzinfo=UTC)
    stage.learn(
        on(milestone(MilestoneKind.ARRIVED_PICKUP, 60), march),
        on(milestone(MilestoneKind.DEPARTED_PICKUP, 120), march + timedelta(hours=1)),
    )
    return stage


def delivered_in_april(stage: Stage) -> None:
    """Let it wait at the delivery on 1 April for 247 minutes: detention 168.75."""
    april = datetime(2026, 4, 1, 15, tzinfo=UTC)
    stage.learn(
        on(milestone(MilestoneKind.ARRIVED_DELIVERY, 2880), april),
        on(milestone(MilestoneKind.DELIVERED, 2900), april + timedelta(minutes=247)),
        on(pod(at=2950), april + timedelta(minutes=250)),
    )


def test_what_comes_after_the_close_is_posted_in_the_open_period_with_its_own_date():
    stage = picked_up_in_march()
    stage.learn(closing())
    late = datetime(2026, 3, 31, 20, tzinfo=UTC)
    stage.learn(on(milestone(MilestoneKind.DELIVERED, 2900), late))

    revenue = [one for one in stage.entries if one.purpose.value == "revenue_accrued"]
    assert [(one.document_on, one.booked_on) for one in revenue] == [
        (date(2026, 3, 31), date(2026, 4, 1))
    ]


def test_what_is_posted_in_the_erp_is_dated_as_in_our_books():
    stage = picked_up_in_march()
    stage.learn(closing())
    stage.learn(on(milestone(MilestoneKind.DELIVERED, 2900), datetime(2026, 3, 31, 20, tzinfo=UTC)))

    sent = {one.business_key: one.payload.entry for one in stage.sent("PostJournal")}
    assert all(sent[entry.entry_ref] == entry for entry in stage.entries)


def test_a_period_that_is_not_over_is_not_closed():
    stage = Stage()

    stage.learn(closing(at=MONTH_END - timedelta(hours=2)))  # 23:00 on 31 March in Chicago

    assert not stage.states


def test_periods_close_in_order_and_once():
    stage = Stage()
    stage.learn(closing())

    stage.learn(closing("2026-05", at=datetime(2026, 6, 2, tzinfo=UTC)))
    stage.learn(closing("2026-02", at=datetime(2026, 6, 3, tzinfo=UTC)))

    assert [key.ref for key in stage.states] == ["2026-03"]


@pytest.mark.parametrize(("reason", "is_closed"), [("", False), ("told the auditor", True)])
def test_what_blocks_a_close_needs_a_named_persons_reason(reason, is_closed):
    stage = Stage()
    waits = CheckItem(item="unposted", text="documents not in the ERP", count=2)

    stage.learn(closing(checklist=(waits,), reason=reason))

    assert bool(stage.states) is is_closed


def test_only_the_last_closed_period_opens_again_and_only_with_a_reason():
    stage = Stage()
    stage.learn(closing(), reopening(reason=" "))
    assert stage._open_from() == date(2026, 4, 1)

    stage.learn(structs.replace(reopening(), key="again"))

    assert stage._open_from() is None


def test_s11_a_bill_is_split_sixty_to_forty_and_loses_no_cent():
    stage = Stage(acme(cost_centres={"north": D(60), "south": D(40)}))
    shipment = (Reference(ReferenceKind.SHIPMENT, "S-1001"),)
    stage.learn(released(order()), structs.replace(answered("x"), references=shipment))
    for kind, at in [
        (MilestoneKind.ARRIVED_PICKUP, 60),
        (MilestoneKind.DEPARTED_PICKUP, 120),
        (MilestoneKind.ARRIVED_DELIVERY, 2880),
        (MilestoneKind.DELIVERED, 2900),
    ]:
        stage.learn(milestone(kind, at))
    stage.learn(pod(at=2950), bill((ChargeKind.LINEHAUL, "1650.00")))

    by_centre: dict[str, Decimal] = {}
    for line in (line for entry in stage.entries for line in entry.lines):
        if line.account is Account.FREIGHT_COST:
            by_centre[line.cost_centre] = by_centre.get(line.cost_centre, D(0)) + line.money.amount
    assert by_centre == {"north": D("1237.50"), "south": D("825.00")}
