"""Papers and reports filed for a charge, taken into the shipment's story; its price follows."""

from msgspec import structs

from drawbar.flow import reassessment
from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.needs import shipment
from drawbar.flow.problem import raised
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.whose import shipment_meant
from drawbar.freight.case import CaseKind
from drawbar.freight.evidence import EvidenceReceived
from drawbar.freight.movement import Proof


def received(fact: EvidenceReceived, known: Known, company: Company) -> Decision:
    """Keep what was filed and price the load anew; bills that waited for it are judged again.

    The same thing filed again changes nothing; the order in which papers come neither.
    """
    found = shipment_meant(fact, known, company, waits_days=company.policy.event_waits_days)
    if isinstance(found, Decision):
        return found
    if fact.stop > len(found.order.stops):
        return _nowhere(fact, found)
    proof = _proof(fact)
    if any(one.fact == proof.fact for one in found.proofs):
        return NOTHING
    proofs = tuple(sorted((*found.proofs, proof), key=lambda one: one.fact))
    noted = Decision(notes=((shipment(found.shipment_ref), _note(fact)),))
    kept = structs.replace(found, proofs=proofs)
    return joined(noted, reassessment.reassessed(found, kept, fact, company))


def _proof(fact: EvidenceReceived) -> Proof:
    return Proof(
        evidence=fact.evidence,
        kind=fact.charge,
        stop=fact.stop,
        money=fact.money,
        count=fact.count,
        by_carrier=fact.by_carrier,
        reason=fact.reason,
        document=fact.document,
        reported_by=fact.reported_by,
        fact=fact.key,
    )


def _note(fact: EvidenceReceived) -> str:
    over = f" over {fact.money}" if fact.money else ""
    at = f" at stop {fact.stop}" if fact.stop else ""
    kind = fact.charge.value.replace("_", " ")
    why = f" because {fact.reason}" if fact.reason else ""
    what = fact.evidence.value.capitalize()
    return f"{what}{over} for {kind}{at}, filed by {fact.reported_by}{why}"


def _nowhere(fact: EvidenceReceived, load: ShipmentState) -> Decision:
    return raised(
        CaseKind.UNRATED,
        shipment(load.shipment_ref),
        f"{fact.reported_by} filed a {fact.evidence.value} for stop {fact.stop}, but there are"
        f" {len(load.order.stops)} stops.",
        remedy="File it for a stop that exists.",
        now=fact.learned_at,
        item=fact.key,
    )
