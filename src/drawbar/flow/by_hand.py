"""What a dispatcher decides about a load: who is asked, at which rate, and who is not any more.

Whatever stands against it is refused as a whole; a tender taken back is told to its carrier.
"""

from typing import assert_never

from msgspec import structs

from drawbar.dispatch.calling_off import call_off
from drawbar.dispatch.ending import Withdrawn, withdraw
from drawbar.dispatch.objection import Objection
from drawbar.dispatch.offering import Exhausted, Offered, OfferedToAll, offer_all, offer_to
from drawbar.dispatch.waterfall import Offer, OfferState
from drawbar.flow import holding, planning, pricing, reassessment
from drawbar.flow.company import Company
from drawbar.flow.decision import Decision, Known, joined
from drawbar.flow.needs import shipment
from drawbar.flow.problem import raised
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.situation import objection
from drawbar.freight.case import CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.tender import (
    ByHand,
    HoldLifted,
    LoadHeld,
    LoadOffered,
    LoadOfferedToAll,
    LoadRetendered,
    SpotRate,
    TenderWithdrawn,
)


class NotPossible(ValueError):
    """What a person decided does not fit how the load stands now. Look again, then decide."""

    def __init__(self, against: Objection) -> None:
        """Say why, and what would help."""
        super().__init__(f"{against.text} {against.remedy}")


class UnknownLoad(ValueError):
    """A person speaks of a load that does not exist. Correct the reference."""


def decide(fact: ByHand, known: Known, company: Company) -> Decision:
    """Return what follows from a dispatcher's decision. Raise ``NotPossible``."""
    load = known.states.get(shipment(fact.shipment_ref))
    if not isinstance(load, ShipmentState):
        raise UnknownLoad(f"no load is called {fact.shipment_ref}; name one that is planned")
    match fact:
        case LoadHeld():
            return holding.stopped(fact, load, company)
        case HoldLifted():
            return holding.let_go(fact, load, company)
        case _:
            against = objection(fact, load, company)
            if against is not None:
                raise NotPossible(against)
            return _decided(fact, load, company)


def _decided(
    fact: LoadOffered | LoadOfferedToAll | TenderWithdrawn | LoadRetendered,
    load: ShipmentState,
    company: Company,
) -> Decision:
    match fact:
        case LoadOffered():
            return _offered(fact, load, company)
        case LoadOfferedToAll():
            return _offered_to_all(fact, load, company)
        case TenderWithdrawn():
            said = f"{fact.withdrawn_by} took {fact.tender_ref} back because {fact.reason}"
            free, back = taken_back(load, fact.tender_ref, said, fact, company)
            return joined(back, _uncovered(free, said, fact))
        case LoadRetendered():
            return _retendered(fact, load, company)
        case _:
            assert_never(fact)


def _offered(fact: LoadOffered, load: ShipmentState, company: Company) -> Decision:
    outcome = offer_to(
        load.waterfall,
        fact.carrier_ref,
        shipment_ref=load.shipment_ref,
        now=fact.learned_at,
        minutes=company.carriers[fact.carrier_ref].response_minutes,
        spot=_spot(fact),
    )
    assert isinstance(outcome, Offered)
    kept = structs.replace(load, waterfall=outcome.waterfall, tendered_at=fact.learned_at)
    at = f" at {fact.rate}, approved by {fact.offered_by}," if fact.rate else ""
    said = f"{fact.offered_by} offered it to {fact.carrier_ref}{at} because {fact.reason}"
    return joined(_kept(kept, said), planning.tendered(kept, outcome.offer, fact, company))


def _spot(fact: LoadOffered) -> SpotRate | None:
    if fact.rate is None:
        return None
    return SpotRate(money=fact.rate, approved_by=fact.offered_by, reason=fact.reason, fact=fact.key)


def _offered_to_all(fact: LoadOfferedToAll, load: ShipmentState, company: Company) -> Decision:
    asked = pricing.priced_carriers(load.order, load.waterfall.guide, company, fact)
    outcome = offer_all(
        load.waterfall,
        shipment_ref=load.shipment_ref,
        now=fact.learned_at,
        response_minutes={ref: company.carriers[ref].response_minutes for ref in asked.rates},
    )
    if isinstance(outcome, Exhausted):
        remedy = "Offer it to a carrier by name."
        raise NotPossible(Objection(text=f"Nobody is left to ask: {outcome.text}.", remedy=remedy))
    assert isinstance(outcome, OfferedToAll)
    kept = structs.replace(load, waterfall=outcome.waterfall, tendered_at=fact.learned_at)
    names = ", ".join(offer.carrier_ref for offer in outcome.offers)
    said = f"{fact.offered_by} offered it to {names} at once because {fact.reason}"
    sent = [planning.tendered(kept, offer, fact, company) for offer in outcome.offers]
    return joined(_kept(kept, said), *sent, asked.cases)


def _retendered(fact: LoadRetendered, load: ShipmentState, company: Company) -> Decision:
    said = f"{fact.retendered_by} let the next carrier be asked because {fact.reason}"
    if not fact.tender_ref:
        return joined(_kept(load, said), planning.offered(load, fact, company))
    free, back = taken_back(load, fact.tender_ref, said, fact, company)
    return joined(back, planning.offered(free, fact, company))


def taken_back(
    load: ShipmentState, tender_ref: str, said: str, fact: Fact, company: Company
) -> tuple[ShipmentState, Decision]:
    """Return the load without this tender, and its carrier told; a planned truck costs no more."""
    outcome = withdraw(load.waterfall, tender_ref, reason=said)
    assert isinstance(outcome, Withdrawn)
    offer = outcome.offer
    stream = shipment(load.shipment_ref)
    over = call_off(outcome.waterfall, offer)
    free = structs.replace(load, waterfall=over.waterfall)
    gone = Decision(states={stream: free})
    if offer.committed or offer.state is OfferState.ACCEPTED:
        without = structs.replace(free, driver_dispatched_at=None, buy=(), amended=None)
        gone = reassessment.reassessed(load, without, fact, company)
    told = planning.called_off(load, over.offers, fact, company)
    words = joined(Decision(notes=((stream, said),)), told)
    left: ShipmentState = gone.states[stream]
    return left, joined(words, planning.no_longer_due(load, *_ended(offer)), gone)


def _ended(offer: Offer) -> tuple[Offer, ...]:
    return (offer,) if offer.state is OfferState.OPEN else ()


def _uncovered(load: ShipmentState, said: str, fact: Fact) -> Decision:
    if load.waterfall.in_hand:
        return Decision()
    return raised(
        CaseKind.UNCOVERED,
        shipment(load.shipment_ref),
        f"{load.shipment_ref} has no carrier, and nobody is asked: {said}.",
        remedy="Offer it to a carrier by name, or let the next of the guide be asked.",
        now=fact.learned_at,
    )


def _kept(load: ShipmentState, said: str) -> Decision:
    stream = shipment(load.shipment_ref)
    return Decision(states={stream: load}, notes=((stream, said),))
