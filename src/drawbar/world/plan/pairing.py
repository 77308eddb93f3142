"""Two loads that a bill has to do with: a shared PO, number, lane, or only a mix-up."""

from datetime import timedelta

from msgspec import structs

from drawbar.world.plan.draft import Draft
from drawbar.world.plan.kind import Kind

ONE_PO = frozenset({Kind.REFERENCE_AMBIGUOUS, Kind.TWO_LOADS_ONE_PO})
BOTH = frozenset({Kind.ONE_NUMBER_MANY_LOADS, Kind.TWO_LOADS_ONE_PO, Kind.SAME_LANE_SAME_DAY})
"""Kinds that both loads of a pair are of."""

LATER = timedelta(minutes=3)


def paired(kind: Kind, load: Draft, mate: Draft) -> tuple[Draft, Draft]:
    """Return both loads as the kind needs them."""
    one = structs.replace(load, mates=(mate.number,))
    other = structs.replace(mate, mates=(load.number,))
    if kind in BOTH:
        other = structs.replace(other, lot=kind.value)
    if kind in ONE_PO:
        other = structs.replace(other, po=one.po)
    if kind is Kind.SAME_LANE_SAME_DAY:
        first = min(one, other, key=lambda each: each.serial)
        return (one, _alike(other, one)) if first is one else (_alike(one, other), other)
    return one, other


def _alike(load: Draft, model: Draft) -> Draft:
    """Return a load on the lane, at the times and of the freight of another, entered after it."""
    return structs.replace(
        load,
        route=model.route,
        pieces=model.pieces,
        pounds=model.pounds,
        entered_at=model.entered_at + LATER,
    )
