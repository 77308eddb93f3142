"""Shipments over HTTP: a list that goes on, and one with all that the caller may see of it."""

import hashlib
from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.openapi.datastructures import ResponseSpec
from litestar.status_codes import HTTP_304_NOT_MODIFIED
from msgspec import Struct

from drawbar.flow.company import Company
from drawbar.flow.conclusion import concluded
from drawbar.flow.history import PastShipmentState
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.listing import SHIPMENTS, leaf
from drawbar.records.desk.stream import stream
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.paging import After, Filter, Limit, cursor_of, place_of
from drawbar.web.api.v1.shipment import ShipmentV1, may_see, past_shipment_v1, shipment_v1
from drawbar.web.api.v1.term import AmountV1, amount_v1
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenCaller, GivenReads, GivenSettings
from drawbar.web.problem import unknown


class ShipmentRowV1(Struct, frozen=True, kw_only=True):
    """A shipment in a list. ``cost`` and ``revenue`` are null where the role may not see money."""

    shipment_ref: str
    status: str
    customer_ref: str | None
    carrier_ref: str | None
    order_ref: str | None
    origin: str | None
    destination: str | None
    pickup_due_at: datetime | None
    delivery_due_at: datetime | None
    tender_state: str | None
    last_event: str | None
    last_event_at: datetime | None
    cost: AmountV1 | None
    revenue: AmountV1 | None


class ShipmentsV1(Struct, frozen=True, kw_only=True):
    """One page of shipments; ``next`` leads on, null at the end."""

    items: tuple[ShipmentRowV1, ...]
    next: str | None


_reading = policy(Scope.SHIPMENT_READ, writes=False)
_not_changed = {
    304: ResponseSpec(None, description="Not changed since the ETag", generate_examples=False)
}


@get("/v1/shipments", **_reading)
def list_shipments(
    caller: GivenCaller,
    reads: GivenReads,
    status: Filter = "",
    customer: Filter = "",
    carrier: Filter = "",
    after: After = "",
    limit: Limit = 50,
) -> ShipmentsV1:
    """List shipments, the newest reference first. A carrier sees those that it has."""
    if caller.carrier_ref and carrier not in {"", caller.carrier_ref}:
        return ShipmentsV1(items=(), next=None)
    wanted = {
        "status": status,
        "customer_ref": "" if caller.carrier_ref else customer,
        "carrier_ref": caller.carrier_ref or carrier,
    }
    with reads.connection() as connection, connection.cursor() as cursor:
        found = leaf(cursor, SHIPMENTS, wanted=wanted, before=place_of(after, str), limit=limit)
    items = tuple(_row(row, caller) for row in found.rows)
    return ShipmentsV1(items=items, next=cursor_of(found.last))


@get(
    "/v1/shipments/{shipment_ref:str}",
    **_reading | {"responses": _reading["responses"] | _not_changed},
)
def read_shipment(
    request: Request[Caller, None, State],
    shipment_ref: NamePath,
    caller: GivenCaller,
    reads: GivenReads,
    settings: GivenSettings,
) -> Response[ShipmentV1]:
    """Read one shipment. Send the ETag back as If-None-Match to hear only of a change."""
    with reads.connection() as connection, connection.cursor() as cursor:
        told = seen_shipment(cursor, shipment_ref, caller, settings.company)
    if told is None:
        raise unknown("shipment")
    etag = _etag(told)
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if etag in _tags(request.headers.get("If-None-Match", "")):
        empty: Response[Any] = Response(None, status_code=HTTP_304_NOT_MODIFIED, headers=headers)
        return empty
    return Response(told, headers=headers)


def seen_shipment(
    cursor: Rows, shipment_ref: str, caller: Caller, company: Company
) -> ShipmentV1 | None:
    """Return what ``caller`` may see of a shipment; None where that is nothing."""
    found = stream(cursor, StreamKey(StreamKind.SHIPMENT, shipment_ref))
    match found.state if found else None:
        case ShipmentState() as state if found and may_see(state, caller):
            return shipment_v1(
                state,
                concluded(state, company),
                status=found.status,
                version=found.version,
                caller=caller,
            )
        case PastShipmentState() as past if found and not caller.carrier_ref:
            return past_shipment_v1(past, version=found.version)
        case _:
            return None


def _row(row: dict[str, Any], caller: Caller) -> ShipmentRowV1:
    ours, money = not caller.carrier_ref, caller.may(Scope.MONEY_READ)
    return ShipmentRowV1(
        shipment_ref=row["ref"],
        status=row["status"] or "",
        customer_ref=row["customer_ref"] if ours else None,
        carrier_ref=row["carrier_ref"],
        order_ref=row["order_ref"],
        origin=row["origin"],
        destination=row["destination"],
        pickup_due_at=row["pickup_due_at"],
        delivery_due_at=row["delivery_due_at"],
        tender_state=row["tender_state"],
        last_event=row["last_event"],
        last_event_at=row["last_event_at"],
        cost=_money(row["cost"], row["currency"]) if money else None,
        revenue=_money(row["revenue"], row["currency"]) if money else None,
    )


def _money(amount: Any, currency: str | None) -> AmountV1 | None:
    return amount_v1(Money(amount, currency)) if amount is not None and currency else None


def _etag(told: ShipmentV1) -> str:
    return f'"{hashlib.blake2b(msgspec.json.encode(told), digest_size=12).hexdigest()}"'


def _tags(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}
