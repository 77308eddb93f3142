"""Write a freight invoice as a 210, in cents."""

from collections.abc import Iterator

from drawbar.edi.freight_invoice import (
    FreightInvoice,
    InvoiceCharge,
    InvoiceLine,
    InvoiceTotal,
    PaymentTerms,
    RatedQuantity,
)
from drawbar.edi.load_tender import Lading, Stop
from drawbar.edi.segment import Segment, segment
from drawbar.edi.value import write_cents, write_date, write_decimal, write_time, write_whole
from drawbar.edi.x12 import detail_builder as build
from drawbar.edi.x12.build_204 import build_stop_start
from drawbar.edi.x12.wrap import Body


def build_freight_invoice(invoice: FreightInvoice) -> Body:
    """Return the segments of a 210; references go out as N9."""
    return Body("210", tuple(_build(invoice)))


def _build(invoice: FreightInvoice) -> Iterator[Segment]:
    yield _build_start(invoice)
    if invoice.currency or invoice.exchange_rate:
        yield segment("C3", invoice.currency, write_decimal(invoice.exchange_rate))
    if invoice.terms:
        yield _build_terms(invoice.terms)
    yield from build.build_references(invoice.references, "N9")
    yield from build.build_moments(invoice.moments)
    yield from build.build_routing(invoice.routing, "R3")
    yield from build.build_handling(invoice.handling, "H3")
    yield from build.build_notes(invoice.notes, "K1")
    yield from build.build_parties(invoice.parties, "N9")
    yield from build.build_equipment(invoice.equipment)
    for stop in invoice.stops:
        yield from _build_stop(stop)
    for line in invoice.lines:
        yield from _build_line(line)
    if invoice.total:
        yield _build_total(invoice.total)


def _build_start(invoice: FreightInvoice) -> Segment:
    return segment(
        "B3",
        "",
        invoice.invoice_number,
        invoice.shipment_id,
        invoice.payer,
        invoice.weight_unit,
        write_date(invoice.invoiced_on),
        write_cents(invoice.net_amount),
        invoice.correction,
        write_date(invoice.delivered_on),
        invoice.date_qualifier,
        invoice.scac,
        "",
        invoice.service,
        invoice.transport_terms,
    )


def _build_terms(terms: PaymentTerms) -> Segment:
    return segment(
        "ITD",
        terms.kind,
        terms.basis,
        write_decimal(terms.discount_percent),
        write_date(terms.discount_due),
        write_whole(terms.discount_days),
        write_date(terms.net_due),
        write_whole(terms.net_days),
        write_cents(terms.discount),
        *[""] * 3,
        terms.text,
    )


def _build_stop(stop: Stop) -> Iterator[Segment]:
    """Build a stop as far as an invoice has it: no weights, ladings or orders."""
    yield build_stop_start(stop)
    yield from build.build_references(stop.references, "N9")
    yield from build.build_moments(stop.moments)
    yield from build.build_handling(stop.handling, "H3")
    yield from build.build_parties(stop.parties, "N9")
    yield from build.build_equipment(stop.equipment)


def _build_line(line: InvoiceLine) -> Iterator[Segment]:
    yield segment("LX", write_whole(line.number))
    yield from build.build_references(line.references, "N9")
    if line.delivery:
        on, clock = write_date(line.delivery.on), write_time(line.delivery.clock)
        yield segment("POD", on, clock, line.delivery.signer)
    for lading in line.ladings:
        yield _build_lading(lading)
    for quantity in line.quantities:
        yield _build_quantity(quantity)
    for charge in line.charges:
        yield _build_charge(charge)
    if line.freight_class:
        yield segment("L7", *[""] * 6, line.freight_class)
    yield from build.build_notes(line.notes, "K1")
    yield from build.build_parties(line.parties, "N9")


def _build_lading(lading: Lading) -> Segment:
    commodity = (lading.commodity, lading.commodity_qualifier)
    return segment("L5", "", lading.text, *commodity, lading.packaging, lading.marks)


def _build_quantity(item: RatedQuantity) -> Segment:
    return segment(
        "L0",
        write_whole(item.lading_line),
        write_decimal(item.billed_quantity),
        item.billed_unit,
        write_decimal(item.weight),
        item.weight_qualifier,
        write_decimal(item.volume),
        item.volume_unit,
        write_whole(item.pieces),
        item.packaging,
        "",
        item.weight_unit,
    )


def _build_charge(charge: InvoiceCharge) -> Segment:
    return segment(
        "L1",
        write_whole(charge.lading_line),
        write_decimal(charge.rate),
        charge.rate_qualifier,
        write_cents(charge.amount),
        write_cents(charge.advance),
        write_cents(charge.prepaid),
        "",
        charge.code,
        "",
        "",
        charge.method,
        charge.text,
        *[""] * 4,
        write_decimal(charge.billed_quantity),
        charge.billed_unit,
        "",
        charge.currency,
    )


def _build_total(total: InvoiceTotal) -> Segment:
    return segment(
        "L3",
        write_decimal(total.weight),
        total.weight_qualifier,
        "",
        "",
        write_cents(total.charge),
        *[""] * 3,
        write_decimal(total.volume),
        total.volume_unit,
        write_whole(total.pieces),
        total.weight_unit,
    )
