"""Parties: the customers who pay us and the carriers whom we pay."""

from decimal import Decimal

from msgspec import Struct

from drawbar.freight.money import Money
from drawbar.freight.payee import Remittance
from drawbar.freight.reference import PLAIN, ReferenceRule


class PodRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a customer wants to see on a proof of delivery before it is invoiced."""

    signer_required: bool = True
    signed_on_required: bool = True
    pieces_required: bool = True


class Customer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who pays us. ``credit_limit`` is in the currency of the books; ``payment_days`` the terms."""

    customer_ref: str
    name: str
    active: bool = True
    credit_limit: Money | None = None
    payment_days: int | None = None
    pod: PodRule = PodRule()
    short_delivery_billable: bool = True


class Carrier(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who carries it. ``carrier_ref`` is the SCAC; ``response_minutes`` is its time to answer.

    ``remittance`` says how it is paid, and which factors have its bills.
    """

    carrier_ref: str
    name: str
    system: str
    active: bool = True
    response_minutes: int = 60
    references: ReferenceRule = PLAIN
    currency: str = "USD"
    remittance: Remittance = Remittance()


class Tolerance(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far a bill may differ from what was agreed and still be paid as billed, inclusive.

    Both of a pair must hold. Amounts are in the bill's currency, percents of the agreed amount.
    """

    policy_ref: str = "tolerance"
    version: int = 1
    bill_over_percent: Decimal = Decimal(2)
    bill_over: Decimal = Decimal(25)
    bill_under_percent: Decimal = Decimal(10)
    bill_under: Decimal = Decimal(200)
    line_over_percent: Decimal = Decimal(5)
