"""A carrier's answer to a tender: who has the load now, or why the answer does not count.

Arrival decides: ``at`` is when we learned of the answer. The first acceptance in time wins; a
carrier that drives an earlier version may confirm the newest late, since nobody else is asked.
"""

from msgspec import Struct, structs

from drawbar.dispatch.waterfall import Offer, OfferState, Waterfall, ended
from drawbar.freight.instant import Instant
from drawbar.freight.tender import Answer


class Awarded(Struct, frozen=True, kw_only=True, tag=True):
    """The carrier has the load. ``lost`` are the others of a broadcast, to be told so."""

    waterfall: Waterfall
    offer: Offer
    lost: tuple[Offer, ...] = ()


class Declined(Struct, frozen=True, kw_only=True, tag=True):
    """The carrier does not take it; the next one may be asked."""

    waterfall: Waterfall
    offer: Offer


class GivenBack(Struct, frozen=True, kw_only=True, tag=True):
    """The carrier had accepted and now does not take it; the load is without a carrier again."""

    waterfall: Waterfall
    offer: Offer


class Stale(Struct, frozen=True, kw_only=True, tag=True):
    """An answer to a version or a tender that does not stand any more. Nothing changes."""

    text: str


class Late(Struct, frozen=True, kw_only=True, tag=True):
    """An acceptance after its time, or after a decline. Nothing changes; a person may ask again."""

    text: str


class AlreadyAwarded(Struct, frozen=True, kw_only=True, tag=True):
    """Another carrier has the load. The text does not name it: the carrier reads it too."""

    text: str


class NotAsked(Struct, frozen=True, kw_only=True, tag=True):
    """The carrier was never offered what it answers. Nothing changes."""

    text: str


class Repeated(Struct, frozen=True, kw_only=True, tag=True):
    """Nothing new: the same answer again, or a decline of what has ended anyway."""

    text: str


Answered = Awarded | Declined | GivenBack | Stale | Late | AlreadyAwarded | NotAsked | Repeated


def answer(
    waterfall: Waterfall,
    *,
    carrier_ref: str,
    tender_ref: str | None,
    answer: Answer,
    at: Instant,
    reason: str = "",
) -> Answered:
    """Return what follows from one answer. ``tender_ref`` is None where it names only the load.

    Such an answer counts only if this carrier was never offered more than one version.
    """
    offer = _meant(waterfall, carrier_ref, tender_ref)
    if not isinstance(offer, Offer):
        return offer
    if offer.version != waterfall.version:
        return Stale(
            text=f"{carrier_ref} {answer.value} version {offer.version} ({offer.tender_ref});"
            f" the load is version {waterfall.version} now"
        )
    if answer is Answer.DECLINED:
        return _declined(waterfall, offer, at, reason)
    return _accepted(waterfall, offer, at)


def _meant(
    waterfall: Waterfall, carrier_ref: str, tender_ref: str | None
) -> Offer | Stale | NotAsked:
    if tender_ref:
        offer = waterfall.tender(tender_ref)
        if offer is None or offer.carrier_ref != carrier_ref:
            return NotAsked(text=f"{carrier_ref} was not offered a tender {tender_ref}")
        return offer
    offers = [offer for offer in waterfall.offers if offer.carrier_ref == carrier_ref]
    if not offers:
        return NotAsked(text=f"{carrier_ref} was not offered this load")
    versions = sorted({offer.version for offer in offers})
    if len(versions) > 1:
        known = ", ".join(str(version) for version in versions)
        return Stale(
            text=f"{carrier_ref} names only the load, of which it was offered versions {known}:"
            " which one it means is unknown"
        )
    return offers[-1]


def _accepted(waterfall: Waterfall, offer: Offer, at: Instant) -> Answered:
    if offer.state is OfferState.ACCEPTED:
        return Repeated(text=f"{offer.carrier_ref} had accepted {offer.tender_ref} already")
    if waterfall.award:
        return AlreadyAwarded(text=f"{offer.tender_ref}: another carrier has this load")
    if offer.state is OfferState.WITHDRAWN:
        return Stale(
            text=f"{offer.tender_ref} was withdrawn before {offer.carrier_ref} accepted it"
        )
    if offer.state is not OfferState.OPEN or (at > offer.answer_by and not offer.committed):
        return Late(text=_too_late(offer, at))
    return _awarded(waterfall, offer, at)


def _awarded(waterfall: Waterfall, offer: Offer, at: Instant) -> Awarded:
    won = structs.replace(offer, state=OfferState.ACCEPTED, answered_at=at)
    lost = tuple(
        ended(other, OfferState.LOST, reason="another carrier accepted first")
        for other in waterfall.open_offers
        if other.tender_ref != offer.tender_ref
    )
    return Awarded(waterfall=waterfall.replaced(won, *lost), offer=won, lost=lost)


def _declined(waterfall: Waterfall, offer: Offer, at: Instant, reason: str) -> Answered:
    if offer.state not in (OfferState.OPEN, OfferState.ACCEPTED):
        return Repeated(text=f"{offer.tender_ref} had ended already: {offer.state.value}")
    refused = structs.replace(offer, state=OfferState.DECLINED, answered_at=at, reason=reason)
    after = waterfall.replaced(refused)
    if offer.state is OfferState.ACCEPTED:
        return GivenBack(waterfall=after, offer=refused)
    return Declined(waterfall=after, offer=refused)


def _too_late(offer: Offer, at: Instant) -> str:
    if offer.state is OfferState.DECLINED:
        return f"{offer.carrier_ref} accepted {offer.tender_ref} after it had declined it"
    return (
        f"{offer.carrier_ref} accepted {offer.tender_ref} at {at:%Y-%m-%d %H:%M:%S} UTC;"
        f" it had until {offer.answer_by:%Y-%m-%d %H:%M:%S} UTC"
    )
