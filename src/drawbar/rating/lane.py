"""Which lane of a contract a load runs on: the one that names its places most exactly.

Per end: city, then the longer postal prefix, then region, then country, then anywhere; a zone is as
exact as its own place that covers the load's, and yields to a lane that names that place itself. Of
two lanes the one with the most exact end wins, then the more exact other end, then the more exact
origin; only then the one that names the equipment, and last the one that names the service.
"""

from functools import lru_cache

from msgspec import Struct

from drawbar.freight.contract import Contract
from drawbar.freight.lane import LanePlace, LaneRate, RateZone
from drawbar.freight.movement import Movement
from drawbar.freight.place import Place
from drawbar.rating.itself import Itself
from drawbar.rating.lane_place import Exactness, UnknownRateZone, alike, exactness
from drawbar.rating.unrated import Unrated

REMEMBERED_LANES = 20_000
"""One for each contract, pair of places, equipment and service that was last asked for."""

Rank = tuple[Exactness, Exactness, Exactness, bool, bool]


class OnLane(Struct, frozen=True, tag=True):
    """The lane that prices the load."""

    lane: LaneRate


def lane_of(
    lanes: tuple[LaneRate, ...],
    *,
    origin: Place,
    destination: Place,
    equipment: str = "",
    service: str = "",
    zones: tuple[RateZone, ...] = (),
) -> OnLane | Unrated:
    """Return the most exact lane from ``origin`` to ``destination``; a tie of two is unrated.

    A lane that names an equipment or a service holds for that one only; one that names a zone
    that is not among ``zones`` leaves unrated what may run on it.
    """
    ranked: list[tuple[Rank, LaneRate]] = []
    for lane in lanes:
        if not (_fits(lane.equipment, equipment) and _fits(lane.service, service)):
            continue
        rank = _rank(lane, origin, destination, zones)
        if isinstance(rank, Unrated):
            return rank
        if rank is not None:
            ranked.append((rank, lane))
    if not ranked:
        return _nowhere(origin, destination, equipment, service)
    most = max(rank for rank, _ in ranked)
    best = [lane for rank, lane in ranked if rank == most]
    return OnLane(best[0]) if len(best) == 1 else _tie(best, origin, destination)


def lane_in(contract: Contract, movement: Movement) -> OnLane | Unrated:
    """Return the lane of a contract that a movement runs on; the same question is asked often."""
    return _lane_in(
        Itself(contract),
        movement.origin,
        movement.destination,
        movement.equipment,
        movement.service,
    )


@lru_cache(maxsize=REMEMBERED_LANES)
def _lane_in(
    contract: Itself[Contract], origin: Place, destination: Place, equipment: str, service: str
) -> OnLane | Unrated:
    return lane_of(
        contract.thing.lanes,
        origin=origin,
        destination=destination,
        equipment=equipment,
        service=service,
        zones=contract.thing.zones,
    )


def _fits(named: str, actual: str) -> bool:
    return not named.strip() or alike(named, actual)


def _rank(
    lane: LaneRate, origin: Place, destination: Place, zones: tuple[RateZone, ...]
) -> Rank | Unrated | None:
    """Return how exactly a lane names the load, None where it does not run there."""
    first, last = _end(lane.origin, origin, zones), _end(lane.destination, destination, zones)
    if first is None or last is None:
        return None
    if isinstance(first, UnknownRateZone) or isinstance(last, UnknownRateZone):
        unknown = first if isinstance(first, UnknownRateZone) else last
        return Unrated(
            text=f"Lane {lane.clause}: {unknown}.",
            remedy="Add that zone to the contract's zones, or correct the lane.",
        )
    named = bool(lane.equipment.strip()), bool(lane.service.strip())
    return max(first, last), min(first, last), first, *named


def _end(
    named: LanePlace, place: Place, zones: tuple[RateZone, ...]
) -> Exactness | UnknownRateZone | None:
    try:
        return exactness(named, place, zones=zones)
    except UnknownRateZone as unknown:
        return unknown


def _nowhere(origin: Place, destination: Place, equipment: str, service: str) -> Unrated:
    ways = " and ".join(word for word in (equipment, service) if word)
    kind = f" for {ways}" if ways else ""
    return Unrated(
        text=f"No lane of the contract runs from {_spot(origin)} to {_spot(destination)}{kind}.",
        remedy="Add a lane that covers it, or approve a price for this load.",
    )


def _tie(best: list[LaneRate], origin: Place, destination: Place) -> Unrated:
    clauses = " and ".join(sorted(lane.clause for lane in best))
    return Unrated(
        text=f"{clauses} name {_spot(origin)} to {_spot(destination)} equally exactly.",
        remedy="Make one of these lanes more exact, or remove it.",
    )


def _spot(place: Place) -> str:
    return f"{place.label} {place.postal_code}".strip()
