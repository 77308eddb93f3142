"""What one shipment should cost, or earn, under one version of a contract: charge by charge."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.accessorial import Unit
from drawbar.freight.charge import AgreedCharge, ChargeKind
from drawbar.freight.contract import Contract
from drawbar.freight.market import NO_MARKET, Market
from drawbar.freight.movement import Movement
from drawbar.freight.verdict import Reason
from drawbar.rating.beyond import Conditions, completed, extras, is_wide, standing, waits, weight_of
from drawbar.rating.denied import Denied
from drawbar.rating.distance import distance
from drawbar.rating.foreign import brought_in, explained
from drawbar.rating.fuel import fuel_surcharge
from drawbar.rating.lane import lane_in
from drawbar.rating.linehaul import linehaul
from drawbar.rating.unrated import Unrated


class Rated(Struct, frozen=True, tag=True):
    """The agreed charges, each explained; ``denied`` says why a stop has no detention."""

    charges: tuple[AgreedCharge, ...]
    denied: tuple[Denied, ...] = ()

    def why_not(self) -> dict[tuple[ChargeKind, int], tuple[Reason, str]]:
        """Return the denials as the audit asks for them: by kind and stop."""
        return {(one.kind, one.stop): (one.reason, one.text) for one in self.denied}


def rate(
    contract: Contract, movement: Movement, *, on: date, market: Market = NO_MARKET
) -> Rated | Unrated:
    """Return every charge of the shipment, or why it has no price. ``on`` is the basis day."""
    main = main_charges(contract, movement, on=on, market=market)
    if isinstance(main, Unrated):
        return main
    return with_stops(contract, main, movement, on=on, market=market)


def with_stops(
    contract: Contract,
    main: tuple[AgreedCharge, ...],
    movement: Movement,
    *,
    on: date,
    market: Market = NO_MARKET,
) -> Rated | Unrated:
    """Return the main charges with all that stops, papers and approvals, exchange and tax add.

    Each line is rounded half-up; names of charges are unique and stay the same.
    """
    asked = brought_in(contract, movement, market)
    if isinstance(asked, Unrated):
        return asked
    movement, rates = asked
    when = Conditions(on=on, miles=miles_of(contract, movement), market=market)
    waited = waits(contract, movement, weight_of(movement))
    more = extras(contract, main, movement, when)
    granted = (*main, *waited.charges, *more.charges)
    charges = completed(contract, granted, movement, more.used, when)
    if isinstance(charges, Unrated):
        return charges
    if contract.exchange is not None and rates:
        charges = explained(charges, rates, contract.exchange.source)
    return Rated(charges, standing((*waited.denied, *more.denied), charges))


def main_charges(
    contract: Contract, movement: Movement, *, on: date, market: Market = NO_MARKET
) -> tuple[AgreedCharge, ...] | Unrated:
    """Return linehaul and fuel surcharge: by lane, goods and day, whatever happened at the stops.

    ``market`` is what is known of index prices and exchange rates.
    """
    found = lane_in(contract, movement)
    if isinstance(found, Unrated):
        return found
    haul = linehaul(contract, found.lane, movement)
    if isinstance(haul, Unrated):
        return haul
    if is_wide(contract):
        return (haul,)  # its fuel is counted once all that it is a percent of is known
    miles = miles_of(contract, movement)
    fuel = fuel_surcharge(contract, haul.charge.money, on=on, miles=miles, market=market)
    return fuel if isinstance(fuel, Unrated) else (haul, *fuel)


def miles_of(contract: Contract, movement: Movement) -> Decimal | None:
    """Return the contract's miles where a clause is per mile, None where it says none."""
    if contract.fuel_index is None and not any(
        row.per is Unit.MILE for row in contract.accessorials
    ):
        return None
    found = lane_in(contract, movement)
    if isinstance(found, Unrated):
        return None
    far = distance(contract, found.lane, movement)
    return None if isinstance(far, Unrated) else far.in_miles()[0]
