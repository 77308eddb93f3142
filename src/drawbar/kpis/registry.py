"""The list of our figures: what each is called, what it counts in, and its one definition.

A definition is the docstring of the function that computes the figure, so the two stay together.
"""

import inspect
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from drawbar.kpis import (
    close,
    cycle,
    exposure,
    leak,
    margin,
    match,
    receivable,
    scorecard,
    service,
    tendering,
    today,
    touch,
)


class Unit(StrEnum):
    """What a figure counts in."""

    PERCENT = "percent"
    HOURS = "hours"
    DAYS = "days"
    TOUCHES = "touches"
    OFFERS = "offers"
    MONEY = "money"
    COUNT = "count"


class Kpi(Struct, frozen=True, kw_only=True):
    """One figure: its name as stored, what people call it, its unit, its definition."""

    name: str
    title: str
    unit: Unit
    definition: str


_MEASURES: tuple[tuple[Callable[..., Any], Unit], ...] = (
    (match.first_pass_match, Unit.PERCENT),
    (match.touchless_match, Unit.PERCENT),
    (match.exception_rate, Unit.PERCENT),
    (match.duplicate_rate, Unit.PERCENT),
    (exposure.accrual_exposure, Unit.MONEY),
    (tendering.first_tender_acceptance, Unit.PERCENT),
    (tendering.tender_depth, Unit.OFFERS),
    (tendering.dispatch_latency, Unit.HOURS),
    (service.on_time, Unit.PERCENT),
    (service.on_time_in_full, Unit.PERCENT),
    (service.cases_on_time_in_full, Unit.PERCENT),
    (service.status_completeness, Unit.PERCENT),
    (service.status_timeliness, Unit.PERCENT),
    (service.status_compliance, Unit.PERCENT),
    (service.pod_lag, Unit.HOURS),
    (service.delivery_to_invoice, Unit.HOURS),
    (cycle.invoice_cycle_time, Unit.HOURS),
    (cycle.bill_to_payment, Unit.HOURS),
    (receivable.days_sales_outstanding, Unit.DAYS),
    (close.days_to_close, Unit.DAYS),
    (close.margin_restatement, Unit.PERCENT),
    (touch.manual_touches, Unit.TOUCHES),
    (touch.untouched, Unit.PERCENT),
    (margin.margin, Unit.MONEY),
    (leak.margin_leak, Unit.MONEY),
    (scorecard.tender_acceptance, Unit.PERCENT),
    (scorecard.billing_accuracy, Unit.PERCENT),
    (scorecard.dispute_rate, Unit.PERCENT),
    (scorecard.claim_rate, Unit.PERCENT),
    (today.orders_released, Unit.COUNT),
    (today.dispatched, Unit.COUNT),
    (today.picked_up, Unit.COUNT),
    (today.delivered, Unit.COUNT),
    (today.arrivals_on_time, Unit.PERCENT),
    (today.pods_missing, Unit.COUNT),
    (today.bills_received, Unit.COUNT),
    (today.bills_touchless, Unit.PERCENT),
    (today.money_held, Unit.MONEY),
    (today.unbilled, Unit.MONEY),
)


def _kpi(measure: Callable[..., Any], unit: Unit) -> Kpi:
    words = (inspect.getdoc(measure) or "").split("\n\n")[0].removeprefix("Return ")
    name = measure.__name__
    title = name.replace("_", " ").capitalize().replace("Pod", "POD")
    return Kpi(name=name, title=title, unit=unit, definition=words[:1].upper() + words[1:])


KPIS: Mapping[str, Kpi] = {measure.__name__: _kpi(measure, unit) for measure, unit in _MEASURES}
"""Every figure by its name."""
