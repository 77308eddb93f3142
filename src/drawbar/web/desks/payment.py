"""Payables, payment runs and changed payees on pages, with the forms that move them on."""

from collections.abc import Iterator
from typing import Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from drawbar.freight.instant import local_day
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.books import runs
from drawbar.records.desk.stream import stream
from drawbar.web.api.v1.exposure import PayableV1, seen_payables
from drawbar.web.api.v1.payees import PayeeChangeSeenV1, seen_changes
from drawbar.web.api.v1.payment_run import PaymentRunsV1, RunRowV1, row_v1, run_v1
from drawbar.web.api.v1.payments import not_ours
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.item_twin import items_twin
from drawbar.web.desks.payment_actions import PAYMENT_ACTIONS
from drawbar.web.desks.rendering import render
from drawbar.web.given import GivenReads, GivenSettings
from drawbar.web.problem import unknown

_PAGES = 200


def payment_routes() -> Iterator[HTTPRouteHandler]:
    """Return the pages, their twins and their forms."""
    shown = (
        ("/payables", show_payables),
        ("/payments", show_payments),
        ("/payments/{run_ref:str}", show_run),
        ("/payees", show_payees),
    )
    for path, show in shown:
        yield get(path, **page(Scope.MONEY_READ))(show)
    for path, show in shown:
        if "{" not in path:
            for ending in (".json", ".csv"):
                yield get(f"{path}{ending}", **page(Scope.MONEY_READ))(show)
    yield from PAYMENT_ACTIONS


def show_payables(
    request: Request[Any, Any, Any], reads: GivenReads, settings: GivenSettings
) -> Response[Any]:
    """Show what is approved and not paid, the next due first."""
    with reads.connection() as connection, connection.cursor() as cursor:
        told = seen_payables(cursor)
    if request.url.path.endswith(".json"):
        return Response(told)
    if request.url.path.endswith(".csv"):
        return items_twin("payables", PayableV1, told.items)
    today = local_day(settings.clock.now(), settings.company.zone)
    return render(
        "payables.html",
        here="/payables",
        totals=told.totals,
        bills=told.items[:_PAGES],
        more=max(len(told.items) - _PAGES, 0),
        today=today,
        no_run=not_ours(settings.company),
    )


def show_payments(
    request: Request[Any, Any, Any], reads: GivenReads, settings: GivenSettings
) -> Response[Any]:
    """Show the payment runs, the newest first."""
    with reads.connection() as connection, connection.cursor() as cursor:
        told = PaymentRunsV1(items=tuple(map(row_v1, runs(cursor))))
    if request.url.path.endswith(".json"):
        return Response(told)
    if request.url.path.endswith(".csv"):
        return items_twin("payments", RunRowV1, told.items)
    return render(
        "payments.html",
        here="/payments",
        runs=told.items,
        today=local_day(settings.clock.now(), settings.company.zone),
        no_run=not_ours(settings.company),
        home_zone=settings.company.zone,
    )


def show_run(run_ref: FromPath[str], reads: GivenReads, settings: GivenSettings) -> Response[Any]:
    """Show one run: what it pays, what it leaves out, who agreed, what the bank said."""
    ref, _, suffix = run_ref.partition(".")
    with reads.connection() as connection, connection.cursor() as cursor:
        found = stream(cursor, StreamKey(StreamKind.PAYMENT_RUN, ref))
    if found is None or suffix not in ("", "json"):
        raise unknown("payment run")
    told = run_v1(found.state)
    if suffix:
        return Response(told)
    zone = settings.company.zone
    return render("payment_run.html", here="/payments", run=told, home_zone=zone)


def show_payees(
    request: Request[Any, Any, Any], reads: GivenReads, settings: GivenSettings
) -> Response[Any]:
    """Show changed bank details and factors' notices, with what is left of their cooling."""
    days = settings.company.policy.bank_details_cool_days
    with reads.connection() as connection, connection.cursor() as cursor:
        told = seen_changes(cursor, cooling_days=days)
    if request.url.path.endswith(".json"):
        return Response(told)
    if request.url.path.endswith(".csv"):
        return items_twin("payees", PayeeChangeSeenV1, told.items)
    return render(
        "payees.html",
        here="/payees",
        changes=told.items,
        carriers=sorted(settings.company.carriers),
        days=days,
        now=settings.clock.now(),
        home_zone=settings.company.zone,
    )
