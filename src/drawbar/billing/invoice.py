"""A customer's invoice: its number, its lines as they are owed, its total, and when it is due.

The total is the sum of the rounded lines, so the customer can add it up.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import structs

from drawbar.freight.charge import AgreedCharge
from drawbar.freight.invoice import CustomerInvoice
from drawbar.freight.money import total
from drawbar.freight.party import Customer


class NothingToInvoice(ValueError):
    """An invoice without a line, or for nothing. Judge readiness before a number is taken."""


class UnknownTerms(ValueError):
    """Nobody knows when the customer pays. Enter its payment days, then release again."""


def invoice(
    *,
    number: int,
    customer: Customer,
    shipment_ref: str,
    lines: Sequence[AgreedCharge],
    on: date,
) -> CustomerInvoice:
    """Return the invoice. Raise ``NothingToInvoice``, ``UnknownTerms`` or ``MixedCurrencies``."""
    if customer.payment_days is None:
        raise UnknownTerms(f"no payment terms are agreed with {customer.name}")
    owed = tuple(_rounded(line) for line in lines)
    if not owed:
        raise NothingToInvoice(f"{shipment_ref}: an invoice needs a line")
    money = total((line.charge.money for line in owed), currency=owed[0].charge.money.currency)
    if money.amount <= 0:
        raise NothingToInvoice(f"{shipment_ref}: {money} is not an amount to invoice")
    return CustomerInvoice(
        invoice_ref=invoice_ref_of(number),
        number=number,
        customer_ref=customer.customer_ref,
        shipment_ref=shipment_ref,
        invoiced_on=on,
        due_on=on + timedelta(days=customer.payment_days),
        lines=owed,
        total=money,
    )


def invoice_ref_of(number: int) -> str:
    """Return what invoice ``number`` is called, such as ``I-000123``. Numbers count from 1."""
    if number < 1:
        raise ValueError(f"invoices are numbered from 1, not {number}")
    return f"I-{number:06d}"


def _rounded(line: AgreedCharge) -> AgreedCharge:
    charge = structs.replace(line.charge, money=line.charge.money.rounded())
    return structs.replace(line, charge=charge)
