"""History: past orders, shipments and bills are kept as they were; nothing is decided about them.

Where a past cost stands on another shipment, the fact waits until that shipment is known.
"""

from msgspec import Struct, structs

from drawbar.flow import names
from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision, Known, Naming
from drawbar.flow.needs import bill, found_by, order, shipment
from drawbar.flow.wait import waiting
from drawbar.freight.history import (
    BillRecorded,
    FreightBasis,
    FreightRecorded,
    OrderRecorded,
    PastBill,
    PastOrder,
)
from drawbar.freight.milestone import MilestoneReported
from drawbar.freight.reference import Reference, ReferenceKey, ReferenceKind
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.milestones.log import Log, record

Past = OrderRecorded | BillRecorded | FreightRecorded


class PastOrderState(Struct, frozen=True, kw_only=True, tag=True):
    """A past order, as the old records tell it."""

    order: PastOrder
    shipment_ref: str


class PastShipmentState(Struct, frozen=True, kw_only=True, tag=True):
    """A past shipment: how it went, what was reported, and where its freight cost stands.

    ``other_ref`` is the shipment that carries the cost, ``bill_ref`` the bill of its own.
    """

    shipment_ref: str
    order: PastOrder | None = None
    mode: str = ""
    log: Log = Log()
    basis: FreightBasis | None = None
    other_ref: str = ""
    bill_ref: str = ""


class PastBillState(Struct, frozen=True, kw_only=True, tag=True):
    """A past freight bill; it was settled elsewhere."""

    bill: PastBill
    shipment_ref: str


def decide(fact: Past, known: Known, company: Company) -> Decision:
    """Keep a fact of history with its names."""
    match fact:
        case OrderRecorded():
            return _order(fact, known, company)
        case BillRecorded():
            return _bill(fact, known, company)
        case FreightRecorded():
            return _freight(fact, known, company)


def milestone(fact: MilestoneReported, past: PastShipmentState) -> Decision:
    """Keep a past milestone; one that is known already changes nothing."""
    log = record(past.log, fact).log
    return NOTHING if log == past.log else _kept(structs.replace(past, log=log))


def past_shipment(ref: str, known: Known) -> PastShipmentState:
    """Return a past shipment, an empty one where nothing was recorded of it yet."""
    state = known.states.get(shipment(ref))
    return state if isinstance(state, PastShipmentState) else PastShipmentState(shipment_ref=ref)


def _order(fact: OrderRecorded, known: Known, company: Company) -> Decision:
    placed = fact.order
    past = past_shipment(fact.shipment_ref, known)
    moved = structs.replace(past, order=placed, mode=fact.mode)
    stream = order(placed.order_ref)
    kept = PastOrderState(order=placed, shipment_ref=fact.shipment_ref)
    bearers = (stream, shipment(fact.shipment_ref))
    own = (
        Reference(ReferenceKind.ORDER, placed.order_ref),
        Reference(ReferenceKind.SHIPMENT, fact.shipment_ref),
    )
    everything = (*own, *placed.references)
    found = [names.named(bearer, everything, company=company) for bearer in bearers]
    return Decision(
        states={stream: kept, shipment(fact.shipment_ref): moved}, names=(*found[0], *found[1])
    )


def _bill(fact: BillRecorded, known: Known, company: Company) -> Decision:
    ref = fact.bill.bill_ref
    past = past_shipment(fact.shipment_ref, known)
    kept = PastBillState(bill=fact.bill, shipment_ref=fact.shipment_ref)
    billed = structs.replace(past, bill_ref=ref, basis=FreightBasis.BILLED)
    name = company.key_of(Reference(ReferenceKind.BILL, ref))
    bearers: tuple[StreamKey, ...] = (bill(ref), shipment(fact.shipment_ref))
    return Decision(
        states={bill(ref): kept, shipment(fact.shipment_ref): billed},
        names=tuple(Naming(key=name, stream=one, spelled=ref) for one in bearers),
    )


def _freight(fact: FreightRecorded, known: Known, company: Company) -> Decision:
    keys = found_by(fact, company)
    if keys and not _is_shipment(keys[0], known):
        return waiting(fact, keys, days=company.policy.event_waits_days)
    past = past_shipment(fact.shipment_ref, known)
    return _kept(structs.replace(past, basis=fact.basis, other_ref=fact.other_ref))


def _is_shipment(key: ReferenceKey, known: Known) -> bool:
    return any(one.kind is StreamKind.SHIPMENT for one in known.found.get(key, ()))


def _kept(past: PastShipmentState) -> Decision:
    return Decision(states={shipment(past.shipment_ref): past})
