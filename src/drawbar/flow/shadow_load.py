"""A load as its papers tell it: ordered, carried, reported, proven, approved, not yet billed.

It is concluded and priced by the flow's own functions, so that papers and the running firm agree.
"""

from msgspec import Struct, structs

from drawbar.dispatch.waterfall import Offer, OfferState, Waterfall, tender_ref_of
from drawbar.flow import pricing
from drawbar.flow.attributes import attribute_keys
from drawbar.flow.company import Company
from drawbar.flow.conclusion import charged, concluded
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.approval import Approval
from drawbar.freight.contract import Side
from drawbar.freight.freight_bill import FreightBill
from drawbar.freight.instant import Instant
from drawbar.freight.milestone import MilestoneReported, PodReceived
from drawbar.freight.movement import Certificate, Proof
from drawbar.freight.order import Order, OrderCancelled
from drawbar.freight.reference import ReferenceKey
from drawbar.matching.duplicate import remembered
from drawbar.milestones import pod
from drawbar.milestones.conflict import SourceConflict
from drawbar.milestones.log import Log, record
from drawbar.milestones.status import Status
from drawbar.rating.unrated import Unrated


class Papers(Struct, frozen=True, kw_only=True):
    """All that is on file about one load before its bills. ``carrier_ref`` may be empty.

    ``reports`` and ``pods`` are in any order; the same one twice counts once. ``doubt`` says why
    nobody can tell what the load was, empty where they can.
    """

    shipment_ref: str
    order: Order
    carrier_ref: str = ""
    tendered_at: Instant | None = None
    driver_dispatched_at: Instant | None = None
    cancelled: OrderCancelled | None = None
    reports: tuple[MilestoneReported, ...] = ()
    pods: tuple[PodReceived, ...] = ()
    approvals: tuple[Approval, ...] = ()
    proofs: tuple[Proof, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    place: str = ""
    doubt: str = ""


class Opened(Struct, frozen=True, kw_only=True):
    """The load as a bill finds it; ``unrated`` says why it has no price, None where it has one.

    ``known_at`` is up to when contracts and rates count; ``places`` says where each report stood,
    by its key. ``conflicts`` are reports that contradict each other: the better source counts.
    """

    load: ShipmentState
    known_at: Instant
    unrated: Unrated | None = None
    places: dict[str, str] = {}
    conflicts: tuple[SourceConflict, ...] = ()


def opened(
    papers: Papers, company: Company, *, known_at: Instant, delivery_asked: bool = True
) -> Opened:
    """Return the load with what it should cost. A delivery that nobody asks for counts as made.

    A load that papers describe differently has no price.
    """
    bare = _bare(papers)
    if papers.doubt:
        doubt = Unrated(text=f"{papers.doubt}.", remedy="Leave one description of it.")
        stopped = structs.replace(bare, status=Status.DELIVERED)
        return Opened(load=stopped, known_at=known_at, unrated=doubt)
    if papers.cancelled is not None:
        bare = _cancelled(bare, papers.cancelled, company)
    seen = concluded(bare, company)
    priced = charged(bare, seen, company, known_at=known_at)
    buying = (why for side, why in priced.unrated if side is Side.BUY)
    load = structs.replace(
        priced.state,
        status=seen.status if delivery_asked else Status.DELIVERED,
        contradiction=seen.contradiction,
    )
    places = {one.key: one.lineage.place for one in (*papers.reports, *papers.pods)}
    unrated = next(buying, None)
    return Opened(
        load=load,
        known_at=known_at,
        unrated=unrated,
        places=places,
        conflicts=seen.account.conflicts,
    )


def billed_as(opened: Opened, billed: FreightBill | None, company: Company) -> ShipmentState:
    """Return the load at the rates of the day of its first bill, where only that day was missing.

    That is ``billed`` where the load has no earlier one.
    """
    load = opened.load
    ref = load.shipment_ref
    bills = load.bills or ((remembered(billed, shipment_ref=ref),) if billed else ())
    if not bills or not any(one.provisional for one in load.buy):
        return load
    dated = structs.replace(load, bills=bills)
    priced = charged(dated, concluded(dated, company), company, known_at=opened.known_at)
    return structs.replace(load, buy=priced.state.buy)


def attribute_names(papers: Papers, company: Company) -> tuple[ReferenceKey, ...]:
    """Return the attribute names by which a load is found; none where nobody carried it."""
    return attribute_keys(_bare(papers), company) if papers.carrier_ref else ()


def _bare(papers: Papers) -> ShipmentState:
    log = Log()
    pods: tuple[pod.Pod, ...] = ()
    for report in papers.reports:
        log = record(log, report).log
    for proof in papers.pods:
        pods = pod.received(pods, proof)
    return ShipmentState(
        shipment_ref=papers.shipment_ref,
        order=papers.order,
        waterfall=_waterfall(papers),
        log=log,
        pods=pods,
        approvals=tuple(sorted(papers.approvals, key=lambda one: one.fact)),
        proofs=tuple(sorted(papers.proofs, key=lambda one: one.fact)),
        certificates=tuple(sorted(papers.certificates, key=lambda one: one.fact)),
        tendered_at=papers.tendered_at,
        driver_dispatched_at=papers.driver_dispatched_at,
    )


def _waterfall(papers: Papers) -> Waterfall:
    if not papers.carrier_ref:
        return Waterfall(guide=())
    if papers.cancelled is not None:
        return Waterfall(guide=(papers.carrier_ref,))
    at = papers.tendered_at or papers.order.pickup.earliest_at
    offer = Offer(
        tender_ref=tender_ref_of(papers.shipment_ref, version=1, number=1),
        version=1,
        carrier_ref=papers.carrier_ref,
        offered_at=at,
        answer_by=at,
        state=OfferState.ACCEPTED,
    )
    return Waterfall(guide=(papers.carrier_ref,), offers=(offer,))


def _cancelled(load: ShipmentState, fact: OrderCancelled, company: Company) -> ShipmentState:
    """Return the load with what its carrier is owed for a truck that came for nothing."""
    carrier = load.waterfall.guide[0] if load.waterfall.guide else ""
    due = pricing.not_used(load, carrier, Side.BUY, fact, company)
    return structs.replace(
        load,
        cancelled_at=fact.happened_at,
        cancelled_from=carrier,
        cancel_charges=due.charges,
    )
