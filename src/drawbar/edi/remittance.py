"""A remittance advice: what one payment is for, invoice by invoice, and how it adds up."""

from datetime import date
from decimal import Decimal

from msgspec import Struct


class RemittanceLine(Struct, frozen=True, kw_only=True):
    """One invoice of a payment. ``billed`` plus ``adjustment`` less ``discount`` is ``paid``.

    A credit is below zero. ``pro`` is the carrier's number of the freight.
    """

    invoice_number: str
    pro: str = ""
    shipment_id: str = ""
    billed: Decimal
    adjustment: Decimal = Decimal(0)
    discount: Decimal = Decimal(0)
    paid: Decimal


class RemittanceClaim(Struct, frozen=True, kw_only=True):
    """What was taken off for a claim, above zero."""

    claim: str
    money: Decimal


class Remittance(Struct, frozen=True, kw_only=True):
    """One payment. What is paid of its lines, less its claims, is ``total``."""

    reference: str
    paid_on: date
    currency: str
    total: Decimal
    payer: str
    payee: str
    payee_id: str
    lines: tuple[RemittanceLine, ...]
    claims: tuple[RemittanceClaim, ...] = ()
