"""A customer invoice: what a customer owes us for a shipment, released once and never changed."""

from datetime import date

from msgspec import Struct

from drawbar.freight.charge import AgreedCharge
from drawbar.freight.fact import Fact
from drawbar.freight.money import Money


class CustomerInvoice(Struct, frozen=True, kw_only=True):
    """A released invoice. ``number`` is gap-free in its series; lines are never empty."""

    invoice_ref: str
    number: int
    customer_ref: str
    shipment_ref: str
    invoiced_on: date
    due_on: date
    lines: tuple[AgreedCharge, ...]
    total: Money


class InvoiceReady(Fact, frozen=True, kw_only=True):
    """Everything that a customer's invoice for one shipment needs is there."""

    shipment_ref: str
    customer_ref: str


class InvoicePaid(Fact, frozen=True, kw_only=True):
    """The ERP received the customer's payment of an invoice."""

    invoice_ref: str
    money: Money
    paid_on: date
