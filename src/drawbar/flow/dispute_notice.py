"""What the carrier is told of a round of ours, once."""

from drawbar.flow.company import Company
from drawbar.flow.contest import dispute
from drawbar.flow.decision import NOTHING, Decision
from drawbar.flow.dispute_state import DisputeState
from drawbar.flow.notice import told
from drawbar.freight.delivery import TellCarrier, Topic
from drawbar.freight.dispute import DisputeAnswered, Voice
from drawbar.freight.money import total


def answered_told(state: DisputeState, fact: DisputeAnswered, company: Company) -> Decision:
    """Return the message about a round of ours; what the carrier said itself it knows."""
    if fact.voice is not Voice.OURS:
        return NOTHING
    lines = "; ".join(f"{one.bill_ref} line {one.line}: {one.money}" for one in fact.amounts)
    payload = TellCarrier(
        topic=Topic.DISPUTE_ROUND,
        about=state.dispute_ref,
        carrier_ref=state.carrier_ref,
        shipment_ref=state.shipment_ref,
        invoice_number=state.parts[0].invoice_number,
        text=f"We would pay, of what is in dispute: {lines}. {fact.words}".strip(),
        money=total((one.money for one in fact.amounts), currency=state.currency),
        answer_by=state.answer_by if state.open_parts else None,
    )
    key = f"round-{len(state.rounds)}"
    return told(payload, stream=dispute(state.dispute_ref), key=key, company=company)
