"""The end of an offer without an answer: its time ran out, or we took it back.

Whatever was answered before stands; ending it again changes nothing.
"""

from msgspec import Struct, structs

from drawbar.dispatch.waterfall import Offer, OfferState, Waterfall, ended
from drawbar.freight.instant import Instant


class Expired(Struct, frozen=True, kw_only=True, tag=True):
    """Silence is not an acceptance; the next carrier may be asked."""

    waterfall: Waterfall
    offer: Offer


class Withdrawn(Struct, frozen=True, kw_only=True, tag=True):
    """We took it back. ``offer`` is as it was before: open, or accepted."""

    waterfall: Waterfall
    offer: Offer


class NothingToEnd(Struct, frozen=True, kw_only=True, tag=True):
    """The offer had ended before, or was answered, or does not exist."""

    text: str


def expire(waterfall: Waterfall, tender_ref: str) -> Expired | NothingToEnd:
    """Return what follows when nobody answered ``tender_ref`` in time."""
    offer = waterfall.tender(tender_ref)
    if offer is None or offer.state is not OfferState.OPEN:
        return NothingToEnd(text=_why_not(tender_ref, offer))
    silent = ended(offer, OfferState.EXPIRED)
    return Expired(waterfall=waterfall.replaced(silent), offer=silent)


def withdraw(waterfall: Waterfall, tender_ref: str, *, reason: str) -> Withdrawn | NothingToEnd:
    """Take back an open or an accepted offer, and say why."""
    offer = waterfall.tender(tender_ref)
    if offer is None or offer not in waterfall.in_hand:
        return NothingToEnd(text=_why_not(tender_ref, offer))
    back = ended(offer, OfferState.WITHDRAWN, reason=reason)
    return Withdrawn(waterfall=waterfall.replaced(back), offer=offer)


def acknowledge(waterfall: Waterfall, tender_ref: str, *, at: Instant) -> Waterfall:
    """Note that the carrier's system could read the tender; the first time is kept."""
    offer = waterfall.tender(tender_ref)
    if offer is None or offer.acknowledged_at is not None:
        return waterfall
    return waterfall.replaced(structs.replace(offer, acknowledged_at=at))


def _why_not(tender_ref: str, offer: Offer | None) -> str:
    return f"{tender_ref}: {offer.state.value if offer else 'no such tender'}"
