"""An order as we know it: its newest revision, where it stands and why."""

from enum import StrEnum

from msgspec import Struct

from drawbar.flow.decision import Known
from drawbar.flow.needs import order
from drawbar.freight.money import Money
from drawbar.freight.order import Order


class OrderStatus(StrEnum):
    """Where an order stands. Stored."""

    ON_HOLD = "on_hold"
    RELEASED = "released"
    BACK_ORDERED = "back_ordered"
    CANCELLED = "cancelled"


class OrderState(Struct, frozen=True, kw_only=True, tag=True):
    """The newest revision of an order and where it stands.

    ``shipment_ref`` moves it; ``back_order_of`` is the order whose missing goods it asks for.
    ``reasons`` say why it is on hold. ``refused_revision`` is newer, but could not be followed any
    more; 0 where none was.
    """

    order: Order
    status: OrderStatus
    shipment_ref: str
    value: Money | None = None
    reasons: tuple[str, ...] = ()
    back_order_of: str = ""
    cancel_reason: str = ""
    refused_revision: int = 0


def state_of(order_ref: str, known: Known) -> OrderState | None:
    """Return what is known of an order, None where it never came."""
    state = known.states.get(order(order_ref))
    return state if isinstance(state, OrderState) else None
