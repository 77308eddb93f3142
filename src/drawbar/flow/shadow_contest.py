"""What a shadow audit knows of disputes: a carrier's credit ends them as it does in the firm.

Only the rules answer here; what people would have said to each other stands on no paper.
"""

from collections.abc import Iterator

from drawbar.flow import dispute_round, dispute_watch
from drawbar.flow.bill_state import BillState
from drawbar.flow.company import Company
from drawbar.flow.contest import dispute
from drawbar.flow.decision import Decision, Known
from drawbar.flow.dispute_state import DisputeState
from drawbar.flow.shadow_shelf import Shelf
from drawbar.freight.dispute import CreditNoted, LineContested, LineEnded
from drawbar.freight.fact import Fact

ContestFact = LineContested | LineEnded | CreditNoted


def contested(
    decision: Decision, fact: Fact, known: Known, company: Company
) -> Iterator[ContestFact]:
    """Yield what disputes must learn of the bills that ``decision`` changes."""
    for key, now in decision.states.items():
        if not isinstance(now, BillState) or not now.shipment_ref or not now.verdicts:
            continue
        before = known.states.get(key)
        was = before if isinstance(before, BillState) else None
        for one in dispute_watch.followed(was, now, fact, company):
            assert isinstance(one, LineContested | LineEnded | CreditNoted)
            yield one


def decided(fact: ContestFact, shelf: Shelf, company: Company) -> Decision:
    """Return what follows from ``fact``; the dispute is kept on the shelf as it is then."""
    before = shelf.dispute(fact.dispute_ref)
    known = Known(states={dispute(fact.dispute_ref): before} if before else {})
    decision = dispute_round.decide(fact, known, company)
    for state in decision.states.values():
        if isinstance(state, DisputeState):
            shelf.keep_dispute(state)
    return decision
