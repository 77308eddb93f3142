"""A freight bill on a page: what was billed, what each line is worth, and why."""

from typing import Any

from litestar import Response, get

from drawbar.flow.bill_state import BillState
from drawbar.flow.history import PastBillState
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.story import cases_of, deliveries_of, messages_of, story
from drawbar.records.desk.stream import stream
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.bill import BillSeenV1, bill_v1, past_bill_v1
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.rendering import render
from drawbar.web.desks.twin import split
from drawbar.web.given import GivenReads, GivenSettings
from drawbar.web.problem import unknown


@get("/bills/{bill_ref:str}", **page(Scope.MONEY_READ))
def bill(bill_ref: NamePath, reads: GivenReads, settings: GivenSettings) -> Response[Any]:
    """Show one freight bill."""
    ref, as_data = split(bill_ref)
    key = StreamKey(StreamKind.FREIGHT_BILL, ref)
    with reads.connection() as connection, connection.cursor() as cursor:
        told = seen_bill(cursor, ref)
        if told is None:
            raise unknown("freight bill")
        if as_data:
            return Response(told)
        return render(
            "bill.html",
            here="/bills",
            bill=told,
            now=settings.clock.now(),
            home_zone=settings.company.zone,
            cases=cases_of(cursor, [key]),
            timeline=story(cursor, [key]),
            deliveries=deliveries_of(cursor, [key]),
            messages=messages_of(cursor, [key]),
        )


def seen_bill(cursor: Rows, bill_ref: str) -> BillSeenV1 | None:
    """Return a bill, None where there is none."""
    found = stream(cursor, StreamKey(StreamKind.FREIGHT_BILL, bill_ref))
    match found.state if found else None:
        case BillState() as state:
            return bill_v1(state)
        case PastBillState() as past:
            return past_bill_v1(past)
        case _:
            return None
