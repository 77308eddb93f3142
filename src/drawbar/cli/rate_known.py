"""A shipment's price by what was known at a time: its facts, its order and its contracts then."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from msgspec import structs

from drawbar.flow import needs
from drawbar.flow.company import Company
from drawbar.flow.explained import Explained, explained_load
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.instant import Instant, utc, zone
from drawbar.freight.order import Order, OrderChanged, OrderReleased
from drawbar.milestones.log import Log
from drawbar.records.desk.message import fact
from drawbar.records.desk.story import story
from drawbar.records.desk.stream import stream
from drawbar.records.sheet import Rows

_ORDER_FACTS = ("OrderReleased", "OrderChanged")


class NotATime(ValueError):
    """Neither a day nor an instant with its offset from UTC. Write one of them."""


def known_until(told: str, zone_name: str) -> Instant:
    """Return the instant that ``told`` means; a day means its end in ``zone_name``."""
    try:
        day = date.fromisoformat(told)
    except ValueError:
        day = None
    if day is not None:
        midnight = datetime.combine(day + timedelta(days=1), time(), zone(zone_name))
        return utc(midnight) - timedelta(microseconds=1)
    try:
        return utc(datetime.fromisoformat(told))
    except ValueError as error:
        raise NotATime(told) from error


def explained_shipments(
    cursor: Rows, refs: Iterable[str], company: Company, *, known_at: Instant, as_then: bool
) -> list[tuple[str, Explained]]:
    """Return each side of each shipment, named by its reference; ``as_then`` forgets what came."""
    told: list[tuple[str, Explained]] = []
    for ref in refs:
        found = stream(cursor, needs.shipment(ref))
        if found is None or not isinstance(found.state, ShipmentState):
            continue
        load = as_known(cursor, found.state, known_at) if as_then else found.state
        rates = explained_load(load, company, known_at=known_at, as_then=as_then)
        told += [(ref, one) for one in rates]
    return told


def as_known(cursor: Rows, load: ShipmentState, at: Instant) -> ShipmentState:
    """Return a load without what was learned after ``at``: events, approvals, proofs, revisions."""

    def then(key: str) -> bool:
        found = fact(cursor, key)
        return found is not None and found.fact.learned_at <= at

    return structs.replace(
        load,
        order=_order(cursor, load, at),
        log=Log(reports=tuple(one for one in load.log.reports if one.learned_at <= at)),
        approvals=tuple(one for one in load.approvals if then(one.fact)),
        certificates=tuple(one for one in load.certificates if then(one.fact)),
        proofs=tuple(one for one in load.proofs if then(one.fact)),
    )


def _order(cursor: Rows, load: ShipmentState, at: Instant) -> Order:
    """Return the newest revision that was known then; the first, if all of them came later."""
    order_ref = load.order.order_ref
    steps = story(cursor, [needs.order(order_ref)])
    known = [one for one in steps if one.name in _ORDER_FACTS and one.learned_at <= at]
    facts = (found.fact for one in known if (found := fact(cursor, one.key)))
    orders = [one.order for one in facts if isinstance(one, OrderReleased | OrderChanged)]
    newest = max(orders, key=lambda one: one.revision, default=load.order)
    return load.order if newest.revision == load.order.revision else newest
