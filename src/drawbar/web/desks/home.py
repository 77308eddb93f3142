"""The first page: what goes wrong right now, the day in numbers, what waits for whom, what is new.

Every number leads to exactly the rows that it counts.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct, structs

from drawbar.freight.instant import local_day
from drawbar.records.desk import counts
from drawbar.records.desk.counts import BillCount, LaneCount, OwnerCount, StatusCount, WaitCount
from drawbar.records.desk.trouble import urgent_cases
from drawbar.records.sheet import Rows
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.figure import FIGURES, Books, value_of
from drawbar.web.desks.figure_days import Bar, bars, said
from drawbar.web.desks.figure_page import books, chosen_rows
from drawbar.web.desks.home_counts import billed, owned, standing, waiting
from drawbar.web.desks.home_live import Happening, happenings
from drawbar.web.desks.incident_state import IncidentSeen, of_case, seen
from drawbar.web.desks.rendering import render
from drawbar.web.given import GivenCaller, GivenReads, GivenSettings
from drawbar.web.settings import WebSettings

DEFAULT_CARDS = 8
LIVE_ROWS = 12


class FigureSeen(Struct, frozen=True, kw_only=True):
    """A figure with its value; ``rows`` is how many rows stand behind it, at ``href``."""

    name: str
    title: str
    definition: str
    value: str
    more: str
    rows: int
    href: str
    target: str
    is_met: bool | None
    bars: list[Bar]


class Home(Struct, frozen=True, kw_only=True):
    """All that the first page shows. What the role may not see is empty."""

    at: datetime
    progress: str
    incidents: list[IncidentSeen]
    figures: list[FigureSeen]
    history: Mapping[str, str]
    live: list[Happening]
    by_status: list[StatusCount]
    bills: list[BillCount]
    cases: list[OwnerCount]
    deliveries: list[LaneCount]
    parked: list[WaitCount]
    deadlines: list[WaitCount]


def home_routes() -> Iterator[HTTPRouteHandler]:
    """Return the first page, its twin, and the strip of what is new."""
    for path in ("/", "/home.json"):
        yield get(path, **page(Scope.SHIPMENT_READ))(show_home)
    yield get("/home/live", **page(Scope.SHIPMENT_READ))(show_live)


def show_home(
    request: Request[Any, Any, Any],
    caller: GivenCaller,
    reads: GivenReads,
    settings: GivenSettings,
) -> Response[Any]:
    """Show what is going on."""
    sees_money = caller.may(Scope.MONEY_READ)
    with reads.connection() as connection, connection.cursor() as cursor:
        read = books(cursor, reads, settings, sees_money=sees_money)
        told = _home(cursor, read, settings, sees_money=sees_money)
    if request.url.path.endswith(".json"):
        return Response(told)
    return render(
        "home.html",
        here="/",
        home=told,
        now=told.at,
        home_zone=settings.company.zone,
        firm=settings.company.name,
        is_guided=bool(settings.guide()),
        orders=standing(told.by_status, "order"),
        shipments=standing(told.by_status, "shipment"),
        bills=billed(told.bills),
        cases=owned(told.cases, told.at),
        waits=waiting(told.deliveries, told.parked, told.deadlines, told.at),
    )


def show_live(caller: GivenCaller, reads: GivenReads, settings: GivenSettings) -> Response[Any]:
    """Show what was learned last, as a part of the first page that renews itself."""
    with reads.connection() as connection, connection.cursor() as cursor:
        live = happenings(cursor, limit=LIVE_ROWS, sees_money=caller.may(Scope.MONEY_READ))
    return render(
        "home_live.html",
        live=live,
        now=settings.clock.now(),
        home_zone=settings.company.zone,
    )


def _home(cursor: Rows, read: Books, settings: WebSettings, *, sees_money: bool) -> Home:
    cases = counts.cases_by_owner(cursor)
    return Home(
        at=read.now,
        progress=settings.progress(),
        incidents=[
            one if sees_money else _without_money(one)
            for one in _incidents(cursor, settings, read.now)
        ],
        figures=list(_figures(read, settings, sees_money=sees_money)),
        history=settings.history() if sees_money else {},
        live=happenings(cursor, limit=LIVE_ROWS, sees_money=sees_money),
        by_status=counts.by_status(cursor),
        bills=counts.bills_by_status(cursor) if sees_money else [],
        cases=cases if sees_money else [structs.replace(one, money=None) for one in cases],
        deliveries=counts.deliveries_open(cursor),
        parked=counts.parked(cursor),
        deadlines=counts.deadlines(cursor),
    )


def _incidents(cursor: Rows, settings: WebSettings, now: datetime) -> Iterator[IncidentSeen]:
    """Yield what the guide points at; without one, the case of each kind that is due first."""
    guide = settings.guide()
    for incident in guide:
        yield seen(cursor, incident, settings.company, now)
    if not guide:
        for case in urgent_cases(cursor)[:DEFAULT_CARDS]:
            yield of_case(case)


def _without_money(one: IncidentSeen) -> IncidentSeen:
    """Leave out the words of a case: they name amounts, and its page is not for everybody."""
    return structs.replace(one, what="", remedy="", money=None, href="")


def _figures(read: Books, settings: WebSettings, *, sees_money: bool) -> Iterator[FigureSeen]:
    zone_name = settings.company.zone
    last = local_day(read.now, zone_name)
    for figure in FIGURES.values():
        if figure.sees_money and not sees_money:
            continue
        every = figure.select(read)
        entries = chosen_rows(figure, every, last, zone_name)
        value = value_of(entries)
        percent = value.percent if figure.target is not None else None
        yield FigureSeen(
            name=figure.name,
            title=figure.title,
            definition=figure.definition,
            value=said(figure, value),
            more=_more(figure.unit.value, value.count, value.base),
            rows=len(entries),
            href=f"/figures/{figure.name}" + (f"?on={last}" if figure.of_day else ""),
            target=f"{figure.target} %, {figure.target_from}" if figure.target else "",
            is_met=None if percent is None or not figure.target else percent >= figure.target,
            bars=bars(figure, every, last=last, zone_name=zone_name),
        )


def _more(unit: str, count: int, base: int) -> str:
    match unit:
        case "percent":
            return f"{count} of {base}"
        case "money":
            return f"{count} of them"
        case _:
            return ""
