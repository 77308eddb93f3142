"""History: what happened before Drawbar took over. It is recorded and moves nothing.

No delivery, no deadline and no notification follows from a fact of history.
"""

from enum import StrEnum

from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import FreightBill
from drawbar.freight.order import Order


class FreightBasis(StrEnum):
    """Where the freight cost of a past shipment is to be found. Stored."""

    BILLED = "billed"
    ON_OTHER_SHIPMENT = "on_other_shipment"
    IN_GOODS_PRICE = "in_goods_price"
    INVOICED_SEPARATELY = "invoiced_separately"


class OrderRecorded(Fact, frozen=True, kw_only=True):
    """A past order and its shipment. ``mode`` is how it went: air, ocean, truck."""

    order: Order
    shipment_ref: str
    mode: str = ""


class BillRecorded(Fact, frozen=True, kw_only=True):
    """A past freight bill that was settled elsewhere; it is not judged."""

    bill: FreightBill
    shipment_ref: str


class FreightRecorded(Fact, frozen=True, kw_only=True):
    """Where the freight cost of a past shipment is, when it has no bill of its own.

    ``other_ref`` is the shipment that carries the cost, for ``ON_OTHER_SHIPMENT``.
    """

    shipment_ref: str
    basis: FreightBasis
    other_ref: str = ""
