"""The month-end page: the checklist of the next period, and the form that closes it."""

from collections.abc import Iterator
from typing import Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from drawbar.freight.instant import local_day
from drawbar.web.api.v1.periods import (
    CheckItemV1,
    PeriodClosingV1,
    PeriodReopeningV1,
    named,
    seen_periods,
    take_closing,
    take_reopening,
)
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.action import Acting, Done, action, body_of
from drawbar.web.desks.item_twin import items_twin
from drawbar.web.desks.rendering import render
from drawbar.web.given import GivenReads, GivenSettings

LABELS = {
    "unposted": "Not posted yet",
    "differences": "Differences with the ERP",
    "rejected": "Rejected or unsure",
    "provisional": "Provisional charges",
    "unbilled": "Earned and not invoiced",
    "cases": "Open cases with money",
    "accruals": "Accruals against the ledger",
}
"""How people call an item of the checklist."""


def period_routes() -> Iterator[HTTPRouteHandler]:
    """Return the page, its twins and its forms."""
    for path in ("/month-end", "/month-end.json", "/month-end.csv"):
        yield get(path, **page(Scope.MONEY_READ))(show_month_end)
    yield action(
        "/month-end/close", Scope.PERIOD_CLOSE, close, verb="close-period", back="/month-end"
    )
    yield action(
        "/month-end/reopen", Scope.PERIOD_REOPEN, reopen, verb="reopen-period", back="/month-end"
    )


def show_month_end(
    request: Request[Any, Any, Any], reads: GivenReads, settings: GivenSettings
) -> Response[Any]:
    """Show what stands against closing a period, the next one unless the address names one."""
    zone = settings.company.zone
    asked = request.query_params.get("period", "")
    name = named(asked).name if asked else ""
    today = local_day(settings.clock.now(), zone)
    with reads.connection() as connection, connection.cursor() as cursor:
        told = seen_periods(cursor, today=today, zone=zone, name=name)
    if request.url.path.endswith(".json"):
        return Response(told)
    if request.url.path.endswith(".csv"):
        return items_twin(f"month-end-{told.period}", CheckItemV1, told.checklist)
    blocks = any(one.blocking and one.count for one in told.checklist)
    return render(
        "month_end.html",
        here="/month-end",
        told=told,
        blocks=blocks,
        labels=LABELS,
        home_zone=zone,
    )


def close(acting: Acting) -> Done:
    """Close a period, with a reason where the checklist blocks it."""
    form = acting.form
    said = {"period": form.needed("period"), "reason": form.text("reason")}
    told = body_of(PeriodClosingV1, said)
    take_closing(told, acting.inbound(told))
    return Done(says=f"{told.period} is closed.", back="/month-end")


def reopen(acting: Acting) -> Done:
    """Open the period again that was closed last."""
    form = acting.form
    told = body_of(PeriodReopeningV1, {"period": form.needed("period"), "reason": form.reason()})
    take_reopening(told, acting.inbound(told))
    return Done(says=f"{told.period} is open again.", back="/month-end")
