"""Release: whether an order may be planned now, or every reason why it must wait.

An order on hold is judged again by the same rule whenever something changed; it goes by itself.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import assert_never

from msgspec import Struct

from drawbar.dispatch.credit import (
    CreditUnclear,
    Exposure,
    NoLimit,
    OverCredit,
    WithinCredit,
    check,
)
from drawbar.freight.money import Money
from drawbar.freight.order import Order, Stop, StopPurpose
from drawbar.freight.party import Customer
from drawbar.freight.place import missing_parts


class HoldCode(StrEnum):
    """Why an order waits. Stored."""

    CUSTOMER_UNKNOWN = "customer_unknown"
    CUSTOMER_INACTIVE = "customer_inactive"
    TERMS_UNKNOWN = "terms_unknown"
    ADDRESS_INCOMPLETE = "address_incomplete"
    WINDOW_REVERSED = "window_reversed"
    WINDOWS_CROSS = "windows_cross"
    NOTHING_TO_MOVE = "nothing_to_move"
    VALUE_UNKNOWN = "value_unknown"
    CREDIT_EXCEEDED = "credit_exceeded"
    CREDIT_UNCLEAR = "credit_unclear"


class HoldReason(Struct, frozen=True, kw_only=True):
    """One reason to wait, in words, and what would end it."""

    code: HoldCode
    text: str
    remedy: str


class Released(Struct, frozen=True, kw_only=True, tag=True):
    """The order may be planned. ``credit`` says how it fits the customer's limit."""

    credit: WithinCredit | NoLimit


class OnHold(Struct, frozen=True, kw_only=True, tag=True):
    """The order waits; ``reasons`` are all there are, never empty."""

    reasons: tuple[HoldReason, ...]


def release(
    order: Order, *, customer: Customer | None, exposure: Exposure, order_value: Money | None
) -> Released | OnHold:
    """Judge the order. ``order_value`` is what we will charge for it, None where we cannot tell.

    ``exposure`` is the customer's without this order.
    """
    reasons = [*_about_customer(order, customer), *_about_order(order)]
    if order_value is None:
        reasons.append(_without_value(order))
    if customer is None or order_value is None:
        return OnHold(reasons=tuple(reasons))
    credit = check(customer.credit_limit, exposure=exposure, order_value=order_value)
    match credit:
        case WithinCredit() | NoLimit():
            return OnHold(reasons=tuple(reasons)) if reasons else Released(credit=credit)
        case OverCredit() | CreditUnclear():
            return OnHold(reasons=(*reasons, _about_credit(credit)))
        case _:
            assert_never(credit)


def _about_customer(order: Order, customer: Customer | None) -> Iterator[HoldReason]:
    if customer is None:
        yield HoldReason(
            code=HoldCode.CUSTOMER_UNKNOWN,
            text=f"nobody knows the customer {order.customer_ref}",
            remedy="Add the customer to the company folder, or correct the order.",
        )
        return
    if not customer.active:
        yield HoldReason(
            code=HoldCode.CUSTOMER_INACTIVE,
            text=f"{customer.name} is not active",
            remedy="Activate the customer, or cancel the order.",
        )
    if customer.payment_days is None:
        yield HoldReason(
            code=HoldCode.TERMS_UNKNOWN,
            text=f"no payment terms are agreed with {customer.name}",
            remedy="Enter the customer's payment days.",
        )


def _about_order(order: Order) -> Iterator[HoldReason]:
    for stop in order.stops:
        yield from _about_stop(stop)
    for pickup, delivery in _crossing(order):
        yield HoldReason(
            code=HoldCode.WINDOWS_CROSS,
            text=f"stop {delivery.number} closes before the pickup at stop {pickup.number} opens",
            remedy="Correct the windows in the ERP.",
        )
    if any(line.pieces < 1 for line in order.goods) or not order.goods:
        yield HoldReason(
            code=HoldCode.NOTHING_TO_MOVE,
            text="a line of goods has no pieces" if order.goods else "the order names no goods",
            remedy="Enter the pieces of each line of goods.",
        )


def _about_stop(stop: Stop) -> Iterator[HoldReason]:
    missing = missing_parts(stop.place)
    if missing:
        lacks = ", ".join(part.replace("_", " ") for part in missing)
        yield HoldReason(
            code=HoldCode.ADDRESS_INCOMPLETE,
            text=f"the address of stop {stop.number} lacks: {lacks}",
            remedy="Complete the address in the ERP.",
        )
    if stop.latest_at < stop.earliest_at:
        yield HoldReason(
            code=HoldCode.WINDOW_REVERSED,
            text=f"the window of stop {stop.number} ends before it begins",
            remedy="Correct the window in the ERP.",
        )


def _crossing(order: Order) -> Iterator[tuple[Stop, Stop]]:
    """Yield each delivery with the latest-opening pickup before it that it cannot follow."""
    pickups: list[Stop] = []
    for stop in order.stops:
        if stop.purpose is StopPurpose.PICKUP:
            pickups.append(stop)
            continue
        pickup = max(pickups, key=lambda before: before.earliest_at)
        if stop.latest_at <= pickup.earliest_at:
            yield pickup, stop


def _without_value(order: Order) -> HoldReason:
    return HoldReason(
        code=HoldCode.VALUE_UNKNOWN,
        text=f"we cannot tell what to charge {order.customer_ref} for this order",
        remedy="Add the lane to the customer's rate contract.",
    )


def _about_credit(credit: OverCredit | CreditUnclear) -> HoldReason:
    if isinstance(credit, CreditUnclear):
        return HoldReason(
            code=HoldCode.CREDIT_UNCLEAR,
            text=credit.text,
            remedy="State the limit and the debts in one currency.",
        )
    return HoldReason(
        code=HoldCode.CREDIT_EXCEEDED,
        text=credit.text,
        remedy=f"A payment of {credit.excess} or a higher limit releases it by itself.",
    )
