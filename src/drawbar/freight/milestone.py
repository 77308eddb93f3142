"""Milestones: what happened to a shipment on the road, as carriers, scanners and people report it.

Only what actually happened moves money; estimates and appointments stand beside it.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from drawbar.freight.fact import Fact
from drawbar.freight.reference import Reference

LocalTime = Annotated[datetime, Meta(tz=False, description="The clock on the wall, no zone")]


class MilestoneKind(StrEnum):
    """What happened. The values are stored; X12 214 codes in brackets."""

    ARRIVED_PICKUP = "arrived_pickup"  # X3
    LOADED = "loaded"  # CP
    DEPARTED_PICKUP = "departed_pickup"  # AF
    IN_TRANSIT = "in_transit"  # X6
    ESTIMATED = "estimated"  # AG
    ARRIVED_DELIVERY = "arrived_delivery"  # X1
    DELIVERED = "delivered"  # D1
    DEPARTED_DELIVERY = "departed_delivery"  # CD
    ATTEMPTED = "attempted"  # AH
    REFUSED = "refused"  # A7
    DELAYED = "delayed"  # SD
    PICKUP_APPOINTMENT = "pickup_appointment"  # AA
    DELIVERY_APPOINTMENT = "delivery_appointment"  # AB


class Source(StrEnum):
    """Who reports. Stored; the order is the default precedence, best first."""

    CARRIER = "carrier"
    WMS = "wms"
    GEOFENCE = "geofence"
    MANUAL = "manual"


class MilestoneReported(Fact, frozen=True, kw_only=True):
    """Somebody reports a milestone. ``stop`` is 0 where the report does not say which stop.

    ``corrects`` is the key of an earlier report; one that ``withdraws`` it says that it did not
    happen, and states nothing itself. ``local_at`` is the clock on the wall where a report names no
    zone: it counts in its stop's zone, and ``happened_at`` only reads it as UTC.
    """

    references: tuple[Reference, ...]
    milestone: MilestoneKind
    source: Source
    reported_by: str
    stop: int = 0
    local_at: LocalTime | None = None
    reason: str = ""
    corrects: str = ""
    withdraws: bool = False


class PodReceived(Fact, frozen=True, kw_only=True):
    """A proof of delivery. ``document`` is the content hash of the scan, empty where none came.

    ``pieces`` is what the receiver signed for; None where the document does not say. ``damaged`` of
    them did not arrive whole; ``refused`` ones it did not take, they are not among ``pieces``.
    """

    references: tuple[Reference, ...]
    signer: str = ""
    signed_on: date | None = None
    pieces: int | None = None
    legible: bool = True
    notes: str = ""
    document: str = ""
    reported_by: str = ""
    damaged: int = 0
    refused: int = 0


class TruckSilent(Fact, frozen=True, kw_only=True):
    """Nothing was heard of a truck for longer than the firm allows, and it was due somewhere."""

    shipment_ref: str
