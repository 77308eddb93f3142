"""What is wrong with the lanes of a contract though each field can be read."""

from collections.abc import Iterator

from drawbar.cli.company.mistake import Path, meant
from drawbar.cli.company.rule import Judged, warned
from drawbar.cli.company.span import Span, overlaps
from drawbar.freight.contract import Contract
from drawbar.freight.lane import LanePlace, LaneRate, MileageBand

WAYS = ("flat", "per_mile", "per_km", "per_cwt", "per_100kg", "breaks", "bands")
COUNTRY = 2


def lane_rules(contract: Contract) -> Iterator[Judged]:
    """Return what is wrong with the lanes, each with its path in the contract."""
    if not contract.lanes:
        yield Judged(("lanes",), "The contract prices nothing.", "Add a lane with its rate.")
    zones = {one.zone for one in contract.zones}
    yield from _zones(contract, zones)
    yield from _distances(contract, zones)
    first: dict[object, tuple[int, str]] = {}
    for number, lane in enumerate(contract.lanes):
        here: Path = ("lanes", number)
        yield from _rate(contract, lane, here)
        for end in ("origin", "destination"):
            yield from _place(getattr(lane, end), zones, (*here, end))
        key = _ends(lane)
        if key in first:
            place, clause = first[key]
            what = f"{lane.clause!r} and {clause!r} (lanes[{place}]) name the same places."
            remedy = "No load could be priced on either: make one more exact, or remove it."
            yield Judged(here, what, remedy)
        first.setdefault(key, (number, lane.clause))
    yield from _clauses(contract)


def _zones(contract: Contract, zones: set[str]) -> Iterator[Judged]:
    names = [one.zone for one in contract.zones]
    for number, zone in enumerate(contract.zones):
        if names.index(zone.zone) != number:
            yield Judged(("zones", number), f"{zone.zone!r} is named twice.", "Join their places.")
        for at, place in enumerate(zone.places):
            here: Path = ("zones", number, "places", at)
            if place.zone:
                yield Judged(here, "A zone is made of places, not of zones.", "Name the places.")
            yield from _place(place, zones, here)


def _distances(contract: Contract, zones: set[str]) -> Iterator[Judged]:
    for number, one in enumerate(contract.distances):
        here: Path = ("distances", number)
        for end in ("origin", "destination"):
            yield from _place(getattr(one, end), zones, (*here, end))
        if (one.mi is None) == (one.km is None):
            yield Judged(here, f"{one.clause!r} says mi or km.", "State exactly one of the two.")


def _place(place: LanePlace, zones: set[str], here: Path) -> Iterator[Judged]:
    if place.zone and place.zone not in zones:
        otherwise = "Add it under 'zones'."
        what = f"The contract has no zone {place.zone!r}."
        yield Judged((*here, "zone"), what, meant(place.zone, zones, otherwise=otherwise))
    if place.country and len(place.country.strip()) != COUNTRY:
        what = f"{place.country!r} is no country code, so the lane would fit nothing."
        yield Judged((*here, "country"), what, "Write two letters, such as US, CA or MX.")


def _rate(contract: Contract, lane: LaneRate, here: Path) -> Iterator[Judged]:
    stated = [way for way in WAYS if getattr(lane, way) not in (None, ())]
    if not stated:
        yield Judged(here, f"{lane.clause!r} says no rate.", f"State one of {', '.join(WAYS)}.")
    elif len(stated) > 1:
        both = " and ".join(stated)
        yield Judged(here, f"{lane.clause!r} says {both}.", "Keep one of them.")
    for way, length in (("per_mile", "distance_mi"), ("per_km", "distance_km")):
        lacks = getattr(lane, length) is None and not contract.distances
        if way in stated and lacks:
            what = f"{lane.clause!r} has a rate {way.replace('_', ' ')} and no {length}."
            yield Judged((*here, way), what, f"Add {length}: the contract's own, never the bill's.")
    yield from _breaks(lane, here)
    yield from _bands(lane.bands, here)


def _breaks(lane: LaneRate, here: Path) -> Iterator[Judged]:
    first: dict[object, int] = {}
    for number, one in enumerate(lane.breaks):
        key = one.freight_class, one.from_lb
        if key in first:
            what = f"Two rates from {one.from_lb} lb (breaks[{first[key]}])."
            yield Judged((*here, "breaks", number), what, "Keep one of them.")
        first.setdefault(key, number)
    for freight_class in sorted({one.freight_class for one in lane.breaks}):
        alike = [one.from_lb for one in lane.breaks if one.freight_class == freight_class]
        least = min(alike)
        if least > 1:
            of = f"class {freight_class}" if freight_class else "freight"
            what = f"{lane.clause!r} has no rate for {of} below {least} lb."
            yield warned(
                (*here, "breaks"), what, "Add a break from_lb: 0, or leave it to a person."
            )


def _bands(bands: tuple[MileageBand, ...], here: Path) -> Iterator[Judged]:
    for number, one in enumerate(bands):
        stated = [one.flat, one.per_mile, one.per_cwt]
        if len([rate for rate in stated if rate is not None]) != 1:
            what = "A band says exactly one of flat, per_mile and per_cwt."
            yield Judged((*here, "bands", number), what, "State one of them.")
        ends = ((one.from_mi, one.to_mi, "mi"), (one.from_lb, one.to_lb, "lb"))
        for start, end, unit in ends:
            if end is not None and end <= start:
                what = f"From {start} to {end} {unit} is nothing."
                yield Judged((*here, "bands", number), what, "Mend the end.")
    by_miles = sorted(range(len(bands)), key=lambda at: bands[at].from_mi)
    for later, earlier in overlaps(Span(at, bands[at].from_mi, bands[at].to_mi) for at in by_miles):
        one, other = bands[later.place], bands[earlier.place]
        weights = (Span(0, one.from_lb, one.to_lb), Span(1, other.from_lb, other.to_lb))
        if any(overlaps(weights)):
            what = f"The band overlaps bands[{earlier.place}] in miles and weight."
            yield Judged((*here, "bands", later.place), what, "End one where the other begins.")


def _clauses(contract: Contract) -> Iterator[Judged]:
    first: dict[str, int] = {}
    for number, lane in enumerate(contract.lanes):
        if lane.clause in first:
            what = f"The clause {lane.clause!r} is that of lanes[{first[lane.clause]}] too."
            remedy = "Name each lane by a clause of its own: explanations point at it."
            yield warned(("lanes", number, "clause"), what, remedy)
        first.setdefault(lane.clause, number)


def _ends(lane: LaneRate) -> object:
    return (
        tuple(_words(getattr(lane.origin, name)) for name in LanePlace.__struct_fields__),
        tuple(_words(getattr(lane.destination, name)) for name in LanePlace.__struct_fields__),
        _words(lane.equipment),
        _words(lane.service),
    )


def _words(text: str) -> str:
    return " ".join(text.casefold().replace("*", "").split())
