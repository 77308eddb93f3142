"""What is on file for a shipment's charges: papers that were filed, attempts that were reported."""

from datetime import timedelta

from msgspec import structs

from drawbar.flow.company import Company
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.accessorial import Evidence
from drawbar.freight.charge import ChargeKind
from drawbar.freight.evidence import is_by_carrier
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.movement import Proof
from drawbar.milestones.log import Report
from drawbar.milestones.place import Assigned, assign


def proofs_of(load: ShipmentState, company: Company) -> tuple[Proof, ...]:
    """Return every proof that counts for a load, the order of facts aside.

    Of carriers only the load's own is heard. Whether it caused an attempt itself is the policy's.
    """
    causes = company.policy.carrier_causes
    filed = (
        structs.replace(one, by_carrier=True) if is_by_carrier(one.reason, causes) else one
        for one in load.counted_proofs(company.carriers)
    )
    return (*filed, *_attempts(load, company))


def _attempts(load: ShipmentState, company: Company) -> tuple[Proof, ...]:
    """Return the failed attempts, each once: reports close together are of one."""
    together = timedelta(minutes=company.policy.sources_agree_minutes)
    by_stop: dict[int, list[list[Report]]] = {}
    for report, stop in sorted(_reported(load, company), key=lambda one: _when(one[0])):
        groups = by_stop.setdefault(stop, [])
        if groups and report.happened_at - groups[-1][0].happened_at <= together:
            groups[-1].append(report)
        else:
            groups.append([report])
    return tuple(
        _attempt(group, stop, company)
        for stop, groups in sorted(by_stop.items())
        for group in groups
    )


def _reported(load: ShipmentState, company: Company) -> list[tuple[Report, int]]:
    log = load.counted_log(company.carriers)
    tried = (one for one in log.standing if one.kind is MilestoneKind.ATTEMPTED)
    placed = (assign(one, load.order.stops) for one in tried)
    return [(one.report, one.stop) for one in placed if isinstance(one, Assigned)]


def _when(report: Report) -> tuple[object, str]:
    return report.happened_at, report.key


def _attempt(group: list[Report], stop: int, company: Company) -> Proof:
    """Return one attempt; it was the carrier's own where any report of it says so."""
    causes = company.policy.carrier_causes
    reasons = [one.reason for one in group if one.reason]
    own = [reason for reason in reasons if is_by_carrier(reason, causes)]
    return Proof(
        evidence=Evidence.ATTEMPT,
        kind=ChargeKind.REDELIVERY,
        stop=stop,
        by_carrier=bool(own),
        reason=next(iter(own or reasons), ""),
        document=group[0].key,
        fact=group[0].key,
    )
