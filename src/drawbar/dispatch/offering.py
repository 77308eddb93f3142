"""Offering a load: down the routing guide one by one, to all at once, or to one by hand.

While a carrier has the load or still thinks about it, nobody else is asked.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from msgspec import Struct, structs

from drawbar.dispatch.waterfall import Offer, OfferState, Waterfall, ended, tender_ref_of
from drawbar.freight.delivery import TenderPurpose
from drawbar.freight.instant import Instant
from drawbar.freight.tender import SpotRate


class Offered(Struct, frozen=True, kw_only=True, tag=True):
    """One carrier is asked now."""

    waterfall: Waterfall
    offer: Offer


class OfferedToAll(Struct, frozen=True, kw_only=True, tag=True):
    """Several carriers are asked at once, best first; the first to accept has the load."""

    waterfall: Waterfall
    offers: tuple[Offer, ...]


class InHand(Struct, frozen=True, kw_only=True, tag=True):
    """Nobody is asked: a carrier has the load or has not answered yet."""

    offers: tuple[Offer, ...]


class Exhausted(Struct, frozen=True, kw_only=True, tag=True):
    """Nobody is left to ask about this version. ``text`` says who was asked and what they said."""

    waterfall: Waterfall
    text: str


class Changed(Struct, frozen=True, kw_only=True, tag=True):
    """The load has a new version. ``offers`` asks again whoever had it or was asked about it.

    ``offers`` is empty where nobody was; then the guide is asked from its top.
    """

    waterfall: Waterfall
    offers: tuple[Offer, ...]


def offer_next(
    waterfall: Waterfall, *, shipment_ref: str, now: Instant, response_minutes: Mapping[str, int]
) -> Offered | InHand | Exhausted:
    """Ask the best carrier of the guide that was not asked about this version yet.

    A carrier that ``response_minutes`` does not name is passed over: we do not work with it now.
    """
    if waterfall.in_hand:
        return InHand(offers=waterfall.in_hand)
    left = _not_asked(waterfall, response_minutes)
    if not left:
        return Exhausted(waterfall=waterfall, text=_nobody_left(waterfall, response_minutes))
    asked = _asked(waterfall, left[:1], shipment_ref, now, response_minutes)
    return Offered(waterfall=asked, offer=asked.offers[-1])


def offer_all(
    waterfall: Waterfall, *, shipment_ref: str, now: Instant, response_minutes: Mapping[str, int]
) -> OfferedToAll | InHand | Exhausted:
    """Ask every carrier of the guide that was not asked about this version yet."""
    if waterfall.in_hand:
        return InHand(offers=waterfall.in_hand)
    left = _not_asked(waterfall, response_minutes)
    if not left:
        return Exhausted(waterfall=waterfall, text=_nobody_left(waterfall, response_minutes))
    asked = _asked(waterfall, left, shipment_ref, now, response_minutes)
    return OfferedToAll(waterfall=asked, offers=asked.offers[-len(left) :])


def offer_to(
    waterfall: Waterfall,
    carrier_ref: str,
    *,
    shipment_ref: str,
    now: Instant,
    minutes: int,
    spot: SpotRate | None = None,
) -> Offered | InHand:
    """Ask one carrier that a dispatcher chose, in the guide or not, asked before or not."""
    if waterfall.in_hand:
        return InHand(offers=waterfall.in_hand)
    asked = _asked(waterfall, [carrier_ref], shipment_ref, now, {carrier_ref: minutes})
    offer = structs.replace(asked.offers[-1], spot=spot)
    return Offered(waterfall=asked.replaced(offer), offer=offer)


def change(
    waterfall: Waterfall, *, shipment_ref: str, now: Instant, response_minutes: Mapping[str, int]
) -> Changed:
    """Begin a new version after a material change, and ask again whoever has the load in hand.

    A carrier that has no response time any more gets as long as it had before.
    """
    before = waterfall.in_hand
    closed = waterfall.replaced(*(ended(offer, OfferState.SUPERSEDED) for offer in before))
    revised = structs.replace(closed, version=waterfall.version + 1)
    offers = tuple(
        _asked_again(offer, shipment_ref, revised.version, number, now, response_minutes)
        for number, offer in enumerate(before, start=1)
    )
    return Changed(
        waterfall=structs.replace(revised, offers=revised.offers + offers), offers=offers
    )


def _not_asked(waterfall: Waterfall, response_minutes: Mapping[str, int]) -> list[str]:
    """Return the carriers to ask, best first. Who only lost a race may be asked again."""
    asked = {
        offer.carrier_ref
        for offer in waterfall.offers
        if offer.version == waterfall.version and offer.state is not OfferState.LOST
    }
    guide = dict.fromkeys(waterfall.guide)
    return [carrier for carrier in guide if carrier in response_minutes and carrier not in asked]


def _asked(
    waterfall: Waterfall,
    carriers: Sequence[str],
    shipment_ref: str,
    now: Instant,
    response_minutes: Mapping[str, int],
) -> Waterfall:
    version = waterfall.version
    before = sum(1 for offer in waterfall.offers if offer.version == version)
    offers = tuple(
        Offer(
            tender_ref=tender_ref_of(shipment_ref, version=version, number=number),
            version=version,
            carrier_ref=carrier,
            offered_at=now,
            answer_by=now + timedelta(minutes=response_minutes[carrier]),
        )
        for number, carrier in enumerate(carriers, start=before + 1)
    )
    return structs.replace(waterfall, offers=waterfall.offers + offers)


def _asked_again(
    offer: Offer,
    shipment_ref: str,
    version: int,
    number: int,
    now: Instant,
    response_minutes: Mapping[str, int],
) -> Offer:
    minutes = response_minutes.get(offer.carrier_ref)
    before = offer.answer_by - offer.offered_at
    return Offer(
        tender_ref=tender_ref_of(shipment_ref, version=version, number=number),
        version=version,
        carrier_ref=offer.carrier_ref,
        purpose=TenderPurpose.CHANGE,
        offered_at=now,
        answer_by=now + (before if minutes is None else timedelta(minutes=minutes)),
        committed=offer.committed or offer.state is OfferState.ACCEPTED,
        spot=offer.spot,
    )


def _nobody_left(waterfall: Waterfall, response_minutes: Mapping[str, int]) -> str:
    said = [
        f"{offer.carrier_ref} {offer.state.value}" + (f" ({offer.reason})" if offer.reason else "")
        for offer in waterfall.offers
        if offer.version == waterfall.version
    ]
    unknown = [f"{ref} not in use" for ref in waterfall.guide if ref not in response_minutes]
    return "; ".join(said + unknown) or "the routing guide names no carrier for this lane"
