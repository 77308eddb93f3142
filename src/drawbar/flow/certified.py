"""What a scale or an inspection said of a shipment's freight, taken into its story and its price.

Whether it changes the price is the contract's word; what was known stays on file either way.
"""

from msgspec import structs

from drawbar.flow import reassessment
from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.needs import shipment
from drawbar.flow.whose import shipment_meant
from drawbar.freight.certificate import FreightCertified
from drawbar.freight.charge import quantity
from drawbar.freight.movement import Certificate


def certified(fact: FreightCertified, known: Known, company: Company) -> Decision:
    """Keep a certificate and price the load anew. The same one again changes nothing."""
    found = shipment_meant(fact, known, company, waits_days=company.policy.event_waits_days)
    if isinstance(found, Decision):
        return found
    one = Certificate(
        certificate_ref=fact.certificate_ref,
        certified_at=fact.happened_at,
        weight_lb=fact.weight_lb,
        freight_class=fact.freight_class,
        sku=fact.sku,
        reported_by=fact.reported_by,
        fact=fact.key,
    )
    if one in found.certificates:
        return NOTHING
    kept = tuple(sorted((*found.certificates, one), key=lambda each: each.fact))
    noted = Decision(notes=((shipment(found.shipment_ref), _note(fact)),))
    after = structs.replace(found, certificates=kept)
    return joined(noted, reassessment.reassessed(found, after, fact, company))


def _note(fact: FreightCertified) -> str:
    said = [] if fact.weight_lb is None else [f"{quantity(fact.weight_lb)} lb"]
    if fact.freight_class:
        said.append(f"class {fact.freight_class}")
    of = f" of {fact.sku}" if fact.sku else ""
    return f"Certificate {fact.certificate_ref} by {fact.reported_by}: {', '.join(said)}{of}"
