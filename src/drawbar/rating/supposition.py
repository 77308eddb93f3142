"""What a charge would come to if a figure that the carrier uses were right: it proves the reason.

The load is rated again under the same contract, with one thing changed; nobody is paid by it.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct, structs

from drawbar.freight.charge import ChargeKind, quantity
from drawbar.freight.contract import Contract
from drawbar.freight.freight_bill import BillLine, Shown
from drawbar.freight.lane import LaneRate
from drawbar.freight.market import NO_MARKET, Market
from drawbar.freight.money import Money, total
from drawbar.freight.movement import Movement
from drawbar.freight.order import Goods
from drawbar.freight.verdict import Reason, Supposition
from drawbar.rating.distance import KM_PER_MI
from drawbar.rating.exchange import settled_in
from drawbar.rating.shipment import rate
from drawbar.rating.unrated import Unrated

WEEKS_TRIED = 6
"""How many weeks before and after the day that counts a fuel surcharge is looked for."""


class Supposed(Struct, frozen=True, kw_only=True):
    """One load rated otherwise: by other ``contract`` miles, other ``movement`` goods, a day."""

    reason: Reason
    contract: Contract
    movement: Movement
    on: date
    text: str


def suppose(
    contract: Contract,
    movement: Movement,
    lines: Iterable[BillLine],
    *,
    on: date,
    market: Market = NO_MARKET,
) -> Callable[[BillLine], Iterator[Supposition]]:
    """Return what the audit asks for each line of a bill that is too high. ``on`` decides its rate.

    A surcharge that shows no figures of its own goes by those of the linehaul.
    """
    shown_for_haul = next(
        (one.shown for one in lines if one.kind is ChargeKind.LINEHAUL and one.shown), None
    )

    def ask(line: BillLine) -> Iterator[Supposition]:
        shown = line.shown or shown_for_haul or Shown()
        for one in _alternatives(contract, movement, on, line, shown):
            money = _rated(one, line, market)
            if money is not None:
                yield Supposition(reason=one.reason, money=money, text=one.text)
        yield from _told(contract, movement, shown)

    return ask


def _alternatives(
    contract: Contract, movement: Movement, on: date, line: BillLine, shown: Shown
) -> Iterator[Supposed]:
    """Yield each other way in which the carrier may have come to the amount, the likeliest first.

    The surcharge of another week comes last: by chance it may come to the same amount.
    """
    if line.kind not in {ChargeKind.LINEHAUL, ChargeKind.FUEL_SURCHARGE}:
        return
    weighed, classed = _weighed(movement, shown), _classed(movement, shown)
    if shown.distance_mi is not None:
        text = f"it is for {quantity(shown.distance_mi)} miles, not those of the contract"
        driven = _over(contract, shown.distance_mi)
        yield _supposed(Reason.MILES, driven, movement, on, text)
    if weighed is not None:
        yield _supposed(Reason.REWEIGH, contract, weighed, on, _weight_told(movement, shown))
    if classed is not None:
        yield _supposed(Reason.RECLASS, contract, classed, on, _class_told(movement, shown))
    both = _classed(weighed, shown) if weighed and classed else None
    if both is not None:
        text = f"{_weight_told(movement, shown)}, and {_class_told(movement, shown)}"
        yield _supposed(Reason.REWEIGH, contract, both, on, text)
    if line.kind is ChargeKind.FUEL_SURCHARGE:
        yield from _of_other_weeks(contract, movement, on)


def _supposed(
    reason: Reason, contract: Contract, movement: Movement, on: date, text: str
) -> Supposed:
    return Supposed(reason=reason, contract=contract, movement=movement, on=on, text=text)


def _of_other_weeks(contract: Contract, movement: Movement, on: date) -> Iterator[Supposed]:
    for weeks in range(1, WEEKS_TRIED + 1):
        for day in (on - timedelta(weeks=weeks), on + timedelta(weeks=weeks)):
            text = f"it is the surcharge of {day}, and {on} is the day that counts"
            yield _supposed(Reason.FUEL_WEEK, contract, movement, day, text)


def _rated(one: Supposed, line: BillLine, market: Market) -> Money | None:
    outcome = rate(one.contract, one.movement, on=one.on, market=market)
    if isinstance(outcome, Unrated):
        return None
    into = settled_in(one.contract)
    alike = [
        each.charge.money
        for each in outcome.charges
        if each.charge.kind is line.kind and not each.provisional
    ]
    same = [money for money in alike if money.currency == into]
    return total(same, currency=into) if same else None


def _over(contract: Contract, miles: Decimal) -> Contract:
    return structs.replace(contract, lanes=tuple(_lane_over(one, miles) for one in contract.lanes))


def _lane_over(lane: LaneRate, miles: Decimal) -> LaneRate:
    km = miles * KM_PER_MI
    return structs.replace(
        lane,
        distance_mi=miles if lane.distance_mi is not None else None,
        distance_km=km if lane.distance_km is not None else None,
    )


def _weight(movement: Movement) -> Decimal:
    return sum((one.weight_lb for one in movement.goods), Decimal(0))


def _weighed(movement: Movement, shown: Shown) -> Movement | None:
    """Return the load with the billed weight, shared as the order shares it; None where alike."""
    whole, billed = _weight(movement), shown.weight_lb
    if billed is None or billed <= 0 or not whole or billed == whole:
        return None
    first, *others = movement.goods
    rest = tuple(
        structs.replace(one, weight_lb=(one.weight_lb * billed / whole).quantize(Decimal(1)))
        for one in others
    )
    left = billed - sum((one.weight_lb for one in rest), Decimal(0))
    goods = (structs.replace(first, weight_lb=left), *rest)
    return structs.replace(movement, goods=goods, certificates=())


def _classed(movement: Movement, shown: Shown) -> Movement | None:
    """Return the load with the billed class; None where the order says the same."""
    billed = shown.freight_class
    if not billed or not movement.goods or _classes(movement.goods) == {billed}:
        return None
    goods = tuple(structs.replace(one, freight_class=billed) for one in movement.goods)
    return structs.replace(movement, goods=goods, certificates=())


def _classes(goods: tuple[Goods, ...]) -> set[str]:
    return {one.freight_class for one in goods}


def _weight_told(movement: Movement, shown: Shown) -> str:
    billed, whole = shown.weight_lb or Decimal(0), _weight(movement)
    return f"it is for {quantity(billed)} lb, and the order says {quantity(whole)} lb"


def _class_told(movement: Movement, shown: Shown) -> str:
    ordered = " and ".join(sorted(_classes(movement.goods))) or "none"
    return f"it is for class {shown.freight_class}, and the order says {ordered}"


def _told(contract: Contract, movement: Movement, shown: Shown) -> Iterator[Supposition]:
    """Yield figures that differ though they do not explain the amount: a person may want them."""
    if shown.rate is not None:
        unit = f" {shown.rate_unit}" if shown.rate_unit else ""
        yield Supposition(
            reason=Reason.RATE, text=f"the bill shows a rate of {quantity(shown.rate)}{unit}"
        )
    if _weighed(movement, shown) is not None:
        yield Supposition(reason=Reason.RATE, text=_weight_told(movement, shown))
    if _classed(movement, shown) is not None:
        yield Supposition(reason=Reason.RATE, text=_class_told(movement, shown))
    miles = {lane.distance_mi for lane in contract.lanes if lane.distance_mi is not None}
    if shown.distance_mi is not None and miles and shown.distance_mi not in miles:
        text = f"the bill shows {quantity(shown.distance_mi)} miles"
        yield Supposition(reason=Reason.RATE, text=text)
