"""A credit note: what is taken back of a released invoice, line by line, in a series of its own.

Of a line never more is taken back than it asked for, however many credit notes there are.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct, structs

from drawbar.billing.series import Series
from drawbar.freight.invoice import (
    CreditCode,
    CreditLine,
    CustomerInvoice,
    InvoiceKind,
    InvoiceLine,
)
from drawbar.freight.money import Money, total, zero

Credited = Mapping[int, Money]
"""What was taken back of each line of an invoice before, by line, above zero."""


class BeyondInvoiced(ValueError):
    """More would be taken back of a line than it asked for. Credit at most what is left of it."""


class NoSuchLine(ValueError):
    """The invoice has no line of that number, or one is named twice. Look at the invoice."""


class CreditHeading(Struct, frozen=True, kw_only=True):
    """What stands at the head of a credit note: its number in its series, its day, and why."""

    number: int
    series: Series
    on: date
    code: CreditCode
    reason: str


def credit_note(
    heading: CreditHeading,
    invoice: CustomerInvoice,
    *,
    lines: Sequence[CreditLine],
    before: Credited,
) -> CustomerInvoice:
    """Return the credit note. Raise ``BeyondInvoiced`` or ``NoSuchLine``."""
    check(invoice, lines=lines, before=before)
    taken = tuple(_taken(invoice, one) for one in lines)
    refs = {line.shipment_ref or invoice.shipment_ref for line in taken}
    taken += _noted(invoice, refs)
    return CustomerInvoice(
        invoice_ref=heading.series.ref_of(heading.number),
        number=heading.number,
        series=heading.series.name,
        customer_ref=invoice.customer_ref,
        shipment_ref=invoice.shipment_ref,
        invoiced_on=heading.on,
        due_on=heading.on,
        lines=taken,
        total=total((line.charge.money for line in taken), currency=invoice.total.currency),
        kind=InvoiceKind.CREDIT_NOTE,
        shipments=tuple(one for one in invoice.shipments if one.shipment_ref in refs),
        group=invoice.group,
        credits=invoice.invoice_ref,
        code=heading.code,
        reason=heading.reason,
    )


def check(invoice: CustomerInvoice, *, lines: Sequence[CreditLine], before: Credited) -> None:
    """Raise ``BeyondInvoiced`` or ``NoSuchLine`` unless just this may be taken back."""
    if not lines or len({one.line for one in lines}) < len(lines):
        raise NoSuchLine(f"name each line of {invoice.invoice_ref} to credit, once")
    for one in lines:
        if not 1 <= one.line <= len(invoice.lines):
            raise NoSuchLine(f"{invoice.invoice_ref} has no line {one.line}")
        left = left_of(invoice, one.line, before)
        fits = one.money.currency == left.currency and 0 < one.money.amount <= left.amount
        if not fits or one.money != one.money.rounded():
            raise BeyondInvoiced(
                f"{one.money} cannot be taken back of line {one.line} of {invoice.invoice_ref}:"
                f" {left} is left of it"
            )


def left_of(invoice: CustomerInvoice, line: int, before: Credited) -> Money:
    """Return what a line asks for after what was taken back of it, never below zero."""
    asked = invoice.lines[line - 1].charge.money
    return max(asked - before.get(line, zero(asked.currency)), zero(asked.currency))


def all_of(invoice: CustomerInvoice, before: Credited) -> tuple[CreditLine, ...]:
    """Return what takes back everything that is left of an invoice; empty where nothing is."""
    found = (
        CreditLine(line=number, money=left_of(invoice, number, before))
        for number in range(1, len(invoice.lines) + 1)
    )
    return tuple(one for one in found if one.money.amount > 0)


def proposed(
    invoice: CustomerInvoice, before: Credited, *, beyond: Mapping[tuple[str, str], Money]
) -> tuple[CreditLine, ...]:
    """Return what an invoice should give back of what was charged ``beyond`` what is owed.

    ``beyond`` is by shipment and charge; no line gives back more than is left of it.
    """
    rest = dict(beyond)
    found = []
    for number, line in enumerate(invoice.lines, start=1):
        key = invoice.shipment_of(line), line.charge_ref
        left = left_of(invoice, number, before)
        part = min(rest.get(key, zero(left.currency)).rounded(), left)
        if part.amount > 0:
            found.append(CreditLine(line=number, money=part))
            rest[key] = rest[key] - part
    return tuple(found)


def with_credited(before: Credited, lines: Iterable[CreditLine]) -> dict[int, Money]:
    """Return what was taken back of each line once these are."""
    now = dict(before)
    for one in lines:
        now[one.line] = now.get(one.line, zero(one.money.currency)) + one.money
    return now


def _noted(invoice: CustomerInvoice, refs: set[str]) -> tuple[InvoiceLine, ...]:
    """Return the lines over nothing whose words must stand on the credit note too."""
    return tuple(
        structs.replace(line, takes_back=number)
        for number, line in enumerate(invoice.lines, start=1)
        if line.note and not line.charge.money.amount and invoice.shipment_of(line) in refs
    )


def _taken(invoice: CustomerInvoice, one: CreditLine) -> InvoiceLine:
    line = invoice.lines[one.line - 1]
    charge = structs.replace(line.charge, money=-one.money)
    return structs.replace(line, charge=charge, takes_back=one.line)
