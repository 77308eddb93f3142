"""The measures on pages: all of them, and each with its parts and the rows that it counts."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from drawbar.kpis.breakdown import Dimension
from drawbar.web.api.v1.kpis import (
    By,
    Day,
    KpiSeenV1,
    KpisV1,
    KpiV1,
    ReadingV1,
    all_kpis,
    measure_of,
    one_kpi,
)
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.rendering import money, render
from drawbar.web.desks.story_sheet import SHEET_SUFFIX, sheet
from drawbar.web.desks.twin import split
from drawbar.web.given import GivenCaller, GivenReads, GivenSettings

SHOWN_ROWS = 300
PLACES = {
    "shipment": "/shipments/",
    "freight_bill": "/bills/",
    "customer_invoice": "/invoices/",
    "period": "/month-end?period=",
}
"""Where a row behind a measure has its page."""


def kpi_routes() -> Iterator[HTTPRouteHandler]:
    """Return the pages of the measures and their twins."""
    for path in ("/kpis", "/kpis.json", "/kpis.csv"):
        yield get(path, **page(Scope.CASE_READ))(show_kpis)
    yield get("/kpis/{name:str}", **page(Scope.CASE_READ))(show_kpi)


def show_kpis(
    request: Request[Any, Any, Any],
    caller: GivenCaller,
    reads: GivenReads,
    settings: GivenSettings,
    first: Day = "",
    last: Day = "",
) -> Response[Any]:
    """Show all measures over a period."""
    told = all_kpis(caller, reads, settings, (first, last))
    if request.url.path.endswith(".json"):
        return Response(told)
    if request.url.path.endswith(SHEET_SUFFIX):
        return _all_as_sheet(told)
    return render(
        "kpis.html",
        here="/kpis",
        told=told,
        groups=list(dict.fromkeys(one.group for one in told.items)),
        said=said,
        home_zone=settings.company.zone,
    )


def show_kpi(
    name: NamePath,
    caller: GivenCaller,
    reads: GivenReads,
    settings: GivenSettings,
    first: Day = "",
    last: Day = "",
    by: By = "",
) -> Response[Any]:
    """Show one measure: its definition, its parts by a dimension, and exactly its rows."""
    wanted, as_data = split(name.removesuffix(SHEET_SUFFIX))
    measure = measure_of(wanted, caller)
    told = one_kpi(measure, reads, settings, (first, last), by)
    if as_data:
        return Response(told)
    if name.endswith(SHEET_SUFFIX):
        return _rows_as_sheet(told)
    return render(
        "kpi.html",
        here="/kpis",
        told=told,
        dimensions=measure.dimensions,
        rows=told.items[:SHOWN_ROWS],
        places=PLACES,
        said=said,
        home_zone=settings.company.zone,
    )


def said(kpi: KpiV1, reading: ReadingV1) -> str:
    """Return what a measure comes to as people read it, with its unit."""
    if not reading.value:
        return "nothing yet"
    if kpi.currency:
        return money(Decimal(reading.value), kpi.currency)
    return f"{reading.value} {'%' if kpi.unit == 'percent' else kpi.unit}"


def _all_as_sheet(told: KpisV1) -> Response[Any]:
    return sheet(
        ("name", "title", "value", "unit", "of", "first", "last", "definition"),
        [
            (
                one.name,
                one.title,
                one.reading.value,
                one.currency or one.unit,
                one.reading.base,
                told.first.isoformat(),
                told.last.isoformat(),
                one.definition,
            )
            for one in told.items
        ],
    )


def _rows_as_sheet(told: KpiSeenV1) -> Response[Any]:
    counts = {True: "yes", False: "no", None: ""}
    parts = [one.value for one in Dimension]
    return sheet(
        ("kind", "ref", "counts", *parts),
        [
            (
                row.kind,
                row.ref,
                counts[row.counts],
                *(row.parts.get(part, "") for part in parts),
            )
            for row in told.items
        ],
    )
