"""Readiness: whether a shipment may be invoiced to its customer now, or every reason why not.

The same rule judges again after each new fact; the first time it says ready, the invoice goes out.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from enum import StrEnum

from msgspec import Struct

from drawbar.billing.obstacle import NotReadyReason, Obstacle
from drawbar.freight.billing_terms import BillingTerms, PaperKind
from drawbar.freight.charge import AgreedCharge
from drawbar.freight.instant import Instant, zone
from drawbar.freight.money import Money, total
from drawbar.freight.party import Customer
from drawbar.freight.reference import ReferenceKind


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
    the reported times contradict each other. ``papers`` and ``references`` are on file beside the
    proof; ``contested`` names the carrier's charges that are not settled. A truck that was not
    used needs no papers, and nothing more happens to it: ``cancelled``.
    """

    delivered: bool
    proof: Proof
    proof_lacks: tuple[str, ...] = ()
    sequence_ok: bool = True
    invoice_ref: str = ""
    delivered_at: Instant | None = None
    papers: frozenset[PaperKind] = frozenset()
    references: frozenset[ReferenceKind] = frozenset()
    has_cost_centre: bool = False
    contested: tuple[str, ...] = ()
    cancelled: bool = False


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
    standing: Standing,
    *,
    customer: Customer | None,
    sell_charges: Sequence[AgreedCharge],
    now: Instant,
) -> Ready | NotReady | AlreadyInvoiced:
    """Judge whether the shipment may be invoiced with these charges at ``now``."""
    if standing.invoice_ref:
        return AlreadyInvoiced(invoice_ref=standing.invoice_ref)
    terms = customer.billing if customer else BillingTerms()
    reasons = (
        *_about_customer(standing, customer),
        *_about_delivery(standing),
        *_about_proof(standing, terms),
        *_about_papers(standing, terms),
        *_about_names(standing, terms),
        *_about_time(standing, terms, now),
        *_about_charges(sell_charges),
        *_about_costs(standing, terms, sell_charges),
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


def _about_proof(standing: Standing, terms: BillingTerms) -> Iterator[NotReadyReason]:
    if PaperKind.POD not in terms.documents:
        return
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


def _about_papers(standing: Standing, terms: BillingTerms) -> Iterator[NotReadyReason]:
    for paper in () if standing.cancelled else terms.documents:
        if paper is not PaperKind.POD and paper not in standing.papers:
            name = _NAMES[paper]
            yield NotReadyReason(
                code=Obstacle.PAPER_MISSING,
                text=f"there is no {name} on file",
                remedy=f"Ask the carrier for the {name}, and file it with the shipment.",
            )


def _about_names(standing: Standing, terms: BillingTerms) -> Iterator[NotReadyReason]:
    for kind in terms.references:
        if kind not in standing.references:
            name = kind.value.replace("_", " ").upper()
            yield NotReadyReason(
                code=Obstacle.REFERENCE_MISSING,
                text=f"the order has no {name}, and the customer wants it on the invoice",
                remedy=f"Ask the customer for the {name}, and send it as a change of the order.",
            )
    if terms.cost_centre_required and not standing.has_cost_centre:
        yield NotReadyReason(
            code=Obstacle.COST_CENTRE_MISSING,
            text="nobody knows which cost centre bears it",
            remedy="Name the cost centre on the order, or the customer's usual one in its file.",
        )


def _about_time(standing: Standing, terms: BillingTerms, now: Instant) -> Iterator[NotReadyReason]:
    until = events_until(standing, terms)
    if until is not None and now < until:
        here = until.astimezone(zone(terms.zone or "UTC"))
        yield NotReadyReason(
            code=Obstacle.EVENTS_OPEN,
            text=f"late events may still come until {here:%Y-%m-%d %H:%M %Z}",
            remedy="Nothing: it is looked at again by itself at that time.",
        )


def events_until(standing: Standing, terms: BillingTerms) -> Instant | None:
    """Return until when late events are waited for; None where they are not."""
    if standing.cancelled or standing.delivered_at is None or not terms.events_wait_hours:
        return None
    return standing.delivered_at + timedelta(hours=terms.events_wait_hours)


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


def _about_costs(
    standing: Standing, terms: BillingTerms, charges: Sequence[AgreedCharge]
) -> Iterator[NotReadyReason]:
    passed_on = {one.passes_on for one in charges if one.passes_on}
    open_now = [name for name in standing.contested if name in passed_on]
    if terms.costs_settled and open_now:
        yield NotReadyReason(
            code=Obstacle.COST_CONTESTED,
            text=f"the carrier's {', '.join(open_now).replace('_', ' ')} is not settled yet",
            remedy="End the dispute about the carrier's bill; what is agreed is then passed on.",
        )


_NAMES = {
    PaperKind.POD: "proof of delivery",
    PaperKind.BOL: "bill of lading",
    PaperKind.RECEIPT: "receipt",
    PaperKind.WEIGHT_CERTIFICATE: "weight certificate",
}
