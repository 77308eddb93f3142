"""A tariff: a contract as it is asked again and again, with the prices that it gave remembered.

Remembering changes no price: a contract never changes, and an amended one is another tariff.
"""

from datetime import date
from functools import lru_cache

from msgspec import Struct

from drawbar.freight.charge import AgreedCharge
from drawbar.freight.contract import Contract
from drawbar.freight.place import Place
from drawbar.rating import shipment
from drawbar.rating.unrated import Unrated

REMEMBERED_PRICES = 20_000
"""One for each lane and day on which loads are under way; the longest unasked is forgotten."""


class Tariff(Struct, frozen=True, eq=False):
    """One version of a contract; only the same object is equal, so it is found without reading."""

    contract: Contract


@lru_cache(maxsize=REMEMBERED_PRICES)
def main_charges(
    tariff: Tariff, origin: Place, destination: Place, on: date
) -> tuple[AgreedCharge, ...] | Unrated:
    """Return linehaul and fuel surcharge of a lane on the contract's basis day."""
    return shipment.main_charges(tariff.contract, origin=origin, destination=destination, on=on)
