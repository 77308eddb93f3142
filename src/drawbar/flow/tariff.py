"""A tariff: a contract as it is asked again and again, with the prices that it gave remembered.

Remembering changes no price: a contract never changes, and an amended one is another tariff.
"""

from datetime import UTC, date, datetime
from functools import cached_property, lru_cache

from msgspec import Struct, structs

from drawbar.freight.charge import AgreedCharge
from drawbar.freight.contract import Basis, Contract, Side
from drawbar.freight.instant import Instant
from drawbar.freight.market import NO_MARKET, Market
from drawbar.freight.movement import Movement
from drawbar.freight.place import Place
from drawbar.rating.linehaul import by_weight
from drawbar.rating.shipment import Rated, main_charges, with_stops
from drawbar.rating.unrated import Unrated
from drawbar.rating.validity import Validity, in_force_by_basis

REMEMBERED_LANES = 10_000
REMEMBERED_LOADS = 10_000
REMEMBERED_DAYS = 10_000
REMEMBERED_MOMENTS = 1_000
"""One for each load as ordered, each as driven, each party and day, each moment of the market that
was last asked for."""

_EVER = datetime(9999, 1, 1, tzinfo=UTC)
_NEVER = datetime(1, 1, 1, tzinfo=UTC)


class Tariff(Struct, frozen=True, eq=False, dict=True):
    """One version of a contract; only the same object is equal, so it is found without reading.

    ``market_known_at`` is when the last of the market's prices and rates was learned.
    """

    contract: Contract
    market: Market = NO_MARKET
    market_known_at: Instant = _NEVER

    @cached_property
    def asks_goods(self) -> bool:
        """Return whether a lane is paid by weight, so that the goods make its price."""
        return any(by_weight(lane) for lane in self.contract.lanes)

    @cached_property
    def asks_equipment(self) -> bool:
        """Return whether a lane is for one kind of truck or service."""
        return any(lane.equipment or lane.service for lane in self.contract.lanes)

    @cached_property
    def asks_invoice(self) -> bool:
        """Return whether the day of the bill makes a price: it does where money is exchanged."""
        return self.contract.exchange is not None


def as_known(tariff: Tariff, known_at: Instant) -> Tariff:
    """Return the tariff with what was known of the market then; the same one where that is all."""
    return tariff if tariff.market_known_at <= known_at else _as_known(tariff, known_at)


@lru_cache(maxsize=REMEMBERED_MOMENTS)
def _as_known(tariff: Tariff, known_at: Instant) -> Tariff:
    market = tariff.market.as_known_at(known_at)
    return Tariff(tariff.contract, market, learned_last(market))


def learned_last(market: Market) -> Instant:
    """Return when the last of a market's prices and rates was learned."""
    prices = (one.known_at for one in market.prices)
    rates = (one.known_at for one in market.exchange)
    return max((*prices, *rates), default=_NEVER)


def rate(tariff: Tariff, movement: Movement, on: date) -> Rated | Unrated:
    """Return every charge of a load, or why it has no price, as ``rating`` says."""
    if not tariff.asks_invoice and movement.invoiced_on is not None:
        movement = structs.replace(movement, invoiced_on=None)
    if not movement.approvals:
        return _as_driven(tariff, movement, on)
    main = _main_charges(tariff, _as_ordered(tariff, movement), on)
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
    main = _main_charges(tariff, _as_ordered(tariff, movement), on)
    if isinstance(main, Unrated):
        return main
    return with_stops(tariff.contract, main, movement, on=on, market=tariff.market)


def _as_ordered(tariff: Tariff, movement: Movement) -> Movement:
    """Return what linehaul and fuel ask for, and of that what this contract asks for.

    So loads that differ only in what makes no price are one price, counted once.
    """
    weighs, drives = tariff.asks_goods, tariff.asks_equipment
    return Movement(
        origin=_on_map(movement.origin),
        destination=_on_map(movement.destination),
        visits=(),
        goods=movement.goods if weighs else (),
        certificates=movement.certificates if weighs else (),
        equipment=movement.equipment if drives else "",
        service=movement.service if drives else "",
    )


def _on_map(place: Place) -> Place:
    """Return where a place is, without what it is called; a lane asks for no more."""
    if not (place.city or place.region):
        return place  # its name is all that an explanation can call it by
    return structs.replace(place, name="", street="", marks=())


@lru_cache(maxsize=REMEMBERED_LANES)
def _main_charges(
    tariff: Tariff, movement: Movement, on: date
) -> tuple[AgreedCharge, ...] | Unrated:
    return main_charges(tariff.contract, movement, on=on, market=tariff.market)
