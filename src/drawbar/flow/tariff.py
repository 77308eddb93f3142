"""A tariff: a contract as it is asked again and again, with the prices that it gave remembered.

Remembering changes no price: a contract never changes, and an amended one is another tariff.
"""

from datetime import UTC, date, datetime
from functools import lru_cache

from msgspec import Struct, structs

from drawbar.freight.charge import AgreedCharge
from drawbar.freight.contract import Basis, Contract, Side
from drawbar.freight.market import NO_MARKET, Market
from drawbar.freight.movement import Movement
from drawbar.rating.shipment import Rated, main_charges, with_stops
from drawbar.rating.unrated import Unrated
from drawbar.rating.validity import Validity, in_force_by_basis

REMEMBERED_LANES = 10_000
REMEMBERED_LOADS = 10_000
REMEMBERED_DAYS = 10_000
"""One for each load as ordered, each as driven, each party and day, that was last asked for."""

_EVER = datetime(9999, 1, 1, tzinfo=UTC)


class Tariff(Struct, frozen=True, eq=False):
    """One version of a contract; only the same object is equal, so it is found without reading."""

    contract: Contract
    market: Market = NO_MARKET


def rate(tariff: Tariff, movement: Movement, on: date) -> Rated | Unrated:
    """Return every charge of a load, or why it has no price, as ``rating`` says."""
    if not movement.approvals:
        return _as_driven(tariff, movement, on)
    main = _main_charges(tariff, _as_ordered(movement), on)
    if isinstance(main, Unrated):
        return main
    return with_stops(tariff.contract, main, movement, on=on, market=tariff.market)


@lru_cache(maxsize=REMEMBERED_DAYS)
def holding_on(
    known: tuple[Tariff, ...], party_ref: str, side: Side, days: tuple[tuple[Basis, date], ...]
) -> Validity:
    """Return which of the contracts that were ``known`` holds on the day that it goes by."""
    contracts = [one.contract for one in known]
    known_at = max((one.known_at for one in contracts), default=_EVER)
    return in_force_by_basis(
        contracts, party_ref=party_ref, side=side, days=dict(days), known_at=known_at
    )


@lru_cache(maxsize=REMEMBERED_LOADS)
def _as_driven(tariff: Tariff, movement: Movement, on: date) -> Rated | Unrated:
    main = _main_charges(tariff, _as_ordered(movement), on)
    if isinstance(main, Unrated):
        return main
    return with_stops(tariff.contract, main, movement, on=on, market=tariff.market)


def _as_ordered(movement: Movement) -> Movement:
    """Return the movement without what happened at its stops: linehaul and fuel do not ask."""
    return structs.replace(
        movement,
        visits=(),
        proofs=(),
        approvals=(),
        costs=(),
        tendered_at=None,
        invoiced_on=None,
    )


@lru_cache(maxsize=REMEMBERED_LANES)
def _main_charges(
    tariff: Tariff, movement: Movement, on: date
) -> tuple[AgreedCharge, ...] | Unrated:
    return main_charges(tariff.contract, movement, on=on, market=tariff.market)
