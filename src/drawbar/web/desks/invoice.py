"""A customer's invoice on a page: each line with its reason, and as the customer gets it."""

from typing import Any

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler

from drawbar.flow.company import Company
from drawbar.flow.customer_invoice import InvoiceState
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.party import Customer
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.stream import stream
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.invoice import InvoiceV1, invoice_v1
from drawbar.web.api.v1.invoices import seen_invoice
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.invoice_desk import invoice_desk
from drawbar.web.desks.rendering import render
from drawbar.web.desks.story_sheet import SHEET_SUFFIX, sheet
from drawbar.web.desks.story_timeline import Shown, told_of
from drawbar.web.desks.twin import split
from drawbar.web.given import GivenReads, GivenSettings
from drawbar.web.problem import unknown

_HEAD = (
    *("line", "shipment", "order", "charge", "stop", "amount", "currency", "contract", "version"),
    *("clause", "passes_on", "takes_back"),
)


@get("/invoices/{invoice_ref:str}", **page(Scope.MONEY_READ))
def invoice(
    invoice_ref: NamePath, reads: GivenReads, settings: GivenSettings, show: Shown = ""
) -> Response[Any]:
    """Show one invoice or credit note, with what may be done about it."""
    ref, as_data = split(invoice_ref.removesuffix(SHEET_SUFFIX))
    key = StreamKey(StreamKind.CUSTOMER_INVOICE, ref)
    with reads.connection() as connection, connection.cursor() as cursor:
        state = _found(cursor, ref)
        told = invoice_v1(state)
        if as_data:
            return Response(told)
        if invoice_ref.endswith(SHEET_SUFFIX):
            return invoice_sheet(told)
        return render(
            "invoice.html",
            here="/invoices",
            invoice=told,
            now=settings.clock.now(),
            home_zone=settings.company.zone,
            customer=_customer(told, settings.company),
            desk=invoice_desk(state, _loads(cursor, state), settings.company),
            proofs=_proofs(cursor, state),
            **told_of(cursor, key, show=show),
        )


@get("/invoices/{invoice_ref:str}/print", **page(Scope.MONEY_READ))
def printed_invoice(
    invoice_ref: NamePath, reads: GivenReads, settings: GivenSettings
) -> Response[Any]:
    """Show an invoice as the customer gets it: nothing on it ever changes."""
    with reads.connection() as connection, connection.cursor() as cursor:
        told = invoice_v1(_found(cursor, invoice_ref))
    return render(
        "invoice_print.html",
        invoice=told,
        firm=settings.company.name,
        customer=_customer(told, settings.company),
    )


INVOICE_PAGES: tuple[HTTPRouteHandler, ...] = (invoice, printed_invoice)
"""The pages of one invoice."""


def invoice_sheet(told: InvoiceV1) -> Response[str]:
    """Return the lines of an invoice, one row each."""
    orders = {one.shipment_ref: one.order_ref for one in told.shipments}
    return sheet(
        _HEAD,
        [
            (
                line.number,
                line.shipment_ref,
                orders.get(line.shipment_ref, ""),
                line.charge.kind,
                line.charge.stop,
                line.charge.money.amount,
                line.charge.money.currency,
                line.charge.why.contract_ref,
                line.charge.why.contract_version,
                line.charge.why.clause,
                line.passes_on,
                line.takes_back or "",
            )
            for line in told.lines
        ],
    )


def _found(cursor: Rows, ref: str) -> InvoiceState:
    state = seen_invoice(cursor, ref)
    if state is None:
        raise unknown("customer invoice")
    return state


def _customer(told: InvoiceV1, company: Company) -> Customer:
    """Return the customer, by its reference alone where the firm does not name it any more."""
    plain = Customer(customer_ref=told.customer_ref, name=told.customer_ref)
    return company.customers.get(told.customer_ref, plain)


def _loads(cursor: Rows, state: InvoiceState) -> dict[str, ShipmentState]:
    refs = state.invoice.shipment_refs
    found = ((ref, stream(cursor, StreamKey(StreamKind.SHIPMENT, ref))) for ref in refs)
    return {ref: one.state for ref, one in found if one and isinstance(one.state, ShipmentState)}


def _proofs(cursor: Rows, state: InvoiceState) -> dict[str, list[str]]:
    """Return the facts of the proofs and papers of each shipment; each leads to its bytes."""
    return {
        ref: [*(one.key for one in load.pods), *(one.fact for one in load.papers)]
        for ref, load in _loads(cursor, state).items()
    }
