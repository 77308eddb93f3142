"""What a changed bill or load means beside itself: disputes, claims, and the chase for its bill.

It follows from the states alone, so it is the same whoever changed them.
"""

from typing import Any

from drawbar.flow import attributes, chase, claim_watch, dispute_watch, flags
from drawbar.flow.bill_state import BillState
from drawbar.flow.claim_state import ClaimState
from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.needs import shipment
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.fact import Fact
from drawbar.freight.stream import StreamKey


def with_aftermath(decided: Decision, fact: Fact, known: Known, company: Company) -> Decision:
    """Return a decision with what follows from the bills and loads that it changes."""
    parts = [decided]
    for key, state in decided.states.items():
        before = known.states.get(key)
        match state:
            case BillState():
                load = decided.states.get(shipment(state.shipment_ref))
                parts.append(_of_bill(before, state, load, fact, company))
            case ClaimState():
                was = before if isinstance(before, ClaimState) else None
                parts.append(Decision(follows=tuple(claim_watch.made_good(was, state, fact))))
            case ShipmentState():
                parts.append(_of_load(key, before, state, fact, company))
            case _:
                pass
    return joined(*parts) if len(parts) > 1 else decided


def _of_bill(before: Any, now: BillState, load: Any, fact: Fact, company: Company) -> Decision:
    if not now.shipment_ref or not now.verdicts:
        return NOTHING
    was = before if isinstance(before, BillState) else None
    follows = [
        *dispute_watch.followed(was, now, fact, company),
        *claim_watch.overcharged(was, now, load, fact, company),
    ]
    if isinstance(load, ShipmentState):
        follows += claim_watch.credited(was, now, load, fact)
    return Decision(follows=tuple(follows)) if follows else NOTHING


def _of_load(
    key: StreamKey, before: Any, now: ShipmentState, fact: Fact, company: Company
) -> Decision:
    was = before if isinstance(before, ShipmentState) else None
    kept, watch = chase.watched(was, now, fact, company)
    over = NOTHING
    if was is not None and was.used != kept.used and kept.flags:
        kept, over = flags.given_back(kept, company)
    found_by = attributes.newly_named(was, kept, company)
    follows = tuple(claim_watch.short(was, kept, fact, company))
    states = {key: kept} if kept is not now else {}
    if not follows and not states and watch is NOTHING and found_by is NOTHING:
        return NOTHING
    return joined(watch, over, found_by, Decision(states=states, follows=follows))
