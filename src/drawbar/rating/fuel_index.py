"""The fuel surcharge by an index: what a price makes of the base, or of each mile.

A price that no band names is nobody's to guess: it is unrated until the table says.
"""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from msgspec import Struct, structs

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Step, quantity
from drawbar.freight.contract import Contract
from drawbar.freight.fuel import FuelBand, FuelFormula, FuelSteps, FuelTerms, IndexPrice, StepRule
from drawbar.freight.index import figure_name
from drawbar.freight.money import Money
from drawbar.rating.fuel_price import Held, price_for
from drawbar.rating.grant import granted, rounded
from drawbar.rating.unrated import Unrated


class Surcharge(Struct, frozen=True):
    """What a price comes to: ``percent`` of the base or an amount ``per_mile``, and how."""

    percent: Decimal | None
    per_mile: Decimal | None
    step: Step


def by_index(
    contract: Contract,
    terms: FuelTerms,
    base: Money,
    *,
    on: date,
    miles: Decimal | None,
    prices: Iterable[IndexPrice],
) -> AgreedCharge | Unrated:
    """Return the surcharge on ``base`` and on the contract's ``miles``, ``on`` a day at the origin.

    It is provisional where the price for the day is not known: the last known stands in.
    """
    held = price_for(terms, prices, on=on)
    if isinstance(held, Unrated):
        return held
    owed = surcharge(terms, held.price.price)
    if isinstance(owed, Unrated):
        return owed
    counted = _amount(contract, terms, owed, base, miles)
    if isinstance(counted, Unrated):
        return counted
    money, last = counted
    steps = (_price_step(held, on), owed.step, last)
    charge = Charge(kind=ChargeKind.FUEL_SURCHARGE, money=money)
    agreed = granted(contract, charge, clause=terms.clause, steps=steps)
    by = figure_name(terms.index, held.price.price_on)
    agreed = structs.replace(agreed, priced_by=(by,))
    return _provisional(agreed, terms, held) if held.missing else agreed


def surcharge(terms: FuelTerms, price: Decimal) -> Surcharge | Unrated:
    """Return what one price comes to, by the one way that the terms state."""
    ways = [bool(terms.bands), terms.steps is not None, terms.formula is not None]
    if ways.count(True) != 1:
        return _unclear(f"{terms.clause} states {ways.count(True)} of bands, steps and formula")
    if terms.steps is not None:
        found = _by_steps(terms.clause, terms.steps, price)
    elif terms.formula is not None:
        found = _by_formula(terms.formula, price)
    else:
        found = _by_bands(terms, price)
    return found if isinstance(found, Unrated) else _bounded(found, terms.max_percent)


def _by_bands(terms: FuelTerms, price: Decimal) -> Surcharge | Unrated:
    fitting = [band for band in terms.bands if _holds(band, price)]
    if len(fitting) != 1:
        found = f"{len(fitting)} bands of {terms.clause} name" if fitting else "No band names"
        return Unrated(
            text=f"{found} a price of {quantity(price)} of {terms.index} ({terms.clause}).",
            remedy=f"Give {terms.clause} exactly one band for each price, to both ends.",
        )
    (band,) = fitting
    if (band.percent is None) is (band.per_mile is None):
        return _unclear(f"The band from {quantity(band.from_price)} states both or neither")
    ends = "up" if band.to_price is None else f"below {quantity(band.to_price)}"
    text = f"{quantity(price)} is in the band from {quantity(band.from_price)} {ends}"
    return _said(band.percent, band.per_mile, text)


def _holds(band: FuelBand, price: Decimal) -> bool:
    return band.from_price <= price and (band.to_price is None or price < band.to_price)


def _by_steps(clause: str, steps: FuelSteps, price: Decimal) -> Surcharge | Unrated:
    if steps.step <= 0 or (steps.percent is None) is (steps.per_mile is None):
        return _unclear(f"The steps of {clause} need a step above zero and one of the two")
    begun = steps.rule is StepRule.OR_FRACTION
    parts = max((price - steps.base_price) / steps.step, Decimal(0))
    number = parts.to_integral_value(ROUND_CEILING if begun else ROUND_FLOOR)
    kind = "begun" if begun else "full"
    text = (
        f"{quantity(price)} is {quantity(number)} {kind} steps of {quantity(steps.step)}"
        f" above {quantity(steps.base_price)}"
    )
    if steps.percent is not None:
        return _said(steps.percent_at_base + number * steps.percent, None, text)
    return _said(None, steps.per_mile_at_base + number * (steps.per_mile or Decimal(0)), text)


def _by_formula(formula: FuelFormula, price: Decimal) -> Surcharge | Unrated:
    if formula.miles_per_gallon <= 0:
        return _unclear("A fuel formula needs miles per gallon above zero")
    exact = max((price - formula.peg) / formula.miles_per_gallon, Decimal(0))
    per_mile = exact.quantize(Decimal(1).scaleb(-formula.decimals), rounding=ROUND_HALF_UP)
    text = (
        f"({quantity(price)} - {quantity(formula.peg)}) / {quantity(formula.miles_per_gallon)}"
        f" miles per gallon, to {formula.decimals} decimals"
    )
    return _said(None, per_mile, text)


def _said(percent: Decimal | None, per_mile: Decimal | None, text: str) -> Surcharge:
    if percent is not None:
        return Surcharge(percent, None, Step(text=text, result=f"{quantity(percent)} %"))
    shown = f"{quantity(per_mile or Decimal(0))} per mile"
    return Surcharge(None, per_mile, Step(text=text, result=shown))


def _bounded(owed: Surcharge, most: Decimal | None) -> Surcharge:
    if most is None or owed.percent is None or owed.percent <= most:
        return owed
    step = Step(text=f"{owed.step.text}; at most {quantity(most)} %", result=f"{quantity(most)} %")
    return Surcharge(most, None, step)


def _amount(
    contract: Contract, terms: FuelTerms, owed: Surcharge, base: Money, miles: Decimal | None
) -> tuple[Money, Step] | Unrated:
    if owed.percent is not None:
        money = rounded(base.amount * owed.percent / 100, contract)
        kinds = " and ".join(kind.value.replace("_", " ") for kind in terms.base)
        text = f"{quantity(owed.percent)} % of the {kinds} of {base}"
        return money, Step(text=text, result=str(money))
    if miles is None:
        return Unrated(
            text=f"{terms.clause} is per mile, and the lane states no contract miles.",
            remedy="State the lane's distance in miles.",
        )
    rate = owed.per_mile or Decimal(0)
    money = rounded(rate * miles, contract)
    text = f"{quantity(miles)} contract miles at {quantity(rate)} {contract.currency}"
    return money, Step(text=text, result=str(money))


def _price_step(held: Held, on: date) -> Step:
    price = held.price
    out = f", published {price.published_on}" if price.published_on else ""
    text = f"{price.index} of {price.price_on}{out}, in force from {held.begins}, for {on}"
    return Step(text=text, result=quantity(price.price))


def _provisional(agreed: AgreedCharge, terms: FuelTerms, held: Held) -> AgreedCharge:
    text = f"provisional: {held.missing}, so that of {held.price.price_on} stands in for it"
    why = structs.replace(agreed.why, steps=(*agreed.why.steps, Step(text=text)))
    return structs.replace(agreed, why=why, provisional=True, awaits=(terms.index,))


def _unclear(text: str) -> Unrated:
    remedy = "State one way to a surcharge, as a percent or per mile, in the contract."
    return Unrated(text=f"{text}.", remedy=remedy)
