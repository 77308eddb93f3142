"""Periods of the books over HTTP: what stands against a close, and a person's word to close.

Who closed it is whose key or session it is, never a field of the body.
"""

from datetime import date, datetime

from litestar import get, post
from litestar.params import JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED
from msgspec import Struct, structs

from drawbar.flow.period import closing_objection, reopening_objection
from drawbar.freight.identity import key_for
from drawbar.freight.instant import local_day
from drawbar.freight.lineage import Receipt
from drawbar.freight.period import CheckItem, Period, PeriodClosed, PeriodReopened, UnfitPeriod
from drawbar.freight.reading import Reading
from drawbar.records.desk.books import last_closed, periods
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.body import decoded
from drawbar.web.api.v1.checklist import checklist
from drawbar.web.api.v1.enriched import take_enriched
from drawbar.web.api.v1.finance import Because
from drawbar.web.api.v1.inbound import Arriving, Inbound, TakenV1
from drawbar.web.api.v1.term import AmountV1, amount_v1
from drawbar.web.api.v1.text import Line, Name
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenReads, GivenSettings
from drawbar.web.problem import Flaw, Refusal, problem, unfit


class CheckItemV1(Struct, frozen=True, kw_only=True):
    """One item of the checklist. While a blocking one is not zero, a close needs a reason."""

    item: str
    text: str
    count: int
    money: tuple[AmountV1, ...]
    blocking: bool
    link: str


class ClosedPeriodV1(Struct, frozen=True, kw_only=True):
    """A period that somebody closed, or opened again; ``by`` and ``at`` are the last word."""

    period: str
    status: str
    ends_on: date
    by: str
    at: datetime


class PeriodsV1(Struct, frozen=True, kw_only=True):
    """Which periods were closed. ``period`` is the next to close, with its checklist.

    ``open_from`` is the first day on which an entry may stand, None where every day is open.
    ``objection`` says why the period cannot be closed yet, empty where it can.
    """

    period: str
    open_from: date | None
    objection: str
    checklist: tuple[CheckItemV1, ...]
    items: tuple[ClosedPeriodV1, ...]


class PeriodClosingV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Close a period. ``reason`` is needed where a blocking item of the checklist is not zero."""

    period: Name
    reason: Line = ""


class PeriodClosingKeptV1(PeriodClosingV1, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A close as it is kept: with the checklist as it stood, which the server adds."""

    checklist: tuple[CheckItem, ...] = ()


class PeriodReopeningV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Open the period again that was closed last, with a reason that stays for ever."""

    period: Name
    reason: Because


@get("/v1/periods", **policy(Scope.MONEY_READ, writes=False))
def list_periods(reads: GivenReads, settings: GivenSettings) -> PeriodsV1:
    """List closed periods, and what stands against closing the next one."""
    with reads.connection() as connection, connection.cursor() as cursor:
        today = local_day(settings.clock.now(), settings.company.zone)
        return seen_periods(cursor, today=today, zone=settings.company.zone)


@post("/v1/period-closings", status_code=HTTP_202_ACCEPTED, **policy(Scope.PERIOD_CLOSE))
def close_period(data: JSONBody[PeriodClosingV1], inbound: Arriving) -> TakenV1:
    """Close a month: nothing is posted in it any more."""
    return take_closing(data, inbound)


@post("/v1/period-reopenings", status_code=HTTP_202_ACCEPTED, **policy(Scope.PERIOD_REOPEN))
def reopen_period(data: JSONBody[PeriodReopeningV1], inbound: Arriving) -> TakenV1:
    """Open the month again that was closed last."""
    return take_reopening(data, inbound)


def seen_periods(cursor: Rows, *, today: date, zone: str, name: str = "") -> PeriodsV1:
    """Return the periods with the checklist of ``name``, of the next to close where it is empty."""
    open_from = _open_from(cursor)
    asked = named(name) if name else next_to_close(open_from, today=today)
    return PeriodsV1(
        period=asked.name,
        open_from=open_from,
        objection=closing_objection(asked.name, today=today, open_from=open_from),
        checklist=tuple(map(_item, checklist(cursor, asked, zone=zone))),
        items=tuple(
            ClosedPeriodV1(
                period=one.period, status=one.status, ends_on=one.ends_on, by=one.by, at=one.at
            )
            for one in periods(cursor)
        ),
    )


def next_to_close(open_from: date | None, *, today: date) -> Period:
    """Return the first open period; where none was ever closed, the month before today's."""
    this = Period(f"{today:%Y-%m}")
    return Period(f"{open_from:%Y-%m}") if open_from else this.before


def take_closing(told: PeriodClosingV1, inbound: Inbound) -> TakenV1:
    """Keep a close and do it. Raise ``Refusal``: 409 with why it cannot be closed now, or 422."""
    company = inbound.settings.company
    named(told.period)
    with inbound.reads.connection() as connection, connection.cursor() as cursor:
        items = checklist(cursor, Period(told.period), zone=company.zone)
        open_from = _open_from(cursor)
    if not inbound.was_taken("close-period"):
        today = local_day(inbound.settings.clock.now(), company.zone)
        refuse(closing_objection(told.period, today=today, open_from=open_from))
        refuse(blocked(items, told.reason))
    kept = PeriodClosingKeptV1(**structs.asdict(told), checklist=items)
    return take_enriched(kept, inbound, "close-period")


def take_reopening(told: PeriodReopeningV1, inbound: Inbound) -> TakenV1:
    """Keep the word that opens a period again. Raise ``Refusal``: 409 or 422."""
    named(told.period)
    if not inbound.was_taken("reopen-period"):
        with inbound.reads.connection() as connection, connection.cursor() as cursor:
            open_from = _open_from(cursor)
        refuse(reopening_objection(told.period, told.reason, open_from=open_from))
    return take_enriched(told, inbound, "reopen-period")


def blocked(items: tuple[CheckItem, ...], reason: str) -> str:
    """Return what stands against a close without a reason, empty where nothing does."""
    waiting = [f"{one.count} {one.text}" for one in items if one.blocking and one.count]
    if not waiting or reason.strip():
        return ""
    return f"There are {'; '.join(waiting)}. Settle them, or say why it closes all the same."


def named(period: str) -> Period:
    """Return a period by its name. Raise ``Refusal`` (422)."""
    try:
        return Period(period)
    except UnfitPeriod as error:
        raise unfit("$.period", str(error), "Write it as 2026-03.") from error


def refuse(why: str) -> None:
    """Raise ``Refusal`` (409) where something stands against it."""
    if why:
        flaw = Flaw(path="$", message=why, remedy="See what stands, then decide again.")
        raise Refusal(problem(409, "wrong-state", why, flaw))


def read_closing(body: bytes, receipt: Receipt) -> Reading:
    """Read a close; the sender of the message is who closed it."""
    told = decoded(body, PeriodClosingKeptV1)
    fact = PeriodClosed(
        key=key_for("api", "period-closed", told.period, receipt.message_ref),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        period=told.period,
        closed_by=receipt.sender,
        checklist=told.checklist,
        reason=told.reason,
    )
    return Reading(facts=(fact,))


def read_reopening(body: bytes, receipt: Receipt) -> Reading:
    """Read that a period is open again; the sender of the message is who said so."""
    told = decoded(body, PeriodReopeningV1)
    fact = PeriodReopened(
        key=key_for("api", "period-reopened", told.period, receipt.message_ref),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        period=told.period,
        reopened_by=receipt.sender,
        reason=told.reason,
    )
    return Reading(facts=(fact,))


def _open_from(cursor: Rows) -> date | None:
    closed = last_closed(cursor)
    return Period(f"{closed:%Y-%m}").next.begins_on if closed else None


def _item(one: CheckItem) -> CheckItemV1:
    return CheckItemV1(
        item=one.item,
        text=one.text,
        count=one.count,
        money=tuple(map(amount_v1, one.money)),
        blocking=one.blocking,
        link=one.link,
    )
