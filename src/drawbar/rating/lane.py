"""Which lane of a contract a load runs on: the one that names its places most exactly.

Per end: city, then the longer postal prefix, then region, then country, then anywhere. Of two lanes
the one with the most exact end wins, then the more exact other end, then the more exact origin.
"""

from functools import lru_cache

from msgspec import Struct

from drawbar.freight.lane import LanePlace, LaneRate
from drawbar.freight.place import Place
from drawbar.rating.unrated import Unrated

REMEMBERED_WORDS = 50_000
"""Names of places and postal codes, kept as they compare; a contract says the same ones often."""

Exactness = tuple[bool, int, bool, bool]


class OnLane(Struct, frozen=True, tag=True):
    """The lane that prices the load."""

    lane: LaneRate


def lane_of(lanes: tuple[LaneRate, ...], *, origin: Place, destination: Place) -> OnLane | Unrated:
    """Return the most exact lane from ``origin`` to ``destination``; a tie of two is unrated."""
    fitting = [
        lane
        for lane in lanes
        if _covers(lane.origin, origin) and _covers(lane.destination, destination)
    ]
    if not fitting:
        return Unrated(
            text=f"No lane of the contract runs from {_spot(origin)} to {_spot(destination)}.",
            remedy="Add a lane that covers it, or approve a price for this load.",
        )
    most = max(_rank(lane) for lane in fitting)
    best = [lane for lane in fitting if _rank(lane) == most]
    return OnLane(best[0]) if len(best) == 1 else _tie(best, origin, destination)


def _covers(named: LanePlace, place: Place) -> bool:
    return (
        _same(named.country, place.country)
        and _same(named.region, place.region)
        and _same(named.city, place.city)
        and _code(place.postal_code).startswith(_code(named.postal_prefix))
    )


def _same(named: str, actual: str) -> bool:
    wanted = _words(named)
    return not wanted or wanted == _words(actual)


@lru_cache(maxsize=REMEMBERED_WORDS)
def _words(text: str) -> str:
    return " ".join(text.casefold().split())


@lru_cache(maxsize=REMEMBERED_WORDS)
def _code(postal: str) -> str:
    """Return a postal code or prefix as it compares: "m5v 3l9" and "M5V-3L9*" are alike."""
    return "".join(mark for mark in postal.upper() if mark.isalnum())


def _rank(lane: LaneRate) -> tuple[Exactness, Exactness, Exactness]:
    ends = _exactness(lane.origin), _exactness(lane.destination)
    return max(ends), min(ends), ends[0]


def _exactness(named: LanePlace) -> Exactness:
    return (
        bool(_words(named.city)),
        len(_code(named.postal_prefix)),
        bool(_words(named.region)),
        bool(_words(named.country)),
    )


def _tie(best: list[LaneRate], origin: Place, destination: Place) -> Unrated:
    clauses = " and ".join(sorted(lane.clause for lane in best))
    return Unrated(
        text=f"{clauses} name {_spot(origin)} to {_spot(destination)} equally exactly.",
        remedy="Make one of these lanes more exact, or remove it.",
    )


def _spot(place: Place) -> str:
    return f"{place.label} {place.postal_code}".strip()
