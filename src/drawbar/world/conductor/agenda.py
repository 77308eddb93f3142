"""The agenda: what a world brings about by itself, whatever the firm does, in order of time."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from drawbar.freight.instant import Instant
from drawbar.world.plan import OrderPlan
from drawbar.world.truth import FaultTruth

Entry = tuple[datetime, str, Any]
"""When, what, and about which order, revision or outage."""

AWAY: Mapping[str, dict[str, Any]] = {
    "erp_outage": {"kind": "outage"},
    "folder_silent": {"kind": "silent"},
    "api_unavailable": {"kind": "unavailable", "times": 1_000_000},
}
"""How a system is away, by the kind of the outage."""

STAGED_AFTER, STAGED_FOR = timedelta(minutes=90), timedelta(hours=3)
"""The ERP of a world that is looked at goes away when the first incidents are under way."""


def when(entry: Entry) -> datetime:
    """Return when an entry happens."""
    return entry[0]


LAPSE = {"kind": "lose_answer", "method": "POST", "path": "/api/documents", "times": 1}
"""The ERP does what it is asked, and its answer is lost on the way."""


def agenda_of(
    orders: Iterable[OrderPlan], outages: Iterable[FaultTruth], lapses: Iterable[FaultTruth] = ()
) -> list[Entry]:
    """Return the entries of orders, outages and lost answers, in order of time."""
    every: list[Entry] = []
    for order in orders:
        every.append((order.entered_at, "order", order))
        every += [(one.at, "revision", one) for one in order.revisions]
        every += [(order.cancelled_at, "cancel", order)] if order.cancelled_at else []
    for outage in outages:
        every.append((outage.at, "away", outage))
        every += [(outage.until, "back", outage)] if outage.until else []
    every += [(lapse.at, "lapse", lapse) for lapse in lapses]
    return sorted(every, key=when)


def staged_outage(staged_at: Instant) -> FaultTruth:
    """Return the outage of the ERP that belongs to incidents staged at an instant."""
    at = staged_at + STAGED_AFTER
    return FaultTruth(kind="erp_outage", subject="erp", at=at, until=at + STAGED_FOR)
