"""The names made of attributes by which a shipment is found: carrier, pickup day, both places.

They stand in the index of names like any other, so no bill is looked for by going through loads.
"""

from collections.abc import Iterable
from datetime import date

from drawbar.flow.company import Company
from drawbar.flow.factoring import carriers_of
from drawbar.freight.attribute import UNTOLD, Locality
from drawbar.freight.freight_bill import FreightBill
from drawbar.freight.reference import Reference, ReferenceKey, ReferenceKind
from drawbar.matching.attribute import days_meant


def keys_of_move(billed: FreightBill, company: Company) -> tuple[ReferenceKey, ...]:
    """Return the attribute names that a bill may mean; none where it does not say enough.

    Of each place the postal code counts first, city and state where a load has no postal code.
    """
    move = billed.move or UNTOLD
    best = [(one.zip or one.town) for one in (move.origin, move.destination)]
    by_town = [move.origin.town, move.destination.town]
    pairs = dict.fromkeys((origin, to) for origin, to in (best, by_town) if origin and to)
    return tuple(
        key_of(carrier_ref, day, origin, to, company=company)
        for carrier_ref in carriers_of(billed, company)
        for day in days_meant(move)
        for origin, to in pairs
    )


def keys_of_load(
    carrier_ref: str,
    days: Iterable[date],
    origin: Locality,
    destination: Locality,
    *,
    company: Company,
) -> tuple[ReferenceKey, ...]:
    """Return all attribute names of a load: each place by its postal code and by its city."""
    return tuple(
        key_of(carrier_ref, day, begin, end, company=company)
        for day in sorted(set(days))
        for begin in _words(origin)
        for end in _words(destination)
    )


def key_of(
    carrier_ref: str, day: date, origin: str, destination: str, *, company: Company
) -> ReferenceKey:
    """Return one attribute name, as the index spells it."""
    value = f"{day:%Y%m%d} {origin}>{destination}"
    return company.key_of(Reference(ReferenceKind.ATTRIBUTES, value, carrier_ref))


def _words(place: Locality) -> tuple[str, ...]:
    return tuple(word for word in (place.zip, place.town) if word)
