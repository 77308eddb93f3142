"""A bill read again once somebody said what a code on it means: it is judged by that, by itself.

Only what nobody understood changes; what was understood, or granted, stays as it was.
"""

from msgspec import structs

from drawbar.flow import turn
from drawbar.flow.bill_state import CLOSED, BillState
from drawbar.flow.consequence import following
from drawbar.flow.decision import Decision, Known
from drawbar.flow.needs import bill, shipment
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.freight_bill import (
    BillLine,
    BillReceived,
    BillReviewed,
    FreightBill,
    Sense,
)


def says_more(state: BillState, fact: BillReceived) -> bool:
    """Return whether the bill says by now what a line is for that nobody understood before."""
    return _understood(state.bill, fact.bill) != state.bill


def read_again(state: BillState, fact: BillReceived, known: Known) -> Decision:
    """Return the bill as it is understood by now, to be judged again where it was judged."""
    ref = state.bill.bill_ref
    now = structs.replace(state, bill=_understood(state.bill, fact.bill))
    if state.difference:
        asked = _understood(state.difference.bill, fact.bill)
        now = structs.replace(now, difference=structs.replace(state.difference, bill=asked))
    told = Decision(states={bill(ref): now}, notes=((bill(ref), _note(state, now)),))
    load = known.states.get(shipment(state.shipment_ref))
    if not state.verdicts or state.status in CLOSED or not isinstance(load, ShipmentState):
        return told
    review = following(
        BillReviewed,
        fact,
        about=ref,
        bill_ref=ref,
        shipment_ref=load.shipment_ref,
        why="somebody said what a code on it means",
    )
    held = turn.due(load, (ref,))
    states = told.states | {shipment(load.shipment_ref): held}
    return structs.replace(told, states=states, follows=(review,))


def _understood(before: FreightBill, again: FreightBill) -> FreightBill:
    read = {line.number: line for line in again.lines}
    lines = tuple(_line(one, read.get(one.number)) for one in before.lines)
    return structs.replace(before, lines=lines)


def _line(before: BillLine, again: BillLine | None) -> BillLine:
    if again is None or before.sense is not Sense.UNKNOWN or before.code != again.code:
        return before
    return structs.replace(before, kind=again.kind, sense=again.sense, said=again.said)


def _note(before: BillState, now: BillState) -> str:
    pairs = zip(before.bill.lines, now.bill.lines, strict=True)
    said = (f"line {new.number}, {new.code!r}, {_meaning(new)}" for old, new in pairs if old != new)
    return f"Read again: {'; '.join(said)}"


def _meaning(line: BillLine) -> str:
    if line.sense is Sense.NOT_AGREED:
        return "is not agreed"
    return f"is {line.kind.value.replace('_', ' ')}"
