"""An order on a page: where it stands, and why, also while nothing moves yet."""

from typing import Any

from litestar import Response, get

from drawbar.flow.history import PastOrderState
from drawbar.flow.order_state import OrderState
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.stream import stream
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.rendering import render
from drawbar.web.desks.story_timeline import Shown, told_of
from drawbar.web.desks.twin import split
from drawbar.web.given import GivenReads, GivenSettings
from drawbar.web.problem import unknown


@get("/orders/{order_ref:str}", **page(Scope.STORY_READ))
def order(
    order_ref: NamePath, reads: GivenReads, settings: GivenSettings, show: Shown = ""
) -> Response[Any]:
    """Show one order."""
    ref, as_data = split(order_ref)
    key = StreamKey(StreamKind.ORDER, ref)
    with reads.connection() as connection, connection.cursor() as cursor:
        found = stream(cursor, key)
        if found is None:
            raise unknown("order")
        if as_data:
            return Response(found.state)
        assert isinstance(found.state, OrderState | PastOrderState)
        return render(
            "order.html",
            here="/orders",
            order=found.state.order,
            status=found.status,
            reasons=getattr(found.state, "reasons", ()),
            shipment_ref=found.state.shipment_ref,
            now=settings.clock.now(),
            home_zone=settings.company.zone,
            **told_of(cursor, key, show=show),
        )
