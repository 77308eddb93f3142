"""A carrier's answer, its silence, and what it tells us of the driver and of our messages.

One award per shipment, whatever arrives in whatever order; what does not count is said, not lost.
"""

from typing import assert_never

from msgspec import structs

from drawbar.dispatch import answer as answering
from drawbar.dispatch.ending import Expired, NothingToEnd, acknowledge, expire
from drawbar.dispatch.waterfall import Offer
from drawbar.flow import names, planning, reassessment
from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.needs import shipment
from drawbar.flow.problem import raised, settled
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.whose import shipment_meant
from drawbar.freight.case import CaseKind
from drawbar.freight.delivery import AckReceived, TenderPurpose
from drawbar.freight.fact import Fact
from drawbar.freight.reference import ReferenceKind
from drawbar.freight.stream import StreamKind
from drawbar.freight.tender import DriverDispatched, TenderAnswered, TenderExpired


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
            why = f" ({fact.reason})" if fact.reason else ""
            return joined(
                _noted(asked, f"{fact.carrier_ref} declined {offer.tender_ref}{why}"),
                _let_go(asked, offer, fact, company),
                planning.no_longer_due(asked, offer),
                planning.offered(structs.replace(asked, waterfall=waterfall), fact, company),
            )
        case answering.GivenBack(waterfall=waterfall, offer=offer):
            return joined(
                _noted(asked, f"{fact.carrier_ref} gave {offer.tender_ref} back"),
                planning.offered(_without_carrier(asked, waterfall), fact, company),
            )
        case answering.Stale(text=text) | answering.NotAsked(text=text):
            return _refused(CaseKind.STALE_ACCEPTANCE, text, asked, fact)
        case answering.Late(text=text) | answering.AlreadyAwarded(text=text):
            return _refused(CaseKind.LATE_ACCEPTANCE, text, asked, fact)
        case answering.Repeated():
            return NOTHING
        case _:
            assert_never(outcome)


def _let_go(asked: ShipmentState, offer: Offer, fact: Fact, company: Company) -> Decision:
    """Tell a carrier that had planned an earlier version that the load is not its any more."""
    if not offer.committed:
        return NOTHING
    purpose = TenderPurpose.CANCEL
    delivery = planning.tender_delivery(asked, offer, purpose, company, pay_at=fact)
    return Decision(deliveries=(delivery,))


def _awarded(
    outcome: answering.Awarded, asked: ShipmentState, fact: TenderAnswered, company: Company
) -> Decision:
    ref = asked.shipment_ref
    taken = structs.replace(asked, waterfall=outcome.waterfall)
    told = [
        planning.tender_delivery(asked, lost, TenderPurpose.CANCEL, company, pay_at=fact)
        for lost in outcome.lost
    ]
    pro = (
        names.of_shipment(ref, ReferenceKind.PRO, fact.pro, party=fact.carrier_ref, company=company)
        if fact.pro
        else ()
    )
    return joined(
        _noted(asked, f"{fact.carrier_ref} accepted {outcome.offer.tender_ref}"),
        planning.no_longer_due(asked, outcome.offer, *outcome.lost),
        Decision(names=pro, deliveries=tuple(told)),
        settled(CaseKind.UNCOVERED, shipment(ref), "A carrier accepted the load."),
        reassessment.reassessed(asked, taken, fact, company),
    )


def _without_carrier(asked: ShipmentState, waterfall: object) -> ShipmentState:
    return structs.replace(asked, waterfall=waterfall, driver_dispatched_at=None)


def _refused(kind: CaseKind, text: str, asked: ShipmentState, fact: TenderAnswered) -> Decision:
    return raised(
        kind,
        shipment(asked.shipment_ref),
        f"An answer does not count: {text}.",
        remedy="Tell the carrier; tender to it again by hand if it shall have the load.",
        now=fact.learned_at,
        item=fact.key,
    )


def expired(fact: TenderExpired, known: Known, company: Company) -> Decision:
    """Return the next offer after a carrier's silence."""
    asked = known.states.get(shipment(fact.shipment_ref))
    if not isinstance(asked, ShipmentState) or asked.cancelled_at:
        return NOTHING
    match expire(asked.waterfall, fact.tender_ref):
        case Expired(waterfall=waterfall, offer=offer):
            note = f"{offer.carrier_ref} did not answer {offer.tender_ref} in time"
            silent = structs.replace(asked, waterfall=waterfall)
            return joined(
                _noted(asked, note),
                _let_go(asked, offer, fact, company),
                planning.offered(silent, fact, company),
            )
        case NothingToEnd():
            return NOTHING  # it was answered or ended before its time
        case outcome:
            assert_never(outcome)


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


def acknowledged(fact: AckReceived, known: Known, company: Company) -> Decision:
    """Note that a partner's system could read our message, or raise that it could not."""
    streams = [stream for streams in known.found.values() for stream in streams]
    found = [known.states[s] for s in streams if s.kind is StreamKind.SHIPMENT]
    if not found:
        return NOTHING  # an acknowledgement of an acknowledgement, or of nothing of ours
    asked = found[0]
    assert isinstance(asked, ShipmentState)
    if not fact.accepted:
        return raised(
            CaseKind.DELIVERY_REJECTED,
            shipment(asked.shipment_ref),
            f"{fact.partner} could not read our message {fact.control}: {fact.text}.",
            remedy="Correct what its system did not like, and send again.",
            now=fact.learned_at,
            item=fact.control,
        )
    read = _read_by(asked, fact)
    note = f"{fact.partner} acknowledged message {fact.control}"
    return joined(_noted(asked, note), Decision(states={shipment(asked.shipment_ref): read}))


def _read_by(asked: ShipmentState, fact: AckReceived) -> ShipmentState:
    tender_ref = asked.sent.get(fact.control, "")
    waterfall = acknowledge(asked.waterfall, tender_ref, at=fact.learned_at)
    return structs.replace(asked, waterfall=waterfall)


def _noted(about: ShipmentState, text: str) -> Decision:
    return Decision(notes=((shipment(about.shipment_ref), text),))
