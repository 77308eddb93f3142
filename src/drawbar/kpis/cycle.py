"""How long a carrier's bill takes: until it is decided, and until it is paid."""

from collections.abc import Sequence

from msgspec import Struct

from drawbar.freight.instant import Instant
from drawbar.kpis.share import Middle, middle
from drawbar.kpis.tendering import hours_between


class CycleRow(Struct, frozen=True, kw_only=True):
    """One bill: when it came, when it was last decided, when it was paid in full; None if not."""

    bill_ref: str
    received_at: Instant
    decided_at: Instant | None = None
    paid_at: Instant | None = None


def invoice_cycle_time(rows: Sequence[CycleRow]) -> Middle:
    """Return the hours from a freight bill's receipt to its decision, the median of all decided."""
    return middle(
        hours_between(row.received_at, row.decided_at) for row in rows if row.decided_at is not None
    )


def bill_to_payment(rows: Sequence[CycleRow]) -> Middle:
    """Return the hours from a freight bill's receipt to its payment, the median of all paid."""
    return middle(
        hours_between(row.received_at, row.paid_at) for row in rows if row.paid_at is not None
    )
