"""What stands against a dispatcher's own decision about a load, in words that say what would help.

The page asks before the click, the door before it keeps the message, the flow under its lock.
"""

from collections.abc import Iterator

from msgspec import Struct

from drawbar.dispatch.ending import NothingToEnd, withdraw
from drawbar.dispatch.hold import Hold
from drawbar.dispatch.waterfall import Offer, OfferState, Waterfall
from drawbar.freight.money import Money
from drawbar.freight.party import Carrier


class Objection(Struct, frozen=True, kw_only=True):
    """Why it cannot be done now, and what a person can do about that."""

    text: str
    remedy: str


class Situation(Struct, frozen=True, kw_only=True):
    """How a load stands, as far as it decides what can be done with it by hand.

    ``is_stocked``: the goods are set aside. ``is_on_the_road``: they have left their pickup.
    ``is_settled``: somebody was paid or invoiced for the load.
    """

    waterfall: Waterfall
    hold: Hold | None = None
    is_stocked: bool = True
    is_on_the_road: bool = False
    is_settled: bool = False
    is_delivered: bool = False
    is_cancelled: bool = False


class Choice(Struct, frozen=True, kw_only=True):
    """The carrier that a dispatcher chose. ``carrier`` is None where we know none of that name.

    ``unpriced`` says why nothing could be paid to it, empty where a contract or a rate says what.
    """

    carrier_ref: str
    carrier: Carrier | None
    unpriced: str = ""


def against_asking(now: Situation) -> Objection | None:
    """Return what stands against asking anybody."""
    return next(_against_asking(now), None)


def against_offer(now: Situation, choice: Choice) -> Objection | None:
    """Return what stands against offering the load to the chosen carrier."""
    return next(_against_choice(choice), None) or against_asking(now)


def against_taking_back(now: Situation, tender_ref: str, *, owed: Money | None) -> Objection | None:
    """Return what stands against taking a tender back. ``owed`` is what its carrier would get."""
    return next(_against_taking_back(now, tender_ref, owed), None)


def against_hold(now: Situation) -> Objection | None:
    """Return what stands against stopping the load."""
    if now.hold is not None:
        return Objection(text=_held(now.hold), remedy="It is stopped already.")
    if now.is_cancelled or now.is_delivered:
        return Objection(text=_over(now), remedy="There is nothing left to stop.")
    if now.is_on_the_road:
        return Objection(
            text="The freight has left its pickup.",
            remedy="Call the carrier: only the driver can stop it now.",
        )
    return None


def against_lifting(now: Situation) -> Objection | None:
    """Return what stands against letting the load go on."""
    if now.hold is None:
        return Objection(text="The load is not on hold.", remedy="It goes on already.")
    return None


def _against_choice(choice: Choice) -> Iterator[Objection]:
    if choice.carrier is None:
        yield Objection(
            text=f"Nobody knows a carrier {choice.carrier_ref}.",
            remedy="Add it to the company folder, or name one that is there.",
        )
    elif not choice.carrier.active:
        yield Objection(
            text=f"{choice.carrier.name} is not active.",
            remedy="Activate the carrier in the company folder, or choose another.",
        )
    elif choice.unpriced:
        yield Objection(
            text=f"{choice.carrier_ref} has no price for this load: {choice.unpriced.rstrip('.')}.",
            remedy="State a spot rate that somebody approves, or add the lane to its contract.",
        )


def _against_asking(now: Situation) -> Iterator[Objection]:
    if now.is_cancelled or now.is_delivered:
        yield Objection(text=_over(now), remedy="No carrier is needed any more.")
    if now.hold is not None:
        yield Objection(text=_held(now.hold), remedy="Let it go on first.")
    if not now.is_stocked:
        yield Objection(
            text="The warehouse has not set the goods aside yet.",
            remedy="Wait for its answer: nothing is dispatched that is not reserved.",
        )
    if now.waterfall.in_hand:
        yield _in_hand(now.waterfall.in_hand[0])


def _in_hand(offer: Offer) -> Objection:
    if offer.state is OfferState.ACCEPTED:
        return Objection(
            text=f"{offer.carrier_ref} has the load ({offer.tender_ref}).",
            remedy="Take the tender back first; that may cost a TONU.",
        )
    return Objection(
        text=f"{offer.carrier_ref} was asked as {offer.tender_ref} and may answer until"
        f" {offer.answer_by:%Y-%m-%d %H:%M} UTC.",
        remedy="Take that tender back first, or wait for the answer.",
    )


def _against_taking_back(
    now: Situation, tender_ref: str, owed: Money | None
) -> Iterator[Objection]:
    outcome = withdraw(now.waterfall, tender_ref, reason="")
    if isinstance(outcome, NothingToEnd):
        yield Objection(
            text=f"There is nothing to take back: {outcome.text}.",
            remedy="Look at the tenders of the load again.",
        )
        return
    offer = outcome.offer
    if not offer.committed and offer.state is not OfferState.ACCEPTED:
        return
    if now.is_on_the_road or now.is_settled or now.is_delivered:
        yield Objection(
            text=f"The freight has left its pickup with {offer.carrier_ref}, or was paid for.",
            remedy="Call the carrier: it delivers, or hands the freight over.",
        )
    if owed is not None:
        yield Objection(
            text=f"{offer.carrier_ref} has planned a truck and would get a TONU of {owed}, which"
            " a load that goes on with another carrier cannot pay.",
            remedy="Let the carrier give it back (record its decline), or cancel the order.",
        )


def _held(hold: Hold) -> str:
    return f"The load is on hold by {hold.by} because {hold.because}."


def _over(now: Situation) -> str:
    return "The load was cancelled." if now.is_cancelled else "The load is delivered."
