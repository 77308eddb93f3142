"""What happened on the road and what the receiver signed, taken into the shipment's story."""

from datetime import timedelta

from msgspec import structs

from drawbar.flow import accrual, names, pricing, reassessment, second_word
from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.needs import shipment
from drawbar.flow.problem import raised
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.whose import shipment_meant
from drawbar.freight.case import CaseKind
from drawbar.freight.freight_bill import ChargeApproved
from drawbar.freight.instant import zone
from drawbar.freight.milestone import MilestoneKind, MilestoneReported, PodReceived, Source
from drawbar.milestones import pod
from drawbar.milestones.log import Recorded, Repeated, record
from drawbar.rating.validity import InForce


def reported(fact: MilestoneReported, known: Known, company: Company) -> Decision:
    """Take a report into the log and draw every conclusion anew."""
    found = shipment_meant(fact, known, company, waits_days=company.policy.event_waits_days)
    if isinstance(found, Decision):
        return found
    ahead = _ahead(fact, found, company)
    if ahead:
        return _of_the_future(fact, found, ahead)
    match record(found.log, fact):
        case Repeated():
            return NOTHING
        case Recorded(log=log):
            at = _clock(fact)
            what = fact.milestone.value.replace("_", " ").capitalize()
            what = f"Withdrawn: {what.lower()}" if fact.withdraws else what
            stop = f" at stop {fact.stop}" if fact.stop else ""
            note = f"{what}{stop}, {at}, by {fact.source.value} {fact.reported_by}{_why(fact)}"
            return joined(
                _noted(found, note),
                names.of_carrier(fact.references, found, fact.reported_by, company=company),
                reassessment.reassessed(found, structs.replace(found, log=log), fact, company),
            )


def _ahead(fact: MilestoneReported, load: ShipmentState, company: Company) -> str:
    """Return why a report speaks of what cannot have happened yet, empty where it may have.

    A clock without a zone counts in the zone of the load's stops in which it is earliest.
    """
    if fact.milestone in _FORESEEN:
        return ""
    zones = [stop.place.zone for stop in load.order.stops]
    clock = fact.local_at
    read = [clock.replace(tzinfo=zone(name)) for name in zones] if clock else [fact.happened_at]
    least = min(read) - fact.learned_at
    if least <= timedelta(minutes=company.policy.future_minutes):
        return ""
    minutes = least // timedelta(minutes=1)
    return f"it is dated {minutes} minutes after it was reported"


_FORESEEN = frozenset(
    {
        MilestoneKind.ESTIMATED,
        MilestoneKind.DELAYED,
        MilestoneKind.PICKUP_APPOINTMENT,
        MilestoneKind.DELIVERY_APPOINTMENT,
    }
)
"""Milestones that speak of what is to come."""


def _of_the_future(fact: MilestoneReported, load: ShipmentState, ahead: str) -> Decision:
    what = fact.milestone.value.replace("_", " ")
    return raised(
        CaseKind.TIME_INCONSISTENT,
        shipment(load.shipment_ref),
        f"{fact.reported_by} reports {what} of {load.shipment_ref} at {_clock(fact)}, but {ahead}."
        " It moves no money.",
        remedy="Have it reported again with its time and zone, or record it by hand.",
        now=fact.learned_at,
        item=fact.key,
        cause=f"future:{fact.reported_by}",
    )


def _why(fact: MilestoneReported) -> str:
    """Return why a person says so; a machine's reason is a code of its own."""
    is_by_hand = fact.source is Source.MANUAL and fact.reason
    return f" because {fact.reason}" if is_by_hand else ""


def _clock(fact: MilestoneReported) -> str:
    if fact.local_at is not None:
        return f"{fact.local_at:%Y-%m-%d %H:%M} by the clock there"
    return f"{fact.happened_at:%Y-%m-%d %H:%M} UTC"


def pod_received(fact: PodReceived, known: Known, company: Company) -> Decision:
    """Keep a proof of delivery and see what it completes."""
    found = shipment_meant(fact, known, company, waits_days=company.policy.event_waits_days)
    if isinstance(found, Decision):
        return found
    pods = pod.received(found.pods, fact)
    if pods == found.pods:
        return NOTHING
    pieces = "no count" if fact.pieces is None else f"{fact.pieces} pieces"
    note = f"Proof of delivery: {fact.signer or 'no name'}, {pieces}"
    kept = structs.replace(found, pods=pods)
    return joined(_noted(found, note), reassessment.reassessed(found, kept, fact, company))


def approved(fact: ChargeApproved, known: Known, company: Company) -> Decision:
    """Keep a named person's word for a charge; what it makes payable is judged again.

    A second person must say the same where it is more than one may approve alone. Raise
    ``BeyondLimit`` for more than their word is good for.
    """
    found = known.states.get(shipment(fact.shipment_ref))
    if not isinstance(found, ShipmentState):
        raise UnknownShipment(f"no shipment is called {fact.shipment_ref}; approve one that is")
    agreed_in = accrual.currency_of(found, fact.money.currency)
    if agreed_in != fact.money.currency and not _exchanges(found, fact, company):
        return raised(
            CaseKind.UNRATED,
            shipment(fact.shipment_ref),
            f"{fact.approved_by} approved {fact.money}, but the load is paid in {agreed_in}.",
            remedy=f"Approve the amount in {agreed_in}, or state exchange in the contract.",
            now=fact.learned_at,
            item=fact.key,
        )
    if fact.stop > len(found.order.stops):
        return raised(
            CaseKind.UNRATED,
            shipment(fact.shipment_ref),
            f"{fact.approved_by} approved {fact.money} for stop {fact.stop}, but there are"
            f" {len(found.order.stops)} stops.",
            remedy="Approve it for a stop that exists.",
            now=fact.learned_at,
            item=fact.key,
        )
    approval = second_word.approval_of(fact, found, company)
    if approval is None:
        return second_word.proposed(fact, found)
    free, over = second_word.answered(found, approval)
    approvals = tuple(sorted((*found.approvals, approval), key=lambda one: one.fact))
    kept = structs.replace(free, approvals=approvals)
    kind = fact.kind.value.replace("_", " ")
    note = f"{fact.approved_by} approved {fact.money} for {kind} because {fact.reason}"
    return joined(_noted(found, note), over, reassessment.reassessed(found, kept, fact, company))


class UnknownShipment(ValueError):
    """A person or a system speaks of a shipment that does not exist. Correct the reference."""


def _exchanges(load: ShipmentState, fact: ChargeApproved, company: Company) -> bool:
    """Return whether the carrier's contract says how another currency comes into its bills."""
    held = pricing.contract_of(load, company, known_at=fact.learned_at)
    return isinstance(held, InForce) and held.contract.exchange is not None


def _noted(about: ShipmentState, text: str) -> Decision:
    return Decision(notes=((shipment(about.shipment_ref), text),))
