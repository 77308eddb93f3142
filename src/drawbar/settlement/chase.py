"""Whose bill is missing: loads that were delivered long ago, and what of them nobody billed."""

from collections.abc import Iterable
from datetime import timedelta

from drawbar.freight.charge import AgreedCharge
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.instant import Instant, local_day
from drawbar.freight.money import Money, zero
from drawbar.settlement.window import day_begins


def missing_from(delivered_at: Instant, *, days: int, zone: str) -> Instant:
    """Return when a bill is missing: as the day begins that is ``days`` after the delivery.

    Both days are those of the stop where it was delivered, in ``zone``.
    """
    return day_begins(local_day(delivered_at, zone) + timedelta(days=days), zone)


def unbilled(
    agreed: Iterable[AgreedCharge],
    *,
    billed: Iterable[BillLine],
    released: dict[str, Money],
) -> tuple[AgreedCharge, ...]:
    """Return the charges that no bill spoke of and that are still expected.

    A line without a stop speaks of its kind at every stop.
    """
    spoken = {(line.kind, line.stop) for line in billed}
    return tuple(
        one
        for one in agreed
        if not {(one.charge.kind, one.charge.stop), (one.charge.kind, 0)} & spoken
        and not (one.charge.stop == 0 and any(kind is one.charge.kind for kind, _ in spoken))
        and released.get(one.charge_ref, zero(one.charge.money.currency)) < one.charge.money
    )
