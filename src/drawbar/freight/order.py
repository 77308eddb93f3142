"""An order: what a customer asked us to move, from where to where, by when.

The ERP owns it; we hold the newest revision and every one before it.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from drawbar.freight.fact import Fact
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money
from drawbar.freight.place import Place
from drawbar.freight.reference import Reference

OrderRef = Annotated[
    str, Meta(min_length=1, max_length=40, description="The order number of the ERP")
]


class StopPurpose(StrEnum):
    """What happens at a stop. Stored."""

    PICKUP = "pickup"
    DELIVERY = "delivery"


class Stop(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One stop, numbered from 1. The window is ``[earliest_at, latest_at]``."""

    number: int
    purpose: StopPurpose
    place: Place
    earliest_at: Instant
    latest_at: Instant
    appointment_at: Instant | None = None

    @property
    def due_at(self) -> Instant:
        """Return when the truck is expected: the appointment, or the beginning of the window."""
        return self.appointment_at or self.earliest_at


class Goods(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of goods: ``pieces`` are handling units, ``unit_value`` the worth of one.

    Length, width and height are those of one handling unit; ``freight_class`` is the NMFC class.
    """

    sku: str
    description: str = ""
    pieces: int
    weight_lb: Decimal = Decimal(0)
    unit_value: Money | None = None
    freight_class: str = ""
    length_in: Decimal | None = None
    width_in: Decimal | None = None
    height_in: Decimal | None = None


class Order(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One revision of an order. Its stops are in driving order, a pickup first, a delivery last.

    ``cost_centres`` share its cost and revenue by weight, where the customer's or the firm's own
    shares do not hold for it.
    """

    order_ref: OrderRef
    revision: int = 1
    customer_ref: str
    references: tuple[Reference, ...] = ()
    stops: tuple[Stop, ...]
    goods: tuple[Goods, ...]
    equipment: str = "dry van"
    service: str = "standard"
    handling: str = ""
    note: str = ""
    cost_centres: dict[str, Decimal] = {}

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for an order that no truck could drive."""
        purposes = [stop.purpose for stop in self.stops]
        if purposes[:1] != [StopPurpose.PICKUP] or purposes[-1:] != [StopPurpose.DELIVERY]:
            raise ValueError("the stops of an order begin with a pickup and end with a delivery")
        if [stop.number for stop in self.stops] != list(range(1, len(self.stops) + 1)):
            raise ValueError("stops are numbered 1, 2, 3, … in driving order")

    @property
    def pickup(self) -> Stop:
        """Return the first stop."""
        return self.stops[0]

    @property
    def delivery(self) -> Stop:
        """Return the last stop."""
        return self.stops[-1]

    @property
    def pieces(self) -> int:
        """Return all handling units of the order."""
        return sum(line.pieces for line in self.goods)

    @property
    def weight_lb(self) -> Decimal:
        """Return the weight of all goods."""
        return sum((line.weight_lb for line in self.goods), start=Decimal(0))


class OrderReleased(Fact, frozen=True, kw_only=True):
    """The ERP released an order to be moved."""

    order: Order


class OrderChanged(Fact, frozen=True, kw_only=True):
    """The ERP changed an order; ``order`` is the whole new revision."""

    order: Order


class OrderCancelled(Fact, frozen=True, kw_only=True):
    """The order is not to be moved any more."""

    order_ref: OrderRef
    reason: str = ""


class StockReserved(Fact, frozen=True, kw_only=True):
    """The WMS set goods aside for a revision: pieces by SKU, which may be fewer than asked."""

    order_ref: OrderRef
    revision: int = 1
    reservation: str
    pieces: dict[str, int]


class ReceivablesStated(Fact, frozen=True, kw_only=True):
    """The ERP says what a customer owes for everything that Drawbar did not invoice."""

    customer_ref: str
    open_receivables: Money


class CustomerPaid(Fact, frozen=True, kw_only=True):
    """A customer paid; ``invoice_ref`` is our invoice, empty for a payment on older debts."""

    customer_ref: str
    money: Money
    invoice_ref: str = ""


class HoldReviewed(Fact, frozen=True, kw_only=True):
    """Something changed that may let an order on hold go: a payment, a limit, a contract."""

    customer_ref: str
    order_ref: OrderRef


class OrderDropped(Fact, frozen=True, kw_only=True):
    """An order no longer counts against its customer's credit."""

    customer_ref: str
    order_ref: OrderRef


class ChangeRefused(Fact, frozen=True, kw_only=True):
    """A dispatcher does not follow a revision that the ERP sent; the load stops until the next."""

    order_ref: OrderRef
    revision: int
    refused_by: str
    reason: str
