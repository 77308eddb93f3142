"""Whose story a fact belongs to: exactly one shipment, a wait until it appears, or a case."""

from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision, Known
from drawbar.flow.history import PastShipmentState, milestone
from drawbar.flow.needs import found_by, shipment
from drawbar.flow.problem import raised
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.wait import spelled, waiting
from drawbar.freight.case import CaseKind
from drawbar.freight.certificate import FreightCertified
from drawbar.freight.evidence import EvidenceReceived
from drawbar.freight.milestone import MilestoneReported, PodReceived
from drawbar.freight.reference import ReferenceKey
from drawbar.freight.stream import StreamKind
from drawbar.freight.tender import DriverDispatched, TenderAnswered
from drawbar.matching.identity import Conflicting, One, Several, Unmatched, identify

Referring = (
    TenderAnswered
    | DriverDispatched
    | MilestoneReported
    | PodReceived
    | FreightCertified
    | EvidenceReceived
)


def shipments_found(known: Known) -> dict[ReferenceKey, tuple[str, ...]]:
    """Return, for each name asked for, the shipments that bear it."""
    return {
        key: tuple(s.ref for s in streams if s.kind is StreamKind.SHIPMENT)
        for key, streams in known.found.items()
    }


def shipment_meant(
    fact: Referring, known: Known, company: Company, *, waits_days: int
) -> ShipmentState | Decision:
    """Return the one shipment that a fact speaks of, or the decision to wait or to ask.

    A milestone of a past shipment is decided here: it is kept and moves nothing.
    """
    keys = found_by(fact, company)
    match identify(keys, found=shipments_found(known)):
        case One(shipment_ref=ref):
            state = known.states[shipment(ref)]
            return state if isinstance(state, ShipmentState) else _past(fact, state)
        case Several(shipment_refs=refs):
            text = f"{spelled(keys)} fits {', '.join(refs)}"
            return _unclear(CaseKind.AMBIGUOUS, text, fact, refs)
        case Conflicting():
            text = f"{spelled(keys)} point at different shipments"
            return _unclear(CaseKind.REFERENCE_CONFLICT, text, fact, ())
        case Unmatched():
            return waiting(fact, keys, days=waits_days)


def _past(fact: Referring, state: object) -> Decision:
    assert isinstance(state, PastShipmentState)
    return milestone(fact, state) if isinstance(fact, MilestoneReported) else NOTHING


def _unclear(kind: CaseKind, text: str, fact: Referring, refs: tuple[str, ...]) -> Decision:
    subject = shipment(refs[0]) if refs else None
    return raised(
        kind,
        subject,
        f"A {type(fact).__name__} was not applied: {text}.",
        remedy="Send it again with our shipment reference, or correct the references.",
        now=fact.learned_at,
        item=fact.key,
    )
