"""Which stories the release of an invoice touches: the customer, its numbers, its shipments."""

from drawbar.billing.series import Series, credit_series, invoice_series
from drawbar.flow.company import Company
from drawbar.flow.decision import Needs
from drawbar.freight.billing_terms import BillingTerms
from drawbar.freight.contract import Side
from drawbar.freight.facts import AnyFact
from drawbar.freight.invoice import (
    InvoiceAsked,
    InvoiceCredited,
    InvoicePeriod,
    InvoicePeriodEnded,
    InvoiceReady,
)
from drawbar.freight.reference import ReferenceKey, ReferenceKind
from drawbar.freight.stream import StreamKey, StreamKind


def to_invoice(fact: AnyFact, company: Company) -> Needs | None:
    """Return the customer, its numbers and the shipments that are meant; None for other facts."""
    if not isinstance(fact, InvoiceReady | InvoiceAsked | InvoicePeriodEnded | InvoiceCredited):
        return None
    fixed = (
        StreamKey(StreamKind.CUSTOMER, fact.customer_ref),
        *series_of(fact.customer_ref, company),
    )
    match fact:
        case InvoiceReady():
            return Needs(streams=(*fixed, _shipment(fact.shipment_ref)))
        case InvoiceAsked():
            return Needs(streams=(*fixed, *map(_shipment, fact.shipment_refs)))
        case InvoicePeriodEnded():
            return Needs(streams=fixed, found_by=(period_key(fact.customer_ref, fact.period),))
        case InvoiceCredited():
            name = ReferenceKey(ReferenceKind.INVOICE, fact.invoice_ref)
            return Needs(
                streams=(*fixed, StreamKey(StreamKind.CUSTOMER_INVOICE, fact.invoice_ref)),
                found_by=(name,),
            )


def period_key(customer_ref: str, period: InvoicePeriod) -> ReferenceKey:
    """Return the name under which the shipments are found that got ready in a period."""
    until = f"{period.until:%Y%m%dT%H%M%S}"
    return ReferenceKey(ReferenceKind.INVOICE_PERIOD, f"{customer_ref}/{until}")


def number_series(series: Series) -> StreamKey:
    """Return the story of a series of numbers."""
    return StreamKey(StreamKind.NUMBER_SERIES, series.name)


def series_of(customer_ref: str, company: Company) -> tuple[StreamKey, ...]:
    """Return every series that a customer's invoices and credit notes may count in."""
    payer = company.customers.get(customer_ref)
    terms = payer.billing if payer else BillingTerms()
    sold = company.tariffs.get((customer_ref, Side.SELL), ())
    currencies = {company.currency, *(one.contract.currency for one in sold)}
    named = {
        make(terms, currency) for currency in currencies for make in (invoice_series, credit_series)
    }
    return tuple(number_series(one) for one in sorted(named))


def _shipment(ref: str) -> StreamKey:
    return StreamKey(StreamKind.SHIPMENT, ref)
