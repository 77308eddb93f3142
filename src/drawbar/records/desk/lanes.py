"""Lanes as the desks show them: what waits, since when, how much money hangs on it, who acted."""

from datetime import datetime, timedelta
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.delivery import PostInvoice, PostVoucher
from drawbar.freight.money import Money
from drawbar.records.codec import decode_payload
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("lanes")
MONEY_ROWS = 2_000
"""Of how many waiting documents the money is summed; beyond it the sum is a lower bound."""
RATE_OVER = timedelta(minutes=10)


class LaneSeen(Struct, frozen=True, kw_only=True):
    """What waits in one lane for one system. ``went`` is how many arrived in the last minutes."""

    system: str
    lane: str
    ready: int
    claimed: int
    stuck: int
    oldest_at: datetime | None
    went: int
    error: str

    @property
    def waiting(self) -> int:
        """Return how many have not arrived."""
        return self.ready + self.claimed + self.stuck


class Act(Struct, frozen=True, kw_only=True):
    """What somebody did at a desk, why, and when."""

    kind: str
    about: str
    said_by: str
    because: str
    detail: str
    done_at: datetime


def lanes(cursor: Rows, *, now: datetime) -> list[LaneSeen]:
    """Return every lane that was ever used or set, by lane and system."""
    names = LaneSeen.__struct_fields__
    rows = cursor.execute(_SQL["lanes"], {"since": now - RATE_OVER})
    return [LaneSeen(**dict(zip(names, row, strict=True))) for row in rows]


def money_waiting(cursor: Rows, *, system: str, lane: str) -> tuple[Money, ...]:
    """Return what payables and invoices wait there, summed by currency."""
    asked = {"system": system, "lane": lane, "limit": MONEY_ROWS}
    sums: dict[str, Decimal] = {}
    for (payload,) in cursor.execute(_SQL["money_waiting"], asked):
        match decode_payload(bytes(payload)):
            case PostVoucher(total=money):
                sums[money.currency] = sums.get(money.currency, Decimal(0)) + money.amount
            case PostInvoice(invoice=invoice):
                money = invoice.total
                sums[money.currency] = sums.get(money.currency, Decimal(0)) + money.amount
            case _:
                continue
    return tuple(Money(amount, currency) for currency, amount in sorted(sums.items()))


def note_act(
    cursor: Rows, *, kind: str, about: str, by: str, because: str, at: datetime, detail: str = ""
) -> None:
    """Write for ever that somebody did something, and why."""
    values = {"kind": kind, "about": about, "by": by, "because": because}
    cursor.execute(_SQL["act"], values | {"at": at, "detail": detail})


def acts(cursor: Rows, about: str, *, limit: int = 50) -> list[Act]:
    """Return what was done about something, the newest first."""
    return _acts(cursor, "acts", {"about": about, "limit": limit})


def acts_on_lanes(cursor: Rows, *, limit: int = 50) -> list[Act]:
    """Return what was done about lanes, the newest first."""
    return _acts(cursor, "acts_on_lanes", {"limit": limit})


def _acts(cursor: Rows, name: str, asked: dict[str, object]) -> list[Act]:
    names = Act.__struct_fields__
    return [Act(**dict(zip(names, row, strict=True))) for row in cursor.execute(_SQL[name], asked)]


def probe_now(cursor: Rows, *, system: str, lane: str, now: datetime) -> None:
    """Let the far side be asked at once, and let go what waits for a later try."""
    scope = {"system": system, "lane": lane, "now": now}
    cursor.execute(_SQL["probe"], scope)
    cursor.execute(_SQL["hurry"], scope)
