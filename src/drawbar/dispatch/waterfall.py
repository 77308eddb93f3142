"""A waterfall: which carriers were asked to take a load, in which order, and what each said.

There is never more than one award, and never an open question beside an award.
"""

from enum import StrEnum

from msgspec import Struct, structs

from drawbar.freight.delivery import TenderPurpose
from drawbar.freight.instant import Instant
from drawbar.freight.reference import Reference, ReferenceKind, normalise
from drawbar.freight.tender import SpotRate


class OfferState(StrEnum):
    """What became of a question to a carrier. Stored."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    LOST = "lost"


class Offer(Struct, frozen=True, kw_only=True):
    """One version of a load, offered once to one carrier.

    ``committed`` marks a carrier that had accepted an earlier version when it was asked again: it
    may have planned a truck. ``reason`` is the carrier's for declining, or ours for ending it.
    ``spot`` is what the load pays where a person agreed a rate for it alone. ``believed`` marks a
    yes of its carrier that did not count, ``called_off`` that the carrier was told of its end.
    """

    tender_ref: str
    version: int
    carrier_ref: str
    purpose: TenderPurpose = TenderPurpose.OFFER
    offered_at: Instant
    answer_by: Instant
    state: OfferState = OfferState.OPEN
    committed: bool = False
    answered_at: Instant | None = None
    acknowledged_at: Instant | None = None
    reason: str = ""
    spot: SpotRate | None = None
    believed: bool = False
    called_off: bool = False

    @property
    def is_told_of(self) -> bool:
        """Return whether the carrier was told that it has ended: it need not hear that again."""
        taken_back = self.state in (OfferState.WITHDRAWN, OfferState.LOST)
        gone = self.committed and self.state in (OfferState.DECLINED, OfferState.EXPIRED)
        return self.called_off or taken_back or gone


class Waterfall(Struct, frozen=True, kw_only=True):
    """The carriers to ask, best first, and every offer made, oldest first.

    ``version`` counts the material changes of the load; an offer belongs to one version.
    """

    version: int = 1
    guide: tuple[str, ...]
    offers: tuple[Offer, ...] = ()

    @property
    def award(self) -> Offer | None:
        """Return the accepted offer, if a carrier has the load."""
        for offer in self.offers:
            if offer.state is OfferState.ACCEPTED:
                return offer
        return None

    @property
    def open_offers(self) -> tuple[Offer, ...]:
        """Return the offers that wait for an answer; more than one only after a broadcast."""
        return tuple(offer for offer in self.offers if offer.state is OfferState.OPEN)

    @property
    def in_hand(self) -> tuple[Offer, ...]:
        """Return the award, or else the open offers: what stands between us and asking others."""
        return (self.award,) if self.award else self.open_offers

    @property
    def committed(self) -> Offer | None:
        """Return the offer of the carrier that may be driving: it accepted this or an earlier one.

        None where nobody did. It stands until this carrier answers the newest version with no.
        """
        return self.award or next((offer for offer in self.open_offers if offer.committed), None)

    def tender(self, tender_ref: str) -> Offer | None:
        """Return the offer that somebody calls ``tender_ref``, in any spelling."""
        key = _key(tender_ref)
        return next((offer for offer in self.offers if _key(offer.tender_ref) == key), None)

    def replaced(self, *changed: Offer) -> "Waterfall":
        """Return the waterfall with these offers in place of those of the same tender_ref."""
        by_ref = {offer.tender_ref: offer for offer in changed}
        offers = tuple(by_ref.get(offer.tender_ref, offer) for offer in self.offers)
        return structs.replace(self, offers=offers)


def tender_ref_of(shipment_ref: str, *, version: int, number: int) -> str:
    """Return what an offer is called, such as ``S-1001-V2T1``: version 2, first carrier asked.

    Letters stand between the figures, because partners drop dashes, dots and slashes: 1.12 and
    11.2 would become one name. X12 has room for 30 characters, so a shipment_ref for 24.
    """
    return f"{shipment_ref}-V{version}T{number}"


def ended(offer: Offer, state: OfferState, *, reason: str = "") -> Offer:
    """Return the offer in its new state; a reason that it already has stays without a new one."""
    return structs.replace(offer, state=state, reason=reason or offer.reason)


def _key(tender_ref: str) -> str:
    return normalise(Reference(ReferenceKind.TENDER, tender_ref)).value
