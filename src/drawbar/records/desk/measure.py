"""The measures of the firm: which rows each is computed from, and what it comes to, in parts too.

The definitions are those of ``kpis``; here they only meet their rows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from drawbar.kpis import (
    close,
    cycle,
    leak,
    margin,
    match,
    receivable,
    scorecard,
    service,
    tendering,
    touch,
)
from drawbar.kpis.breakdown import Dimension, broken_down
from drawbar.kpis.registry import KPIS, Unit
from drawbar.kpis.share import Middle, Share
from drawbar.records.desk.behind import (
    Behind,
    beside_loads,
    closes,
    if_any,
    invoices,
    margins,
    of_bills,
    of_loads,
)
from drawbar.records.desk.kpi_rows import Cohort


class Measure(Struct, frozen=True, kw_only=True):
    """One measure: its rows of a cohort, and what they come to."""

    name: str
    group: str
    rows: Callable[[Cohort], Iterable[Behind]]
    compute: Callable[[Sequence[Any], Cohort, str], Any]
    dimensions: tuple[Dimension, ...]
    target: str = ""

    @property
    def sees_money(self) -> bool:
        """Return whether only who may see money sees it."""
        return self.group in {"Bills", "Money"}

    @property
    def title(self) -> str:
        """Return what people call it."""
        return KPIS[self.name].title

    @property
    def unit(self) -> Unit:
        """Return what it counts in."""
        return KPIS[self.name].unit

    @property
    def definition(self) -> str:
        """Return its one definition."""
        return KPIS[self.name].definition


class Reading(Struct, frozen=True, kw_only=True):
    """What a measure comes to, exact, as text; empty of nothing. ``counting`` names what counts."""

    value: str
    base: int
    counting: frozenset[str] = frozenset()


def reading(measure: Measure, behind: Sequence[Behind], seen: Cohort, currency: str) -> Reading:
    """Return what these rows come to."""
    found = measure.compute([one.row for one in behind], seen, currency)
    match found:
        case Share():
            value = "" if found.percent is None else f"{found.percent}"
            return Reading(value=value, base=found.base, counting=frozenset(found.refs))
        case Middle():
            value = "" if found.value is None else f"{found.value}"
            return Reading(value=value, base=found.base)
        case margin.Margin():
            value = f"{found.money.amount}" if found.refs else ""
            return Reading(value=value, base=len(found.refs))
        case None:
            return Reading(value="", base=len(behind))
        case _:
            return Reading(value=f"{found}", base=len(behind))


def in_parts(
    measure: Measure, by: Dimension, seen: Cohort, currency: str
) -> list[tuple[str, Reading]]:
    """Return what the rows come to, part by part; what has no name comes last."""
    parts = broken_down(measure.rows(seen), lambda one: one.parts.get(by, ""))
    return [(name, reading(measure, rows, seen, currency)) for name, rows in parts.items()]


def _sales_days(rows: Sequence[Any], seen: Cohort, currency: str) -> Decimal | None:
    """Return the days of sales over the period, in the firm's currency."""
    alike = [row for row in rows if row.total.currency == currency]
    return receivable.days_sales_outstanding(
        alike, first=seen.first, last=seen.last, currency=currency
    )


def _restated(rows: Sequence[Any], seen: Cohort, currency: str) -> Decimal | None:
    """Return how much of the margins of closed months was put right, in the firm's currency."""
    return close.margin_restatement(rows, currency=currency)


def _margin(rows: Sequence[Any], seen: Cohort, currency: str) -> margin.Margin:
    """Return the margin of the loads whose books are in the firm's currency."""
    return margin.margin(
        [row for row in rows if row.revenue.currency == currency], currency=currency
    )


def _leak(rows: Sequence[Any], seen: Cohort, currency: str) -> Decimal:
    """Return what leaks in the firm's currency."""
    alike = [row for row in rows if row.money.currency == currency]
    return leak.margin_leak(alike, currency=currency)


def _plain(measure: Callable[[Sequence[Any]], Any]) -> Callable[[Sequence[Any], Cohort, str], Any]:
    return lambda rows, seen, currency: measure(rows)


LOAD_PARTS = (
    Dimension.CUSTOMER,
    Dimension.CARRIER,
    Dimension.LANE,
    Dimension.REGION,
    Dimension.MODE,
    Dimension.COST_CENTRE,
    Dimension.OWNER,
)


def _measure(
    name: str,
    group: str,
    rows: Callable[[Cohort], Iterable[Behind]],
    compute: Callable[[Sequence[Any]], Any] | None = None,
    **more: Any,
) -> Measure:
    more.setdefault("dimensions", LOAD_PARTS)
    return Measure(
        name=name,
        group=group,
        rows=rows,
        compute=_plain(compute) if compute else more.pop("over"),
        **more,
    )


_TENDERS = of_loads(lambda load: (load.tender,))
_ARRIVALS = of_loads(lambda load: load.arrivals)
_STATUSES = of_loads(lambda load: load.statuses)
_LINES = of_loads(lambda load: if_any(load.line))
_PROOFS = of_loads(lambda load: if_any(load.proof))

MEASURES: Mapping[str, Measure] = {
    one.name: one
    for one in (
        _measure("dispatch_latency", "Tendering", _TENDERS, tendering.dispatch_latency),
        _measure(
            "first_tender_acceptance", "Tendering", _TENDERS, tendering.first_tender_acceptance
        ),
        _measure("tender_depth", "Tendering", _TENDERS, tendering.tender_depth),
        _measure(
            "tender_acceptance",
            "Tendering",
            of_loads(lambda load: load.offers),
            scorecard.tender_acceptance,
        ),
        _measure(
            "on_time",
            "Service",
            _ARRIVALS,
            lambda rows: service.on_time(rows, grace_minutes=30),
            target="96",
        ),
        _measure("on_time_in_full", "Service", _LINES, service.on_time_in_full),
        _measure("cases_on_time_in_full", "Service", _LINES, service.cases_on_time_in_full),
        _measure("status_completeness", "Service", _STATUSES, service.status_completeness),
        _measure("status_timeliness", "Service", _STATUSES, service.status_timeliness),
        _measure("status_compliance", "Service", _STATUSES, service.status_compliance),
        _measure(
            "claim_rate",
            "Service",
            of_loads(lambda load: if_any(load.carried)),
            scorecard.claim_rate,
        ),
        _measure("pod_lag", "Documents", _PROOFS, service.pod_lag),
        _measure("delivery_to_invoice", "Documents", _PROOFS, service.delivery_to_invoice),
        _measure("first_pass_match", "Bills", of_bills("match"), match.first_pass_match),
        _measure(
            "touchless_match",
            "Bills",
            of_bills("match"),
            match.touchless_match,
            target="80",
        ),
        _measure("exception_rate", "Bills", of_bills("match"), match.exception_rate),
        _measure("duplicate_rate", "Bills", of_bills("match"), match.duplicate_rate),
        _measure("billing_accuracy", "Bills", of_bills("billed"), scorecard.billing_accuracy),
        _measure("dispute_rate", "Bills", of_bills("billed"), scorecard.dispute_rate),
        _measure("invoice_cycle_time", "Bills", of_bills("cycle"), cycle.invoice_cycle_time),
        _measure("bill_to_payment", "Bills", of_bills("cycle"), cycle.bill_to_payment),
        _measure("margin", "Money", margins, over=_margin),
        _measure("margin_leak", "Money", of_loads(lambda load: load.leaks), over=_leak),
        _measure(
            "days_sales_outstanding",
            "Money",
            invoices,
            over=_sales_days,
            dimensions=(Dimension.CUSTOMER, Dimension.OWNER),
        ),
        _measure(
            "days_to_close",
            "Money",
            closes,
            close.days_to_close,
            dimensions=(Dimension.OWNER,),
        ),
        _measure(
            "margin_restatement",
            "Money",
            closes,
            over=_restated,
            dimensions=(Dimension.OWNER,),
        ),
        _measure("manual_touches", "Work", beside_loads("touches"), touch.manual_touches),
        _measure("untouched", "Work", beside_loads("touches"), touch.untouched),
    )
}
"""Every measure by its name, in the order of the page."""
