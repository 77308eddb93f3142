"""A carrier's invoice for moving freight, charge by charge (X12 210)."""

from datetime import date, time
from decimal import Decimal

from msgspec import Struct

from drawbar.edi.detail import (
    Equipment,
    Handling,
    Moment,
    Note,
    Party,
    Reference,
    RoutingLeg,
)
from drawbar.edi.load_tender import Lading, Stop
from drawbar.edi.place import Places
from drawbar.edi.value import Amount


class InvoiceCharge(Struct, frozen=True, kw_only=True):
    """One amount owed, in major units; negative for a discount. ``code`` as 400, FUE, DTL, ...

    ``advance`` and ``prepaid`` are sums that somebody paid before: told, and not owed.
    """

    amount: Amount | None = None
    advance: Amount | None = None
    prepaid: Amount | None = None
    method: str = ""
    code: str = ""
    text: str = ""
    rate: Amount | None = None
    rate_qualifier: str = ""
    lading_line: int | None = None
    billed_quantity: Amount | None = None
    billed_unit: str = ""
    currency: str = ""
    at: Places = {}


class RatedQuantity(Struct, frozen=True, kw_only=True):
    """What a charge was reckoned on: weight, miles, pieces."""

    billed_quantity: Amount | None = None
    billed_unit: str = ""
    weight: Amount | None = None
    weight_qualifier: str = ""
    weight_unit: str = ""
    volume: Amount | None = None
    volume_unit: str = ""
    pieces: int | None = None
    packaging: str = ""
    lading_line: int | None = None
    at: Places = {}


class SignedDelivery(Struct, frozen=True, kw_only=True):
    """The carrier's word of who signed for the freight, and when (POD)."""

    on: date | None = None
    clock: time | None = None
    signer: str = ""
    at: Places = {}


class InvoiceLine(Struct, frozen=True, kw_only=True):
    """Charges that belong together, with what they are for. ``freight_class`` is as 70 or 92.5.

    ``number`` is None where the carrier numbered no line.
    """

    number: int | None = None
    freight_class: str = ""
    delivery: SignedDelivery | None = None
    references: tuple[Reference, ...] = ()
    ladings: tuple[Lading, ...] = ()
    quantities: tuple[RatedQuantity, ...] = ()
    charges: tuple[InvoiceCharge, ...] = ()
    parties: tuple[Party, ...] = ()
    notes: tuple[Note, ...] = ()
    at: Places = {}


class PaymentTerms(Struct, frozen=True, kw_only=True):
    """When it is to be paid, and what early payment saves (major units)."""

    kind: str = ""
    basis: str = ""
    discount_percent: Amount | None = None
    discount_due: date | None = None
    discount_days: int | None = None
    net_due: date | None = None
    net_days: int | None = None
    discount: Amount | None = None
    text: str = ""
    at: Places = {}


class InvoiceTotal(Struct, frozen=True, kw_only=True):
    """The carrier's own sum at the end of the invoice, in major units."""

    charge: Amount | None = None
    weight: Amount | None = None
    weight_qualifier: str = ""
    weight_unit: str = ""
    volume: Amount | None = None
    volume_unit: str = ""
    pieces: int | None = None
    at: Places = {}


class FreightInvoice(Struct, frozen=True, kw_only=True):
    """One invoice. ``net_amount`` is what the carrier wants, in major units of ``currency``.

    ``currency`` is empty when the invoice does not state it; nothing is assumed. ``correction`` is
    the carrier's code of what it corrects (BD balance due, CO corrected), empty on a first bill.
    """

    invoice_number: str
    shipment_id: str
    scac: str
    net_amount: Amount
    payer: str = ""
    invoiced_on: date | None = None
    delivered_on: date | None = None
    date_qualifier: str = ""
    correction: str = ""
    weight_unit: str = ""
    service: str = ""
    transport_terms: str = ""
    currency: str = ""
    exchange_rate: Amount | None = None
    terms: PaymentTerms | None = None
    references: tuple[Reference, ...] = ()
    moments: tuple[Moment, ...] = ()
    routing: tuple[RoutingLeg, ...] = ()
    handling: tuple[Handling, ...] = ()
    notes: tuple[Note, ...] = ()
    parties: tuple[Party, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    stops: tuple[Stop, ...] = ()
    lines: tuple[InvoiceLine, ...] = ()
    total: InvoiceTotal | None = None
    at: Places = {}

    @property
    def charges(self) -> tuple[InvoiceCharge, ...]:
        """Return the charges of every line, in order."""
        return tuple(charge for line in self.lines for charge in line.charges)

    @property
    def charged(self) -> Decimal:
        """Return the sum of the charges that can be read; an unreadable one is a finding."""
        amounts = (charge.amount for charge in self.charges)
        values = (amount.value for amount in amounts if amount and amount.value is not None)
        return sum(values, Decimal("0.00"))
