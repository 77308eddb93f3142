"""Obstacles: every reason why a shipment cannot be invoiced yet, with what would end it."""

from enum import StrEnum

from msgspec import Struct


class Obstacle(StrEnum):
    """Why a shipment cannot be invoiced yet. Stored."""

    CUSTOMER_UNKNOWN = "customer_unknown"
    TERMS_UNKNOWN = "terms_unknown"
    NOT_DELIVERED = "not_delivered"
    SEQUENCE_INVALID = "sequence_invalid"
    POD_MISSING = "pod_missing"
    POD_INVALID = "pod_invalid"
    PAPER_MISSING = "paper_missing"
    REFERENCE_MISSING = "reference_missing"
    COST_CENTRE_MISSING = "cost_centre_missing"
    EVENTS_OPEN = "events_open"
    SHORT_DELIVERY = "short_delivery"
    NO_CHARGES = "no_charges"
    PROVISIONAL = "provisional"
    COST_CONTESTED = "cost_contested"
    MIXED_CURRENCIES = "mixed_currencies"


class NotReadyReason(Struct, frozen=True, kw_only=True):
    """One reason not to invoice yet, in words, and what would end it."""

    code: Obstacle
    text: str
    remedy: str
