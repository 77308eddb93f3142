"""A rate contract: what a carrier may charge us, or what we charge a customer, and when that holds.

Effective-dated in ``[valid_from, valid_to)`` and versioned; a decision names the version it used.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from drawbar.freight.accessorial import AccessorialRate, DetentionRate, PassThrough, TonuRate
from drawbar.freight.claim import ClaimTerms
from drawbar.freight.exchange import ExchangeTerms
from drawbar.freight.fuel import FuelRate, FuelTerms
from drawbar.freight.instant import Instant
from drawbar.freight.lane import Distance, LaneRate, RateZone
from drawbar.freight.ltl import LtlTerms
from drawbar.freight.money import Currency
from drawbar.freight.tax import TaxTerms

SINCE_EVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a contract was known of which nobody says since when."""


class Side(StrEnum):
    """Whether we buy (from a carrier) or sell (to a customer). Stored."""

    BUY = "buy"
    SELL = "sell"


class Basis(StrEnum):
    """Which day decides the rate in force. Stored."""

    PICKUP = "pickup"
    TENDER = "tender"
    DELIVERY = "delivery"


class QuickPay(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A discount in percent for paying within so many days of the bill, if the carrier asks."""

    clause: str
    percent: Decimal
    days: int


class Contract(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of a rate contract with one party. Amounts are in ``currency``.

    ``fuel`` are percents by date, ``fuel_index`` makes them of an index; at most one is stated.
    ``detention_at_delivery`` holds at deliveries where it differs. A balance-due bill or an
    overcharge claim comes within ``late_days`` of the first bill, an answer in a dispute within
    ``answer_days``. ``set_off_allowed`` lets claims be netted without the carrier's word;
    ``claims`` are the times of its claims where they are not those of the firm's policy.
    """

    contract_ref: str
    version: int
    side: Side
    party_ref: str
    currency: Currency
    valid_from: date
    valid_to: date | None = None
    known_at: Instant = SINCE_EVER
    basis: Basis = Basis.PICKUP
    lanes: tuple[LaneRate, ...]
    zones: tuple[RateZone, ...] = ()
    distances: tuple[Distance, ...] = ()
    ltl: LtlTerms | None = None
    fuel: tuple[FuelRate, ...] = ()
    fuel_index: FuelTerms | None = None
    detention: DetentionRate | None = None
    detention_at_delivery: DetentionRate | None = None
    tonu: TonuRate | None = None
    accessorials: tuple[AccessorialRate, ...] = ()
    pass_through: tuple[PassThrough, ...] = ()
    tax: tuple[TaxTerms, ...] = ()
    exchange: ExchangeTerms | None = None
    short_pay_allowed: bool = True
    set_off_allowed: bool = False
    payment_days: int = 30
    quick_pay: QuickPay | None = None
    late_days: int | None = 180
    answer_days: int = 30
    claims: ClaimTerms | None = None
