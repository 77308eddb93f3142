"""The stories of what is contested and claimed: disputes, claims, and what their facts speak of."""

from drawbar.flow.books import payee
from drawbar.freight.claim import (
    ClaimCredited,
    ClaimDue,
    ClaimFound,
    ClaimMadeGood,
    ClaimNetted,
    ClaimOpened,
    ClaimSaid,
    overcharge_ref_of,
)
from drawbar.freight.dispute import (
    CreditNoted,
    DisputeAnswered,
    DisputeSettled,
    DisputeUnanswered,
    LineContested,
    LineEnded,
)
from drawbar.freight.stream import StreamKey, StreamKind


def dispute(ref: str) -> StreamKey:
    """Return the story of a dispute."""
    return StreamKey(StreamKind.DISPUTE, ref)


def claim(ref: str) -> StreamKey:
    """Return the story of a claim."""
    return StreamKey(StreamKind.CLAIM, ref)


def of_the_contest(fact: object) -> tuple[StreamKey, ...]:
    """Return the dispute, or the claim and its bill, that a fact speaks of."""
    match fact:
        case LineContested() | LineEnded() | CreditNoted():
            return (dispute(fact.dispute_ref),)
        case DisputeSettled() if fact.carrier_ref:
            return (dispute(fact.dispute_ref), payee(fact.carrier_ref))
        case ClaimSaid() if fact.carrier_ref:
            return (claim(fact.claim_ref), payee(fact.carrier_ref))
        case DisputeAnswered() | DisputeSettled() | DisputeUnanswered():
            return (dispute(fact.dispute_ref),)
        case ClaimMadeGood():
            return (StreamKey(StreamKind.SHIPMENT, fact.shipment_ref),)
        case ClaimOpened():
            own = claim(overcharge_ref_of(fact.bill_ref, fact.line))
            return (StreamKey(StreamKind.FREIGHT_BILL, fact.bill_ref), own)
        case ClaimFound() | ClaimSaid() | ClaimNetted() | ClaimCredited() | ClaimDue():
            return (claim(fact.claim_ref),)
        case _:
            return ()
