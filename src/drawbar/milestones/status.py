"""The status of a shipment in one word, as a dispatcher tells it to a customer on the telephone.

What is delivered stays delivered, whatever older or stray report comes in later.
"""

from collections.abc import Sequence
from enum import StrEnum

from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.order import Stop, StopPurpose
from drawbar.milestones.account import Account


class Status(StrEnum):
    """Where a shipment stands. Stored; with blanks for the underscores it is what people say."""

    PLANNED = "planned"
    AT_PICKUP = "at_pickup"
    LOADED = "loaded"
    IN_TRANSIT = "in_transit"
    AT_DELIVERY = "at_delivery"
    ATTEMPTED = "attempted"
    PARTLY_DELIVERED = "partly_delivered"
    REFUSED = "refused"
    DELIVERED = "delivered"


_AFTER = {
    K.ARRIVED_PICKUP: Status.AT_PICKUP,
    K.LOADED: Status.LOADED,
    K.DEPARTED_PICKUP: Status.IN_TRANSIT,
    K.IN_TRANSIT: Status.IN_TRANSIT,
    K.ARRIVED_DELIVERY: Status.AT_DELIVERY,
    K.ATTEMPTED: Status.ATTEMPTED,
    K.DELIVERED: Status.PARTLY_DELIVERED,
    K.REFUSED: Status.REFUSED,
    K.DEPARTED_DELIVERY: Status.IN_TRANSIT,
}


def status(account: Account, *, stops: Sequence[Stop]) -> Status:
    """Return the status: delivered or refused if every delivery is, else what happened last."""
    deliveries = [stop.number for stop in stops if stop.purpose is StopPurpose.DELIVERY]
    delivered = {one.stop for one in account.actuals if one.kind is K.DELIVERED}
    refused = {one.stop for one in account.actuals if one.kind is K.REFUSED}
    if delivered.issuperset(deliveries):
        return Status.DELIVERED
    if (delivered | refused).issuperset(deliveries):
        return Status.REFUSED
    if not account.actuals:
        return Status.PLANNED
    return _AFTER[account.actuals[-1].kind]
