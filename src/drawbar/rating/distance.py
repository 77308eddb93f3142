"""How far a load goes by the contract: the lane's own distance, else the contract's mileage guide.

Never the bill's. A kilometre is converted to miles, or back, only where the rate needs the other.
"""

from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from drawbar.freight.charge import quantity
from drawbar.freight.contract import Contract
from drawbar.freight.lane import LaneRate
from drawbar.freight.movement import Movement
from drawbar.freight.place import Place
from drawbar.rating.itself import Itself
from drawbar.rating.lane import OnLane, lane_of
from drawbar.rating.unrated import Unrated

KM_PER_MI = Decimal("1.609344")
"""Exact: the international yard and pound agreement of 1959, a yard is 0.9144 m."""


REMEMBERED_WAYS = 20_000
"""One for each contract and pair of places that was last asked for."""


class Far(Struct, frozen=True, kw_only=True):
    """A distance as the contract states it, in miles or in kilometres, and where it says so."""

    mi: Decimal | None = None
    km: Decimal | None = None
    words: str

    def in_miles(self) -> tuple[Decimal, str]:
        """Return the miles, with words that name the conversion where there is one."""
        if self.mi is not None:
            return self.mi, f"{quantity(self.mi)} {self.words}miles"
        km = self._km()
        return km / KM_PER_MI, f"{quantity(km)} {self.words}km at {KM_PER_MI} km per mile"

    def in_kilometres(self) -> tuple[Decimal, str]:
        """Return the kilometres, with words that name the conversion where there is one."""
        if self.mi is None:
            km = self._km()
            return km, f"{quantity(km)} {self.words}km"
        return (
            self.mi * KM_PER_MI,
            f"{quantity(self.mi)} {self.words}miles at {KM_PER_MI} km per mile",
        )

    def _km(self) -> Decimal:
        assert self.km is not None
        return self.km


def distance(
    contract: Contract, lane: LaneRate, movement: Movement, *, metric: bool = False
) -> Far | Unrated:
    """Return the distance of a load on its lane; ``metric`` says which of two stated counts."""
    own = _stated(lane.distance_mi, lane.distance_km, "contract ", metric=metric)
    if own is not None:
        return own
    far = _by_guide(Itself(contract), movement.origin, movement.destination, metric)
    return _unknown(lane, movement) if far is None else far


@lru_cache(maxsize=REMEMBERED_WAYS)
def _by_guide(
    guide: Itself[Contract], origin: Place, destination: Place, metric: bool
) -> Far | None:
    """Return the distance of the one row that covers the way most exactly, None without one."""
    contract = guide.thing
    rows = {f"{number}": row for number, row in enumerate(contract.distances)}
    places = tuple(
        LaneRate(clause=name, origin=row.origin, destination=row.destination)
        for name, row in rows.items()
    )
    found = lane_of(places, origin=origin, destination=destination, zones=contract.zones)
    if not isinstance(found, OnLane):
        return None
    row = rows[found.lane.clause]
    return _stated(row.mi, row.km, f"{row.clause} ", metric=metric)


def _stated(mi: Decimal | None, km: Decimal | None, words: str, *, metric: bool) -> Far | None:
    if mi is None and km is None:
        return None
    if metric and km is not None:
        return Far(km=km, words=words)
    return Far(km=km, words=words) if mi is None else Far(mi=mi, words=words)


def _unknown(lane: LaneRate, movement: Movement) -> Unrated:
    way = f"from {movement.origin.label} to {movement.destination.label}"
    return Unrated(
        text=f"Lane {lane.clause} goes by distance, and no one row says how far it is {way}.",
        remedy="State distance_mi or distance_km with the lane, or one row of the contract's"
        " distances that covers it.",
    )
