"""The fuel surcharge: by the contract's own rows for the day that counts, or by an index.

Where no row covers the day the nearest one stands in, marked provisional: never silently zero.
"""

from datetime import date
from decimal import Decimal

from msgspec import structs

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Step, quantity
from drawbar.freight.contract import Contract
from drawbar.freight.fuel import FuelRate
from drawbar.freight.market import NO_MARKET, Market
from drawbar.freight.money import Money
from drawbar.rating.fuel_index import by_index
from drawbar.rating.grant import granted, rounded
from drawbar.rating.unrated import Unrated


def fuel_surcharge(
    contract: Contract,
    linehaul: Money,
    *,
    on: date,
    miles: Decimal | None = None,
    market: Market = NO_MARKET,
) -> tuple[AgreedCharge, ...] | Unrated:
    """Return the surcharge on ``linehaul``; empty where the contract grants none.

    ``linehaul`` is the whole base, with what else the contract's index terms count in. ``miles``
    are the contract's own, None where it states none.
    """
    if contract.fuel_index is not None:
        if contract.fuel:
            return _both(contract)
        terms, prices = contract.fuel_index, market.prices
        agreed = by_index(contract, terms, linehaul, on=on, miles=miles, prices=prices)
        return agreed if isinstance(agreed, Unrated) else (agreed,)
    if not contract.fuel:
        return ()
    holding = [row for row in contract.fuel if _holds(row, on)]
    rows = _latest(holding) if holding else _stand_in(contract.fuel, on)
    if len({row.percent for row in rows}) > 1:
        return _contradiction(rows, on)
    row = min(rows, key=lambda row: row.clause)
    charge = _charge(contract, row, linehaul, on)
    return (charge,) if holding else (_provisional(charge, row, on),)


def _both(contract: Contract) -> Unrated:
    name = f"{contract.contract_ref} version {contract.version}"
    return Unrated(
        text=f"{name} states fuel both by date and by index.",
        remedy="Keep either fuel or fuel_index.",
    )


def _holds(row: FuelRate, on: date) -> bool:
    return row.valid_from <= on and (row.valid_to is None or on < row.valid_to)


def _latest(rows: list[FuelRate]) -> list[FuelRate]:
    begun = max(row.valid_from for row in rows)
    return [row for row in rows if row.valid_from == begun]


def _stand_in(rows: tuple[FuelRate, ...], on: date) -> list[FuelRate]:
    before = [row for row in rows if row.valid_from <= on]
    if before:
        return _latest(before)
    first = min(row.valid_from for row in rows)
    return [row for row in rows if row.valid_from == first]


def _charge(contract: Contract, row: FuelRate, linehaul: Money, on: date) -> AgreedCharge:
    money = rounded(linehaul.amount * row.percent / 100, contract)
    steps = (
        Step(text=f"row {row.clause}, in force from {row.valid_from}, for {on}"),
        Step(text=f"{quantity(row.percent)} % of the linehaul of {linehaul}", result=str(money)),
    )
    charge = Charge(kind=ChargeKind.FUEL_SURCHARGE, money=money)
    return granted(contract, charge, clause=row.clause, steps=steps)


def _provisional(charge: AgreedCharge, row: FuelRate, on: date) -> AgreedCharge:
    note = Step(
        text=f"provisional: no row covers {on}, so the nearest, {row.clause}, stands in for it"
    )
    why = structs.replace(charge.why, steps=(*charge.why.steps, note))
    return structs.replace(charge, why=why, provisional=True)


def _contradiction(rows: list[FuelRate], on: date) -> Unrated:
    clauses = " and ".join(sorted(f"{row.clause} ({quantity(row.percent)} %)" for row in rows))
    return Unrated(
        text=f"Two fuel rows say different percents for {on}: {clauses}.",
        remedy="Keep one of them, or end one before the other begins.",
    )
