"""What of a shipment's price is not invoiced yet: everything at first, a late charge afterwards.

A released invoice never changes; what is owed beyond it goes on one more.
"""

from collections.abc import Iterable

from msgspec import structs

from drawbar.flow import tally
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.charge import AgreedCharge, Step
from drawbar.freight.money import Money


def supplement(state: ShipmentState) -> tuple[AgreedCharge, ...]:
    """Return the sell charges with what is not invoiced of each, above zero; empty when all is."""
    return tuple(part for charge in state.sell if (part := _rest(charge, state)) is not None)


def overcharged(state: ShipmentState) -> dict[str, Money]:
    """Return what was invoiced beyond what is owed now, by charge_ref: a credit is due for it."""
    owed = {one.charge_ref: one.charge.money for one in state.sell}
    if not state.invoiced and all(money.amount >= 0 for money in owed.values()):
        return {}
    beyond = tally.minus(state.invoiced, owed)
    return {ref: money for ref, money in beyond.items() if money.amount > 0}


def with_invoiced(state: ShipmentState, lines: Iterable[AgreedCharge]) -> dict[str, Money]:
    """Return what is invoiced of each charge once these lines are."""
    return tally.plus(state.invoiced, {one.charge_ref: one.charge.money for one in lines})


def _rest(agreed: AgreedCharge, state: ShipmentState) -> AgreedCharge | None:
    owed = agreed.charge.money
    before = state.invoiced.get(agreed.charge_ref)
    if before is None or not before.amount:
        return agreed if owed.amount > 0 else None
    rest = owed - before
    if rest.amount <= 0:
        return None
    step = Step(text=f"{owed} less {before} invoiced before", result=str(rest))
    why = structs.replace(agreed.why, steps=(*agreed.why.steps, step))
    return structs.replace(agreed, charge=structs.replace(agreed.charge, money=rest), why=why)
