"""Accessorials: what is owed beyond moving the load, for what event, and what proves it."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from drawbar.freight.charge import ChargeKind
from drawbar.freight.figure import of_zero_or_more


class Unit(StrEnum):
    """What an accessorial counts. Stored."""

    SHIPMENT = "shipment"
    STOP = "stop"
    OCCURRENCE = "occurrence"
    MILE = "mile"
    CWT = "cwt"
    PIECE = "piece"
    HOUR = "hour"
    DAY = "day"
    LINEHAUL_PERCENT = "linehaul_percent"
    RECEIPT = "receipt"


class Evidence(StrEnum):
    """What must be on file before a charge is owed. Stored."""

    APPROVAL = "approval"
    RECEIPT = "receipt"
    ATTEMPT = "attempt"
    CERTIFICATE = "certificate"
    EVENTS = "events"


class ClockStart(StrEnum):
    """When waiting begins to count. Stored."""

    LATER_OF_BOTH = "later_of_both"
    APPOINTMENT = "appointment"
    ARRIVAL = "arrival"


class FreeTime(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Free minutes for freight of ``from_lb`` and more, up to the next row."""

    from_lb: Decimal
    minutes: Annotated[int, Meta(ge=0)]

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a figure that is below zero, endless or no number."""
        of_zero_or_more(from_lb=self.from_lb)


class DetentionRate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Waiting at a stop: from the clock's start to departure, beyond the free time.

    ``rate`` is per increment, begun ones count unless ``or_fraction`` is false; ``minimum`` and
    ``cap`` are per stop. An arrival later than the appointment plus ``late_grace_minutes`` forfeits
    the charge, None never does. ``free_time_by_weight`` takes the place of ``free_time_minutes``
    where it is stated. ``needs_approval`` owes nothing but what a person approved.
    """

    clause: str
    free_time_minutes: Annotated[int, Meta(ge=0)] = 120
    free_time_by_weight: tuple[FreeTime, ...] = ()
    increment_minutes: Annotated[int, Meta(ge=1)] = 15
    or_fraction: bool = True
    rate: Decimal
    minimum: Decimal | None = None
    cap: Decimal | None = None
    late_grace_minutes: Annotated[int, Meta(ge=0)] | None = 30
    clock: ClockStart = ClockStart.LATER_OF_BOTH
    needs_approval: bool = False

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a figure that is below zero, endless or no number."""
        of_zero_or_more(rate=self.rate, minimum=self.minimum, cap=self.cap)


class TonuRate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Truck ordered, not used: owed when cancelled late, or once the driver is on the way."""

    clause: str
    amount: Decimal
    hours_before_pickup: Decimal = Decimal(4)

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a figure that is below zero, endless or no number."""
        of_zero_or_more(amount=self.amount, hours_before_pickup=self.hours_before_pickup)


class AccessorialRate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One accessorial: ``amount`` per ``per`` beyond ``free`` of them, within minimum and cap.

    With ``per`` a receipt it is what the receipt says, up to ``cap``; ``amount`` is then a fee on
    top of it. ``evidence`` is all that must be on file; ``needs_approval`` asks for a person too,
    whose word is then the limit and owes nothing without the evidence. ``place_is`` names a mark of
    the stop that alone makes it owed, such as "residential". Where ``per`` is a mile, cwt or piece,
    the whole load counts unless what is on file counts more than one.
    """

    clause: str
    kind: ChargeKind
    amount: Decimal
    per: Unit = Unit.SHIPMENT
    free: Decimal = Decimal(0)
    minimum: Decimal | None = None
    cap: Decimal | None = None
    evidence: tuple[Evidence, ...] = ()
    needs_approval: bool = True
    place_is: str = ""

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a figure that is below zero, endless or no number."""
        of_zero_or_more(amount=self.amount, free=self.free, minimum=self.minimum, cap=self.cap)


class PassThrough(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a customer pays of a carrier's charge: the approved cost plus a percent, up to a cap."""

    clause: str
    kind: ChargeKind
    markup_percent: Decimal = Decimal(0)
    cap: Decimal | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a figure that is below zero, endless or no number."""
        of_zero_or_more(markup_percent=self.markup_percent, cap=self.cap)
