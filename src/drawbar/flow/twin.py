"""Whether a bill was sent before: the same charges again, or another part of what was agreed.

Under another number two equal halves of one charge look alike; money that is still open tells them
apart, so a duplicate is judged when the bill is, not before.
"""

from decimal import Decimal

from drawbar.flow.bill_state import BillState
from drawbar.flow.charges import open_charges
from drawbar.flow.company import Company
from drawbar.flow.decision import Decision
from drawbar.flow.refusal import refused
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import Sense
from drawbar.freight.verdict import Reason
from drawbar.matching.duplicate import DuplicateOf, EarlierBill


def has_room(state: BillState, load: ShipmentState) -> bool:
    """Return whether what is agreed and unbilled covers the whole bill, kind by kind.

    A line that nobody understands asks for nothing agreed: it takes no room.
    """
    left: dict[ChargeKind, Decimal] = {}
    for one in open_charges(load, used=load.used):
        kind = one.agreed.charge.kind
        rest = one.agreed.charge.money.amount - one.used.amount
        left[kind] = left.get(kind, Decimal(0)) + rest
    for line in (one for one in state.bill.lines if one.sense is Sense.UNDERSTOOD):
        left[line.kind] = left.get(line.kind, Decimal(0)) - line.money.amount
    return all(rest >= 0 for rest in left.values())


def sent_before(state: BillState, load: ShipmentState) -> tuple[EarlierBill, ...]:
    """Return the bills of the shipment that came before this one; none counts for its own bill."""
    if state.is_own:
        return ()
    refs = [one.bill_ref for one in load.bills]
    return load.bills[: refs.index(state.bill.bill_ref)]


def same_number(state: BillState, load: ShipmentState) -> bool:
    """Return whether a bill over the same amount came under this very number before."""
    alike = (one.invoice_number for one in load.bills if one.total == state.bill.total)
    return state.bill.invoice_number in set(alike)


def sent_twice(state: BillState, repeated: DuplicateOf, fact: Fact, company: Company) -> Decision:
    """Return the bill ended as a duplicate; the carrier is told once."""
    remedy = "Nothing, if it was sent twice; else say what it is for."
    kind = CaseKind.DUPLICATE
    return refused(state, Reason.DUPLICATE, repeated.text, remedy, fact, company, kind=kind)
