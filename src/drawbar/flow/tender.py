"""A carrier's answer, its silence, and what it tells us of the driver and of our messages.

One award per shipment, whatever arrives in whatever order; what does not count is said, not lost.
"""

from typing import assert_never

from msgspec import structs

from drawbar.dispatch import answer as answering
from drawbar.dispatch.calling_off import CalledOff, call_off, contradict
from drawbar.dispatch.ending import Expired, NothingToEnd, expire
from drawbar.dispatch.waterfall import Offer, Waterfall
from drawbar.flow import names, planning, reassessment
from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.driving import on_the_road, settled_for
from drawbar.flow.needs import shipment
from drawbar.flow.problem import raised, settled
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.whose import shipment_meant
from drawbar.freight.case import CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.reference import ReferenceKind
from drawbar.freight.tender import Answer, DriverDispatched, TenderAnswered, TenderExpired


def answered(fact: TenderAnswered, known: Known, company: Company) -> Decision:
    """Return the award, the next offer, or why the answer does not count."""
    found = shipment_meant(fact, known, company, waits_days=company.policy.answer_waits_days)
    if isinstance(found, Decision):
        return found
    outcome = answering.answer(
        found.waterfall,
        carrier_ref=fact.carrier_ref,
        tender_ref=_tender_named(fact),
        answer=fact.answer,
        at=fact.learned_at,
        reason=fact.reason,
    )
    return _after(outcome, found, fact, company)


def _tender_named(fact: TenderAnswered) -> str | None:
    tenders = [one.value for one in fact.references if one.kind is ReferenceKind.TENDER]
    return tenders[0] if tenders else None


def _after(
    outcome: answering.Answered, asked: ShipmentState, fact: TenderAnswered, company: Company
) -> Decision:
    match outcome:
        case answering.Awarded():
            return _awarded(outcome, asked, fact, company)
        case answering.Declined(waterfall=waterfall, offer=offer):
            if offer.committed and on_the_road(asked, company):
                return _cannot_give_back(asked, offer, fact)
            over = call_off(waterfall, offer) if offer.committed else CalledOff(waterfall=waterfall)
            free, gone = _without(offer, asked, over.waterfall, fact, company)
            return joined(
                _noted(asked, f"{fact.carrier_ref} declined {offer.tender_ref}{_by_whom(fact)}"),
                planning.called_off(asked, over.offers, fact, company),
                planning.no_longer_due(asked, offer),
                gone,
                planning.offered(free, fact, company),
            )
        case answering.GivenBack(waterfall=waterfall, offer=offer):
            if settled_for(asked) or on_the_road(asked, company):
                return _cannot_give_back(asked, offer, fact)
            return _given_back(asked, waterfall, offer, fact, company)
        case answering.Stale(text=text) | answering.NotAsked(text=text):
            return _refused(CaseKind.STALE_ACCEPTANCE, text, asked, fact, company)
        case answering.Late(text=text) | answering.AlreadyAwarded(text=text):
            return _refused(CaseKind.LATE_ACCEPTANCE, text, asked, fact, company)
        case answering.Repeated():
            return NOTHING
        case _:
            assert_never(outcome)


def _by_whom(fact: TenderAnswered) -> str:
    """Return who wrote an answer down and why, where it was not the carrier itself."""
    if fact.recorded_by:
        why = f" because {fact.reason}" if fact.reason else ""
        return f", recorded by {fact.recorded_by}{why}"
    return f" ({fact.reason})" if fact.reason and fact.answer is Answer.DECLINED else ""


def _given_back(
    asked: ShipmentState,
    waterfall: Waterfall,
    offer: Offer,
    fact: TenderAnswered,
    company: Company,
) -> Decision:
    """Return the load without a carrier and what it cost with it; the next one is asked."""
    without = structs.replace(asked, waterfall=waterfall, driver_dispatched_at=None, buy=())
    gone = reassessment.reassessed(asked, without, fact, company)
    return joined(
        _noted(asked, f"{offer.carrier_ref} gave {offer.tender_ref} back{_by_whom(fact)}"),
        gone,
        planning.offered(gone.states[shipment(asked.shipment_ref)], fact, company),
    )


def _cannot_give_back(asked: ShipmentState, offer: Offer, fact: TenderAnswered) -> Decision:
    return raised(
        CaseKind.CANCELLED_TOO_LATE,
        shipment(asked.shipment_ref),
        f"{fact.carrier_ref} does not want {offer.tender_ref} any more, but the freight has left"
        f" its pickup with it or was paid for.",
        remedy="Call the carrier: it delivers, or hands the freight over to one that you choose.",
        now=fact.learned_at,
        item=fact.key,
    )


def _awarded(
    outcome: answering.Awarded, asked: ShipmentState, fact: TenderAnswered, company: Company
) -> Decision:
    ref = asked.shipment_ref
    over = call_off(outcome.waterfall, *outcome.lost)
    taken = structs.replace(asked, waterfall=over.waterfall, amended=None)
    pro = (
        names.of_shipment(ref, ReferenceKind.PRO, fact.pro, party=fact.carrier_ref, company=company)
        if fact.pro
        else ()
    )
    return joined(
        _noted(asked, f"{fact.carrier_ref} accepted {outcome.offer.tender_ref}{_by_whom(fact)}"),
        planning.no_longer_due(asked, outcome.offer, *outcome.lost),
        Decision(names=pro),
        planning.called_off(asked, over.offers, fact, company),
        settled(CaseKind.UNCOVERED, shipment(ref), "A carrier accepted the load."),
        settled(CaseKind.CHANGE_UNANSWERED, shipment(ref), "A carrier accepted the load."),
        reassessment.reassessed(asked, taken, fact, company),
    )


def _without(
    offer: Offer, asked: ShipmentState, waterfall: Waterfall, fact: Fact, company: Company
) -> tuple[ShipmentState, Decision]:
    """Return the load without a carrier; a truck that it had sent is none of the next one's."""
    free = structs.replace(asked, waterfall=waterfall)
    if not offer.committed:
        return free, NOTHING
    alone = structs.replace(free, driver_dispatched_at=None, amended=None)
    gone = reassessment.reassessed(asked, alone, fact, company)
    left: ShipmentState = gone.states[shipment(asked.shipment_ref)]
    return left, gone


def _refused(
    kind: CaseKind, text: str, asked: ShipmentState, fact: TenderAnswered, company: Company
) -> Decision:
    """Return the case of an answer that does not count; who said yes is told that it is none."""
    case = raised(
        kind,
        shipment(asked.shipment_ref),
        f"An answer does not count: {text}.",
        remedy="Tell the carrier; tender to it again by hand if it shall have the load.",
        now=fact.learned_at,
        item=fact.key,
    )
    if fact.answer is Answer.DECLINED:
        return case
    over = contradict(asked.waterfall, carrier_ref=fact.carrier_ref, tender_ref=_tender_named(fact))
    kept = structs.replace(asked, waterfall=over.waterfall)
    return joined(
        case,
        Decision(states={shipment(asked.shipment_ref): kept}),
        planning.called_off(asked, over.offers, fact, company),
    )


def expired(fact: TenderExpired, known: Known, company: Company) -> Decision:
    """Return the next offer after a carrier's silence."""
    asked = known.states.get(shipment(fact.shipment_ref))
    if not isinstance(asked, ShipmentState) or asked.cancelled_at:
        return NOTHING
    match expire(asked.waterfall, fact.tender_ref):
        case Expired(offer=offer) if offer.committed and _stays(asked, company):
            return _unconfirmed(asked, offer, fact, company)
        case Expired(waterfall=waterfall, offer=offer):
            note = f"{offer.carrier_ref} did not answer {offer.tender_ref} in time"
            over = call_off(waterfall, offer)
            free, gone = _without(offer, asked, over.waterfall, fact, company)
            return joined(
                _noted(asked, note),
                planning.called_off(asked, over.offers, fact, company),
                _unanswered(asked, offer, fact),
                gone,
                planning.offered(free, fact, company),
            )
        case NothingToEnd():
            return NOTHING  # it was answered or ended before its time
        case outcome:
            assert_never(outcome)


def _stays(asked: ShipmentState, company: Company) -> bool:
    """Return whether a carrier keeps what it did not confirm: it drives, or a person said stop."""
    return asked.holding.hold is not None or on_the_road(asked, company)


def _unconfirmed(
    asked: ShipmentState, offer: Offer, fact: TenderExpired, company: Company
) -> Decision:
    """Return the case of a truck that drives a load which its carrier did not confirm.

    The offer stays open: nobody else can be asked, and the carrier may still confirm it.
    """
    drives = "drives" if on_the_road(asked, company) else "keeps"
    return raised(
        CaseKind.CHANGE_UNANSWERED,
        shipment(asked.shipment_ref),
        f"{offer.carrier_ref} {drives} {asked.shipment_ref}, but did not confirm its version"
        f" {offer.version} ({offer.tender_ref}) in time.",
        remedy="Call the carrier: does its driver know of the change? Ask it to accept.",
        now=fact.learned_at,
    )


def _unanswered(asked: ShipmentState, offer: Offer, fact: TenderExpired) -> Decision:
    """Return the case of a carrier that had the load and lost it by not answering a change."""
    if not offer.committed:
        return NOTHING
    return raised(
        CaseKind.CHANGE_UNANSWERED,
        shipment(asked.shipment_ref),
        f"{offer.carrier_ref} had accepted {asked.shipment_ref} and did not answer its version"
        f" {offer.version} ({offer.tender_ref}) in time; it was told that the load is not its"
        " any more, and the next carrier is asked.",
        remedy="Call the carrier, so that no truck comes for nothing; watch who takes the load.",
        now=fact.learned_at,
    )


def driver_dispatched(fact: DriverDispatched, known: Known, company: Company) -> Decision:
    """Note that the carrier's driver is on the way: a cancellation costs from now on."""
    found = shipment_meant(fact, known, company, waits_days=company.policy.event_waits_days)
    if isinstance(found, Decision):
        return found
    if found.carrier_ref != fact.carrier_ref:
        text = f"{fact.carrier_ref} sent a driver for {found.shipment_ref}, which it does not have"
        return _refused_driver(text, found, fact)
    first = min(found.driver_dispatched_at or fact.happened_at, fact.happened_at)
    sent = structs.replace(found, driver_dispatched_at=first)
    return joined(
        _noted(found, f"{fact.carrier_ref} dispatched the driver"),
        reassessment.reassessed(found, sent, fact, company),
    )


def _refused_driver(text: str, found: ShipmentState, fact: DriverDispatched) -> Decision:
    return raised(
        CaseKind.STALE_ACCEPTANCE,
        shipment(found.shipment_ref),
        f"{text}.",
        remedy="Call the carrier: two trucks may be on the way.",
        now=fact.learned_at,
        item=fact.key,
    )


def _noted(about: ShipmentState, text: str) -> Decision:
    return Decision(notes=((shipment(about.shipment_ref), text),))
