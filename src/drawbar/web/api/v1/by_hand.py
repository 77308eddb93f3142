"""What a dispatcher decides about a load, over HTTP: who is asked, who is not, and when to stop.

Who decided is whose key it is, and when is when it came; what does not fit now is refused unkept.
"""

from collections.abc import Callable

from litestar import post
from litestar.params import JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED
from msgspec import Struct

from drawbar.freight.identity import key_for
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Reading
from drawbar.freight.tender import (
    HoldLifted,
    LoadHeld,
    LoadOffered,
    LoadOfferedToAll,
    LoadRetendered,
    TenderWithdrawn,
)
from drawbar.web.api.v1.body import decoded
from drawbar.web.api.v1.by_hand_check import refuse_impossible
from drawbar.web.api.v1.finance import Because
from drawbar.web.api.v1.inbound import Arriving, Inbound, TakenV1
from drawbar.web.api.v1.term import MoneyV1
from drawbar.web.api.v1.text import Line, Name
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope

Reader = Callable[[bytes, Receipt], Reading]


class LoadOfferV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Offer a load to one carrier. ``rate`` is a spot rate for linehaul and fuel together.

    Without a rate the carrier's contract decides what the load pays.
    """

    shipment_ref: Name
    carrier_ref: Name
    reason: Because
    rate: MoneyV1 | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a rate of nothing or less."""
        if self.rate is not None and self.rate.money().amount <= 0:
            raise ValueError(f"a spot rate is above zero, not {self.rate.money()}")


class LoadBroadcastV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Offer a load to everybody of its routing guide who was not asked yet."""

    shipment_ref: Name
    reason: Because


class TenderWithdrawalV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take a tender back. Nobody else is asked until somebody says so."""

    shipment_ref: Name
    tender_ref: Name
    reason: Because


class RetenderV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Let the next carrier of the guide be asked; ``tender_ref`` is taken back before, if given."""

    shipment_ref: Name
    reason: Because
    tender_ref: Line = ""


class LoadHoldV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stop a load: no carrier is asked any more. Who has it keeps it."""

    shipment_ref: Name
    reason: Because


class HoldLiftingV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Let a load go on that somebody had stopped."""

    shipment_ref: Name
    reason: Because


@post("/v1/load-offers", status_code=HTTP_202_ACCEPTED, **policy(Scope.LOAD_DISPATCH))
def offer_load(data: JSONBody[LoadOfferV1], inbound: Arriving) -> TakenV1:
    """Offer a load to a carrier by name, at its contract's rate or at a spot rate."""
    return decided(inbound, "offer-load")


@post("/v1/load-broadcasts", status_code=HTTP_202_ACCEPTED, **policy(Scope.LOAD_DISPATCH))
def offer_load_to_all(data: JSONBody[LoadBroadcastV1], inbound: Arriving) -> TakenV1:
    """Offer a load to all carriers of its guide at once; the first to accept has it."""
    return decided(inbound, "offer-load-to-all")


@post("/v1/tender-withdrawals", status_code=HTTP_202_ACCEPTED, **policy(Scope.LOAD_DISPATCH))
def withdraw_tender(data: JSONBody[TenderWithdrawalV1], inbound: Arriving) -> TakenV1:
    """Take a tender back from its carrier, as long as nothing is owed for it."""
    return decided(inbound, "withdraw-tender")


@post("/v1/retenders", status_code=HTTP_202_ACCEPTED, **policy(Scope.LOAD_DISPATCH))
def retender_load(data: JSONBody[RetenderV1], inbound: Arriving) -> TakenV1:
    """Let the next carrier of the routing guide be asked."""
    return decided(inbound, "retender-load")


@post("/v1/load-holds", status_code=HTTP_202_ACCEPTED, **policy(Scope.LOAD_DISPATCH))
def hold_load(data: JSONBody[LoadHoldV1], inbound: Arriving) -> TakenV1:
    """Stop a load until somebody lets it go on."""
    return decided(inbound, "hold-load")


@post("/v1/hold-liftings", status_code=HTTP_202_ACCEPTED, **policy(Scope.LOAD_DISPATCH))
def lift_hold(data: JSONBody[HoldLiftingV1], inbound: Arriving) -> TakenV1:
    """Let a load go on."""
    return decided(inbound, "lift-hold")


def decided(inbound: Inbound, verb: str) -> TakenV1:
    """Take a decision in unless something stands against it now. Raise ``Refusal``."""
    refuse_impossible(inbound, verb, HAND_READERS[f"api:{verb}"])
    return inbound.take(verb)


def read_offer(body: bytes, receipt: Receipt) -> Reading:
    """Read an offer by hand; the sender is who approved its rate."""
    told = decoded(body, LoadOfferV1)
    fact = LoadOffered(
        key=_key("load-offered", told.shipment_ref, receipt),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        shipment_ref=told.shipment_ref,
        carrier_ref=told.carrier_ref,
        offered_by=receipt.sender,
        reason=told.reason,
        rate=told.rate.money() if told.rate else None,
    )
    return Reading(facts=(fact,))


def read_broadcast(body: bytes, receipt: Receipt) -> Reading:
    """Read an offer to everybody."""
    told = decoded(body, LoadBroadcastV1)
    fact = LoadOfferedToAll(
        key=_key("load-offered-to-all", told.shipment_ref, receipt),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        shipment_ref=told.shipment_ref,
        offered_by=receipt.sender,
        reason=told.reason,
    )
    return Reading(facts=(fact,))


def read_withdrawal(body: bytes, receipt: Receipt) -> Reading:
    """Read that a tender is taken back."""
    told = decoded(body, TenderWithdrawalV1)
    fact = TenderWithdrawn(
        key=_key("tender-withdrawn", told.shipment_ref, receipt),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        shipment_ref=told.shipment_ref,
        tender_ref=told.tender_ref,
        withdrawn_by=receipt.sender,
        reason=told.reason,
    )
    return Reading(facts=(fact,))


def read_retender(body: bytes, receipt: Receipt) -> Reading:
    """Read that the next carrier is to be asked."""
    told = decoded(body, RetenderV1)
    fact = LoadRetendered(
        key=_key("load-retendered", told.shipment_ref, receipt),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        shipment_ref=told.shipment_ref,
        tender_ref=told.tender_ref,
        retendered_by=receipt.sender,
        reason=told.reason,
    )
    return Reading(facts=(fact,))


def read_hold(body: bytes, receipt: Receipt) -> Reading:
    """Read that a load is stopped."""
    told = decoded(body, LoadHoldV1)
    fact = LoadHeld(
        key=_key("load-held", told.shipment_ref, receipt),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        shipment_ref=told.shipment_ref,
        held_by=receipt.sender,
        reason=told.reason,
    )
    return Reading(facts=(fact,))


def read_lifting(body: bytes, receipt: Receipt) -> Reading:
    """Read that a load goes on."""
    told = decoded(body, HoldLiftingV1)
    fact = HoldLifted(
        key=_key("hold-lifted", told.shipment_ref, receipt),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        shipment_ref=told.shipment_ref,
        lifted_by=receipt.sender,
        reason=told.reason,
    )
    return Reading(facts=(fact,))


def _key(verb: str, shipment_ref: str, receipt: Receipt) -> str:
    """Return the key of one decision: the same words another day are another decision."""
    return key_for("api", verb, shipment_ref, receipt.message_ref)


HAND_READERS: dict[str, Reader] = {
    "api:offer-load": read_offer,
    "api:offer-load-to-all": read_broadcast,
    "api:withdraw-tender": read_withdrawal,
    "api:retender-load": read_retender,
    "api:hold-load": read_hold,
    "api:lift-hold": read_lifting,
}
"""Which reader reads which of these messages, by its channel."""

HAND_ROUTES = (
    offer_load,
    offer_load_to_all,
    withdraw_tender,
    retender_load,
    hold_load,
    lift_hold,
)
HAND_SHAPES: tuple[type, ...] = (
    LoadOfferV1,
    LoadBroadcastV1,
    TenderWithdrawalV1,
    RetenderV1,
    LoadHoldV1,
    HoldLiftingV1,
)
