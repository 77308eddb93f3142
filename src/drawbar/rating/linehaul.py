"""The linehaul: what moving the load from origin to destination costs, before anything is added.

Gross by exactly one way of the lane, then less the discount, then not below the minimum; fuel comes
after. A discounted amount is rounded half-up from the rounded gross.
"""

from decimal import Decimal

from msgspec import Struct

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Step, quantity
from drawbar.freight.contract import Contract
from drawbar.freight.fact import FactKey
from drawbar.freight.lane import LaneRate
from drawbar.freight.ltl import LtlTerms
from drawbar.freight.money import Money
from drawbar.freight.movement import Movement
from drawbar.rating.class_of_goods import Classed, pounds_by_class
from drawbar.rating.distance import Far, distance
from drawbar.rating.grant import granted, rounded
from drawbar.rating.ltl import ANY_CLASS, asks_class, gross
from drawbar.rating.mileage_table import asks_weight, of_table
from drawbar.rating.unrated import Unrated
from drawbar.rating.weight import KG_PER_LB, Weighed, weighed

WAYS = ("flat", "per_mile", "per_km", "per_cwt", "per_100kg", "breaks", "bands")
NO_TERMS = LtlTerms(deficit=False, reweigh=False)
"""What holds where a contract says nothing about weight and class."""


class Before(Struct, frozen=True, kw_only=True):
    """The linehaul before discount and minimum; ``by_weight`` where pounds made the amount."""

    amount: Decimal
    steps: tuple[Step, ...]
    by_weight: bool = False
    facts: tuple[FactKey, ...] = ()


def linehaul(contract: Contract, lane: LaneRate, movement: Movement) -> AgreedCharge | Unrated:
    """Return the linehaul of a load on its lane, or why the lane gives it no clear price."""
    before = _before(contract, lane, movement)
    if isinstance(before, Unrated):
        return before
    terms = contract.ltl or NO_TERMS
    money, steps = rounded(before.amount, contract), list(before.steps)
    discount = lane.discount_percent
    if discount is None:
        discount = terms.discount_percent if before.by_weight else Decimal(0)
    if discount:
        money = rounded(money.amount * (100 - discount) / 100, contract)
        steps.append(Step(text=f"less {quantity(discount)} % discount", result=str(money)))
    least = lane.minimum
    if least is None and before.by_weight:
        least = terms.minimum
    if least is not None and money.amount < least:
        money = rounded(least, contract)
        steps.append(Step(text=f"below the minimum of {money}", result=str(money)))
    charge = Charge(kind=ChargeKind.LINEHAUL, money=money)
    return granted(contract, charge, clause=lane.clause, steps=tuple(steps), facts=before.facts)


def by_weight(lane: LaneRate) -> bool:
    """Return whether the goods make the price of a lane, and not only its places."""
    return any(_states(lane, way) for way in ("per_cwt", "per_100kg", "breaks", "bands"))


def _before(contract: Contract, lane: LaneRate, movement: Movement) -> Before | Unrated:
    stated = [way for way in WAYS if _states(lane, way)]
    if len(stated) != 1:
        return _unclear(lane, stated)
    way = stated[0]
    if way == "flat":
        return _flat(contract, lane)
    if way in {"per_mile", "per_km"}:
        return _by_distance(contract, lane, movement)
    if way == "bands":
        return _by_table(contract, lane, movement)
    return _by_weight(contract, lane, movement)


def _states(lane: LaneRate, way: str) -> bool:
    value = getattr(lane, way)
    return value is not None and value != ()


def _flat(contract: Contract, lane: LaneRate) -> Before:
    amount = lane.flat or Decimal(0)
    flat = rounded(amount, contract)
    step = Step(text=f"flat {flat} for lane {lane.clause}", result=str(flat))
    return Before(amount=amount, steps=(step,))


def _by_distance(contract: Contract, lane: LaneRate, movement: Movement) -> Before | Unrated:
    metric = lane.per_km is not None
    far = distance(contract, lane, movement, metric=metric)
    if isinstance(far, Unrated):
        return far
    units, words = far.in_kilometres() if metric else far.in_miles()
    each = (lane.per_km if metric else lane.per_mile) or Decimal(0)
    rate = f"{Money(each, contract.currency)} per {'km' if metric else 'mile'}"
    step = Step(text=f"{words} at {rate}", result=str(rounded(units * each, contract)))
    return Before(amount=units * each, steps=(step,))


def _by_weight(contract: Contract, lane: LaneRate, movement: Movement) -> Before | Unrated:
    terms = contract.ltl or NO_TERMS
    goods = weighed(movement, reweigh=terms.reweigh)
    if isinstance(goods, Unrated):
        return goods
    if lane.per_cwt is not None:
        return _per_cwt(contract, lane.per_cwt, goods)
    if lane.per_100kg is not None:
        return _per_100kg(contract, lane.per_100kg, goods)
    classed = Classed(pounds={ANY_CLASS: goods.pounds})
    if asks_class(lane):
        found = pounds_by_class(goods.goods, terms)
        if isinstance(found, Unrated):
            return found
        classed = found
    sum_of = gross(contract, lane, classed.pounds, deficit=terms.deficit)
    if isinstance(sum_of, Unrated):
        return sum_of
    return Before(
        amount=sum_of.money.amount,
        steps=(*goods.steps, *classed.steps, *sum_of.steps),
        by_weight=True,
        facts=goods.facts,
    )


def _per_cwt(contract: Contract, each: Decimal, goods: Weighed) -> Before:
    amount = goods.pounds * each / 100
    text = f"{quantity(goods.pounds)} lb at {Money(each, contract.currency)} per cwt"
    step = Step(text=text, result=str(rounded(amount, contract)))
    return Before(amount=amount, steps=(*goods.steps, step), by_weight=True, facts=goods.facts)


def _per_100kg(contract: Contract, each: Decimal, goods: Weighed) -> Before:
    kilograms = goods.pounds * KG_PER_LB
    amount = kilograms * each / 100
    text = (
        f"{quantity(goods.pounds)} lb at {KG_PER_LB} kg each are {quantity(kilograms)} kg, at"
        f" {Money(each, contract.currency)} per 100 kg"
    )
    step = Step(text=text, result=str(rounded(amount, contract)))
    return Before(amount=amount, steps=(*goods.steps, step), by_weight=True, facts=goods.facts)


def _by_table(contract: Contract, lane: LaneRate, movement: Movement) -> Before | Unrated:
    terms = contract.ltl or NO_TERMS
    far = distance(contract, lane, movement)
    if not isinstance(far, Far):
        return far
    goods = Weighed(goods=())
    if asks_weight(lane):
        found = weighed(movement, reweigh=terms.reweigh)
        if isinstance(found, Unrated):
            return found
        goods = found
    miles, words = far.in_miles()
    cell = of_table(contract, lane, miles=miles, pounds=goods.pounds, deficit=terms.deficit)
    if isinstance(cell, Unrated):
        return cell
    return Before(
        amount=cell.amount,
        steps=(*goods.steps, Step(text=words), *cell.steps),
        by_weight=cell.by_weight,
        facts=goods.facts,
    )


def _unclear(lane: LaneRate, stated: list[str]) -> Unrated:
    said = f"states {' and '.join(stated)}" if stated else "states no price"
    return Unrated(
        text=f"Lane {lane.clause} {said}; a lane has exactly one way.",
        remedy=f"State exactly one of {', '.join(WAYS[:-1])} and {WAYS[-1]}.",
    )
