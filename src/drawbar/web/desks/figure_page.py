"""A figure on a page of its own: its definition, its days, and exactly the rows that it counts."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from litestar import Response, get
from litestar.params import QueryParameter
from msgspec import Struct

from drawbar.freight.instant import local_day
from drawbar.kpis.today import Entries
from drawbar.records.desk.reads import Reads
from drawbar.records.desk.today import accruals, bill_rows, first_fact_since, load_rows
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.term import AmountV1, amount_v1
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.figure import FIGURES, Books, Figure, exposure_parts, value_of
from drawbar.web.desks.figure_days import SHOWN_DAYS, bars, on_day, said
from drawbar.web.desks.rendering import render
from drawbar.web.desks.story_sheet import SHEET_SUFFIX, sheet
from drawbar.web.desks.twin import split
from drawbar.web.given import GivenCaller, GivenReads, GivenSettings
from drawbar.web.problem import Refusal, problem, unknown
from drawbar.web.settings import WebSettings

_Day = Annotated[str, QueryParameter(pattern=r"^(\d{4}-\d{2}-\d{2})?$", max_length=10)]
SHOWN_ROWS = 300
_SQL = statements("desk")


class FigureRow(Struct, frozen=True, kw_only=True):
    """One row behind a figure. ``counts`` is false for what stands only in the base of a share."""

    kind: str
    ref: str
    at: datetime
    counts: bool
    money: AmountV1 | None


class FigureSeen(Struct, frozen=True, kw_only=True):
    """A figure with its rows; ``on`` is None for one that counts what is open now."""

    name: str
    title: str
    definition: str
    unit: str
    on: date | None
    value: str
    items: list[FigureRow]
    next: None = None


def books(cursor: Rows, reads: Reads, settings: WebSettings, *, sees_money: bool) -> Books:
    """Return the rows of all figures over the days that are shown."""
    now = settings.clock.now()
    first = first_fact_since(cursor, now - timedelta(days=SHOWN_DAYS + 1))
    return Books(
        now=now,
        currency=settings.company.currency,
        loads=load_rows(cursor, reads, settings.company, first=first),
        bills=bill_rows(cursor, first=first) if sees_money else [],
        accruals=accruals(cursor) if sees_money else [],
    )


def chosen_rows(figure: Figure, entries: Entries, on: date, zone_name: str) -> Entries:
    """Return the rows of a day, or all for a figure that counts what is open now."""
    return on_day(entries, on, zone_name) if figure.of_day else entries


@get("/figures/{name:str}", **page(Scope.SHIPMENT_READ))
def figure_page(
    name: NamePath,
    caller: GivenCaller,
    reads: GivenReads,
    settings: GivenSettings,
    on: _Day = "",
) -> Response[Any]:
    """Show one figure."""
    wanted, as_data = split(name.removesuffix(SHEET_SUFFIX))
    figure, sees_money = FIGURES.get(wanted), caller.may(Scope.MONEY_READ)
    if figure is None or (figure.sees_money and not sees_money):
        raise unknown("figure")
    zone_name = settings.company.zone
    with reads.connection() as connection, connection.cursor() as cursor:
        read = books(cursor, reads, settings, sees_money=sees_money)
        last = local_day(read.now, zone_name)
        day, every = _date(on) if on else last, figure.select(read)
        entries = (
            on_day(every, day, zone_name) if on else chosen_rows(figure, every, day, zone_name)
        )
        about = {} if as_data else _about(cursor, entries[:SHOWN_ROWS])
    told = _told(figure, entries, day if on or figure.of_day else None)
    if as_data:
        return Response(told)
    if name.endswith(SHEET_SUFFIX):
        return _as_sheet(told)
    return render(
        "figure.html",
        figure=figure,
        told=told,
        rows=[(entry, about.get((entry.kind, entry.ref))) for entry in entries[:SHOWN_ROWS]],
        bars=bars(figure, every, last=last, zone_name=zone_name, chosen=day if told.on else None),
        parts=exposure_parts(read) if wanted == "accrual_exposure" and not on else {},
        now=read.now,
        home_zone=zone_name,
    )


def _date(on: str) -> date:
    try:
        return date.fromisoformat(on)
    except ValueError:
        raise Refusal(problem(400, "unfit-parameter", f"There is no day {on}.")) from None


def _told(figure: Figure, entries: Entries, on: date | None) -> FigureSeen:
    return FigureSeen(
        name=figure.name,
        title=figure.title,
        definition=figure.definition,
        unit=figure.unit.value,
        on=on,
        value=said(figure, value_of(entries)),
        items=[
            FigureRow(
                kind=entry.kind,
                ref=entry.ref,
                at=entry.at,
                counts=entry.counts,
                money=amount_v1(entry.money) if entry.money else None,
            )
            for entry in entries
        ],
    )


def _as_sheet(told: FigureSeen) -> Response[Any]:
    return sheet(
        ("kind", "ref", "at", "counts", "amount", "currency"),
        [
            (
                row.kind,
                row.ref,
                row.at.isoformat(),
                "yes" if row.counts else "no",
                row.money.amount if row.money else "",
                row.money.currency if row.money else "",
            )
            for row in told.items
        ],
    )


def _about(cursor: Rows, entries: Entries) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Return a status and a line of words about each row that has a page."""
    found: dict[tuple[str, str], tuple[Any, ...]] = {}
    for kind, name in (("shipment", "loads_in_words"), ("freight_bill", "bills_in_words")):
        refs = sorted(set(_refs(entries, kind)))
        if refs:
            rows = cursor.execute(_SQL[name], {"refs": refs}).fetchall()
            found |= {(kind, ref): tuple(rest) for ref, *rest in rows}
    return found


def _refs(entries: Entries, kind: str) -> Iterator[str]:
    return (entry.ref for entry in entries if entry.kind == kind)
