"""A bill that a person rejects: the carrier is told once, and nobody expects it any more.

What was approved of it stays approved; a bill that was refused before is only let rest.
"""

from msgspec import structs

from drawbar.flow import dispute
from drawbar.flow.bill_assignment import UNCLEAR_CASES
from drawbar.flow.bill_state import CLOSED, BillState, BillStatus
from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, DeadlineCleared, Decision, Known, joined
from drawbar.flow.needs import bill, shipment
from drawbar.flow.problem import settled
from drawbar.flow.refusal import told_carrier
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.case import CaseKind
from drawbar.freight.freight_bill import BillDecided
from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKey
from drawbar.freight.verdict import Reason

ENDED_CASES = (
    *UNCLEAR_CASES,
    CaseKind.CONTROL_TOTAL,
    CaseKind.DUPLICATE,
    CaseKind.LATE_BILL,
    CaseKind.BILL_DATE,
    CaseKind.BILL_STOPPED,
)
"""What is settled when a bill ends as a whole."""


def rejected(
    state: BillState,
    load: ShipmentState | None,
    fact: BillDecided,
    known: Known,
    company: Company,
) -> Decision:
    """End a bill, or what of a judged one is still contested, without paying it."""
    if state.status in CLOSED:
        return confirmed_closed(state, fact)
    if not state.verdicts:
        return _ended(state, load, fact, company, refused=state.bill.total)
    dropped = dispute.closed_all(state, state.contested, fact, known, company, concede=False)
    after = dropped.states[bill(fact.bill_ref)]
    if after.payable.amount > 0:
        told = told_carrier(
            after, _reason(state), fact.reason, company, refused_money=state.disputed
        )
        return joined(dropped, told)
    held = dropped.states.get(shipment(state.shipment_ref), load)
    return joined(dropped, _ended(after, held, fact, company, refused=state.disputed))


def confirmed_closed(state: BillState, fact: BillDecided) -> Decision:
    """Let a bill rest that was refused before, and of which the carrier knows."""
    return joined(*ended_cases(bill(state.bill.bill_ref), fact.reason))


def _ended(
    state: BillState,
    load: ShipmentState | None,
    fact: BillDecided,
    company: Company,
    *,
    refused: Money,
) -> Decision:
    ref = fact.bill_ref
    now = structs.replace(
        state,
        status=BillStatus.REJECTED,
        reason=_reason(state).value,
        text=f"Rejected by {fact.decided_by} because {fact.reason}",
        decided_at=fact.learned_at,
        proposal=None,
    )
    return joined(
        Decision(
            states={bill(ref): now}, cleared=(DeadlineCleared(stream=bill(ref), name="events"),)
        ),
        _forgotten(load, ref),
        told_carrier(now, _reason(state), fact.reason, company, refused_money=refused),
        *ended_cases(bill(ref), now.text),
    )


def _forgotten(load: ShipmentState | None, bill_ref: str) -> Decision:
    """Let a better bill for the load be no duplicate of this one."""
    if load is None:
        return NOTHING
    now = structs.replace(
        load,
        bills=tuple(one for one in load.bills if one.bill_ref != bill_ref),
        open_bills=tuple(one for one in load.open_bills if one != bill_ref),
    )
    return Decision(states={shipment(load.shipment_ref): now})


def ended_cases(stream: StreamKey, because: str) -> tuple[Decision, ...]:
    """Return the cases of a bill settled: it ends as a whole."""
    items = ("", "events", "second person")
    stopped = (settled(CaseKind.BILL_STOPPED, stream, because, item=item) for item in items)
    return (*(settled(kind, stream, because) for kind in ENDED_CASES), *stopped)


def _reason(state: BillState) -> Reason:
    return Reason(state.reason) if state.reason else Reason.NOT_AUTHORISED
