"""What happened on the road: orders, trucks, deliveries, proofs; and what was made to go wrong."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from msgspec import Struct

from drawbar.world.score.evidence import Booked
from drawbar.world.score.invoiced import invoices_by_shipment
from drawbar.world.score.outcome import money
from drawbar.world.score.share import Spread, spread, total
from drawbar.world.score.story import DELIVERED, Story
from drawbar.world.truth import LoadTruth

CLEAN = "clean"


class RoadScore(Struct, frozen=True, kw_only=True):
    """Counts of orders, and of faults by their kinds. ``pod_lag_days`` is delivery to first proof.

    ``revenue_owed_usd`` is what customers owe for loads that were delivered, or cancelled for a
    price; ``invoiced_usd`` is what the ERP's invoices say.
    """

    orders: int
    cancelled: int
    dispatched: int
    delivered: int
    invoiced: int
    injected_faults: int
    faults: dict[str, int]
    proofs: dict[str, int]
    pod_lag_days: Spread
    revenue_owed_usd: Decimal
    invoiced_usd: Decimal


def road_score(story: Story, documents: Iterable[Booked]) -> RoadScore:
    """Return what can be counted without looking at a bill's amount."""
    invoices = invoices_by_shipment(story, documents)
    orders = story.orders_by_shipment
    delivered = [one for one in story.loads.values() if story.delivered_at(one)]
    faults = Counter(one.kind for one in story.faults)
    proofs = Counter(one.kind for one in story.proofs)
    wrong_bills = sum(one.nature == "error" for one in story.bills)
    dollars = (one for of in invoices.values() for one in of if one.currency == "USD")
    return RoadScore(
        orders=len(story.orders),
        cancelled=sum(story.is_cancelled(one) for one in story.orders.values()),
        dispatched=len({order for order, _ in story.loads}),
        delivered=len({one.order for one in delivered}),
        invoiced=len({orders[name] for name in invoices if name}),
        injected_faults=wrong_bills + faults.total() + proofs.total() - proofs[CLEAN],
        faults=dict(sorted(faults.items())),
        proofs=dict(sorted(proofs.items())),
        pod_lag_days=_pod_lag(story),
        revenue_owed_usd=total(money(one.revenue_cents or 0) for one in _earned(story)),
        invoiced_usd=total(one.total for one in dollars),
    )


def _earned(story: Story) -> Iterator[LoadTruth]:
    for load in story.loads.values():
        order = story.orders.get(load.order)
        is_cancelled = order is not None and story.is_cancelled(order)
        is_driven = any(one.milestone == DELIVERED for one in load.happened)
        if story.delivered_at(load) or (is_cancelled and not is_driven):
            yield load


def _pod_lag(story: Story) -> Spread:
    came = sorted(story.proofs, key=lambda one: one.sent_at, reverse=True)
    first = {one.order: one.sent_at for one in came}
    lags = [
        first[load.order] - at
        for load in story.loads.values()
        if (at := story.delivered_at(load)) and load.order in first
    ]
    return spread(lags)
