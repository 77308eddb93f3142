"""How much there is of everything, where it stands, and what waits for whom."""

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.money import Money
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("desk")


class StatusCount(Struct, frozen=True, kw_only=True):
    """How many orders or shipments have a status."""

    kind: str
    status: str
    count: int


class BillCount(Struct, frozen=True, kw_only=True):
    """How many bills have a status in one currency, what they bill, and what is in dispute."""

    status: str
    count: int
    billed: Money
    disputed: Money | None


class OwnerCount(Struct, frozen=True, kw_only=True):
    """How many open cases somebody has; ``money`` is what of them is known to be at risk."""

    owner: str
    count: int
    money: Money | None
    next_due_at: datetime


class LaneCount(Struct, frozen=True, kw_only=True):
    """What has not reached a system yet. ``gate`` is open, held or circuit open."""

    system: str
    lane: str
    state: str
    count: int
    oldest_at: datetime
    gate: str


class WaitCount(Struct, frozen=True, kw_only=True):
    """How many facts or deadlines of one kind wait, and the oldest or the next of them."""

    what: str
    count: int
    at: datetime


def by_status(cursor: Rows) -> list[StatusCount]:
    """Return orders and shipments by status."""
    rows = cursor.execute(_SQL["by_status"])
    return [
        StatusCount(kind=kind, status=status or "", count=count) for kind, status, count in rows
    ]


def bills_by_status(cursor: Rows) -> list[BillCount]:
    """Return bills by status and currency."""
    return [
        BillCount(
            status=status or "",
            count=count,
            billed=Money(billed, currency),
            disputed=Money(disputed, currency) if disputed else None,
        )
        for status, currency, count, billed, disputed in cursor.execute(_SQL["bills_by_status"])
    ]


def cases_by_owner(cursor: Rows) -> list[OwnerCount]:
    """Return open cases by owner and currency."""
    return [
        OwnerCount(owner=owner, count=count, money=_money(amount, currency), next_due_at=due_at)
        for owner, currency, count, amount, due_at in cursor.execute(_SQL["cases_by_owner"])
    ]


def deliveries_open(cursor: Rows) -> list[LaneCount]:
    """Return what waits for other systems by lane, system and state."""
    return [
        LaneCount(
            system=system,
            lane=lane,
            state=state,
            count=count,
            oldest_at=oldest_at,
            gate=_gate(held=bool(held), circuit=circuit),
        )
        for system, lane, state, count, oldest_at, held, circuit in cursor.execute(
            _SQL["deliveries_open"]
        )
    ]


def parked(cursor: Rows) -> list[WaitCount]:
    """Return facts that wait for a name, by what they are, with the oldest."""
    return [WaitCount(what=w, count=c, at=at) for w, c, at in cursor.execute(_SQL["parked"])]


def deadlines(cursor: Rows) -> list[WaitCount]:
    """Return deadlines by name, with the next one."""
    return [WaitCount(what=w, count=c, at=at) for w, c, at in cursor.execute(_SQL["deadlines"])]


def _money(amount: Decimal | None, currency: str | None) -> Money | None:
    return Money(amount, currency) if amount is not None and currency is not None else None


def _gate(*, held: bool, circuit: str | None) -> str:
    if held:
        return "held"
    return "open" if circuit in {None, "closed"} else "circuit " + str(circuit).replace("_", " ")
