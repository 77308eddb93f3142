"""A load as its attributes tell it: under which attribute names it is found, since when.

The names follow from the load's state alone: its carrier, its stops, and when it was picked up.
"""

from datetime import date

from drawbar.flow.attribute_key import keys_of_load
from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision, Naming
from drawbar.flow.needs import shipment
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.attribute import Locality
from drawbar.freight.instant import local_day
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.order import Stop
from drawbar.freight.place import Place
from drawbar.freight.reference import ReferenceKey
from drawbar.matching.attribute import Candidate
from drawbar.milestones.place import Assigned, assign

PICKED_UP = frozenset(
    {MilestoneKind.ARRIVED_PICKUP, MilestoneKind.LOADED, MilestoneKind.DEPARTED_PICKUP}
)


def candidate(load: ShipmentState, company: Company) -> Candidate:
    """Return a load as a bill without a known reference may mean it."""
    placed = load.order
    return Candidate(
        shipment_ref=load.shipment_ref,
        picked_up_on=tuple(sorted({_planned(placed.pickup), *_reported(load, company)})),
        origin=_locality(placed.pickup.place),
        destination=_locality(placed.delivery.place),
        weight_lb=placed.weight_lb,
    )


def attribute_keys(load: ShipmentState, company: Company) -> tuple[ReferenceKey, ...]:
    """Return the attribute names of a load; none while no carrier has it."""
    if not load.payee_ref:
        return ()
    one = candidate(load, company)
    days, carrier = one.picked_up_on, load.payee_ref
    return keys_of_load(carrier, days, one.origin, one.destination, company=company)


def newly_named(before: ShipmentState | None, now: ShipmentState, company: Company) -> Decision:
    """Return the attribute names that a load has since it changed."""
    if before is not None and _told_alike(before, now):
        return NOTHING
    known = set(attribute_keys(before, company)) if before is not None else set()
    stream = shipment(now.shipment_ref)
    fresh = tuple(
        Naming(key=key, stream=stream, spelled=key.value)
        for key in attribute_keys(now, company)
        if key not in known
    )
    return Decision(names=fresh) if fresh else NOTHING


def _told_alike(before: ShipmentState, now: ShipmentState) -> bool:
    return (before.order, before.log, before.payee_ref) == (now.order, now.log, now.payee_ref)


def _planned(stop: Stop) -> date:
    return local_day(stop.due_at, stop.place.zone)


def _reported(load: ShipmentState, company: Company) -> set[date]:
    """Return the days on which anybody whose word counts saw the truck at the first stop."""
    first = load.order.pickup
    seen = (one for one in load.counted_log(company.carriers).standing if one.kind in PICKED_UP)
    placed = (assign(one, load.order.stops) for one in seen)
    return {
        local_day(one.report.happened_at, first.place.zone)
        for one in placed
        if isinstance(one, Assigned) and one.stop == first.number
    }


def _locality(place: Place) -> Locality:
    return Locality(postal_code=place.postal_code, city=place.city, region=place.region)
