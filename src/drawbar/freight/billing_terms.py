"""What a customer and we agreed about its invoices: when, for what, with which papers, until when.

All of it has a usual value, so a customer's file says only what is special.
"""

from datetime import time
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from drawbar.freight.instant import zone
from drawbar.freight.reference import ReferenceKind

CutOff = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$(?!\n)", description="HH:MM")]
Prefix = Annotated[str, Meta(pattern=r"^[A-Z0-9]{0,8}$(?!\n)")]


class InvoicePer(StrEnum):
    """What one invoice is for: one shipment, or all that got ready in a period. Stored."""

    SHIPMENT = "shipment"
    DAY = "day"
    WEEK = "week"
    HALF_MONTH = "half_month"
    MONTH = "month"


class InvoiceGroup(StrEnum):
    """Which shipments of a period come on one invoice. Stored."""

    CUSTOMER = "customer"
    PO = "po"
    ORIGIN = "origin"
    DESTINATION = "destination"


class Release(StrEnum):
    """Whether what is ready goes out by itself or on a person's word. Stored."""

    AUTO = "auto"
    BY_HAND = "by_hand"


class Corrected(StrEnum):
    """What becomes of an invoice when a fuel price or rate behind it is corrected. Stored."""

    LISTED = "listed"
    RE_RATED = "re_rated"


class PaperKind(StrEnum):
    """A document about a shipment. Stored."""

    POD = "pod"
    BOL = "bol"
    RECEIPT = "receipt"
    WEIGHT_CERTIFICATE = "weight_certificate"


class Weekday(StrEnum):
    """The days of a week, Monday first. Stored."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def number(self) -> int:
        """Return 0 for Monday up to 6 for Sunday."""
        return list(Weekday).index(self)


class BillingTerms(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a customer is invoiced.

    A period ends at ``cut_off`` in ``zone`` (empty: the firm's), on ``cut_off_weekday``, on
    ``cut_off_day`` of the month or its last day, on the 15th and the last day of a half month.
    For ``events_wait_hours`` after delivery an event may still come. ``references`` must be on the
    invoice, and with ``cost_centre_required`` who bears it must be known; with ``costs_settled`` no
    cost that is passed on may be contested. A charge that comes later than ``late_charge_days``
    after the first invoice is not invoiced any more; None is no end. Where the fuel price or the
    exchange rate behind an invoice is corrected, ``corrected_figures`` only lists the difference,
    or asks for it and proposes a credit. Numbers count by ``legal_entity`` and, where asked for, by
    currency.
    """

    per: InvoicePer = InvoicePer.SHIPMENT
    by: InvoiceGroup = InvoiceGroup.CUSTOMER
    release: Release = Release.AUTO
    cut_off: CutOff = "18:00"
    cut_off_weekday: Weekday = Weekday.FRIDAY
    cut_off_day: Annotated[int, Meta(ge=1, le=31)] = 31
    zone: str = ""
    documents: tuple[PaperKind, ...] = (PaperKind.POD,)
    events_wait_hours: Annotated[int, Meta(ge=0, le=24 * 60)] = 0
    references: tuple[ReferenceKind, ...] = ()
    cost_centre_required: bool = False
    costs_settled: bool = False
    late_charge_days: Annotated[int, Meta(ge=0, le=3650)] | None = None
    corrected_figures: Corrected = Corrected.LISTED
    legal_entity: Prefix = ""
    number_by_currency: bool = False
    shipments_max: Annotated[int, Meta(ge=1, le=2000)] = 500

    def __post_init__(self) -> None:
        """Raise ``UnknownZone``."""
        if self.zone:
            zone(self.zone)

    @property
    def cut_off_at(self) -> time:
        """Return the cut-off as a time of day."""
        return time.fromisoformat(self.cut_off)
