"""Regions are a partition: no place is named by two of them, and each names a place on a map."""

from collections.abc import Iterator, Mapping

from drawbar.cli.company.mistake import Path
from drawbar.cli.company.rule import Judged
from drawbar.freight.lane import LanePlace


def region_rules(regions: Mapping[str, tuple[LanePlace, ...]]) -> Iterator[Judged]:
    """Yield what keeps regions from being parts of one map, in the order of the file."""
    named: dict[tuple[str, ...], str] = {}
    for region, places in regions.items():
        here: Path = ("regions", region)
        if not region.strip():
            yield Judged(here, "A region without a name.", "Name it as people call it.")
        if not places:
            what = f"The region {region!r} has no place."
            yield Judged(here, what, "Name countries, states, cities or postal prefixes.")
        for number, place in enumerate(places):
            yield from _place(place, region, (*here, number), named)


def _place(
    place: LanePlace, region: str, here: Path, named: dict[tuple[str, ...], str]
) -> Iterator[Judged]:
    if place.zone:
        what = f"zone {place.zone!r} is a zone of a contract; regions are the firm's own."
        yield Judged((*here, "zone"), what, "Name the places themselves.")
        return
    same = tuple("".join(part.casefold().split()) for part in _parts(place))
    other = named.setdefault(same, region)
    if other != region:
        what = f"{place.label} is in {other!r} too: a load would count in both."
        yield Judged(here, what, "Leave it in one region.")


def _parts(place: LanePlace) -> tuple[str, str, str, str]:
    return place.country, place.region, place.city, place.postal_prefix.replace("-", "")
