"""Less than a truckload: what weight and class make of a table of breaks, with deficit weight.

The break is chosen on the weight of all classes together. Where the contract grants it, all higher
breaks are tried: the missing pounds ride at the lowest rate in the shipment, and the least sum
counts; of equal sums the one that bills fewer pounds. The pounds of each class, with the deficit in
the class of the lowest rate, make one amount, rounded half-up to the cent before any discount.
"""

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.charge import Step, quantity
from drawbar.freight.contract import Contract
from drawbar.freight.lane import LaneRate, WeightBreak
from drawbar.freight.ltl import freight_class
from drawbar.freight.money import Money, total
from drawbar.rating.grant import rounded
from drawbar.rating.unrated import Unrated

ANY_CLASS = Decimal(0)
"""Stands for the rows without a class; no class of the NMFC is 0."""


class Part(Struct, frozen=True, kw_only=True):
    """The pounds of one class, as billed, at the rate of the break, in rounded money."""

    freight_class: Decimal
    pounds: Decimal
    per_cwt: Decimal
    money: Money


class Gross(Struct, frozen=True, kw_only=True):
    """The linehaul by weight before any discount; its steps say as which weight it is billed."""

    money: Money
    steps: tuple[Step, ...]


class _Cut(Struct, frozen=True, kw_only=True):
    """What the shipment costs at one break, billed as so many pounds."""

    billed_lb: Decimal
    parts: tuple[Part, ...]
    money: Money


Rates = Mapping[Decimal, Mapping[Decimal, Decimal]]
"""Rates per hundredweight by class and by the pounds that they begin at."""


def gross(
    contract: Contract, lane: LaneRate, pounds: Mapping[Decimal, Decimal], *, deficit: bool
) -> Gross | Unrated:
    """Return the gross linehaul of ``pounds`` by class, each above zero, under a lane's breaks."""
    rates = _rates(lane, tuple(pounds))
    if isinstance(rates, Unrated):
        return rates
    weight = sum(pounds.values(), start=Decimal(0))
    actual = _cut(contract, rates, pounds, weight)
    if actual is None:
        return _too_light(lane, rates, weight)
    cuts = [actual]
    if deficit:
        higher = {begin for rows in rates.values() for begin in rows if begin > weight}
        cuts += [cut for at in sorted(higher) if (cut := _cut(contract, rates, pounds, at))]
    best = min(cuts, key=lambda cut: (cut.money.amount, cut.billed_lb))
    return Gross(money=best.money, steps=_steps(contract, actual, best, weight))


def asks_class(lane: LaneRate) -> bool:
    """Return whether a lane's breaks differ by class, so that the class of the goods counts."""
    return any(row.freight_class for row in lane.breaks)


def _rates(lane: LaneRate, classes: tuple[Decimal, ...]) -> Rates | Unrated:
    """Return the rows for each class: its own, else those for any class."""
    rows: dict[Decimal, dict[Decimal, Decimal]] = {}
    for row in lane.breaks:
        of = rows.setdefault(_class_of(row), {})
        if of.setdefault(row.from_lb, row.per_cwt) != row.per_cwt:
            return Unrated(
                text=f"Lane {lane.clause} states two rates from {quantity(row.from_lb)} lb on.",
                remedy="Leave one rate for each class and break.",
            )
    missing = [one for one in classes if one not in rows and ANY_CLASS not in rows]
    if missing:
        return Unrated(
            text=f"Lane {lane.clause} has no rate for freight of class {quantity(missing[0])}.",
            remedy="Add breaks for that class, or a FAK range that covers it.",
        )
    return {one: rows[one if one in rows else ANY_CLASS] for one in classes}


def _class_of(row: WeightBreak) -> Decimal:
    return freight_class(row.freight_class) if row.freight_class else ANY_CLASS


def _cut(
    contract: Contract, rates: Rates, pounds: Mapping[Decimal, Decimal], at: Decimal
) -> _Cut | None:
    """Return the cost with the rates of ``at`` pounds; None where a class has none that low."""
    begun = {one: [begin for begin in rows if begin <= at] for one, rows in rates.items()}
    if not all(begun.values()):
        return None
    each = {one: rates[one][max(begins)] for one, begins in begun.items()}
    lowest = min(each, key=lambda one: (each[one], one))
    deficit = at - sum(pounds.values(), start=Decimal(0))
    billed = {one: lb + deficit if one == lowest else lb for one, lb in pounds.items()}
    parts = tuple(
        Part(
            freight_class=one,
            pounds=lb,
            per_cwt=each[one],
            money=rounded(lb * each[one] / 100, contract),
        )
        for one, lb in sorted(billed.items())
    )
    money = total((part.money for part in parts), currency=contract.currency)
    return _Cut(billed_lb=at, parts=parts, money=money)


def _steps(contract: Contract, actual: _Cut, best: _Cut, weight: Decimal) -> tuple[Step, ...]:
    parts = tuple(_step(contract, part) for part in best.parts)
    if best is actual:
        return parts
    lacking = quantity(best.billed_lb - weight)
    told = Step(
        text=f"billed as {quantity(best.billed_lb)} lb, the actual weight is {quantity(weight)} lb:"
        f" as actual it would be {actual.money}",
        result=f"{lacking} lb of deficit at the lowest rate",
    )
    return (told, *parts)


def _step(contract: Contract, part: Part) -> Step:
    kind = "" if part.freight_class == ANY_CLASS else f" of class {quantity(part.freight_class)}"
    rate = Money(part.per_cwt, contract.currency)
    return Step(text=f"{quantity(part.pounds)} lb{kind} at {rate} per cwt", result=str(part.money))


def _too_light(lane: LaneRate, rates: Rates, weight: Decimal) -> Unrated:
    first = max(min(rows) for rows in rates.values())
    return Unrated(
        text=f"Lane {lane.clause} begins at {quantity(first)} lb, the load weighs"
        f" {quantity(weight)} lb.",
        remedy="State the rate of the first break from 0 lb on.",
    )
