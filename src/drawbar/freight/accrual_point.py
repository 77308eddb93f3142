"""When cost and revenue are recognised: from which event of a load on they are in the books."""

from enum import StrEnum


class AccrualPoint(StrEnum):
    """The event that counts. Stored in the company folder."""

    TENDER_ACCEPTED = "tender_accepted"
    PICKED_UP = "picked_up"
    DELIVERED = "delivered"
    PROVEN = "proven"
