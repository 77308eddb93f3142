"""A rate contract: what a carrier may charge us, or what we charge a customer, and when that holds.

Effective-dated in ``[valid_from, valid_to)`` and versioned; a decision names the version it used.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from drawbar.freight.charge import ChargeKind
from drawbar.freight.instant import Instant
from drawbar.freight.money import Currency


class Side(StrEnum):
    """Whether we buy (from a carrier) or sell (to a customer). Stored."""

    BUY = "buy"
    SELL = "sell"


class Basis(StrEnum):
    """Which day decides the rate in force. Stored."""

    PICKUP = "pickup"
    TENDER = "tender"
    DELIVERY = "delivery"


class LanePlace(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One end of a lane; an empty field matches anything. The most specific match wins.

    ``postal_prefix`` is the beginning of a postal code, such as "651".
    """

    country: str = ""
    region: str = ""
    city: str = ""
    postal_prefix: str = ""


class LaneRate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a lane costs: ``flat``, or ``per_mile`` by ``distance_mi``; never below ``minimum``."""

    clause: str
    origin: LanePlace = LanePlace()
    destination: LanePlace = LanePlace()
    flat: Decimal | None = None
    per_mile: Decimal | None = None
    distance_mi: Decimal | None = None
    minimum: Decimal | None = None


class FuelRate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A fuel surcharge in percent of the linehaul, in force from a local day on."""

    clause: str
    percent: Decimal
    valid_from: date
    valid_to: date | None = None


class DetentionRate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Waiting at a stop. The clock runs from the later of appointment and arrival to departure.

    ``rate`` is per started increment; ``cap`` is per stop; an arrival later than the appointment
    plus ``late_grace_minutes`` forfeits the charge.
    """

    clause: str
    free_time_minutes: int = 120
    increment_minutes: int = 15
    rate: Decimal
    cap: Decimal | None = None
    late_grace_minutes: int = 30


class TonuRate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Truck ordered, not used: owed when cancelled late, or once the driver is on the way."""

    clause: str
    amount: Decimal
    hours_before_pickup: Decimal = Decimal(4)


class AccessorialRate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A flat accessorial that needs an approval to be owed, unless ``needs_approval`` is false."""

    clause: str
    kind: ChargeKind
    amount: Decimal
    needs_approval: bool = True


class Contract(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of a rate contract with one party. Amounts are in ``currency``."""

    contract_ref: str
    version: int
    side: Side
    party_ref: str
    currency: Currency
    valid_from: date
    valid_to: date | None = None
    known_at: Instant
    basis: Basis = Basis.PICKUP
    lanes: tuple[LaneRate, ...]
    fuel: tuple[FuelRate, ...] = ()
    detention: DetentionRate | None = None
    tonu: TonuRate | None = None
    accessorials: tuple[AccessorialRate, ...] = ()
    short_pay_allowed: bool = True
    payment_days: int = 30
