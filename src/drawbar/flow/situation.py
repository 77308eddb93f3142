"""How a load stands for a person who wants to do something with it, and what stands against that.

Asked by the page before the click, by the door before a message is kept, and by the flow itself.
"""

from typing import assert_never

from drawbar.dispatch.objection import (
    Choice,
    Objection,
    Situation,
    against_asking,
    against_hold,
    against_lifting,
    against_offer,
    against_taking_back,
)
from drawbar.dispatch.waterfall import OfferState
from drawbar.flow import cancellation, spot
from drawbar.flow.company import Company
from drawbar.flow.driving import on_the_road, settled_for
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money
from drawbar.freight.tender import (
    ByHand,
    HoldLifted,
    LoadHeld,
    LoadOffered,
    LoadOfferedToAll,
    LoadRetendered,
    TenderWithdrawn,
)


def situation(load: ShipmentState, company: Company) -> Situation:
    """Return how a load stands."""
    return Situation(
        waterfall=load.waterfall,
        hold=load.holding.hold,
        is_stocked=load.stocked,
        is_on_the_road=on_the_road(load, company),
        is_settled=settled_for(load),
        is_delivered=load.delivered,
        is_cancelled=load.cancelled_at is not None,
    )


def objection(fact: ByHand, load: ShipmentState, company: Company) -> Objection | None:
    """Return what stands against a decision that a person made by hand."""
    now = situation(load, company)
    match fact:
        case LoadOffered():
            return against_offer(
                now, choice(load, fact.carrier_ref, fact.rate, company, fact.learned_at)
            )
        case LoadOfferedToAll() | LoadRetendered(tender_ref=""):
            return against_asking(now)
        case TenderWithdrawn():
            owed = owed_for(load, fact.tender_ref, fact.learned_at, company)
            return against_taking_back(now, fact.tender_ref, owed=owed)
        case LoadRetendered():
            return _against_next(now, load, fact, company)
        case LoadHeld():
            return against_hold(now)
        case HoldLifted():
            return against_lifting(now)
        case _:
            assert_never(fact)


def choice(
    load: ShipmentState, carrier_ref: str, rate: Money | None, company: Company, at: Instant
) -> Choice:
    """Return a carrier that somebody chose for a load, and whether it can be paid."""
    return Choice(
        carrier_ref=carrier_ref,
        carrier=company.carriers.get(carrier_ref),
        unpriced=spot.unpriced(load.order, carrier_ref, rate, company, known_at=at),
    )


def owed_for(load: ShipmentState, tender_ref: str, at: Instant, company: Company) -> Money | None:
    """Return what a carrier would get for the truck it planned; None where nothing."""
    offer = load.waterfall.tender(tender_ref)
    if offer is None or not (offer.committed or offer.state is OfferState.ACCEPTED):
        return None
    return cancellation.owing(load, at=at, company=company).carrier.money


def _against_next(
    now: Situation, load: ShipmentState, fact: LoadRetendered, company: Company
) -> Objection | None:
    if now.hold is not None:
        return against_asking(now)
    owed = owed_for(load, fact.tender_ref, fact.learned_at, company)
    return against_taking_back(now, fact.tender_ref, owed=owed)
