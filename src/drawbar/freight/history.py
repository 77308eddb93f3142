"""History: what happened before Drawbar took over. It is recorded and moves nothing.

No delivery, no deadline and no notification follows from a fact of history. What the old records
do not say stays empty: a past order has no stops with windows and a past bill often no carrier.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from drawbar.freight.fact import Fact
from drawbar.freight.money import Money
from drawbar.freight.order import OrderRef
from drawbar.freight.reference import Reference


class FreightBasis(StrEnum):
    """Where the freight cost of a past shipment is to be found. Stored."""

    BILLED = "billed"
    ON_OTHER_SHIPMENT = "on_other_shipment"
    IN_GOODS_PRICE = "in_goods_price"
    INVOICED_SEPARATELY = "invoiced_separately"


class WeightBasis(StrEnum):
    """Where the weight of a past shipment is to be found. Stored."""

    WEIGHED = "weighed"
    ON_OTHER_SHIPMENT = "on_other_shipment"
    RECORDED_SEPARATELY = "recorded_separately"


class PastPlace(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place as the old records name it; ``country`` is an ISO 3166 alpha-2 code or empty."""

    name: str = ""
    country: str = ""


class PastWeight(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What it weighed: ``kg`` for ``WEIGHED``, the ``other_ref`` of our shipment that says it."""

    basis: WeightBasis
    kg: Decimal | None = None
    other_ref: str = ""


class PastOrder(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A past order as far as it is known. Days are the local days of the place where they passed.

    ``seller`` made or sold the goods, ``goods`` describes them, ``goods_value`` is for all packs.
    """

    order_ref: OrderRef
    customer_ref: str
    references: tuple[Reference, ...] = ()
    seller: str = ""
    goods: str = ""
    packs: int | None = None
    goods_value: Money | None = None
    weight: PastWeight | None = None
    origin: PastPlace = PastPlace()
    destination: PastPlace = PastPlace()
    ordered_on: date | None = None
    due_on: date | None = None
    delivered_on: date | None = None


class PastBill(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a past shipment's freight cost. ``carrier_ref`` and numbers are empty where unknown."""

    bill_ref: str
    total: Money
    carrier_ref: str = ""
    invoice_number: str = ""
    billed_on: date | None = None


class OrderRecorded(Fact, frozen=True, kw_only=True):
    """A past order and its shipment. ``mode`` is how it went: air, ocean, truck."""

    order: PastOrder
    shipment_ref: str
    mode: str = ""


class BillRecorded(Fact, frozen=True, kw_only=True):
    """A past freight bill that was settled elsewhere; it is not judged."""

    bill: PastBill
    shipment_ref: str


class FreightRecorded(Fact, frozen=True, kw_only=True):
    """Where the freight cost of a past shipment is, when it has no bill of its own.

    ``other_ref`` is the shipment that carries the cost, for ``ON_OTHER_SHIPMENT``.
    """

    shipment_ref: str
    basis: FreightBasis
    other_ref: str = ""
