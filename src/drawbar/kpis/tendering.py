"""How easily loads find a carrier.

A load counts once it was offered; one that nobody took counts against us.
"""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.instant import Instant
from drawbar.kpis.share import Middle, Share, middle, share, to_hundredth


class TenderRow(Struct, frozen=True, kw_only=True):
    """One load: released when, how many offers were made, which of them was accepted, and when.

    ``accepted_offer`` counts from 1, and is 0 where nobody accepted.
    """

    shipment_ref: str
    released_at: Instant
    offers: int
    accepted_offer: int = 0
    accepted_at: Instant | None = None


def first_tender_acceptance(rows: Sequence[TenderRow]) -> Share:
    """Return the loads whose first offer was accepted, of all loads that were offered."""
    first = (row.shipment_ref for row in rows if row.accepted_offer == 1)
    return share(first, base=sum(1 for row in rows if row.offers))


def tender_depth(rows: Sequence[TenderRow]) -> Decimal | None:
    """Return the mean number of offers that it took until one was accepted."""
    depths = [row.accepted_offer for row in rows if row.accepted_offer]
    return to_hundredth(Decimal(sum(depths)) / len(depths)) if depths else None


def dispatch_latency(rows: Sequence[TenderRow]) -> Middle:
    """Return the hours from the release of an order to an acceptance of its load, the median."""
    return middle(
        hours_between(row.released_at, row.accepted_at)
        for row in rows
        if row.accepted_at is not None
    )


def hours_between(start: Instant, end: Instant) -> Decimal:
    """Return the hours from one instant to the other, exact to the microsecond."""
    return Decimal((end - start) // timedelta(microseconds=1)) / Decimal(3_600_000_000)
