"""A customer's invoice: its number, its lines as they are owed, its total, and when it is due.

The total is the sum of the rounded lines, so the customer can add it up.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct, structs

from drawbar.billing.grouping import Bundle
from drawbar.billing.series import INVOICES, Series
from drawbar.freight.charge import AgreedCharge
from drawbar.freight.invoice import CustomerInvoice, InvoiceKind, InvoiceLine, InvoicePeriod
from drawbar.freight.money import Money, total
from drawbar.freight.party import Customer


class NothingToInvoice(ValueError):
    """An invoice without a line, or for nothing. Judge readiness before a number is taken."""


class UnknownTerms(ValueError):
    """Nobody knows when the customer pays. Enter its payment days, then release again."""


class Heading(Struct, frozen=True, kw_only=True):
    """What stands at the head of an invoice: its number in its series, its day, what it is."""

    number: int
    series: Series = INVOICES
    on: date
    kind: InvoiceKind = InvoiceKind.INVOICE
    period: InvoicePeriod | None = None
    replaces: str = ""


def invoice(heading: Heading, *, customer: Customer, bundle: Bundle) -> CustomerInvoice:
    """Return the invoice. Raise ``NothingToInvoice``, ``UnknownTerms`` or ``MixedCurrencies``."""
    if customer.payment_days is None:
        raise UnknownTerms(f"no payment terms are agreed with {customer.name}")
    about = tuple(one.about for one in bundle.shipments)
    alone = about[0].shipment_ref if len(about) == 1 else ""
    lines = tuple(
        line_of(charge, "" if alone else one.about.shipment_ref)
        for one in bundle.shipments
        for charge in one.lines
    )
    return CustomerInvoice(
        invoice_ref=heading.series.ref_of(heading.number),
        number=heading.number,
        series=heading.series.name,
        customer_ref=customer.customer_ref,
        shipment_ref=alone,
        invoiced_on=heading.on,
        due_on=heading.on + timedelta(days=customer.payment_days),
        lines=lines,
        total=_total(lines, about=alone or bundle.group or customer.customer_ref),
        kind=heading.kind,
        shipments=about,
        period=heading.period,
        group=bundle.group,
        replaces=heading.replaces,
    )


def line_of(charge: AgreedCharge, shipment_ref: str = "") -> InvoiceLine:
    """Return a charge as a line, rounded to the cent, of a shipment where there are several."""
    money = structs.replace(charge.charge, money=charge.charge.money.rounded())
    return InvoiceLine(
        charge_ref=charge.charge_ref,
        charge=money,
        why=charge.why,
        provisional=charge.provisional,
        shipment_ref=shipment_ref,
        passes_on=charge.passes_on,
        note=charge.note,
    )


def _total(lines: Sequence[InvoiceLine], *, about: str) -> Money:
    if not lines:
        raise NothingToInvoice(f"{about}: an invoice needs a line")
    currency = lines[0].charge.money.currency
    money = total((line.charge.money for line in lines), currency=currency)
    if money.amount <= 0:
        raise NothingToInvoice(f"{about}: {money} is not an amount to invoice")
    return money
