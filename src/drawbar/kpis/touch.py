"""How much hand work a load takes."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from drawbar.kpis.share import Share, share, to_hundredth


class TouchRow(Struct, frozen=True, kw_only=True):
    """One load, and how many times a person decided, entered or corrected something about it."""

    shipment_ref: str
    touches: int


def manual_touches(rows: Sequence[TouchRow]) -> Decimal | None:
    """Return the times that a person acted, per load."""
    if not rows:
        return None
    return to_hundredth(Decimal(sum(row.touches for row in rows)) / len(rows))


def untouched(rows: Sequence[TouchRow]) -> Share:
    """Return the loads that no person ever acted on, of all loads."""
    return share((row.shipment_ref for row in rows if not row.touches), base=len(rows))
