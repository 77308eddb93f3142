"""Parties: the customers who pay us and the carriers whom we pay."""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from drawbar.freight.billing_terms import BillingTerms
from drawbar.freight.money import Money
from drawbar.freight.payee import Remittance
from drawbar.freight.reference import PLAIN, ReferenceRule


class PodRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a customer wants to see on a proof of delivery before it is invoiced."""

    signer_required: bool = True
    signed_on_required: bool = True
    pieces_required: bool = True


class Customer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who pays us. ``credit_limit`` is in the currency of the books; ``payment_days`` the terms.

    ``address`` are the lines under its name on an invoice; ``cost_centres`` share what its freight
    costs and earns, by weight; ``owner`` is who of us looks after it, a person or a desk.
    """

    customer_ref: str
    name: str
    active: bool = True
    credit_limit: Money | None = None
    payment_days: int | None = None
    pod: PodRule = PodRule()
    short_delivery_billable: bool = True
    address: tuple[str, ...] = ()
    billing: BillingTerms = BillingTerms()
    cost_centres: dict[str, Decimal] = {}
    owner: str = ""


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


class Measure(StrEnum):
    """How the percent and the amount of one limit work together. Stored.

    ``both`` must hold, or the ``greater`` of the two is the limit.
    """

    BOTH = "both"
    GREATER = "greater"


class CountsPer(StrEnum):
    """What one tolerance is for. Stored.

    All bills of a ``shipment`` share it, or each ``bill`` has it anew.
    """

    SHIPMENT = "shipment"
    BILL = "bill"


class Tolerance(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far a bill may differ from what was agreed and still be paid as billed, inclusive.

    Amounts are in the bill's currency, percents of the agreed amount; a limit of None is not asked.
    ``bill_`` is over all lines together, ``line_`` for each line or charge by itself, and both
    levels must pass. What is billed too little is paid as billed; within ``under`` the rest is not
    expected any more.
    """

    policy_ref: str = "tolerance"
    version: int = 1
    bill_over_percent: Decimal | None = Decimal(2)
    bill_over: Decimal | None = Decimal(25)
    bill_under_percent: Decimal | None = Decimal(10)
    bill_under: Decimal | None = Decimal(200)
    bill_measure: Measure = Measure.BOTH
    line_over_percent: Decimal | None = Decimal(5)
    line_over: Decimal | None = None
    line_under_percent: Decimal | None = None
    line_under: Decimal | None = None
    line_measure: Measure = Measure.BOTH
    counts_per: CountsPer = CountsPer.SHIPMENT

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a limit below zero, or for none at all on what is too much."""
        over = (self.bill_over_percent, self.bill_over, self.line_over_percent, self.line_over)
        under = (self.bill_under_percent, self.bill_under, self.line_under_percent, self.line_under)
        for limit in (*over, *under):
            if limit is not None and not (limit.is_finite() and limit >= 0):
                raise ValueError(f"a tolerance is zero or more, not {limit}")
        if all(limit is None for limit in over):
            raise ValueError("a tolerance limits what is billed too much: for no tolerance say 0")
