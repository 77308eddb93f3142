"""An incident: something that goes wrong in front of a visitor, and whether it is mended by now.

Whoever shows the product says what to look at; how it stands is always read from the books.
"""

from enum import StrEnum

from msgspec import Struct


class IncidentKind(StrEnum):
    """What can go wrong on the first page."""

    CHANGE_AFTER_TENDER = "change_after_tender"
    TENDER_DECLINED = "tender_declined"
    SILENT_TRUCK = "silent_truck"
    WRONG_DETENTION = "wrong_detention"
    WRONG_FUEL_WEEK = "wrong_fuel_week"
    DUPLICATE_NEW_NUMBER = "duplicate_new_number"
    ERP_OUTAGE = "erp_outage"
    UNKNOWN_STATUS_CODE = "unknown_status_code"


class Incident(Struct, frozen=True, kw_only=True):
    """What to look at. ``kind`` is one of ``IncidentKind`` or the kind of a case.

    ``look_up`` is any reference: an order, an invoice number, a system, the cause of a case.
    """

    kind: str
    title: str
    text: str
    look_up: str
