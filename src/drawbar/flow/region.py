"""The region of a place: the firm's own parts of the map, of which each place is in one at most."""

from collections.abc import Mapping

from drawbar.freight.lane import LanePlace
from drawbar.freight.place import Place
from drawbar.rating.lane_place import exactness

Regions = Mapping[str, tuple[LanePlace, ...]]


def region_of(place: Place, regions: Regions) -> str:
    """Return the region that names a place most exactly, empty where none of them does.

    A firm that names no regions has its states, or countries where a place has no state.
    """
    if not regions:
        return place.region or place.country
    found = [
        (exact, name)
        for name, parts in regions.items()
        for one in parts
        if (exact := exactness(one, place, zones=())) is not None
    ]
    return max(found)[1] if found else ""
