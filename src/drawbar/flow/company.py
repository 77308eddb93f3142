"""The firm's own decisions: whom it works with, at which rates, within which limits.

A snapshot of the company folder; every decision of the flow is made under one.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from drawbar.cases.desk import Assignment
from drawbar.flow.tariff import Tariff, learned_last
from drawbar.freight.accrual_point import AccrualPoint
from drawbar.freight.approval import ApprovalLimit
from drawbar.freight.case import CaseKind
from drawbar.freight.claim import ClaimTerms
from drawbar.freight.contract import Contract, Side
from drawbar.freight.dispute import Silence
from drawbar.freight.evidence import CARRIER_CAUSES
from drawbar.freight.lane import LanePlace
from drawbar.freight.market import NO_MARKET, Market
from drawbar.freight.party import Carrier, Customer, Tolerance
from drawbar.freight.reference import PLAIN, Reference, ReferenceKey, normalise


class RoutingGuide(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which carriers are asked for a lane, in order."""

    guide_ref: str
    origin: LanePlace = LanePlace()
    destination: LanePlace = LanePlace()
    carriers: tuple[str, ...]


class PaidBy(StrEnum):
    """Who instructs the bank to pay carriers: the ERP by its vouchers, or our payment runs."""

    ERP = "erp"
    DRAWBAR = "drawbar"


class Policy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the firm wants it done. Days are calendar days; system names are those of ``systems/``.

    ``pod_before_payment`` keeps a freight bill waiting for a proof of delivery. ``erp`` and
    ``wms`` may be empty: nothing is then posted, or no stock is reserved. A truck that is due
    somewhere and not heard of for ``silent_after_hours`` becomes a case, one that reached its last
    stop after ``silent_at_end_after_hours``; 0 hours on the way mean never. Of the tolerances the
    one for carrier and customer together counts first, then the carrier's, then the customer's. A
    delivered load whose bill did not come in ``missing_invoice_days`` is on the chase list; 0 means
    never. What one person lets go of claims and disputes of one carrier within ``let_go_days``
    counts together against their limit; 0 means that each claim and dispute counts by itself.
    ``dispute_silence`` is what a carrier's silence in a dispute means: never a yes to pay.
    An event dated more than ``future_minutes`` after we learned of it moves no money, a bill dated
    more than ``bill_future_days`` ahead is refused. A bill that its attributes alone lead to a
    shipment weighs what that does, within ``bill_weight_within_percent``. ``carrier_causes`` are
    reasons, as codes or as words, of failed attempts that the carrier caused itself.

    ``cases`` say whose a kind of case is and how soon it is due, where not as usual. ``regions``
    part the map for measures: a place belongs to the one that names it most exactly.
    """

    erp: str = ""
    wms: str = ""
    bill_waits_days: int = 5
    bill_future_days: int = 7
    bill_weight_within_percent: int = 10
    future_minutes: int = 60
    bill_waits_for_events_days: int = 30
    event_waits_days: int = 7
    answer_waits_days: int = 1
    silent_after_hours: int = 2
    silent_at_end_after_hours: int = 12
    sources_agree_minutes: int = 30
    pod_before_payment: bool = True
    missing_invoice_days: int = 45
    dispute_silence: Silence = Silence.STAYS_OPEN
    claims: ClaimTerms = ClaimTerms()
    tolerance: Tolerance = Tolerance()
    tolerance_by_carrier: dict[str, Tolerance] = {}
    tolerance_by_customer: dict[str, Tolerance] = {}
    tolerance_by_carrier_and_customer: dict[str, dict[str, Tolerance]] = {}
    approval_limits: dict[str, ApprovalLimit] = {}
    let_go_days: int = 0
    carrier_causes: tuple[str, ...] = CARRIER_CAUSES
    cost_centres: dict[str, Decimal] = {}
    cost_accrues_at: AccrualPoint = AccrualPoint.PICKED_UP
    revenue_accrues_at: AccrualPoint = AccrualPoint.DELIVERED
    payments: PaidBy = PaidBy.ERP
    bank: str = ""
    payment_limits: dict[str, ApprovalLimit] = {}
    bank_details_cool_days: int = 7
    cases: dict[CaseKind, Assignment] = {}
    regions: dict[str, tuple[LanePlace, ...]] = {}


class AppliedTolerance(NamedTuple):
    """A tolerance and for whom it is, in words."""

    tolerance: Tolerance
    scope: str


class Company(Struct, frozen=True, kw_only=True, dict=True):
    """One firm: its books' currency, partners by reference, contracts, guides and policy.

    ``version`` is that of the company folder as it was applied, 0 where it was not.
    """

    name: str
    zone: str
    currency: str
    customers: dict[str, Customer]
    carriers: dict[str, Carrier]
    contracts: tuple[Contract, ...]
    guides: tuple[RoutingGuide, ...] = ()
    market: Market = NO_MARKET
    policy: Policy = Policy()
    version: int = 0

    def key_of(self, reference: Reference) -> ReferenceKey:
        """Return the key of a name, normalised as the party that gave it writes its numbers."""
        carrier = self.carriers.get(reference.party)
        return normalise(reference, carrier.references if carrier else PLAIN)

    @cached_property
    def tariffs(self) -> Mapping[tuple[str, Side], tuple[Tariff, ...]]:
        """Return the contracts by party and side, opened once: every price is asked for here."""
        learned_at = learned_last(self.market)
        with_party: dict[tuple[str, Side], tuple[Tariff, ...]] = {}
        for one in self.contracts:
            key = one.party_ref, one.side
            with_party[key] = (*with_party.get(key, ()), Tariff(one, self.market, learned_at))
        return with_party

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Return the indices and sources of exchange rates that contracts name, in order."""
        fuel = (one.fuel_index.index for one in self.contracts if one.fuel_index)
        exchange = (one.exchange.source for one in self.contracts if one.exchange)
        return tuple(sorted({*fuel, *exchange}))

    def applied_tolerance(self, carrier_ref: str, customer_ref: str = "") -> AppliedTolerance:
        """Return the tolerance for a carrier's bills of a customer's loads, the most exact one.

        Carrier and customer together come before the carrier, the carrier before the customer.
        """
        policy = self.policy
        pairs = policy.tolerance_by_carrier_and_customer.get(carrier_ref, {})
        found = (
            (pairs.get(customer_ref), f"{carrier_ref} x {customer_ref}"),
            (policy.tolerance_by_carrier.get(carrier_ref), carrier_ref),
            (policy.tolerance_by_customer.get(customer_ref), f"loads of {customer_ref}"),
        )
        exact = (AppliedTolerance(one, scope) for one, scope in found if one is not None)
        return next(exact, AppliedTolerance(policy.tolerance, "every bill"))

    def tolerance_for(self, carrier_ref: str, customer_ref: str = "") -> Tolerance:
        """Return the tolerance for a carrier's bills of a customer's loads, without its scope."""
        return self.applied_tolerance(carrier_ref, customer_ref).tolerance
