"""The linehaul: what moving the load from origin to destination costs, before anything is added."""

from decimal import Decimal

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Step, quantity
from drawbar.freight.contract import Contract
from drawbar.freight.lane import LaneRate
from drawbar.freight.money import Money
from drawbar.rating.grant import granted, rounded
from drawbar.rating.unrated import Unrated


def linehaul(contract: Contract, lane: LaneRate) -> AgreedCharge | Unrated:
    """Return the flat amount, or contract miles by the rate per mile; never below the minimum."""
    priced = _priced(contract, lane)
    if isinstance(priced, Unrated):
        return priced
    amount, step = priced
    steps = [step]
    if lane.minimum is not None and amount < lane.minimum:
        amount = lane.minimum
        least = rounded(amount, contract)
        steps.append(Step(text=f"below the minimum of {least}", result=str(least)))
    charge = Charge(kind=ChargeKind.LINEHAUL, money=rounded(amount, contract))
    return granted(contract, charge, clause=lane.clause, steps=tuple(steps))


def _priced(contract: Contract, lane: LaneRate) -> tuple[Decimal, Step] | Unrated:
    if lane.flat is not None and lane.per_mile is None:
        flat = rounded(lane.flat, contract)
        return lane.flat, Step(text=f"flat {flat} for lane {lane.clause}", result=str(flat))
    if lane.flat is None and lane.per_mile is not None and lane.distance_mi is not None:
        return _by_mile(contract, lane.per_mile, lane.distance_mi)
    return Unrated(
        text=f"Lane {lane.clause} says neither a flat amount nor a rate per mile with its miles.",
        remedy="State either flat, or per_mile together with distance_mi, and not both.",
    )


def _by_mile(contract: Contract, per_mile: Decimal, miles: Decimal) -> tuple[Decimal, Step]:
    amount = per_mile * miles
    rate = Money(per_mile, contract.currency)
    text = f"{quantity(miles)} contract miles at {rate} per mile"
    return amount, Step(text=text, result=str(rounded(amount, contract)))
