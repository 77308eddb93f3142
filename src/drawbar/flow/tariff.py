"""A tariff: a contract as it is asked again and again, with the prices that it gave remembered.

Remembering changes no price: a contract never changes, and an amended one is another tariff.
"""

from datetime import UTC, date, datetime
from functools import lru_cache

from msgspec import Struct

from drawbar.freight.approval import Approval
from drawbar.freight.charge import AgreedCharge
from drawbar.freight.contract import Contract, Side
from drawbar.freight.place import Place
from drawbar.freight.visit import Visit
from drawbar.rating.shipment import Rated, main_charges, with_stops
from drawbar.rating.unrated import Unrated
from drawbar.rating.validity import Validity, in_force

REMEMBERED_LANES = 10_000
REMEMBERED_LOADS = 10_000
REMEMBERED_DAYS = 10_000
"""One for each lane and day, each side of a load, each party and day, that was last asked for."""

_EVER = datetime(9999, 1, 1, tzinfo=UTC)


class Tariff(Struct, frozen=True, eq=False):
    """One version of a contract; only the same object is equal, so it is found without reading."""

    contract: Contract


class Lane(Struct, frozen=True):
    """From where to where a load goes, and the day that decides its price."""

    origin: Place
    destination: Place
    on: date


def rate(
    tariff: Tariff, lane: Lane, visits: tuple[Visit, ...], approvals: tuple[Approval, ...]
) -> Rated | Unrated:
    """Return every charge of a load, or why it has no price, as ``rating`` says."""
    if not approvals:
        return _as_driven(tariff, lane, visits)
    main = _main_charges(tariff, lane)
    if isinstance(main, Unrated):
        return main
    return with_stops(tariff.contract, main, visits=visits, approvals=approvals)


@lru_cache(maxsize=REMEMBERED_DAYS)
def holding_on(known: tuple[Tariff, ...], party_ref: str, side: Side, on: date) -> Validity:
    """Return which of the contracts that were ``known`` holds ``on`` a local day."""
    contracts = [one.contract for one in known]
    known_at = max((one.known_at for one in contracts), default=_EVER)
    return in_force(contracts, party_ref=party_ref, side=side, on=on, known_at=known_at)


@lru_cache(maxsize=REMEMBERED_LOADS)
def _as_driven(tariff: Tariff, lane: Lane, visits: tuple[Visit, ...]) -> Rated | Unrated:
    main = _main_charges(tariff, lane)
    if isinstance(main, Unrated):
        return main
    return with_stops(tariff.contract, main, visits=visits, approvals=())


@lru_cache(maxsize=REMEMBERED_LANES)
def _main_charges(tariff: Tariff, lane: Lane) -> tuple[AgreedCharge, ...] | Unrated:
    return main_charges(
        tariff.contract, origin=lane.origin, destination=lane.destination, on=lane.on
    )
