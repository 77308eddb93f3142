"""Who may say that an invoice goes out: the rule by itself, the end of a period, or a person.

However often it is said, a shipment is invoiced once for each charge.
"""

from drawbar.flow.company import Company
from drawbar.flow.customer_invoice_release import Wish, released
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.invoice_period import waits
from drawbar.flow.needs import shipment
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.supplement import supplement
from drawbar.freight.billing_terms import InvoicePer, Release
from drawbar.freight.invoice import InvoiceAsked, InvoiceReady


class UnknownCustomer(ValueError):
    """Invoices of a customer that the company folder does not name. Add it, then release again."""


def decide(fact: InvoiceReady, known: Known, company: Company) -> Decision:
    """Invoice a shipment that is ready, or let it wait for its period or for a person."""
    load = known.states.get(shipment(fact.shipment_ref))
    payer = company.customers.get(fact.customer_ref)
    assert isinstance(load, ShipmentState)
    assert payer is not None
    if not load.invoice_asked or load.order.customer_ref != fact.customer_ref:
        return NOTHING  # something came since the wish, and it was taken back
    if payer.billing.per is not InvoicePer.SHIPMENT:
        return waits(load, payer, fact, known, company)
    if payer.billing.release is Release.BY_HAND:
        note = "Ready to be invoiced; it waits for a person to release it"
        return Decision(notes=((shipment(load.shipment_ref), note),))
    return released(Wish(payer=payer, loads=(load,)), fact, known, company)


def asked(fact: InvoiceAsked, known: Known, company: Company) -> Decision:
    """Invoice what a person released, as far as it is ready; what is invoiced already stays so."""
    payer = company.customers.get(fact.customer_ref)
    if payer is None:
        raise UnknownCustomer(f"no customer is called {fact.customer_ref}")
    named = (known.states.get(shipment(ref)) for ref in dict.fromkeys(fact.shipment_refs))
    loads = tuple(
        one
        for one in named
        if isinstance(one, ShipmentState)
        and one.order.customer_ref == fact.customer_ref
        and supplement(one)
    )
    said = f"Released by {fact.released_by}" + (f" because {fact.reason}" if fact.reason else "")
    notes = tuple((shipment(one.shipment_ref), said) for one in loads)
    return joined(
        Decision(notes=notes), released(Wish(payer=payer, loads=loads), fact, known, company)
    )
