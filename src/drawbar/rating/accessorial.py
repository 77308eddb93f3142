"""Accessorials: what each clause grants for what happened, and what may be billed but is not owed.

What only an event or a paper can prove is never owed because a clause names a price for it.
"""

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.accessorial import AccessorialRate, Unit
from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Step, quantity
from drawbar.freight.contract import Contract
from drawbar.freight.fact import FactKey
from drawbar.freight.money import Money
from drawbar.freight.movement import Movement
from drawbar.freight.verdict import Reason
from drawbar.rating.accessorial_count import Counted, counts_stops, tally
from drawbar.rating.allowance import Allowance
from drawbar.rating.denied import Denied
from drawbar.rating.evidence import needed, needs_approval
from drawbar.rating.grant import granted, rounded

ELSEWHERE = frozenset(
    {
        ChargeKind.LINEHAUL,
        ChargeKind.FUEL_SURCHARGE,
        ChargeKind.DETENTION,
        ChargeKind.TONU,
        ChargeKind.TAX,
    }
)
"""Kinds with clauses of their own; an accessorial of one of them grants nothing."""


class Size(Struct, frozen=True, kw_only=True):
    """What of the load an accessorial may count by; None where nobody said."""

    linehaul: Money
    miles: Decimal | None = None
    weight_lb: Decimal | None = None
    pieces: int = 0


class Accessorials(Struct, frozen=True, kw_only=True):
    """What the clauses grant, in their order; what they deny; the approvals that they used up.

    An approval that a clause asks for beside a paper is part of its conditions: it owes nothing by
    itself, and nothing on top.
    """

    charges: tuple[AgreedCharge, ...] = ()
    denied: tuple[Denied, ...] = ()
    used: frozenset[FactKey] = frozenset()


def accessorials(contract: Contract, movement: Movement, size: Size) -> Accessorials:
    """Return what every clause of the contract comes to. Of one kind each stop is charged once."""
    charges: dict[tuple[ChargeKind, int], AgreedCharge] = {}
    denied: list[Denied] = []
    used: set[FactKey] = set()
    for row in contract.accessorials:
        if row.kind in ELSEWHERE:
            continue
        allowed = Allowance(movement.approvals, row, contract.currency)
        used |= allowed.facts
        for outcome in _row(contract, row, movement, size, allowed):
            if isinstance(outcome, Denied):
                denied.append(outcome)
            elif not _charged(charges, row.kind, outcome.charge.stop):
                charges[row.kind, outcome.charge.stop] = outcome
    return Accessorials(charges=tuple(charges.values()), denied=tuple(denied), used=frozenset(used))


def _charged(charges: Iterable[tuple[ChargeKind, int]], kind: ChargeKind, stop: int) -> bool:
    """Return whether this is charged already; a charge for the whole load covers every stop."""
    stops = {at for one, at in charges if one is kind}
    return bool(stops) and (stop in stops or 0 in stops or stop == 0)


def _row(
    contract: Contract,
    row: AccessorialRate,
    movement: Movement,
    size: Size,
    allowed: Allowance,
) -> Iterable[AgreedCharge | Denied]:
    if needs_approval(row) and not needed(row):
        text = f"clause {row.clause} needs an approval, and there is none"
        return [Denied(kind=row.kind, reason=Reason.NOT_AUTHORISED, text=text)]
    grace = contract.detention.late_grace_minutes if contract.detention else None
    found = tally(row, movement, currency=contract.currency, grace_minutes=grace)
    if needs_approval(row) and found.counted and not allowed.facts:
        text = f"clause {row.clause} needs an approval too, and there is none"
        return [Denied(kind=row.kind, reason=Reason.NOT_AUTHORISED, text=text)]
    return [*(_priced(contract, row, one, size, allowed) for one in found.counted), *found.denied]


def _priced(
    contract: Contract, row: AccessorialRate, counted: Counted, size: Size, allowed: Allowance
) -> AgreedCharge | Denied:
    units = _units(row, counted, size)
    if units is None:
        text = f"clause {row.clause} is per {row.per.value}, and nobody said how many there are"
        return Denied(kind=row.kind, stop=counted.stop, reason=Reason.NO_EVENT, text=text)
    if units <= 0:
        text = f"{quantity(row.free)} {row.per.value} are free by clause {row.clause}"
        facts = counted.facts
        return Denied(
            kind=row.kind, stop=counted.stop, reason=Reason.NO_EVENT, text=text, facts=facts
        )
    amount, step = _amount(contract, row, counted, units, size)
    amount, bounds = _bounded(contract, row, amount)
    within = allowed.draw(counted.stop, rounded(amount, contract))
    charge = Charge(kind=row.kind, money=within.money, stop=counted.stop)
    steps = (Step(text=counted.text), step, *bounds, *within.steps)
    facts = (*counted.facts, *within.facts)
    if within.money.amount <= 0:
        text = f"all that was approved of clause {row.clause} is used up"
        return Denied(
            kind=row.kind, stop=counted.stop, reason=Reason.NOT_AUTHORISED, text=text, facts=facts
        )
    return granted(contract, charge, clause=row.clause, steps=steps, facts=facts)


def _units(row: AccessorialRate, counted: Counted, size: Size) -> Decimal | None:
    """Return the units beyond the free ones; a load counted once is taken by its whole size."""
    whole = {
        Unit.MILE: size.miles,
        Unit.CWT: size.weight_lb and size.weight_lb / 100,
        Unit.PIECE: Decimal(size.pieces) if size.pieces else None,
    }
    units = whole[row.per] if row.per in whole and counted.units == 1 else counted.units
    if units is None or counts_stops(row) or row.per in {Unit.LINEHAUL_PERCENT, Unit.RECEIPT}:
        return units
    return units - row.free


def _amount(
    contract: Contract, row: AccessorialRate, counted: Counted, units: Decimal, size: Size
) -> tuple[Decimal, Step]:
    each = Money(row.amount, contract.currency)
    if row.per is Unit.LINEHAUL_PERCENT:
        amount = size.linehaul.amount * row.amount / 100
        text = f"{quantity(row.amount)} % of the linehaul of {size.linehaul}"
    elif row.per is Unit.RECEIPT:
        paid = counted.money
        assert paid is not None  # where no receipt was on file it was denied
        amount = paid.amount + row.amount
        fee = f" and a fee of {each}" if row.amount else ""
        text = f"{paid} as the receipt says{fee}"
    elif units == 1 and row.per in {Unit.SHIPMENT, Unit.STOP, Unit.OCCURRENCE}:
        amount = row.amount
        text = f"flat {rounded(amount, contract)} by clause {row.clause}"
    else:
        amount = units * row.amount
        free = f" beyond {quantity(row.free)} free" if row.free else ""
        text = f"{quantity(units)} {row.per.value}{free} at {each}"
    return amount, Step(text=text, result=str(rounded(amount, contract)))


def _bounded(
    contract: Contract, row: AccessorialRate, amount: Decimal
) -> tuple[Decimal, tuple[Step, ...]]:
    steps = []
    if row.minimum is not None and amount < row.minimum:
        amount = row.minimum
        least = rounded(amount, contract)
        steps.append(Step(text=f"below the minimum of {least}", result=str(least)))
    if row.cap is not None and amount > row.cap:
        amount = row.cap
        most = rounded(amount, contract)
        steps.append(Step(text=f"above the cap of {most}", result=str(most)))
    return amount, tuple(steps)
