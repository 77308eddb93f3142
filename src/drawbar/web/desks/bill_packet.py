"""The packet of evidence as a page to print and send, and as data to keep."""

from typing import Any

from litestar import Response, get

from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.story import messages_of
from drawbar.web.api.v1.bill_packet import seen_packet
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.rendering import render
from drawbar.web.desks.twin import split
from drawbar.web.given import GivenReads, GivenSettings


@get("/bills/{bill_ref:str}/packet", **page(Scope.MONEY_READ))
def bill_packet(bill_ref: NamePath, reads: GivenReads, settings: GivenSettings) -> Response[Any]:
    """Show what a dispute about a bill rests on; with .json behind the reference, as data."""
    ref, as_data = split(bill_ref)
    with reads.connection() as connection, connection.cursor() as cursor:
        told = seen_packet(cursor, ref, settings)
        kept = () if as_data else messages_of(cursor, [StreamKey(StreamKind.FREIGHT_BILL, ref)])
    if as_data:
        name = f'attachment; filename="{"".join(c for c in ref if c.isalnum() or c in "-_")}.json"'
        return Response(told, headers={"Content-Disposition": name})
    return render(
        "packet.html",
        here="/bills",
        packet=told,
        messages=kept,
        now=settings.clock.now(),
        home_zone=settings.company.zone,
        firm=settings.company.name,
    )
