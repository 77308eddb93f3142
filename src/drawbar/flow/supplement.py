"""What of a shipment's price is not invoiced yet: everything at first, a late charge afterwards.

A released invoice never changes; what is owed beyond it goes on one more.
"""

from collections.abc import Iterable

from msgspec import structs

from drawbar.flow import tally
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.charge import AgreedCharge, Step
from drawbar.freight.money import Money, zero


def supplement(state: ShipmentState) -> tuple[AgreedCharge, ...]:
    """Return the sell charges with what is not invoiced of each, above zero; empty when all is.

    A tax of 0.00 whose note the law asks for stands with them, and never alone.
    """
    rest = tuple((charge, _rest(charge, state)) for charge in state.sell)
    if not any(part for _, part in rest):
        return ()
    shown = (part or (charge if _must_stand(charge) else None) for charge, part in rest)
    return tuple(one for one in shown if one is not None)


def _must_stand(charge: AgreedCharge) -> bool:
    return bool(charge.note) and not charge.charge.money.amount


def overcharged(state: ShipmentState) -> dict[str, Money]:
    """Return what was invoiced beyond what is owed now, by charge_ref: a credit is due for it."""
    owed = {one.charge_ref: one.charge.money for one in state.sell}
    if not state.invoiced and all(money.amount >= 0 for money in owed.values()):
        return {}
    beyond = tally.minus(state.invoiced, owed)
    return {ref: money for ref, money in beyond.items() if money.amount > 0}


def with_invoiced(state: ShipmentState, lines: Iterable[AgreedCharge]) -> dict[str, Money]:
    """Return what is invoiced of each charge once these lines are; those below zero take back."""
    sums = dict(state.invoiced)
    for one in lines:
        sums = tally.plus(sums, {one.charge_ref: one.charge.money})
    return sums


def forgone(state: ShipmentState) -> dict[str, Money]:
    """Return what of each charge is never invoiced: it came too late, or was let go."""
    sums: dict[str, Money] = {}
    for leak in state.leaks:
        sums = tally.plus(sums, {leak.charge_ref: leak.money})
    return sums


def _rest(agreed: AgreedCharge, state: ShipmentState) -> AgreedCharge | None:
    owed = agreed.charge.money
    before = state.invoiced.get(agreed.charge_ref, zero(owed.currency))
    never = forgone(state).get(agreed.charge_ref, zero(owed.currency))
    rest = owed - before - never
    if rest.amount <= 0:
        return None
    if rest == owed:
        return agreed
    said = [f"less {before} invoiced before"] if before.amount else []
    said += [f"less {never} that is not invoiced"] if never.amount else []
    step = Step(text=f"{owed} {', '.join(said)}", result=str(rest))
    why = structs.replace(agreed.why, steps=(*agreed.why.steps, step))
    return structs.replace(agreed, charge=structs.replace(agreed.charge, money=rest), why=why)
