"""What a dispatcher may do with a load now, and why not where not: shown before the click.

The same objections are asked again when the form comes, and by the flow under its lock.
"""

from datetime import datetime

from msgspec import Struct

from drawbar.dispatch.change import Difference
from drawbar.dispatch.hold import Hold
from drawbar.dispatch.objection import (
    Objection,
    Situation,
    against_asking,
    against_hold,
    against_lifting,
    against_taking_back,
)
from drawbar.dispatch.waterfall import Offer, OfferState
from drawbar.flow.cancellation import Owing, owing
from drawbar.flow.company import Company
from drawbar.flow.conclusion import concluded
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.situation import choice, owed_for, situation
from drawbar.freight.delivery import TenderPurpose
from drawbar.freight.instant import Instant, utc, zone
from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.order import Stop
from drawbar.milestones.silence import next_stop

APPOINTMENTS = frozenset({K.PICKUP_APPOINTMENT, K.DELIVERY_APPOINTMENT})
EVENTS = tuple(kind for kind in K if kind not in APPOINTMENTS)


class Askable(Struct, frozen=True, kw_only=True):
    """A carrier that could be asked. ``unpriced`` says why only a spot rate would do."""

    carrier_ref: str
    name: str
    unpriced: str


class TenderCard(Struct, frozen=True, kw_only=True):
    """A tender that stands between us and asking others. ``kept`` says why it stays."""

    offer: Offer
    is_accepted: bool
    kept: str


class ChangeCard(Struct, frozen=True, kw_only=True):
    """What the ERP changed after a carrier was asked, and how far that carrier is with it."""

    revision: int
    learned_at: datetime
    differences: tuple[Difference, ...]
    tenders: tuple[TenderCard, ...]
    has_next: bool
    refused: str


class StopChoice(Struct, frozen=True, kw_only=True):
    """A stop as a form names it, with what its clock shows now."""

    number: int
    label: str
    zone: str
    local_now: str


class DispatchCard(Struct, frozen=True, kw_only=True):
    """Everything that the forms of the dispatch desk need to know of one load.

    Empty texts mean that nothing stands against it. ``asking`` is about asking any carrier,
    ``next_stop`` is where the truck is due, ``is_silent`` whether somebody should call it.
    """

    path: str
    order_ref: str
    currency: str
    carriers: tuple[Askable, ...]
    guide_left: tuple[str, ...]
    asking: str
    tenders: tuple[TenderCard, ...]
    change: ChangeCard | None
    hold: Hold | None
    holding: str
    lifting: str
    owing: Owing
    cancelling: str
    stops: tuple[StopChoice, ...]
    next_stop: StopChoice
    is_silent: bool
    events: tuple[K, ...]


def dispatch_card(load: ShipmentState, company: Company, *, now: Instant) -> DispatchCard:
    """Return what can be done with ``load`` at this moment."""
    stands = situation(load, company)
    tenders = tuple(_tender(one, stands, load, company, now) for one in load.waterfall.in_hand)
    left = tuple(_left(load, company))
    owed = owing(load, at=now, company=company)
    return DispatchCard(
        path=f"/shipments/{load.shipment_ref}",
        order_ref=load.order.order_ref,
        currency=company.currency,
        carriers=tuple(_askable(load, company, now)),
        guide_left=left,
        asking=_said(against_asking(stands)),
        tenders=tenders,
        change=_change(load, tenders, has_next=bool(left)),
        hold=stands.hold,
        holding=_said(against_hold(stands)),
        lifting=_said(against_lifting(stands)),
        owing=owed,
        cancelling=_over(load) or owed.objection,
        stops=tuple(_stop(stop, now) for stop in load.order.stops),
        next_stop=_stop(_next(load, company), now),
        is_silent=load.silent_at is not None,
        events=EVENTS,
    )


def _tender(
    offer: Offer, stands: Situation, load: ShipmentState, company: Company, now: Instant
) -> TenderCard:
    owed = owed_for(load, offer.tender_ref, now, company)
    return TenderCard(
        offer=offer,
        is_accepted=offer.state is OfferState.ACCEPTED,
        kept=_said(against_taking_back(stands, offer.tender_ref, owed=owed)),
    )


def _change(
    load: ShipmentState, tenders: tuple[TenderCard, ...], *, has_next: bool
) -> ChangeCard | None:
    """Return the change that a carrier has yet to agree to, None where none is open."""
    asked = tuple(one for one in tenders if one.offer.purpose is TenderPurpose.CHANGE)
    if load.amended is None or not asked or asked[0].is_accepted:
        return None
    hold = load.holding.hold
    return ChangeCard(
        revision=load.amended.revision,
        learned_at=load.amended.learned_at,
        differences=load.amended.differences,
        tenders=asked,
        has_next=has_next,
        refused=hold.because if hold and hold.revision == load.amended.revision else "",
    )


def _askable(load: ShipmentState, company: Company, now: Instant) -> list[Askable]:
    """Return the active carriers, those of the guide first, as it lists them."""
    guide = {ref: place for place, ref in enumerate(load.waterfall.guide)}
    refs = [ref for ref, carrier in company.carriers.items() if carrier.active]
    return [
        Askable(
            carrier_ref=ref,
            name=company.carriers[ref].name,
            unpriced=choice(load, ref, None, company, now).unpriced,
        )
        for ref in sorted(refs, key=lambda ref: (guide.get(ref, len(guide)), ref))
    ]


def _left(load: ShipmentState, company: Company) -> list[str]:
    """Return who of the guide was not asked about this version yet."""
    waterfall = load.waterfall
    asked = {one.carrier_ref for one in waterfall.offers if one.version == waterfall.version}
    return [ref for ref in waterfall.guide if ref in company.carriers and ref not in asked]


def _next(load: ShipmentState, company: Company) -> Stop:
    account = concluded(load.as_driven, company).account
    return next_stop(account, stops=load.order.stops)


def _stop(stop: Stop, now: Instant) -> StopChoice:
    local = utc(now).astimezone(zone(stop.place.zone))
    return StopChoice(
        number=stop.number,
        label=f"{stop.purpose.value} at stop {stop.number}, {stop.place.label}",
        zone=stop.place.zone,
        local_now=f"{local:%Y-%m-%dT%H:%M}",
    )


def _over(load: ShipmentState) -> str:
    return "It was cancelled." if load.cancelled_at else ""


def _said(against: Objection | None) -> str:
    return f"{against.text} {against.remedy}" if against else ""
