"""Everything about invoicing customers, by the fact that asks for it."""

from typing import assert_never

from msgspec import structs

from drawbar.flow import (
    credit_note,
    customer_invoice,
    customer_invoice_contest,
    customer_invoice_wish,
    invoice_period,
    reassessment,
)
from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.needs import shipment
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.invoice import (
    BillingReviewed,
    InvoiceAsked,
    InvoiceContested,
    InvoiceCredited,
    InvoicePaid,
    InvoicePeriodEnded,
    InvoiceReady,
    InvoiceUpheld,
)
from drawbar.freight.paper import FiledPaper, PaperFiled

BillingFact = (
    InvoiceReady
    | InvoiceAsked
    | InvoicePeriodEnded
    | InvoiceCredited
    | InvoiceContested
    | InvoiceUpheld
    | InvoicePaid
    | BillingReviewed
    | PaperFiled
)


class NoShipment(ValueError):
    """A paper or a review for a shipment that does not exist. Correct its reference."""


def decide(fact: BillingFact, known: Known, company: Company) -> Decision:
    """Return what follows for a customer's invoices."""
    match fact:
        case InvoiceReady():
            return customer_invoice_wish.decide(fact, known, company)
        case InvoiceAsked():
            return customer_invoice_wish.asked(fact, known, company)
        case InvoicePeriodEnded():
            return invoice_period.ended(fact, known, company)
        case InvoiceCredited():
            return credit_note.decide(fact, known, company)
        case InvoiceContested():
            return customer_invoice_contest.contested(fact, known)
        case InvoiceUpheld():
            return customer_invoice_contest.upheld(fact, known)
        case InvoicePaid():
            return customer_invoice.paid(fact, known)
        case BillingReviewed() | PaperFiled():
            return _looked_at(fact, known, company)
        case _:
            assert_never(fact)


def _looked_at(fact: BillingReviewed | PaperFiled, known: Known, company: Company) -> Decision:
    """Draw every conclusion about a shipment anew, with a paper more on file if one came."""
    stream = shipment(fact.shipment_ref)
    load = known.states.get(stream)
    if not isinstance(load, ShipmentState):
        raise NoShipment(f"no shipment is called {fact.shipment_ref}")
    if isinstance(fact, BillingReviewed):
        return reassessment.reassessed(load, load, fact, company)
    paper = FiledPaper(
        kind=fact.kind,
        number=fact.number,
        money=fact.money,
        document=fact.document,
        fact=fact.key,
    )
    alike = [structs.replace(one, fact=fact.key) for one in load.papers]
    if paper in alike:
        return NOTHING  # it is on file already
    after = structs.replace(load, papers=(*load.papers, paper))
    number = f" {fact.number}" if fact.number else ""
    note = f"{fact.kind.value.replace('_', ' ').capitalize()}{number} filed by {fact.filed_by}"
    return joined(
        Decision(notes=((stream, note),)), reassessment.reassessed(load, after, fact, company)
    )
