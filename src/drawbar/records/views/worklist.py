"""Lists to work through: cases, deliveries, messages, dead facts, what waits. A page at a time.

An empty filter matches everything; ``before`` is the last number of the page before, newest first.
"""

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from drawbar.records.queries import statements
from drawbar.records.sheet import Rows
from drawbar.records.views.row import read

_SQL = statements("views")
PAGE = 100
FROM_THE_NEWEST = 2**62


class CaseRow(Struct, frozen=True, kw_only=True):
    """A case. ``amount`` is the money at risk, None where nobody knows it."""

    case_id: int
    kind: str
    subject_kind: str
    subject_ref: str
    item: str
    cause: str
    text: str
    remedy: str
    owner: str
    due_at: datetime
    amount: Decimal | None
    currency: str | None
    message_ref: str
    opened_at: datetime
    settled_at: datetime | None
    because: str
    settled_by: str


class DeliveryRow(Struct, frozen=True, kw_only=True):
    """A delivery and how far it got."""

    delivery_id: int
    system: str
    lane: str
    stream_kind: str
    stream_ref: str
    business_key: str
    kind: str
    state: str
    outcome_unknown: bool
    attempts: int
    document: str
    error: str
    created_at: datetime
    due_at: datetime
    settled_at: datetime | None


class MessageRow(Struct, frozen=True, kw_only=True):
    """A message without its bytes."""

    message_id: int
    message_ref: str
    direction: str
    channel: str
    sender: str
    key: str
    outcome: str
    times: int
    facts: int
    size: int
    learned_at: datetime
    edited_from: str | None
    author: str
    error: str


class DeadRow(Struct, frozen=True, kw_only=True):
    """A fact that could not be applied."""

    dead_id: int
    key: str
    name: str
    why: str
    message_ref: str
    place: str
    error: str
    died_at: datetime


class ParkedRow(Struct, frozen=True, kw_only=True):
    """A fact that waits for one of ``names``, at most until ``until``."""

    fact_id: int
    key: str
    name: str
    message_ref: str
    parked_at: datetime
    until: datetime
    names: list[str]


class DeadlineRow(Struct, frozen=True, kw_only=True):
    """A time at which something happens unless it is cleared before."""

    kind: str
    ref: str
    name: str
    due_at: datetime


def cases(
    cursor: Rows,
    *,
    owner: str = "",
    kind: str = "",
    cause: str = "",
    before: int = FROM_THE_NEWEST,
    limit: int = PAGE,
) -> list[CaseRow]:
    """Return open cases."""
    asked = {"owner": owner, "kind": kind, "cause": cause, "before": before, "limit": limit}
    return read(cursor, CaseRow, _SQL["cases"], asked)


def deliveries(
    cursor: Rows,
    *,
    system: str = "",
    lane: str = "",
    state: str = "",
    before: int = FROM_THE_NEWEST,
    limit: int = PAGE,
) -> list[DeliveryRow]:
    """Return deliveries, whatever became of them."""
    asked = {"system": system, "lane": lane, "state": state, "before": before, "limit": limit}
    return read(cursor, DeliveryRow, _SQL["deliveries"], asked)


def messages(
    cursor: Rows,
    *,
    outcome: str = "",
    channel: str = "",
    direction: str = "",
    before: int = FROM_THE_NEWEST,
    limit: int = PAGE,
) -> list[MessageRow]:
    """Return messages in and out."""
    asked = {"outcome": outcome, "channel": channel, "direction": direction}
    return read(cursor, MessageRow, _SQL["messages"], {**asked, "before": before, "limit": limit})


def dead_facts(cursor: Rows, *, before: int = FROM_THE_NEWEST, limit: int = PAGE) -> list[DeadRow]:
    """Return facts that could not be applied and were not replayed since."""
    return read(cursor, DeadRow, _SQL["dead_facts"], {"before": before, "limit": limit})


def parked(cursor: Rows, *, before: int = FROM_THE_NEWEST, limit: int = PAGE) -> list[ParkedRow]:
    """Return facts that wait for a name."""
    return read(cursor, ParkedRow, _SQL["parked"], {"before": before, "limit": limit})


def deadlines(cursor: Rows, *, until: datetime, limit: int = PAGE) -> list[DeadlineRow]:
    """Return what is due up to ``until``, the soonest first."""
    return read(cursor, DeadlineRow, _SQL["deadlines"], {"until": until, "limit": limit})
