"""A customer invoice: what a customer owes us for its shipments, released once, never changed.

A credit note is one too, with lines below zero: it takes back what an invoice asked for.
"""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from drawbar.freight.charge import AgreedCharge
from drawbar.freight.fact import Fact
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money, total
from drawbar.freight.reference import Reference


class InvoiceKind(StrEnum):
    """What a document to a customer is. Stored."""

    INVOICE = "invoice"
    SUPPLEMENT = "supplement"
    CREDIT_NOTE = "credit_note"
    REBILL = "rebill"


class CreditCode(StrEnum):
    """Why a customer gets money back. Stored."""

    RATE = "rate"
    QUANTITY = "quantity"
    NOT_OWED = "not_owed"
    WRONG_DATA = "wrong_data"
    SERVICE_FAILURE = "service_failure"
    GOODWILL = "goodwill"
    OVERCHARGED = "overcharged"


class InvoicePeriod(Struct, frozen=True, kw_only=True, order=True):
    """The time in which shipments got ready for one invoice: ``[since, until)``."""

    since: Instant
    until: Instant


class InvoiceLine(AgreedCharge, frozen=True, kw_only=True):
    """One line, named by its place on the invoice, from 1.

    ``shipment_ref`` is empty where the invoice is for one shipment only; ``takes_back`` is the line
    that a credit note corrects.
    """

    shipment_ref: str = ""
    takes_back: int = 0


class InvoicedShipment(Struct, frozen=True, kw_only=True):
    """What an invoice tells about one shipment beside its charges."""

    shipment_ref: str
    order_ref: str = ""
    references: tuple[Reference, ...] = ()
    origin: str = ""
    destination: str = ""
    delivered_on: date | None = None


class CustomerInvoice(Struct, frozen=True, kw_only=True):
    """A released document. ``number`` is gap-free in its ``series``; lines are never empty.

    ``shipment_ref`` is the shipment where it is for one only, else empty. A credit note names the
    invoice that it ``credits``; a new invoice in the place of another says which it ``replaces``.
    """

    invoice_ref: str
    number: int
    customer_ref: str
    shipment_ref: str = ""
    invoiced_on: date
    due_on: date
    lines: tuple[InvoiceLine, ...]
    total: Money
    kind: InvoiceKind = InvoiceKind.INVOICE
    series: str = "customer_invoice"
    shipments: tuple[InvoicedShipment, ...] = ()
    period: InvoicePeriod | None = None
    group: str = ""
    credits: str = ""
    replaces: str = ""
    code: CreditCode | None = None
    reason: str = ""

    @property
    def is_credit(self) -> bool:
        """Return whether it takes money back instead of asking for it."""
        return self.kind is InvoiceKind.CREDIT_NOTE

    @property
    def shipment_refs(self) -> tuple[str, ...]:
        """Return the shipments that it is for, in the order of its lines."""
        return tuple(dict.fromkeys(self.shipment_of(line) for line in self.lines))

    def shipment_of(self, line: InvoiceLine) -> str:
        """Return the shipment of one line."""
        return line.shipment_ref or self.shipment_ref

    def lines_of(self, shipment_ref: str) -> tuple[InvoiceLine, ...]:
        """Return the lines of one shipment."""
        return tuple(one for one in self.lines if self.shipment_of(one) == shipment_ref)

    def total_of(self, shipment_ref: str) -> Money:
        """Return what it asks for one shipment."""
        amounts = (one.charge.money for one in self.lines_of(shipment_ref))
        return total(amounts, currency=self.total.currency)


class CreditLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is taken back of one line of an invoice, above zero."""

    line: int
    money: Money


class InvoiceReady(Fact, frozen=True, kw_only=True):
    """Everything that a customer's invoice for one shipment needs is there."""

    shipment_ref: str
    customer_ref: str


class BillingReviewed(Fact, frozen=True, kw_only=True):
    """Something changed, or a time went by, that may let a shipment be invoiced."""

    shipment_ref: str
    why: str = ""


class InvoicePeriodEnded(Fact, frozen=True, kw_only=True):
    """A customer's invoice period is over: what got ready in it is invoiced."""

    customer_ref: str
    period: InvoicePeriod


class InvoiceAsked(Fact, frozen=True, kw_only=True):
    """A person releases what is ready: these shipments of one customer."""

    customer_ref: str
    shipment_refs: tuple[str, ...]
    released_by: str
    reason: str = ""


class InvoiceCredited(Fact, frozen=True, kw_only=True):
    """A person takes back what an invoice asked for; with ``rebill`` what is owed is asked anew."""

    invoice_ref: str
    customer_ref: str
    lines: tuple[CreditLine, ...]
    code: CreditCode
    reason: str
    credited_by: str
    role: str
    rebill: bool = False


class InvoiceContested(Fact, frozen=True, kw_only=True):
    """A customer disputes one line of an invoice; until that ends the money is not asked for."""

    invoice_ref: str
    line: int
    money: Money
    reason: str
    recorded_by: str


class InvoiceUpheld(Fact, frozen=True, kw_only=True):
    """A customer's dispute of a line is refused: the line is owed as it stands."""

    invoice_ref: str
    line: int
    reason: str
    decided_by: str


class InvoicePaid(Fact, frozen=True, kw_only=True):
    """The ERP received the customer's payment of an invoice."""

    invoice_ref: str
    money: Money
    paid_on: date
