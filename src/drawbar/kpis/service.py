"""How well shipments are carried, and how soon we know.

What nobody reported is not counted as on time.
"""

from collections.abc import Sequence
from datetime import timedelta

from msgspec import Struct

from drawbar.freight.instant import Instant
from drawbar.kpis.share import Middle, Share, middle, share
from drawbar.kpis.tendering import hours_between


class ArrivalRow(Struct, frozen=True, kw_only=True):
    """One stop that was to be reached; ``arrived_at`` is None where nobody reported it."""

    ref: str
    due_at: Instant
    arrived_at: Instant | None = None


class LineRow(Struct, frozen=True, kw_only=True):
    """One line of an order: ordered and received in pieces, and whether it came on time."""

    order_ref: str
    ordered: int
    received: int
    on_time: bool


class StatusRow(Struct, frozen=True, kw_only=True):
    """One milestone that a carrier must report, and when it did; None where it did not."""

    ref: str
    due_at: Instant
    reported_at: Instant | None = None


class ProofRow(Struct, frozen=True, kw_only=True):
    """One delivery, its proof and its invoice; a time is None while there is none."""

    shipment_ref: str
    delivered_at: Instant
    proof_at: Instant | None = None
    invoiced_at: Instant | None = None


def on_time(rows: Sequence[ArrivalRow], *, grace_minutes: int) -> Share:
    """Return the stops reached no later than due plus the grace, of all stops that were due."""
    grace = timedelta(minutes=grace_minutes)
    good = (
        row.ref
        for row in rows
        if row.arrived_at is not None and row.arrived_at <= row.due_at + grace
    )
    return share(good, base=len(rows))


def on_time_in_full(rows: Sequence[LineRow]) -> Share:
    """Return the orders of which every line came on time and complete, of all orders."""
    late_or_short = {row.order_ref for row in rows if _delivered(row) < row.ordered}
    orders = dict.fromkeys(row.order_ref for row in rows)
    good = (order_ref for order_ref in orders if order_ref not in late_or_short)
    return share(good, base=len(orders))


def cases_on_time_in_full(rows: Sequence[LineRow]) -> Share:
    """Return the pieces that came on time, of all ordered; too many of one line do not help."""
    return Share(
        count=sum(_delivered(row) for row in rows),
        base=sum(row.ordered for row in rows),
        refs=tuple(dict.fromkeys(row.order_ref for row in rows if _delivered(row))),
    )


def status_completeness(rows: Sequence[StatusRow]) -> Share:
    """Return the milestones reported at all, of all that had to be reported."""
    told = (row.ref for row in rows if row.reported_at is not None)
    return share(told, base=len(rows))


def status_timeliness(rows: Sequence[StatusRow]) -> Share:
    """Return the milestones reported in time, of those that were reported."""
    return share(_in_time(rows), base=status_completeness(rows).count)


def status_compliance(rows: Sequence[StatusRow]) -> Share:
    """Return the milestones reported in time, of all that had to be reported."""
    return share(_in_time(rows), base=len(rows))


def pod_lag(rows: Sequence[ProofRow]) -> Middle:
    """Return the hours from a delivery until we hold its proof, the median where there is one."""
    return middle(
        hours_between(row.delivered_at, row.proof_at) for row in rows if row.proof_at is not None
    )


def delivery_to_invoice(rows: Sequence[ProofRow]) -> Middle:
    """Return the hours from a delivery to its invoice, the median where there is one."""
    return middle(
        hours_between(row.delivered_at, row.invoiced_at)
        for row in rows
        if row.invoiced_at is not None
    )


def _in_time(rows: Sequence[StatusRow]) -> tuple[str, ...]:
    return tuple(
        row.ref for row in rows if row.reported_at is not None and row.reported_at <= row.due_at
    )


def _delivered(row: LineRow) -> int:
    return min(row.received, row.ordered) if row.on_time else 0
