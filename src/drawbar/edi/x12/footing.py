"""Whether an invoice, or a payment, adds up: what its lines say and what its total says."""

from collections.abc import Iterator
from decimal import Decimal

from drawbar.edi.finding import Finding, FindingCode
from drawbar.edi.freight_invoice import FreightInvoice
from drawbar.edi.meaning import found
from drawbar.edi.remittance_advice import RemittanceAdvice
from drawbar.edi.segment import Segment
from drawbar.edi.value import Amount
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


def remittance_footing(advice: RemittanceAdvice, root: Loop) -> Iterator[Finding]:
    """Yield a finding where items and adjustments do not come to BPR02.

    Payers differ on whether what is paid for an item (RMR04) already holds the adjustments under
    it: either is accepted. Where an amount is absent or cannot be read, nothing is compared.
    """
    paid = [item.paid for item in advice.all_items]
    whole = [each.amount for each in advice.all_adjustments]
    within = [each.amount for item in advice.all_items for each in item.adjustments]
    total = advice.total.value if advice.total else None
    if not paid or total is None or advice.sign == "D":
        return
    plain, inner = _sum(paid + whole), _sum(within)
    if plain is None or inner is None or total in {plain, plain + inner}:
        return
    code = FindingCode.REMITTANCE_DOES_NOT_FOOT
    yield found(code, root.first("BPR"), 2, expected=plain, actual=total)


def _sum(amounts: list[Amount | None]) -> Decimal | None:
    """Return the sum, None when one of them is absent or no number."""
    values = [amount.value for amount in amounts if amount and amount.value is not None]
    return sum(values, start=Decimal(0)) if len(values) == len(amounts) else None
