"""The plain counts of the first page: what stands where, and what waits for whom."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from msgspec import Struct

from drawbar.records.desk.counts import BillCount, LaneCount, OwnerCount, StatusCount, WaitCount
from drawbar.web.desks.rendering import age, money, sentence
from drawbar.web.desks.state_mark import words_of


class Count(Struct, frozen=True, kw_only=True):
    """A number that leads to what it counts."""

    href: str
    what: str
    count: int
    more: str = ""


def standing(rows: Sequence[StatusCount], kind: str) -> list[Count]:
    """Return orders or shipments by where they stand."""
    path = "/shipments" if kind == "shipment" else "/orders"
    return [
        Count(href=f"{path}?status={quote(row.status)}", what=words_of(row.status), count=row.count)
        for row in rows
        if row.kind == kind
    ]


def billed(rows: Sequence[BillCount]) -> list[Count]:
    """Return bills by where they stand; two currencies of one state are two rows of one list."""
    found: dict[str, Count] = {}
    for row in rows:
        before = found.get(row.status)
        amount = money(row.billed) + (f", {money(row.disputed)} contested" if row.disputed else "")
        found[row.status] = Count(
            href=f"/bills?status={quote(row.status)}",
            what=words_of(row.status),
            count=row.count + (before.count if before else 0),
            more=f"{before.more} + {amount}" if before else amount,
        )
    return list(found.values())


def owned(rows: Sequence[OwnerCount], now: datetime) -> list[Count]:
    """Return open cases by whose desk they are on."""
    found: dict[str, Count] = {}
    due: dict[str, datetime] = {}
    for row in rows:
        due[row.owner] = min(row.next_due_at, due.get(row.owner, row.next_due_at))
        before = found.get(row.owner)
        parts = [before.more if before else "", f"{money(row.money)} at risk" if row.money else ""]
        found[row.owner] = Count(
            href=f"/cases?owner={quote(row.owner)}",
            what=row.owner,
            count=row.count + (before.count if before else 0),
            more=", ".join(part for part in parts if part),
        )
    return [
        Count(
            href=one.href, what=one.what, count=one.count, more=_with_due(one.more, due[owner], now)
        )
        for owner, one in found.items()
    ]


def waiting(
    deliveries: Sequence[LaneCount],
    parked: Sequence[WaitCount],
    deadlines: Sequence[WaitCount],
    now: datetime,
) -> list[Count]:
    """Return what waits for other systems, for names that nobody knows, and for a time."""
    return [
        *(_delivery(row, now) for row in deliveries),
        *(_parked(row, now) for row in parked),
        *(_deadline(row, now) for row in deadlines),
    ]


def _with_due(more: str, due_at: datetime, now: datetime) -> str:
    when = "overdue" if due_at < now else f"next due in {age(now, due_at)}"
    return f"{more}, {when}" if more else when


def _delivery(row: LaneCount, now: datetime) -> Count:
    gate = "" if row.gate == "open" else f", {row.gate}"
    return Count(
        href=f"/deliveries?system={quote(row.system)}&lane={row.lane}&status={row.state}",
        what=f"{row.system}, {row.lane}: {words_of(row.state)}{gate}",
        count=row.count,
        more=f"oldest {age(row.oldest_at, now)}",
    )


def _parked(row: WaitCount, now: datetime) -> Count:
    return Count(
        href=f"/waits?parked={quote(row.what)}",
        what=f"{sentence(row.what)}, for a name that nobody knows yet",
        count=row.count,
        more=f"oldest {age(row.at, now)}",
    )


def _deadline(row: WaitCount, now: datetime) -> Count:
    when = "due" if row.at <= now else f"next in {age(now, row.at)}"
    return Count(
        href=f"/waits?deadline={quote(row.what)}",
        what=f"{words_of(row.what)} deadlines",
        count=row.count,
        more=when,
    )
