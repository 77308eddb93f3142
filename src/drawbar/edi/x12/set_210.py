"""The 210: a carrier's freight invoice as X12 writes it. Charges and totals are in cents.

Source: X12 transaction set 210, release 004010, restated.
"""

from drawbar.edi.freight_invoice import (
    FreightInvoice,
    InvoiceCharge,
    InvoiceLine,
    InvoiceTotal,
    PaymentTerms,
    RatedQuantity,
    SignedDelivery,
)
from drawbar.edi.load_tender import Lading
from drawbar.edi.segment import Segment
from drawbar.edi.value import read_cents, read_date, read_time, read_whole
from drawbar.edi.x12 import detail_reader as read
from drawbar.edi.x12.set_204 import parse_stop
from drawbar.edi.x12.structure import Loop


def parse_freight_invoice(root: Loop, *, is_reversed: bool = False) -> FreightInvoice:
    """Return the invoice that a 210 states. Whether it adds up is ``footing``'s to say."""
    item, currency = root.first("B3"), root.first("C3")
    at = read.places(item, invoice_number=2, shipment_id=3, payer=4, weight_unit=5, invoiced_on=6)
    rest = read.places(item, net_amount=7, correction=8, delivered_on=9, date_qualifier=10, scac=11)
    return FreightInvoice(
        invoice_number=item.get(2),
        shipment_id=item.get(3),
        payer=item.get(4),
        weight_unit=item.get(5),
        invoiced_on=read_date(item.get(6)),
        net_amount=read_cents(item.get(7)),
        correction=item.get(8),
        delivered_on=read_date(item.get(9)),
        date_qualifier=item.get(10),
        scac=item.get(11),
        service=item.get(13),
        transport_terms=item.get(14),
        currency=currency.get(1),
        exchange_rate=read.decimal(currency, 2),
        terms=_terms(root.first("ITD")),
        references=read.references(root, is_reversed=is_reversed),
        moments=read.moments(root.every("G62")),
        routing=read.routing(root),
        handling=read.handling(root),
        notes=read.notes(root),
        parties=read.parties(root, is_reversed=is_reversed),
        equipment=read.equipment(root),
        stops=tuple(parse_stop(loop, is_reversed=is_reversed) for loop in root.inside("stop")),
        lines=tuple(_line(loop, is_reversed=is_reversed) for loop in root.inside("line")),
        total=_total(root.first("L3")),
        at={**at, **rest, **read.places(currency, currency=1)},
    )


def _terms(item: Segment) -> PaymentTerms | None:
    if not item.elements:
        return None
    return PaymentTerms(
        kind=item.get(1),
        basis=item.get(2),
        discount_percent=read.decimal(item, 3),
        discount_due=read_date(item.get(4)),
        discount_days=read_whole(item.get(5)),
        net_due=read_date(item.get(6)),
        net_days=read_whole(item.get(7)),
        discount=read.cents(item, 8),
        text=item.get(12),
        at=read.places(item, kind=1, discount_percent=3, net_due=6, net_days=7, discount=8),
    )


def _line(loop: Loop, *, is_reversed: bool) -> InvoiceLine:
    item = loop.first("LX")
    return InvoiceLine(
        number=read_whole(item.get(1)),
        freight_class=loop.first("L7").get(7),
        delivery=_delivery(loop.first("POD")),
        references=read.references(loop, is_reversed=is_reversed),
        ladings=tuple(_lading(each) for each in loop.every("L5")),
        quantities=tuple(_quantity(each) for each in loop.every("L0")),
        charges=tuple(_charge(each) for each in loop.every("L1")),
        parties=read.parties(loop, is_reversed=is_reversed),
        notes=read.notes(loop),
        at=read.places(item, number=1),
    )


def _delivery(item: Segment) -> SignedDelivery | None:
    if not item.elements:
        return None
    return SignedDelivery(
        on=read_date(item.get(1)),
        clock=read_time(item.get(2)),
        signer=item.get(3),
        at=read.places(item, on=1, clock=2, signer=3),
    )


def _lading(item: Segment) -> Lading:
    return Lading(
        text=item.get(2),
        commodity=item.get(3),
        commodity_qualifier=item.get(4),
        packaging=item.get(5),
        marks=item.get(6),
        at=read.places(item, text=2, commodity=3, packaging=5, marks=6),
    )


def _quantity(item: Segment) -> RatedQuantity:
    return RatedQuantity(
        lading_line=read_whole(item.get(1)),
        billed_quantity=read.decimal(item, 2),
        billed_unit=item.get(3),
        weight=read.decimal(item, 4),
        weight_qualifier=item.get(5),
        volume=read.decimal(item, 6),
        volume_unit=item.get(7),
        pieces=read_whole(item.get(8)),
        packaging=item.get(9),
        weight_unit=item.get(11),
        at=read.places(item, lading_line=1, billed_quantity=2, weight=4, volume=6, pieces=8),
    )


def _charge(item: Segment) -> InvoiceCharge:
    return InvoiceCharge(
        lading_line=read_whole(item.get(1)),
        rate=read.decimal(item, 2),
        rate_qualifier=item.get(3),
        amount=read.cents(item, 4),
        advance=read.cents(item, 5),
        prepaid=read.cents(item, 6),
        method=item.get(11),
        code=item.get(8),
        text=item.get(12),
        billed_quantity=read.decimal(item, 17),
        billed_unit=item.get(18),
        currency=item.get(20),
        at=read.places(item, lading_line=1, rate=2, amount=4, code=8, text=12, currency=20),
    )


def _total(item: Segment) -> InvoiceTotal | None:
    if not item.elements:
        return None
    return InvoiceTotal(
        weight=read.decimal(item, 1),
        weight_qualifier=item.get(2),
        charge=read.cents(item, 5),
        volume=read.decimal(item, 9),
        volume_unit=item.get(10),
        pieces=read_whole(item.get(11)),
        weight_unit=item.get(12),
        at=read.places(item, weight=1, charge=5, pieces=11),
    )
