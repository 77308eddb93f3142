"""Whether a freight invoice adds up: its charges, its net amount and its total are one figure."""

from collections.abc import Iterator
from decimal import Decimal

from drawbar.edi.finding import Finding, FindingCode
from drawbar.edi.freight_invoice import FreightInvoice
from drawbar.edi.meaning import found
from drawbar.edi.segment import Segment
from drawbar.edi.x12.structure import Loop


def footing(invoice: FreightInvoice, root: Loop) -> Iterator[Finding]:
    """Yield a finding where L1-04 summed, B3-07 and L3-05 differ.

    An amount that cannot be read has its own finding; then nothing is compared with it.
    """
    start, total = root.first("B3"), root.first("L3")
    net = invoice.net_amount.value
    if not invoice.currency:
        yield found(FindingCode.CURRENCY_MISSING, start)
    if net is None:
        return
    if _are_readable(invoice):
        yield from _compare(start, 7, expected=invoice.charged, actual=net)
    stated = invoice.total.charge if invoice.total else None
    if stated and stated.value is not None:
        yield from _compare(total, 5, expected=net, actual=stated.value)


def _are_readable(invoice: FreightInvoice) -> bool:
    amounts = [charge.amount for charge in invoice.charges if charge.amount]
    return all(amount.value is not None for amount in amounts)


def _compare(
    item: Segment, element: int, *, expected: Decimal, actual: Decimal
) -> Iterator[Finding]:
    if expected != actual:
        code = FindingCode.CHARGES_DO_NOT_FOOT
        yield found(code, item, element, expected=expected, actual=actual)
