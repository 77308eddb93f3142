"""Which shipments a bill may be for by its attributes: carrier, pickup day, places and weight.

It is a proposal to a person, never a match: nothing is approved on it.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.attribute import Locality, Move

DAYS_APART = 1
"""By how many days the bill's ship date may differ from the planned or the actual pickup."""


class Candidate(Struct, frozen=True, kw_only=True):
    """A shipment of the bill's carrier as it may be told apart. ``weight_lb`` 0 is unknown.

    ``picked_up_on`` are the days of its pickup as planned and as reported, by the clock there.
    """

    shipment_ref: str
    picked_up_on: tuple[date, ...]
    origin: Locality
    destination: Locality
    weight_lb: Decimal = Decimal(0)


def days_meant(move: Move) -> tuple[date, ...]:
    """Return the pickup days that a bill may mean, in order; none where it says no day."""
    if move.ship_on is None:
        return ()
    apart = range(-DAYS_APART, DAYS_APART + 1)
    first, last = date.min.toordinal(), date.max.toordinal()
    days = (move.ship_on.toordinal() + days for days in apart)
    return tuple(date.fromordinal(day) for day in days if first <= day <= last)


def fits(move: Move, candidate: Candidate, *, weight_percent: int) -> bool:
    """Return whether a bill may be for this shipment: day, both places, and weight if both say it.

    The weights may differ by ``weight_percent`` of the shipment's, inclusive.
    """
    return (
        any(day in days_meant(move) for day in candidate.picked_up_on)
        and same_place(move.origin, candidate.origin)
        and same_place(move.destination, candidate.destination)
        and _weighs_alike(move, candidate, weight_percent)
    )


def fitting(
    move: Move, candidates: Iterable[Candidate], *, weight_percent: int
) -> tuple[Candidate, ...]:
    """Return the shipments that a bill may be for, by their number; maybe none."""
    alike = (one for one in candidates if fits(move, one, weight_percent=weight_percent))
    return tuple(sorted(alike, key=lambda one: one.shipment_ref))


def same_place(said: Locality, known: Locality) -> bool:
    """Return whether two places are one: by postal code where both have it, else by city and state.

    A place that is not said is no place.
    """
    if said.zip and known.zip:
        return said.zip == known.zip
    return bool(said.town) and said.town == known.town


def beside(move: Move, candidate: Candidate) -> str:
    """Return bill and shipment side by side, in words."""
    days = " or ".join(str(day) for day in sorted(set(candidate.picked_up_on)))
    weight = _pounds(candidate.weight_lb or None)
    return (
        f"{candidate.shipment_ref}: pickup {days} (the bill says {move.ship_on}),"
        f" from {candidate.origin.label} (bill: {move.origin.label}),"
        f" to {candidate.destination.label} (bill: {move.destination.label}),"
        f" {weight} (bill: {_pounds(move.weight_lb)})"
    )


def _weighs_alike(move: Move, candidate: Candidate, percent: int) -> bool:
    billed, known = move.weight_lb, candidate.weight_lb
    return billed is None or not known or abs(billed - known) * 100 <= known * percent


def _pounds(weight: Decimal | None) -> str:
    return "weight not said" if weight is None else f"{weight:,f} lb"
