"""The class that each line of goods is rated as: its own, else by density; then the FAK range.

A class outside every range is rated as itself.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.charge import Step, quantity
from drawbar.freight.ltl import LtlTerms, UnknownFreightClass, freight_class
from drawbar.freight.order import Goods
from drawbar.rating.density import class_by_density
from drawbar.rating.unrated import Unrated


class Classed(Struct, frozen=True, kw_only=True):
    """Pounds by the class that they are rated as, lowest class first, and how each came about."""

    pounds: Mapping[Decimal, Decimal]
    steps: tuple[Step, ...] = ()


def pounds_by_class(goods: Iterable[Goods], terms: LtlTerms) -> Classed | Unrated:
    """Return the pounds of each class; the order of the lines does not matter."""
    pounds: dict[Decimal, Decimal] = {}
    steps: set[tuple[str, str]] = set()
    for line in goods:
        found = _class_of(line, terms)
        if isinstance(found, Unrated):
            return found
        rated_as, said = found
        pounds[rated_as] = pounds.get(rated_as, Decimal(0)) + line.weight_lb
        steps.update((step.text, step.result) for step in said)
    told = tuple(Step(text=text, result=result) for text, result in sorted(steps))
    return Classed(pounds=dict(sorted(pounds.items())), steps=told)


def _class_of(line: Goods, terms: LtlTerms) -> tuple[Decimal, tuple[Step, ...]] | Unrated:
    steps: tuple[Step, ...] = ()
    named = line.freight_class
    if not named.strip():
        if terms.density is None:
            return _unclassed(line)
        found = class_by_density(line, terms.density)
        if isinstance(found, Unrated):
            return found
        named, steps = found.freight_class, (found.step,)
    try:
        own = freight_class(named)
    except UnknownFreightClass as unknown:
        return Unrated(
            text=f"{line.sku}: {unknown}.",
            remedy="Correct the class on the order, or record a certificate of the class.",
        )
    return _as_fak(line, own, terms, steps)


def _unclassed(line: Goods) -> Unrated:
    return Unrated(
        text=f"{line.sku} has no freight class, and the contract has no density table.",
        remedy="State the class of the goods on the order, or add a density table.",
    )


def _as_fak(
    line: Goods, own: Decimal, terms: LtlTerms, steps: tuple[Step, ...]
) -> tuple[Decimal, tuple[Step, ...]] | Unrated:
    ranges = [one for one in terms.fak if one.class_from <= own <= one.class_to]
    if not ranges:
        return own, steps
    if len({freight_class(one.rated_as) for one in ranges}) > 1:
        clauses = " and ".join(sorted(one.clause for one in ranges))
        return Unrated(
            text=f"{line.sku} of class {quantity(own)} falls under {clauses}, which differ.",
            remedy="Let the FAK ranges not overlap.",
        )
    fak = min(ranges, key=lambda one: one.clause)
    text = (
        f"class {quantity(own)} is within FAK {fak.clause},"
        f" {quantity(fak.class_from)} to {quantity(fak.class_to)}"
    )
    return freight_class(fak.rated_as), (*steps, Step(text=text, result=f"as {fak.rated_as}"))
