"""What comes on top of moving the load: stops, papers, people's approvals, exchange and tax.

In this order: accessorials, what people approved, what is passed on, fuel on a wider base, exchange
into the currency of the bill, tax. Each line is rounded for itself.
"""

from datetime import date
from decimal import Decimal

from msgspec import Struct, structs

from drawbar.freight.approval import Approval
from drawbar.freight.charge import AgreedCharge, ChargeKind
from drawbar.freight.contract import Contract
from drawbar.freight.market import Market
from drawbar.freight.money import Money, total
from drawbar.freight.movement import Movement
from drawbar.freight.verdict import Reason
from drawbar.freight.visit import Visit
from drawbar.rating.accessorial import Accessorials, Size, accessorials
from drawbar.rating.approval import with_approvals
from drawbar.rating.denied import Denied
from drawbar.rating.detention import Detention, Owed, detention, terms_at
from drawbar.rating.exchange import settled, settled_in
from drawbar.rating.fuel import fuel_surcharge
from drawbar.rating.pass_through import passed_on
from drawbar.rating.tax import taxes
from drawbar.rating.tax_terms import taxed_as
from drawbar.rating.unrated import Unrated


class Waits(Struct, frozen=True, kw_only=True):
    """What waiting at the stops comes to, and why some of it comes to nothing."""

    charges: tuple[AgreedCharge, ...]
    denied: tuple[Denied, ...]


class Conditions(Struct, frozen=True, kw_only=True):
    """Under what a load is priced: the day of its fuel, the contract's miles, what is known."""

    on: date
    miles: Decimal | None
    market: Market


def waits(contract: Contract, movement: Movement, weight_lb: Decimal | None) -> Waits:
    """Return the detention of every stop; where a person must approve it, what was measured."""
    seen = [(one, detention(contract, one, weight_lb=weight_lb)) for one in movement.visits]
    granted = [
        outcome.charge
        for visit, outcome in seen
        if isinstance(outcome, Owed) and not _needs_approval(contract, visit)
    ]
    denied = [denial for visit, outcome in seen if (denial := _denied(contract, visit, outcome))]
    return Waits(charges=tuple(granted), denied=tuple(denied))


def extras(
    contract: Contract, main: tuple[AgreedCharge, ...], movement: Movement, when: Conditions
) -> Accessorials:
    """Return what the accessorial clauses come to for a load with these main charges."""
    hauls = [one.charge.money for one in main if one.charge.kind is ChargeKind.LINEHAUL]
    size = Size(
        linehaul=total(hauls, currency=contract.currency),
        miles=when.miles,
        weight_lb=weight_of(movement),
        pieces=sum(line.pieces for line in movement.goods),
    )
    return accessorials(contract, movement, size)


def completed(
    contract: Contract,
    granted: tuple[AgreedCharge, ...],
    movement: Movement,
    used: frozenset[str],
    when: Conditions,
) -> tuple[AgreedCharge, ...] | Unrated:
    """Return the granted charges with all that people, fuel, exchange and tax add.

    ``used`` are approvals that clauses took for conditions of their own.
    """
    given = [one for one in movement.approvals if one.fact not in used]
    priced = [one for one in given if one.kind is not ChargeKind.TAX]
    into = settled_in(contract)
    own = [one for one in priced if not _foreign(one, contract, into)]
    of_fuel = [one for one in own if is_wide(contract) and one.kind is ChargeKind.FUEL_SURCHARGE]
    charges = with_approvals(contract, granted, [one for one in own if one not in of_fuel])
    passed = passed_on(contract, movement, when.market)
    if isinstance(passed, Unrated):
        return passed
    charges = (*charges, *passed)
    fuel = _wide_fuel(contract, charges, when)
    if isinstance(fuel, Unrated):
        return fuel
    charges = with_approvals(contract, (*charges, *fuel), of_fuel)
    whole = settled(contract, charges, movement, when.market)
    if isinstance(whole, Unrated):
        return whole
    settling = structs.replace(contract, currency=into)
    whole = with_approvals(settling, whole, [one for one in priced if one not in own])
    under = taxed_as(contract, movement)
    owed = under if isinstance(under, Unrated) else taxes(under, whole, into)
    if isinstance(owed, Unrated):
        return owed
    taxed = [one for one in given if one.kind is ChargeKind.TAX]
    return with_approvals(settling, (*whole, *owed), taxed)


def is_wide(contract: Contract) -> bool:
    """Return whether fuel is counted on more than the linehaul, and so after the accessorials."""
    terms = contract.fuel_index
    return terms is not None and terms.base != (ChargeKind.LINEHAUL,)


def weight_of(movement: Movement) -> Decimal | None:
    """Return the weight of the goods, None where nobody said."""
    weight = sum((line.weight_lb for line in movement.goods), start=Decimal(0))
    return weight if weight.is_finite() and weight > 0 else None


def standing(denied: tuple[Denied, ...], charges: tuple[AgreedCharge, ...]) -> tuple[Denied, ...]:
    """Return the denials of what is not owed after all; one without a stop is of every stop."""
    owed = {(one.charge.kind, one.charge.stop) for one in charges}
    kinds = {kind for kind, _ in owed}
    return tuple(
        one
        for one in denied
        if (one.kind, one.stop) not in owed and not (one.stop == 0 and one.kind in kinds)
    )


def _foreign(approval: Approval, contract: Contract, into: str) -> bool:
    """Return whether an approval is in the currency of the bill, which is not the contract's."""
    return approval.money.currency != contract.currency and approval.money.currency == into


def _wide_fuel(
    contract: Contract, charges: tuple[AgreedCharge, ...], when: Conditions
) -> tuple[AgreedCharge, ...] | Unrated:
    terms = contract.fuel_index
    if terms is None or not is_wide(contract):
        return ()
    counted = [
        one.charge.money
        for one in charges
        if one.charge.kind in terms.base and one.charge.money.currency == contract.currency
    ]
    base: Money = total(counted, currency=contract.currency)
    return fuel_surcharge(contract, base, on=when.on, miles=when.miles, market=when.market)


def _needs_approval(contract: Contract, visit: Visit) -> bool:
    rate = terms_at(contract, visit)
    return rate is not None and rate.needs_approval


def _denied(contract: Contract, visit: Visit, outcome: Detention) -> Denied | None:
    kind = ChargeKind.DETENTION
    if not isinstance(outcome, Owed):
        said, text = outcome.reason, outcome.text
        return Denied(kind=kind, stop=visit.stop, reason=said, text=text, facts=outcome.facts)
    if not _needs_approval(contract, visit):
        return None
    owed = outcome.charge
    measured = owed.why.steps[0]
    text = (
        f"{measured.text}: {owed.charge.money} by clause {owed.why.clause}, which needs an"
        " approval, and there is none"
    )
    reason = Reason.NOT_AUTHORISED
    return Denied(kind=kind, stop=visit.stop, reason=reason, text=text, facts=owed.why.facts)
