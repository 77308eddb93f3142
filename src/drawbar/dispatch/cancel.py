"""Cancelling a load: nothing, a tender, or an award has to be taken back, or it is too late.

What a carrier is owed for a truck ordered and not used is its contract's word, not ours.
"""

from msgspec import Struct

from drawbar.dispatch.waterfall import Offer, OfferState, Waterfall, ended


class NothingOwed(Struct, frozen=True, kw_only=True, tag=True):
    """No carrier has to be told: nobody has the load and nobody is asked."""

    waterfall: Waterfall


class WithdrawTender(Struct, frozen=True, kw_only=True, tag=True):
    """Carriers that were asked and have not accepted are told; nobody is owed anything."""

    waterfall: Waterfall
    offers: tuple[Offer, ...]


class CancelAward(Struct, frozen=True, kw_only=True, tag=True):
    """A carrier that had accepted is told, and may be owed by contract.

    ``offer`` is the tender to cancel. ``accepted`` is the offer that this carrier accepted: the
    same one, or an earlier version when it had not answered the newest yet.
    """

    waterfall: Waterfall
    offer: Offer
    accepted: Offer


class OnTheRoad(Struct, frozen=True, kw_only=True, tag=True):
    """The freight was picked up: it cannot be cancelled, only turned round by a person."""

    text: str


def cancel(
    waterfall: Waterfall, *, picked_up: bool, reason: str
) -> NothingOwed | WithdrawTender | CancelAward | OnTheRoad:
    """Return what a cancellation means now. Cancelling again is ``NothingOwed``."""
    if picked_up:
        return OnTheRoad(
            text="the freight has left its pickup: arrange its return or a new consignee"
        )
    offers = waterfall.in_hand
    after = waterfall.replaced(*(ended(o, OfferState.WITHDRAWN, reason=reason) for o in offers))
    for offer in offers:
        if offer.committed or offer.state is OfferState.ACCEPTED:
            accepted = _last_accepted(waterfall, offer)
            return CancelAward(waterfall=after, offer=offer, accepted=accepted)
    if offers:
        return WithdrawTender(waterfall=after, offers=offers)
    return NothingOwed(waterfall=after)


def _last_accepted(waterfall: Waterfall, offer: Offer) -> Offer:
    accepted = [
        other
        for other in waterfall.offers
        if other.carrier_ref == offer.carrier_ref and other.answered_at is not None
    ]
    return accepted[-1]
