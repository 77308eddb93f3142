"""The truth put in order: what is known at an instant of orders, loads, bills and proofs."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from drawbar.freight.milestone import MilestoneKind
from drawbar.world.truth import (
    AnyRecord,
    BillTruth,
    FaultTruth,
    LoadTruth,
    OrderTruth,
    ProofTruth,
    Seal,
)

DELIVERED = MilestoneKind.DELIVERED.value


class Story(Struct, frozen=True, kw_only=True):
    """The truth at ``now``; of two lines about one order, or one of its loads, the later holds.

    ``proven_at`` is when the first proof of an order came that nothing is wrong with.
    """

    now: datetime
    seal: Seal | None
    orders: dict[str, OrderTruth]
    loads: dict[tuple[str, str], LoadTruth]
    bills: tuple[BillTruth, ...]
    proofs: tuple[ProofTruth, ...]
    faults: tuple[FaultTruth, ...]
    proven_at: dict[str, datetime]

    @property
    def orders_by_shipment(self) -> dict[str, str]:
        """Return the order of each shipment."""
        return {load.shipment: load.order for load in self.loads.values() if load.shipment}

    def delivered_at(self, load: LoadTruth) -> datetime | None:
        """Return when the last of a load was delivered; None where it is not by now."""
        times = [one.at for one in load.happened if one.milestone == DELIVERED]
        last = max(times, default=None)
        return last if last is not None and last <= self.now else None

    def is_cancelled(self, order: OrderTruth) -> bool:
        """Say whether the customer has cancelled it by now."""
        return order.cancelled_at is not None and order.cancelled_at <= self.now


def story_of(records: Iterable[AnyRecord], now: datetime) -> Story:
    """Return the truth at ``now``; what was said later is left out."""
    known = [one for one in records if isinstance(one, Seal) or said_at(one) <= now]
    proofs = tuple(one for one in known if isinstance(one, ProofTruth))
    return Story(
        now=now,
        seal=next((one for one in known if isinstance(one, Seal)), None),
        orders={one.order: one for one in known if isinstance(one, OrderTruth)},
        loads={(one.order, one.carrier): one for one in known if isinstance(one, LoadTruth)},
        bills=tuple(one for one in known if isinstance(one, BillTruth)),
        proofs=proofs,
        faults=tuple(one for one in known if isinstance(one, FaultTruth)),
        proven_at=_first_clean(proofs),
    )


def _first_clean(proofs: Iterable[ProofTruth]) -> dict[str, datetime]:
    latest_first = sorted(proofs, key=lambda one: one.sent_at, reverse=True)
    return {one.order: one.sent_at for one in latest_first if one.kind == "clean"}


def said_at(record: OrderTruth | LoadTruth | BillTruth | ProofTruth | FaultTruth) -> datetime:
    """Return when somebody could know of it."""
    match record:
        case OrderTruth():
            return record.entered_at
        case LoadTruth():
            return record.accepted_at
        case BillTruth() | ProofTruth():
            return record.sent_at
        case FaultTruth():
            return record.at


def last_instant(records: Iterable[AnyRecord]) -> datetime | None:
    """Return the instant of the last thing that was said; None where nothing was."""
    return max((said_at(one) for one in records if not isinstance(one, Seal)), default=None)
