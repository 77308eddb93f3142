"""A planned run that goes as it was planned: each carrier accepts half an hour after its tender."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache

from drawbar.world.plan import (
    Acceptance,
    Asked,
    Drive,
    OrderPlan,
    Plan,
    behaviour_of,
    drive,
    plan_of,
)
from drawbar.world.plan.guide import taker
from drawbar.world.truth import BillTruth

FORTNIGHT = Asked(seed=7, begins_on=date(2026, 3, 2), days=14, loads_per_day=25)


@cache
def planned(asked: Asked = FORTNIGHT) -> Plan:
    return plan_of(asked)


def accepted(
    plan: Plan, order: OrderPlan, *, carrier: str = "", at: datetime | None = None
) -> Acceptance:
    last = order.revisions[-1].at if order.revisions else order.entered_at
    carrier = carrier or taker(plan.asked.seed, order.number, order.route[0].metro)
    return Acceptance(
        carrier=carrier,
        tender=f"T-{order.number}",
        shipment=f"S-{order.number}",
        pro=behaviour_of(plan, order, carrier)["pro"],
        at=at or last + timedelta(minutes=30),
        seq=1,
    )


@cache
def driven(asked: Asked = FORTNIGHT) -> tuple[tuple[OrderPlan, Drive], ...]:
    plan = planned(asked)
    return tuple((order, drive(plan, order, accepted(plan, order))) for order in plan.orders)


def bills(told: Drive) -> Iterator[BillTruth]:
    return (one.truth for one in told.sayings if isinstance(one.truth, BillTruth))


def all_bills(asked: Asked = FORTNIGHT) -> list[BillTruth]:
    return [bill for _, told in driven(asked) for bill in bills(told)]
