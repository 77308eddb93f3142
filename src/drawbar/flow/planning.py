"""Planning a shipment: stock is set aside, then carriers are asked down the routing guide.

A carrier without a rate in force for the load is not asked: nothing could be paid to it.
"""

from typing import assert_never

from msgspec import structs

from drawbar.dispatch.offering import Exhausted, InHand, Offered, offer_next
from drawbar.dispatch.stock import FullyReserved, NothingReserved, PartlyReserved, reserve
from drawbar.dispatch.waterfall import Offer, Waterfall
from drawbar.flow import back_order, names, pricing
from drawbar.flow.company import Company
from drawbar.flow.consequence import following
from drawbar.flow.decision import NOTHING, Deadline, DeadlineCleared, Decision, Known, joined
from drawbar.flow.needs import back_order_ref, order, shipment
from drawbar.flow.problem import raised, settled
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.case import CaseKind
from drawbar.freight.delivery import (
    Delivery,
    Lane,
    ReleaseStock,
    ReserveStock,
    TenderLoad,
    TenderPurpose,
)
from drawbar.freight.fact import Fact
from drawbar.freight.identity import shipment_ref_of
from drawbar.freight.order import Order, StockReserved
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.tender import TenderExpired


def begun(placed: Order, shipment_ref: str, fact: Fact, company: Company) -> Decision:
    """Return a new shipment for an order: stock is asked for, or carriers at once."""
    planned = ShipmentState(
        shipment_ref=shipment_ref,
        order=placed,
        waterfall=Waterfall(guide=pricing.guide_for(placed, company)),
        reserving_revision=placed.revision,
    )
    if company.policy.wms:
        return joined(_kept(planned), reservation(planned, company))
    return offered(structs.replace(planned, stocked=True), fact, company)


def reservation(planned: ShipmentState, company: Company) -> Decision:
    """Return the delivery that asks the WMS to set this revision's goods aside."""
    ref, revision = planned.order.order_ref, planned.reserving_revision
    delivery = Delivery(
        system=company.policy.wms,
        lane=Lane.DISPATCH,
        stream=shipment(planned.shipment_ref),
        business_key=f"reserve:{ref}:{revision}",
        payload=ReserveStock(order_ref=ref, revision=revision, goods=planned.order.goods),
        depart_at=planned.order.pickup.due_at,
    )
    note = f"Asked {company.policy.wms} to set aside {planned.order.pieces} pieces"
    return Decision(deliveries=(delivery,), notes=((shipment(planned.shipment_ref), note),))


def stock_back(planned: ShipmentState, company: Company) -> Decision:
    """Return the delivery that gives the goods back to the WMS that were last asked for."""
    ref = planned.order.order_ref
    delivery = Delivery(
        system=company.policy.wms,
        lane=Lane.DISPATCH,
        stream=shipment(planned.shipment_ref),
        business_key=f"release:{ref}:{planned.reserving_revision}",
        payload=ReleaseStock(order_ref=ref),
    )
    return Decision(deliveries=(delivery,))


def stocked(fact: StockReserved, known: Known, company: Company) -> Decision:
    """Return the shipment with what the WMS set aside, and the first carrier asked."""
    planned = known.states.get(shipment(shipment_ref_of(fact.order_ref)))
    if not isinstance(planned, ShipmentState) or planned.stocked or planned.cancelled_at:
        return NOTHING  # answered before, or not wanted any more
    if fact.revision != planned.reserving_revision:
        return NOTHING  # the goods changed meanwhile; the new ones were asked for
    if order(back_order_ref(fact.order_ref, fact.revision)) in known.states:
        return NOTHING  # answered before: what was missing has its back-order
    match reserve(planned.order, fact.pieces):
        case FullyReserved():
            ready = structs.replace(planned, stocked=True)
            done = settled(CaseKind.STOCK_SHORT, order(fact.order_ref), "All goods are reserved.")
            return joined(offered(ready, fact, company), done)
        case PartlyReserved(goods_to_ship=goods, back_order_goods=missing):
            smaller = structs.replace(planned.order, goods=goods)
            ready = structs.replace(planned, stocked=True, order=smaller)
            rest = back_order.short(planned, missing, fact, company)
            return joined(offered(ready, fact, company), rest)
        case NothingReserved():
            rest = back_order.short(planned, planned.order.goods, fact, company)
            return joined(rest, back_order.whole(fact, known))
        case outcome:
            assert_never(outcome)


def offered(planned: ShipmentState, fact: Fact, company: Company) -> Decision:
    """Ask the next carrier of the guide, or say that nobody is left to ask.

    Nobody is asked about a load that a person has stopped.
    """
    if planned.holding.hold:
        return _kept(planned)
    asked = pricing.priced_carriers(planned.order, planned.waterfall.guide, company, fact)
    outcome = offer_next(
        planned.waterfall,
        shipment_ref=planned.shipment_ref,
        now=fact.learned_at,
        response_minutes={ref: company.carriers[ref].response_minutes for ref in asked.rates},
    )
    match outcome:
        case Offered(waterfall=waterfall, offer=offer):
            kept = structs.replace(planned, waterfall=waterfall, tendered_at=fact.learned_at)
            return joined(_kept(kept), tendered(kept, offer, fact, company), asked.cases)
        case InHand():
            return _kept(planned)
        case Exhausted(waterfall=waterfall, text=text):
            kept = structs.replace(planned, waterfall=waterfall)
            return joined(_kept(kept), _uncovered(kept, text, fact), asked.cases)
        case _:
            assert_never(outcome)


def tendered(planned: ShipmentState, offer: Offer, fact: Fact, company: Company) -> Decision:
    """Return the delivery of one offer, the name it goes by, and the time of its end."""
    ref = planned.shipment_ref
    delivery = tender_delivery(planned, offer, offer.purpose, company, pay_at=fact)
    expiry = following(
        TenderExpired,
        fact,
        about=offer.tender_ref,
        at=offer.answer_by,
        shipment_ref=ref,
        tender_ref=offer.tender_ref,
    )
    deadline = Deadline(
        stream=shipment(ref), name=offer.tender_ref, due_at=offer.answer_by, fact=expiry
    )
    verb = "Offered" if offer.purpose is TenderPurpose.OFFER else "Sent the changed load"
    note = f"{verb} to {offer.carrier_ref} as {offer.tender_ref}, version {offer.version}"
    return Decision(
        deliveries=(delivery,),
        deadlines=(deadline,),
        names=names.of_shipment(ref, ReferenceKind.TENDER, offer.tender_ref, company=company),
        notes=((shipment(ref), note),),
    )


def tender_delivery(
    planned: ShipmentState,
    offer: Offer,
    purpose: TenderPurpose,
    company: Company,
    *,
    pay_at: Fact,
) -> Delivery:
    """Return what tells a carrier of an offer, its change or its end."""
    carrier = company.carriers[offer.carrier_ref]
    own = (
        Reference(ReferenceKind.SHIPMENT, planned.shipment_ref),
        Reference(ReferenceKind.ORDER, planned.order.order_ref),
    )
    payload = TenderLoad(
        tender_ref=offer.tender_ref,
        shipment_ref=planned.shipment_ref,
        version=offer.version,
        purpose=purpose,
        carrier_ref=offer.carrier_ref,
        references=(*own, *planned.order.references),
        stops=planned.order.stops,
        goods=planned.order.goods,
        equipment=planned.order.equipment,
        note=planned.order.note,
        answer_by=None if purpose is TenderPurpose.CANCEL else offer.answer_by,
        pay=offer.spot.money
        if offer.spot
        else pricing.expected_cost(planned.order, offer.carrier_ref, company, pay_at),
    )
    return Delivery(
        system=carrier.system,
        lane=Lane.DISPATCH,
        stream=shipment(planned.shipment_ref),
        business_key=f"{offer.tender_ref}:{purpose.value}",
        payload=payload,
        depart_at=planned.order.pickup.due_at,
    )


def called_off(
    planned: ShipmentState, offers: tuple[Offer, ...], fact: Fact, company: Company
) -> Decision:
    """Return what tells carriers that offers have ended; it follows the offer itself in its lane.

    Who has left the company folder since cannot be told by us.
    """
    stream = shipment(planned.shipment_ref)
    cancel = TenderPurpose.CANCEL
    known = [offer for offer in offers if offer.carrier_ref in company.carriers]
    told = (tender_delivery(planned, one, cancel, company, pay_at=fact) for one in known)
    notes = (f"Told {one.carrier_ref} that {one.tender_ref} has ended" for one in known)
    return Decision(deliveries=tuple(told), notes=tuple((stream, note) for note in notes))


def no_longer_due(planned: ShipmentState, *offers: Offer) -> Decision:
    """Return the deadlines of offers that were answered or ended."""
    stream = shipment(planned.shipment_ref)
    cleared = tuple(DeadlineCleared(stream=stream, name=offer.tender_ref) for offer in offers)
    return Decision(cleared=cleared)


def _kept(planned: ShipmentState) -> Decision:
    return Decision(states={shipment(planned.shipment_ref): planned})


def _uncovered(planned: ShipmentState, text: str, fact: Fact) -> Decision:
    return raised(
        CaseKind.UNCOVERED,
        shipment(planned.shipment_ref),
        f"No carrier is left to ask about {planned.shipment_ref}: {text}.",
        remedy="Ask a carrier by hand, or raise what we pay.",
        now=fact.learned_at,
    )
