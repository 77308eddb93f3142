"""A released document in the books: entries by shipment, one posting in the ERP, its names."""

from collections.abc import Sequence

from msgspec import structs

from drawbar.flow import document, tax_part
from drawbar.flow.company import Company
from drawbar.flow.customer_invoice import InvoiceState
from drawbar.flow.decision import Decision, Naming, joined
from drawbar.flow.needs import invoice as invoice_stream
from drawbar.flow.needs import shipment
from drawbar.flow.shipment_state import Accrual, ShipmentState
from drawbar.flow.supplement import with_invoiced
from drawbar.freight.delivery import PostInvoice
from drawbar.freight.invoice import CustomerInvoice
from drawbar.freight.ledger import Entry
from drawbar.freight.money import zero
from drawbar.freight.reference import ReferenceKey, ReferenceKind
from drawbar.subledger.booking import Booking
from drawbar.subledger.revenue import combined, release_invoice
from drawbar.subledger.tax import TaxPart


def booked(made: CustomerInvoice, loads: Sequence[ShipmentState], company: Company) -> Decision:
    """Return an invoice with its entries and its posting, and the shipments that bear its number.

    The ledger has one entry for each shipment; the ERP gets them as one.
    """
    nothing = zero(made.total.currency)
    entries = []
    after = {}
    for place, load in enumerate(loads, start=1):
        (entry,) = release_invoice(
            booking_of(made, load.shipment_ref, place),
            invoiced=made.total_of(load.shipment_ref),
            accrued=load.revenue.money or nothing,
            stays=nothing,
            tax=_tax(made, load),
        )
        entries.append(entry)
        after[shipment(load.shipment_ref)] = _invoiced(load, made)
    note = f"{title(made)} over {made.total} released to {made.customer_ref}"
    return joined(
        Decision(states=after),
        posted(made, tuple(entries), note=note, company=company),
    )


def posted(
    made: CustomerInvoice, entries: tuple[Entry, ...], *, note: str, company: Company
) -> Decision:
    """Return a document as it is kept, named and told of, and its one posting in the ERP."""
    ref = made.invoice_ref
    stream = invoice_stream(ref)
    whole = combined(entries)
    kept = InvoiceState(
        invoice=made,
        paid=zero(made.total.currency),
        documents=document.expected((), business_key=ref, amount=document.debits(whole)),
    )
    bearers = (stream, *map(shipment, made.shipment_refs))
    name = ReferenceKey(ReferenceKind.INVOICE, ref)
    sent = document.post(
        PostInvoice(invoice=made, entry=whole),
        business_key=ref,
        stream=stream,
        entry=whole,
        company=company,
    )
    return joined(
        Decision(
            states={stream: kept},
            names=tuple(Naming(key=name, stream=one, spelled=ref) for one in bearers),
            notes=tuple((one, note) for one in bearers),
        ),
        structs.replace(sent, entries=entries),
    )


def booking_of(made: CustomerInvoice, shipment_ref: str, place: int) -> Booking:
    """Return the head of the entry of one shipment on a document, by its place there."""
    return Booking(
        about=invoice_stream(made.invoice_ref),
        shipment_ref=shipment_ref,
        document_on=made.invoiced_on,
        revision=place,
        text=f"{title(made)} for {shipment_ref}",
    )


def title(made: CustomerInvoice) -> str:
    """Return what a document is called in a sentence, such as "Invoice I-000123"."""
    word = "credit note" if made.is_credit else "invoice"
    return f"{word.capitalize()} {made.invoice_ref}"


def _tax(made: CustomerInvoice, load: ShipmentState) -> TaxPart:
    currency = made.total.currency
    return TaxPart(
        before=load.revenue.tax or zero(currency),
        after=zero(currency),
        settled=tax_part.invoiced(made.lines_of(load.shipment_ref), currency),
    )


def _invoiced(load: ShipmentState, made: CustomerInvoice) -> ShipmentState:
    nothing = zero(made.total.currency)
    return structs.replace(
        load,
        invoice_refs=(*load.invoice_refs, made.invoice_ref),
        invoiced=with_invoiced(load, made.lines_of(load.shipment_ref)),
        first_invoiced_on=load.first_invoiced_on or made.invoiced_on,
        invoice_asked=False,
        invoice_period=None,
        invoice_blocks=(),
        unbilled_since=None,
        revenue=Accrual(money=nothing, entry_ref=load.revenue.entry_ref, tax=nothing),
    )
