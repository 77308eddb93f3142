"""What a customer pays of a carrier's charges: the agreed cost with a markup, up to a cap.

A kind for which the customer has terms of its own is never passed on as well.
"""

from decimal import Decimal

from msgspec import structs

from drawbar.freight.accessorial import PassThrough
from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Step, quantity
from drawbar.freight.contract import Contract
from drawbar.freight.market import Market
from drawbar.freight.money import Money
from drawbar.freight.movement import Movement
from drawbar.rating.exchange import Rate, rate_for
from drawbar.rating.grant import granted, rounded
from drawbar.rating.unrated import Unrated


def passed_on(
    contract: Contract, movement: Movement, market: Market
) -> tuple[AgreedCharge, ...] | Unrated:
    """Return the carrier's charges that the contract passes on, in the contract's currency.

    Each bears the name of the cost that it passes on, and is provisional where that is.
    """
    rows: dict[ChargeKind, PassThrough] = {}
    for row in contract.pass_through:
        rows.setdefault(row.kind, row)
    own = _own_terms(contract)
    passed = []
    for cost in movement.costs:
        kind = cost.charge.kind
        if kind not in rows or kind in own or cost.charge.money.amount <= 0:
            continue
        rate = _rate(contract, cost, movement, market)
        if isinstance(rate, Unrated):
            return rate
        passed.append(_passed(contract, rows[kind], cost, rate))
    return tuple(passed)


def _own_terms(contract: Contract) -> frozenset[ChargeKind]:
    kinds = {row.kind for row in contract.accessorials}
    if contract.detention or contract.detention_at_delivery:
        kinds.add(ChargeKind.DETENTION)
    if contract.fuel or contract.fuel_index:
        kinds.add(ChargeKind.FUEL_SURCHARGE)
    return frozenset({*kinds, ChargeKind.LINEHAUL, ChargeKind.TAX})


def _rate(
    contract: Contract, cost: AgreedCharge, movement: Movement, market: Market
) -> Rate | Unrated | None:
    """Return how a cost is converted, None where it is in the contract's currency already."""
    money = cost.charge.money
    if money.currency == contract.currency:
        return None
    if contract.exchange is None:
        return Unrated(
            text=f"The carrier's {cost.charge_ref} is {money}, and {contract.contract_ref} says"
            f" nothing of exchange into {contract.currency}.",
            remedy="State the source and the day of exchange rates in the contract.",
        )
    return rate_for(contract.exchange, money.currency, contract.currency, movement, market)


def _passed(
    contract: Contract, row: PassThrough, cost: AgreedCharge, rate: Rate | None
) -> AgreedCharge:
    spent = cost.charge.money
    paid = spent if rate is None else rate.of(spent)
    steps = [Step(text=f"the carrier's {cost.charge_ref} as agreed", result=str(spent))]
    if rate is not None:
        steps.append(Step(text=f"{spent} {rate.words}", result=str(paid)))
    if rate is not None and rate.missing:
        steps.append(Step(text=f"provisional: {rate.missing}"))
    amount = paid.amount * (100 + row.markup_percent) / 100
    if row.markup_percent:
        marked = rounded(amount, contract)
        steps.append(Step(text=f"plus {quantity(row.markup_percent)} %", result=str(marked)))
    amount, steps = _capped(contract, row, amount, steps)
    charge = Charge(kind=cost.charge.kind, money=rounded(amount, contract), stop=cost.charge.stop)
    agreed = granted(contract, charge, clause=row.clause, steps=tuple(steps), facts=cost.why.facts)
    lacks = contract.exchange.source if rate and rate.missing and contract.exchange else ""
    return structs.replace(
        agreed,
        charge_ref=cost.charge_ref,
        passes_on=cost.charge_ref,
        provisional=cost.provisional or bool(lacks),
        awaits=tuple(dict.fromkeys((*cost.awaits, *((lacks,) if lacks else ())))),
        priced_by=(*cost.priced_by, *((rate.figure,) if rate else ())),
    )


def _capped(
    contract: Contract, row: PassThrough, amount: Decimal, steps: list[Step]
) -> tuple[Decimal, list[Step]]:
    if row.cap is None or amount <= row.cap:
        return amount, steps
    most = Money(row.cap, contract.currency).rounded()
    return row.cap, [*steps, Step(text=f"above the cap of {most}", result=str(most))]
