"""What a changed bill or load means beside itself: disputes, claims, and the chase for its bill.

It follows from the states alone, so it is the same whoever changed them.
"""

from drawbar.flow import chase, claim_watch, dispute_watch
from drawbar.flow.bill_state import BillState
from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.fact import Fact


def with_aftermath(decided: Decision, fact: Fact, known: Known, company: Company) -> Decision:
    """Return a decision with what follows from the bills and loads that it changes."""
    parts = [decided]
    for key, state in decided.states.items():
        before = known.states.get(key)
        match state:
            case BillState():
                was = before if isinstance(before, BillState) else None
                parts.append(_of_bill(was, state, fact, company))
            case ShipmentState():
                load = before if isinstance(before, ShipmentState) else None
                kept, watch = chase.watched(load, state, fact, company)
                follows = tuple(claim_watch.short(load, kept, fact, company))
                parts.append(watch)
                if kept is not state:
                    parts.append(Decision(states={key: kept}))
                if follows:
                    parts.append(Decision(follows=follows))
            case _:
                pass
    return joined(*parts) if len(parts) > 1 else decided


def _of_bill(before: BillState | None, now: BillState, fact: Fact, company: Company) -> Decision:
    if not now.shipment_ref or not now.verdicts:
        return NOTHING
    follows = (
        *dispute_watch.followed(before, now, fact, company),
        *claim_watch.overcharged(before, now, fact, company),
    )
    return Decision(follows=follows) if follows else NOTHING
