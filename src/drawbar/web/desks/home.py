"""The first page: how much there is of everything, what is held, and what waits for whom."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct

from drawbar.records.desk import counts
from drawbar.records.desk.counts import BillCount, LaneCount, OwnerCount, StatusCount, WaitCount
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.rendering import age, money, render, sentence
from drawbar.web.desks.state_mark import words_of
from drawbar.web.given import GivenCaller, GivenReads, GivenSettings

_NEWEST = (
    *("ref", "status", "customer_ref", "carrier_ref", "origin", "destination", "tender_state"),
    *("pickup_due_at", "delivery_due_at", "last_event", "last_event_at"),
)
NEWEST_ROWS = 12


class Home(Struct, frozen=True, kw_only=True):
    """All counts. ``bills`` is empty where the role may not see money."""

    at: datetime
    by_status: list[StatusCount]
    bills: list[BillCount]
    cases: list[OwnerCount]
    deliveries: list[LaneCount]
    parked: list[WaitCount]
    deadlines: list[WaitCount]


class Figure(Struct, frozen=True, kw_only=True):
    """A number that leads to what it counts."""

    href: str
    what: str
    count: int
    more: str = ""


def home_routes() -> Iterator[HTTPRouteHandler]:
    """Return the first page and its twin."""
    for path in ("/", "/home.json"):
        yield get(path, **page(Scope.SHIPMENT_READ))(show_home)


def show_home(
    request: Request[Any, Any, Any],
    caller: GivenCaller,
    reads: GivenReads,
    settings: GivenSettings,
) -> Response[Any]:
    """Show what is going on."""
    now = settings.clock.now()
    with reads.connection() as connection, connection.cursor() as cursor:
        told = _home(cursor, now, sees_money=caller.may(Scope.MONEY_READ))
        newest = cursor.execute(
            statements("desk")["newest_shipments"], {"limit": NEWEST_ROWS}
        ).fetchall()
    if request.url.path.endswith(".json"):
        return Response(told)
    return render(
        "home.html",
        now=now,
        home_zone=settings.company.zone,
        firm=settings.company.name,
        newest=[dict(zip(_NEWEST, row, strict=True)) for row in newest],
        **_figures(told),
    )


def _home(cursor: Rows, now: datetime, *, sees_money: bool) -> Home:
    cases = counts.cases_by_owner(cursor)
    return Home(
        at=now,
        by_status=counts.by_status(cursor),
        bills=counts.bills_by_status(cursor) if sees_money else [],
        cases=cases if sees_money else [_without_money(each) for each in cases],
        deliveries=counts.deliveries_open(cursor),
        parked=counts.parked(cursor),
        deadlines=counts.deadlines(cursor),
    )


def _without_money(row: OwnerCount) -> OwnerCount:
    return OwnerCount(owner=row.owner, count=row.count, money=None, next_due_at=row.next_due_at)


def _figures(told: Home) -> dict[str, Sequence[Figure]]:
    return {
        "orders": [_standing(row) for row in told.by_status if row.kind == "order"],
        "shipments": [_standing(row) for row in told.by_status if row.kind == "shipment"],
        "bills": [_billed(row) for row in told.bills],
        "held": [_held(row) for row in told.bills if row.disputed or _undecided(row)],
        "cases": [_owned(row, told.at) for row in told.cases],
        "waits": [
            *(_waiting(row, told.at) for row in told.deliveries),
            *(_parked(row, told.at) for row in told.parked),
            *(_deadline(row, told.at) for row in told.deadlines),
        ],
    }


def _standing(row: StatusCount) -> Figure:
    path = "/shipments" if row.kind == "shipment" else "/orders"
    return Figure(
        href=f"{path}?status={quote(row.status)}", what=words_of(row.status), count=row.count
    )


def _billed(row: BillCount) -> Figure:
    return Figure(
        href=f"/bills?status={quote(row.status)}",
        what=words_of(row.status),
        count=row.count,
        more=money(row.billed),
    )


def _undecided(row: BillCount) -> bool:
    return row.status.startswith("waiting")


def _held(row: BillCount) -> Figure:
    held = row.billed if _undecided(row) else row.disputed
    why = words_of(row.status) if _undecided(row) else f"in dispute, {words_of(row.status)}"
    return Figure(
        href=f"/bills?status={quote(row.status)}", what=why, count=row.count, more=money(held)
    )


def _owned(row: OwnerCount, now: datetime) -> Figure:
    due = "overdue" if row.next_due_at < now else f"next due in {age(now, row.next_due_at)}"
    at_risk = f"{money(row.money)} at risk, " if row.money else ""
    return Figure(
        href=f"/cases?owner={quote(row.owner)}",
        what=row.owner,
        count=row.count,
        more=at_risk + due,
    )


def _waiting(row: LaneCount, now: datetime) -> Figure:
    gate = "" if row.gate == "open" else f", {row.gate}"
    return Figure(
        href=f"/deliveries?system={quote(row.system)}&lane={row.lane}&status={row.state}",
        what=f"{row.system}, {row.lane}: {words_of(row.state)}{gate}",
        count=row.count,
        more=f"oldest {age(row.oldest_at, now)}",
    )


def _parked(row: WaitCount, now: datetime) -> Figure:
    return Figure(
        href="/waits",
        what=f"{sentence(row.what)}, for a name that nobody knows yet",
        count=row.count,
        more=f"oldest {age(row.at, now)}",
    )


def _deadline(row: WaitCount, now: datetime) -> Figure:
    when = "due" if row.at <= now else f"next in {age(now, row.at)}"
    return Figure(href="/waits", what=f"{words_of(row.what)} deadlines", count=row.count, more=when)
