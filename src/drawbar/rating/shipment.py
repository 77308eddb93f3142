"""What one shipment should cost, or earn, under one version of a contract: charge by charge."""

from datetime import date

from msgspec import Struct

from drawbar.freight.charge import AgreedCharge, ChargeKind
from drawbar.freight.contract import Contract
from drawbar.freight.fact import FactKey
from drawbar.freight.market import NO_MARKET, Market
from drawbar.freight.movement import Movement
from drawbar.freight.verdict import Reason
from drawbar.rating.accessorial import standing_charges
from drawbar.rating.approval import with_approvals
from drawbar.rating.detention import Owed, detention
from drawbar.rating.fuel import fuel_surcharge
from drawbar.rating.lane import lane_of
from drawbar.rating.linehaul import linehaul
from drawbar.rating.unrated import Unrated


class Denied(Struct, frozen=True, kw_only=True):
    """A charge that somebody may bill and that is not owed, with the reason to answer."""

    kind: ChargeKind
    stop: int
    reason: Reason
    text: str
    facts: tuple[FactKey, ...] = ()


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
    return with_stops(contract, main, movement)


def with_stops(contract: Contract, main: tuple[AgreedCharge, ...], movement: Movement) -> Rated:
    """Return the main charges with all that the stops and people's approvals add.

    Each line is rounded half-up; names of charges are unique and stay the same.
    """
    visits, approvals = movement.visits, movement.approvals
    waits = [detention(contract, visit) for visit in visits]
    detentions = (wait.charge for wait in waits if isinstance(wait, Owed))
    granted = (*main, *detentions, *standing_charges(contract, visits))
    charges = with_approvals(contract, granted, approvals)
    owed = {(agreed.charge.kind, agreed.charge.stop) for agreed in charges}
    denied = (
        _denied(visit.stop, wait.reason, wait.text, wait.facts)
        for visit, wait in zip(visits, waits, strict=True)
        if not isinstance(wait, Owed)
    )
    return Rated(charges, tuple(one for one in denied if (one.kind, one.stop) not in owed))


def main_charges(
    contract: Contract, movement: Movement, *, on: date, market: Market = NO_MARKET
) -> tuple[AgreedCharge, ...] | Unrated:
    """Return linehaul and fuel surcharge: by lane, goods and day, whatever happened at the stops.

    ``market`` is what is known of index prices and exchange rates.
    """
    found = lane_of(
        contract.lanes,
        origin=movement.origin,
        destination=movement.destination,
        equipment=movement.equipment,
        service=movement.service,
        zones=contract.zones,
    )
    if isinstance(found, Unrated):
        return found
    haul = linehaul(contract, found.lane, movement)
    if isinstance(haul, Unrated):
        return haul
    fuel = fuel_surcharge(contract, haul.charge.money, on=on)
    return fuel if isinstance(fuel, Unrated) else (haul, *fuel)


def _denied(stop: int, reason: Reason, text: str, facts: tuple[FactKey, ...]) -> Denied:
    return Denied(kind=ChargeKind.DETENTION, stop=stop, reason=reason, text=text, facts=facts)
