"""A corrected bill: what the earlier one was paid covers it, and the earlier one's disputes end."""

from decimal import Decimal

from msgspec import Struct, structs

from drawbar.flow.bill_rejection import ended_cases
from drawbar.flow.bill_state import CLOSED, BillState, BillStatus, state_of
from drawbar.flow.consequence import following
from drawbar.flow.decision import DeadlineCleared, Decision, Known, joined
from drawbar.flow.needs import bill
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.twin import has_room
from drawbar.freight.charge import ChargeKind
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import DisputeClosed
from drawbar.freight.money import zero
from drawbar.matching.correction import difference, replaced, says_so


class Corrected(Struct, frozen=True, kw_only=True):
    """The bill and its load once it took the earlier one's place, and what that brings about."""

    state: BillState
    load: ShipmentState
    decision: Decision


def corrected(state: BillState, load: ShipmentState, known: Known, fact: Fact) -> Corrected | None:
    """Return what a bill is that replaces an earlier one, None where it replaces none.

    Under the very number of an earlier bill a bill that still finds room is another part of it.
    """
    other = replaced(state.bill, shipment_ref=load.shipment_ref, earlier=load.bills)
    before = state_of(other.bill_ref, known) if other else None
    if other is None or before is None or before.status in CLOSED:
        return None
    if not says_so(state.bill, other) and (has_room(state, load) or not before.verdicts):
        return None
    if not before.verdicts:
        return _instead(state, load, before, fact)
    told = difference(state.bill, _answered(before))
    now = structs.replace(state, replaces=other.bill_ref, difference=told)
    note = f"It replaces {other.bill_ref}; the difference is {told.bill.total}."
    return Corrected(
        state=now,
        load=load,
        decision=joined(
            _dropped(before, state, fact),
            Decision(notes=((bill(state.bill.bill_ref), note),)),
        ),
    )


def _answered(before: BillState) -> dict[tuple[ChargeKind, int], Decimal]:
    """Return what the earlier bill was paid, or had covered, for each kind and stop."""
    sums: dict[tuple[ChargeKind, int], Decimal] = {}
    nothing = zero(before.bill.currency)
    for one in before.verdicts:
        key = one.line.kind, one.line.stop
        paid = one.payable + before.conceded.get(one.line.number, nothing)
        paid = paid + one.covered if one.covered else paid
        sums[key] = sums.get(key, Decimal(0)) + paid.amount
    return {key: amount for key, amount in sums.items() if amount > 0}


def _dropped(before: BillState, state: BillState, fact: Fact) -> Decision:
    """End what is contested of the earlier bill: its carrier asks for something else now."""
    return Decision(
        follows=tuple(
            following(
                DisputeClosed,
                fact,
                about=f"{before.bill.bill_ref}:{one.line.number}",
                bill_ref=before.bill.bill_ref,
                line=one.line.number,
                conceded=zero(one.disputed.currency),
                closed_by=before.bill.carrier_ref,
                reason=f"replaced by {state.bill.bill_ref}",
            )
            for one in before.contested
        )
    )


def _instead(state: BillState, load: ShipmentState, before: BillState, fact: Fact) -> Corrected:
    """Let an earlier bill that nobody judged yet end: the corrected one stands in its place."""
    ref = before.bill.bill_ref
    text = f"Replaced by {state.bill.bill_ref} before it was judged."
    ended = structs.replace(
        before, status=BillStatus.REJECTED, text=text, reason="", decided_at=fact.learned_at
    )
    free = structs.replace(
        load,
        bills=tuple(one for one in load.bills if one.bill_ref != ref),
        open_bills=tuple(one for one in load.open_bills if one != ref),
    )
    over = Decision(
        states={bill(ref): ended},
        notes=((bill(ref), text),),
        cleared=(DeadlineCleared(stream=bill(ref), name="events"),),
    )
    now = structs.replace(state, replaces=ref)
    return Corrected(state=now, load=free, decision=joined(over, *ended_cases(bill(ref), text)))
