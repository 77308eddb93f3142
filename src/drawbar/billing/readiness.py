"""Readiness: whether a shipment may be invoiced to its customer now, or every reason why not.

The same rule judges again after each new fact; the first time it says ready, the invoice goes out.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from drawbar.freight.charge import AgreedCharge
from drawbar.freight.money import Money, total
from drawbar.freight.party import Customer


class Proof(StrEnum):
    """What the proof of delivery is worth, in the words of billing."""

    MISSING = "missing"
    INCOMPLETE = "incomplete"
    COMPLETE = "complete"
    SHORT = "short"
    OVER = "over"


class Standing(Struct, frozen=True, kw_only=True):
    """How a shipment stands, as far as its invoice asks.

    ``proof_lacks`` names in words what an incomplete proof of delivery is missing. ``invoice_ref``
    is the invoice that was released before, empty where none was. ``sequence_ok`` is false where
    the reported times contradict each other.
    """

    delivered: bool
    proof: Proof
    proof_lacks: tuple[str, ...] = ()
    sequence_ok: bool = True
    invoice_ref: str = ""


class Obstacle(StrEnum):
    """Why a shipment cannot be invoiced yet. Stored."""

    CUSTOMER_UNKNOWN = "customer_unknown"
    TERMS_UNKNOWN = "terms_unknown"
    NOT_DELIVERED = "not_delivered"
    SEQUENCE_INVALID = "sequence_invalid"
    POD_MISSING = "pod_missing"
    POD_INVALID = "pod_invalid"
    SHORT_DELIVERY = "short_delivery"
    NO_CHARGES = "no_charges"
    PROVISIONAL = "provisional"
    MIXED_CURRENCIES = "mixed_currencies"


class NotReadyReason(Struct, frozen=True, kw_only=True):
    """One reason not to invoice yet, in words, and what would end it."""

    code: Obstacle
    text: str
    remedy: str


class Ready(Struct, frozen=True, kw_only=True, tag=True):
    """It may be invoiced now, for this sum of rounded lines."""

    total: Money


class NotReady(Struct, frozen=True, kw_only=True, tag=True):
    """It waits; ``reasons`` are all there are, never empty."""

    reasons: tuple[NotReadyReason, ...]


class AlreadyInvoiced(Struct, frozen=True, kw_only=True, tag=True):
    """It was invoiced before; asking again changes nothing."""

    invoice_ref: str


def ready(
    standing: Standing, *, customer: Customer | None, sell_charges: Sequence[AgreedCharge]
) -> Ready | NotReady | AlreadyInvoiced:
    """Judge whether the shipment may be invoiced with these charges."""
    if standing.invoice_ref:
        return AlreadyInvoiced(invoice_ref=standing.invoice_ref)
    reasons = (
        *_about_customer(standing, customer),
        *_about_delivery(standing),
        *_about_charges(sell_charges),
    )
    if reasons:
        return NotReady(reasons=reasons)
    rounded = [one.charge.money.rounded() for one in sell_charges]
    return Ready(total=total(rounded, currency=rounded[0].currency))


def _about_customer(standing: Standing, customer: Customer | None) -> Iterator[NotReadyReason]:
    if customer is None:
        yield NotReadyReason(
            code=Obstacle.CUSTOMER_UNKNOWN,
            text="nobody knows this customer",
            remedy="Add the customer to the company folder.",
        )
        return
    if customer.payment_days is None:
        yield NotReadyReason(
            code=Obstacle.TERMS_UNKNOWN,
            text=f"no payment terms are agreed with {customer.name}",
            remedy="Enter the customer's payment days.",
        )
    if standing.proof is Proof.SHORT and not customer.short_delivery_billable:
        yield NotReadyReason(
            code=Obstacle.SHORT_DELIVERY,
            text=f"pieces are missing, and {customer.name} does not pay for a short delivery",
            remedy="Settle the shortage with the customer, or deliver the rest.",
        )


def _about_delivery(standing: Standing) -> Iterator[NotReadyReason]:
    if not standing.delivered:
        yield NotReadyReason(
            code=Obstacle.NOT_DELIVERED,
            text="it is not reported as delivered",
            remedy="The delivery report of the carrier.",
        )
    if not standing.sequence_ok:
        yield NotReadyReason(
            code=Obstacle.SEQUENCE_INVALID,
            text="its reported times contradict each other",
            remedy="Correct the report that is wrong.",
        )
    if standing.proof is Proof.MISSING:
        yield NotReadyReason(
            code=Obstacle.POD_MISSING,
            text="there is no proof of delivery",
            remedy="Ask the carrier for the signed proof of delivery.",
        )
    if standing.proof is Proof.INCOMPLETE:
        lacks = ", ".join(standing.proof_lacks)
        yield NotReadyReason(
            code=Obstacle.POD_INVALID,
            text=f"the proof of delivery lacks {lacks or 'something that the customer asks for'}",
            remedy="Ask the carrier for a complete proof of delivery.",
        )


def _about_charges(charges: Sequence[AgreedCharge]) -> Iterator[NotReadyReason]:
    if sum(one.charge.money.rounded().amount for one in charges) <= 0:
        yield NotReadyReason(
            code=Obstacle.NO_CHARGES,
            text="there is nothing to charge for it",
            remedy="Add the lane to the customer's rate contract.",
        )
    provisional = [one.charge.kind.value for one in charges if one.provisional]
    if provisional:
        yield NotReadyReason(
            code=Obstacle.PROVISIONAL,
            text=f"provisional: {', '.join(provisional).replace('_', ' ')}",
            remedy="The missing rate or index; it is priced again when that is there.",
        )
    currencies = sorted({one.charge.money.currency for one in charges})
    if len(currencies) > 1:
        yield NotReadyReason(
            code=Obstacle.MIXED_CURRENCIES,
            text=f"its charges are in {' and '.join(currencies)}",
            remedy="Charge in one currency.",
        )
