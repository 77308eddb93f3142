"""Whose turn it is to be judged: bills of one load draw on the same charges, first come first.

What follows from a fact is decided after other facts that came with it. A bill that comes meanwhile
lets the reviews that are due go first, so that it ends alike however many facts come at once.
"""

from msgspec import structs

from drawbar.flow.bill_state import BillState
from drawbar.flow.consequence import following
from drawbar.flow.decision import Decision
from drawbar.flow.needs import bill
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.freight_bill import BillReceived

TURNS_MAX = 20
"""So often a bill lets others go first; a review that never came must not hold it for ever."""


def due(load: ShipmentState, refs: tuple[str, ...]) -> ShipmentState:
    """Return the load with reviews of these bills due."""
    new = tuple(ref for ref in refs if ref not in load.reviews_due)
    return structs.replace(load, reviews_due=(*load.reviews_due, *new)) if new else load


def taken(load: ShipmentState, ref: str) -> ShipmentState:
    """Return the load once the review of a bill has its turn."""
    if ref not in load.reviews_due:
        return load
    return structs.replace(load, reviews_due=tuple(one for one in load.reviews_due if one != ref))


def lets_others_go_first(state: BillState, load: ShipmentState) -> bool:
    """Return whether reviews of other bills are due before this one may draw on the charges."""
    others = [ref for ref in load.reviews_due if ref != state.bill.bill_ref]
    return bool(others) and state.turns < TURNS_MAX


def passed_on(state: BillState, fact: BillReceived) -> Decision:
    """Return the bill coming in once more, after what is due by now."""
    again = following(BillReceived, fact, about=state.bill.bill_ref, bill=state.bill)
    waits = structs.replace(state, turns=state.turns + 1, shipment_ref="")
    return Decision(states={bill(state.bill.bill_ref): waits}, follows=(again,))
