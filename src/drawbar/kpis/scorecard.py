"""How good a carrier is to work with: does it take loads, bill right, and break nothing.

Each figure is a share over one carrier's rows; on time and status compliance are those of service.
"""

from collections.abc import Sequence

from msgspec import Struct

from drawbar.kpis.share import Share, share


class OfferRow(Struct, frozen=True, kw_only=True):
    """One tender that was answered or expired; ``is_accepted`` within its time."""

    tender_ref: str
    is_accepted: bool


class BilledRow(Struct, frozen=True, kw_only=True):
    """One bill that was decided: right as billed, or contested."""

    bill_ref: str
    is_right: bool
    is_disputed: bool


class CarriedRow(Struct, frozen=True, kw_only=True):
    """One load that was delivered, and whether anybody claims for loss or damage."""

    shipment_ref: str
    is_claimed: bool


def tender_acceptance(rows: Sequence[OfferRow]) -> Share:
    """Return the tenders that were accepted, of all that were answered or expired."""
    return share((row.tender_ref for row in rows if row.is_accepted), base=len(rows))


def billing_accuracy(rows: Sequence[BilledRow]) -> Share:
    """Return the bills that were paid as billed, of all decided, duplicates among them."""
    return share((row.bill_ref for row in rows if row.is_right), base=len(rows))


def dispute_rate(rows: Sequence[BilledRow]) -> Share:
    """Return the bills of which anything was contested, of all that were decided."""
    return share((row.bill_ref for row in rows if row.is_disputed), base=len(rows))


def claim_rate(rows: Sequence[CarriedRow]) -> Share:
    """Return the delivered loads with a claim for loss or damage, of all delivered."""
    return share((row.shipment_ref for row in rows if row.is_claimed), base=len(rows))
