"""Orders over HTTP: release, change, cancel. Translation only: no rule about money lives here."""

from litestar import post, put
from litestar.params import JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED
from msgspec import Struct

from drawbar.freight.identity import key_for
from drawbar.freight.instant import utc
from drawbar.freight.lineage import Receipt
from drawbar.freight.order import OrderCancelled, OrderChanged, OrderReleased
from drawbar.freight.reading import Reading
from drawbar.web.api.v1.body import decoded
from drawbar.web.api.v1.finance import said_at
from drawbar.web.api.v1.identity import fact_key
from drawbar.web.api.v1.inbound import Arriving, TakenV1
from drawbar.web.api.v1.order import OrderV1
from drawbar.web.api.v1.tender_answers import Remark
from drawbar.web.api.v1.text import Moment, Name, NamePath, refuse_absurd
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.problem import unfit


class CancellationV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An order that is not to be moved any more, from now on unless it says since when."""

    order_ref: Name
    cancelled_at: Moment | None = None
    reason: Remark = ""

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for an absurd time."""
        refuse_absurd(self.cancelled_at)


@post("/v1/orders", status_code=HTTP_202_ACCEPTED, **policy(Scope.ORDER_WRITE))
def release_order(data: JSONBody[OrderV1], inbound: Arriving) -> TakenV1:
    """Release an order to be moved. Sending it again is harmless."""
    return inbound.take("release-order")


@put("/v1/orders/{order_ref:str}", status_code=HTTP_202_ACCEPTED, **policy(Scope.ORDER_WRITE))
def change_order(order_ref: NamePath, data: JSONBody[OrderV1], inbound: Arriving) -> TakenV1:
    """Change an order: the body is the whole new revision."""
    _refuse_mismatch(order_ref, data.order_ref)
    return inbound.take("change-order")


@post(
    "/v1/orders/{order_ref:str}/cancellation",
    status_code=HTTP_202_ACCEPTED,
    **policy(Scope.ORDER_WRITE),
)
def cancel_order(order_ref: NamePath, data: JSONBody[CancellationV1], inbound: Arriving) -> TakenV1:
    """Cancel an order. What is owed for a truck already sent is decided by the contract."""
    _refuse_mismatch(order_ref, data.order_ref)
    return inbound.take("cancel-order")


def read_release(body: bytes, receipt: Receipt) -> Reading:
    """Read a released order."""
    told = decoded(body, OrderV1)
    fact = OrderReleased(
        key=key_for("api", "order-released", told.order_ref, told.revision),
        happened_at=utc(told.stated_at),
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        order=told.order(),
    )
    return Reading(facts=(fact,))


def read_change(body: bytes, receipt: Receipt) -> Reading:
    """Read a new revision of an order."""
    told = decoded(body, OrderV1)
    fact = OrderChanged(
        key=key_for("api", "order-changed", told.order_ref, told.revision),
        happened_at=utc(told.stated_at),
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        order=told.order(),
    )
    return Reading(facts=(fact,))


def read_cancellation(body: bytes, receipt: Receipt) -> Reading:
    """Read the end of an order."""
    told = decoded(body, CancellationV1)
    fact = OrderCancelled(
        key=_cancellation_key(told, receipt),
        happened_at=said_at(told.cancelled_at, receipt),
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        order_ref=told.order_ref,
        reason=told.reason,
    )
    return Reading(facts=(fact,))


def _cancellation_key(told: CancellationV1, receipt: Receipt) -> str:
    """Return the key of what is said; without a time it is said by this message alone."""
    if told.cancelled_at is None:
        return key_for("api", "order-cancelled", told.order_ref, receipt.message_ref)
    return fact_key("order-cancelled", told.order_ref, body=told)


def _refuse_mismatch(path: str, body: str) -> None:
    if path != body:
        raise unfit(
            "$.order_ref",
            f"The address says {path}, the body {body}.",
            "Name the same order in both: the body alone must say what is meant.",
        )
