"""Whether an end of a lane covers a place, and how exactly it names it."""

from functools import lru_cache

from drawbar.freight.lane import LanePlace, RateZone
from drawbar.freight.place import Place

REMEMBERED_WORDS = 50_000
"""Names of places and postal codes, kept as they compare; a contract says the same ones often."""

Exactness = tuple[bool, int, bool, bool, bool]
"""City, length of the postal prefix, region, country; last, whether named without a zone."""


class UnknownRateZone(ValueError):
    """A lane names a zone that its contract does not define. Add it, or correct the name."""


def exactness(named: LanePlace, place: Place, *, zones: tuple[RateZone, ...]) -> Exactness | None:
    """Return how exactly ``named`` covers ``place``, None where it does not cover it.

    Raise ``UnknownRateZone`` where that hangs on a zone that is not among ``zones``.
    """
    return _exactness(named, place, zones, ())


def alike(one: str, other: str) -> bool:
    """Return whether two names are the same but for case and blanks."""
    return _words(one) == _words(other)


def _exactness(
    named: LanePlace, place: Place, zones: tuple[RateZone, ...], within: tuple[str, ...]
) -> Exactness | None:
    if not _covers(named, place):
        return None
    own = _own(named)
    if not _words(named.zone):
        return own
    zone = _by_zone(named.zone, place, zones, within)
    if zone is None:
        return None
    city, postal, region, country, _ = (max(pair) for pair in zip(own, zone, strict=True))
    return bool(city), int(postal), bool(region), bool(country), False


def _by_zone(
    name: str, place: Place, zones: tuple[RateZone, ...], within: tuple[str, ...]
) -> Exactness | None:
    """Return how exactly a zone covers a place; a zone within itself adds nothing to it."""
    key = _words(name)
    if key in within:
        return None
    meant = [zone for zone in zones if _words(zone.zone) == key]
    if not meant:
        raise UnknownRateZone(f"no zone of the contract is called {name}")
    found = [
        one
        for zone in meant
        for inner in zone.places
        if (one := _exactness(inner, place, zones, (*within, key))) is not None
    ]
    return max(found, default=None)


def _covers(named: LanePlace, place: Place) -> bool:
    return (
        _same(named.country, place.country)
        and _same(named.region, place.region)
        and _same(named.city, place.city)
        and _code(place.postal_code).startswith(_code(named.postal_prefix))
    )


def _own(named: LanePlace) -> Exactness:
    return (
        bool(_words(named.city)),
        len(_code(named.postal_prefix)),
        bool(_words(named.region)),
        bool(_words(named.country)),
        True,
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
