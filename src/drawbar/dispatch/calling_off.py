"""Calling a tender off: a carrier learns that it does not have a load, before its truck drives.

Each tender is called off once. While another tender of the load stands with the same carrier, that
one says what holds; what it had taken for its own before is called off when that one ends.
"""

from collections.abc import Iterator

from msgspec import Struct, structs

from drawbar.dispatch.waterfall import Offer, OfferState, Waterfall


class CalledOff(Struct, frozen=True, kw_only=True, tag=True):
    """``offers`` are those to tell the carrier about now, oldest first; none where it knows."""

    waterfall: Waterfall
    offers: tuple[Offer, ...] = ()


def call_off(waterfall: Waterfall, *ended: Offer) -> CalledOff:
    """Return what to tell the carriers of offers that ended without their yes, or against it."""
    told: list[Offer] = []
    for offer in ended:
        over = _told(waterfall, offer.carrier_ref, also=offer.tender_ref)
        waterfall = over.waterfall
        told += over.offers
    return CalledOff(waterfall=waterfall, offers=tuple(told))


def contradict(waterfall: Waterfall, *, carrier_ref: str, tender_ref: str | None) -> CalledOff:
    """Return what to tell a carrier that said yes to a tender which it does not have.

    A tender that it was never offered cannot be called off. Without ``tender_ref`` it means the
    load, so the last that it was offered.
    """
    meant = _meant(waterfall, carrier_ref, tender_ref)
    if meant is None or meant in waterfall.in_hand:
        return CalledOff(waterfall=waterfall)
    believed = waterfall.replaced(structs.replace(meant, believed=True))
    return _told(believed, carrier_ref, also="" if meant.is_told_of else meant.tender_ref)


def _meant(waterfall: Waterfall, carrier_ref: str, tender_ref: str | None) -> Offer | None:
    if tender_ref:
        offer = waterfall.tender(tender_ref)
        return offer if offer and offer.carrier_ref == carrier_ref else None
    asked = [offer for offer in waterfall.offers if offer.carrier_ref == carrier_ref]
    return asked[-1] if asked else None


def _told(waterfall: Waterfall, carrier_ref: str, *, also: str) -> CalledOff:
    if any(offer.carrier_ref == carrier_ref for offer in waterfall.in_hand):
        return CalledOff(waterfall=waterfall)
    own = [offer for offer in waterfall.offers if offer.carrier_ref == carrier_ref]
    over = {also, *_counted_on(own)}
    told = tuple(
        structs.replace(offer, called_off=True)
        for offer in own
        if offer.tender_ref in over and not offer.called_off
    )
    return CalledOff(waterfall=waterfall.replaced(*told), offers=told)


def _counted_on(own: list[Offer]) -> Iterator[str]:
    """Yield what a carrier said yes to and heard only of newer versions since.

    Its yes to a newer one was its word that the older ones are over.
    """
    agreed = [place for place, offer in enumerate(own) if _is_agreed(offer)]
    for offer in own[agreed[-1] if agreed else 0 :]:
        is_replaced = offer.state is OfferState.SUPERSEDED and offer.answered_at is not None
        if not offer.is_told_of and (offer.believed or is_replaced):
            yield offer.tender_ref


def _is_agreed(offer: Offer) -> bool:
    return offer.answered_at is not None and offer.state is not OfferState.DECLINED
