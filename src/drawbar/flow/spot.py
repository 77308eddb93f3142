"""A spot rate: what one load pays because a named person agreed it, whatever the contract says.

It stands for linehaul and fuel together; waiting time and all else is the contract's, if there is
one, so a carrier without a contract gets the rate and what people approve.
"""

from datetime import date

from msgspec import structs

from drawbar.dispatch.waterfall import Offer
from drawbar.flow import pricing
from drawbar.flow.company import Company
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation, Step
from drawbar.freight.contract import Contract, Side
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money
from drawbar.freight.order import Order
from drawbar.freight.tender import SpotRate
from drawbar.freight.visit import Visit
from drawbar.rating.pricing import days_of
from drawbar.rating.shipment import Rated, with_stops
from drawbar.rating.unrated import Unrated
from drawbar.rating.validity import InForce

_BEGAN = date(2000, 1, 1)


def cost(
    load: ShipmentState, visits: tuple[Visit, ...], company: Company, *, known_at: Instant
) -> Rated | Unrated | None:
    """Return what the load costs at its spot rate; None where none was agreed with its carrier."""
    award = load.award
    if award is None or award.spot is None:
        return None
    driven = pricing.as_driven(load, company, visits)
    found = pricing.contract_for(award.carrier_ref, Side.BUY, company, known_at, driven)
    contract = found.contract if isinstance(found, InForce) else _none(award, award.spot, known_at)
    currency = award.spot.money.currency
    approvals = tuple(one for one in load.approvals if one.money.currency == currency)
    movement = structs.replace(driven, approvals=approvals)
    beyond = structs.replace(contract, fuel=(), fuel_index=None)
    on = days_of(movement)[contract.basis]
    main = (_linehaul(award.spot),)
    return with_stops(beyond, main, movement, on=on, market=company.market)


def unpriced(
    order: Order, carrier_ref: str, rate: Money | None, company: Company, *, known_at: Instant
) -> str:
    """Return why a carrier could not be paid for the load, empty where it could."""
    if rate is None:
        outcome = pricing.rated(order, carrier_ref, Side.BUY, company, known_at=known_at)
        return outcome.text if isinstance(outcome, Unrated) else ""
    if rate.amount <= 0:
        return f"a spot rate is above zero, not {rate}"
    planned = pricing.movement_of(order, pricing.planned_visits(order))
    found = pricing.contract_for(carrier_ref, Side.BUY, company, known_at, planned)
    currency = found.contract.currency if isinstance(found, InForce) else company.currency
    if rate.currency != currency:
        return f"it is paid in {currency}, the spot rate is in {rate.currency}"
    return ""


def _linehaul(spot: SpotRate) -> AgreedCharge:
    words = f"{spot.money} for linehaul and fuel, approved by {spot.approved_by}"
    why = Explanation(
        rule="spot rate",
        facts=(spot.fact,),
        steps=(Step(text=f"{words} because {spot.reason}", result=str(spot.money)),),
    )
    charge = Charge(kind=ChargeKind.LINEHAUL, money=spot.money)
    return AgreedCharge(charge_ref=ChargeKind.LINEHAUL.value, charge=charge, why=why)


def _none(award: Offer, spot: SpotRate, known_at: Instant) -> Contract:
    """Return a contract that grants nothing, in the currency of the rate."""
    return Contract(
        contract_ref=award.tender_ref,
        version=0,
        side=Side.BUY,
        party_ref=award.carrier_ref,
        currency=spot.money.currency,
        valid_from=_BEGAN,
        known_at=known_at,
        lanes=(),
    )
