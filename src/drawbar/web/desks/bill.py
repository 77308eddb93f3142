"""A freight bill as a card to decide on: why it stopped, line by line, and what it rests on."""

from typing import Any

from litestar import Response, get

from drawbar.flow.bill_state import BillState
from drawbar.flow.company import Company
from drawbar.flow.history import PastBillState
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.listing import DISPUTES, leaf
from drawbar.records.desk.stream import stream
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.bill import BillSeenV1, bill_v1, past_bill_v1
from drawbar.web.api.v1.bill_packet import seen_packet
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.bill_desk import bill_actions
from drawbar.web.desks.rendering import render
from drawbar.web.desks.story_lines import line_stories, said_in
from drawbar.web.desks.story_sheet import SHEET_SUFFIX, bill_sheet
from drawbar.web.desks.story_stops import contract_of
from drawbar.web.desks.story_timeline import Shown, told_of
from drawbar.web.desks.story_twins import TwinBill, twins_of
from drawbar.web.desks.twin import split
from drawbar.web.given import GivenReads, GivenSettings
from drawbar.web.problem import unknown

_SQL = statements("desk")


@get("/bills/{bill_ref:str}", **page(Scope.MONEY_READ))
def bill(
    bill_ref: NamePath, reads: GivenReads, settings: GivenSettings, show: Shown = ""
) -> Response[Any]:
    """Show one freight bill."""
    ref, as_data = split(bill_ref.removesuffix(SHEET_SUFFIX))
    key = StreamKey(StreamKind.FREIGHT_BILL, ref)
    with reads.connection() as connection, connection.cursor() as cursor:
        told = seen_bill(cursor, ref)
        if told is None:
            raise unknown("freight bill")
        if as_data:
            return Response(told)
        if bill_ref.endswith(SHEET_SUFFIX):
            return bill_sheet(told)
        return render(
            "bill.html",
            here="/bills",
            bill=told,
            now=settings.clock.now(),
            home_zone=settings.company.zone,
            **told_of(cursor, key, show=show),
            next_ref=_next(cursor, ref),
            packet=seen_packet(cursor, ref, settings) if _is_contested(told) else None,
            **_beside(cursor, told, settings.company),
            **bill_actions(cursor, ref, settings),
        )


def _is_contested(told: BillSeenV1) -> bool:
    return told.disputed is not None and bool(told.disputed.money().amount)


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


def _beside(cursor: Rows, told: BillSeenV1, company: Company) -> dict[str, Any]:
    """Return what a bill is compared with: its load, the contract, the tolerance, other bills."""
    load = load_of(cursor, told.shipment_ref)
    twins: list[TwinBill] = twins_of(cursor, told.bill_ref, load) if load else []
    return {
        "load": load,
        "lines": line_stories(told, load),
        "came_in": said_in(cursor, told.bill_ref),
        "contract": contract_of(load, company) if load else None,
        "tolerance": company.tolerance_for(
            told.carrier_ref, load.order.customer_ref if load else ""
        ),
        "disputes": [
            row
            for row in _disputes(cursor, told.shipment_ref)
            if told.bill_ref in row["bills"].split()
        ],
        "twin_bills": [(one, seen_bill(cursor, one.bill_ref)) for one in twins],
    }


def _disputes(cursor: Rows, shipment_ref: str) -> list[dict[str, Any]]:
    """Return what is or was in dispute of a shipment."""
    if not shipment_ref:
        return []
    return leaf(cursor, DISPUTES, wanted={"shipment_ref": shipment_ref}, limit=200).rows


def load_of(cursor: Rows, shipment_ref: str) -> ShipmentState | None:
    """Return the load that a bill is for, None while nobody knows it."""
    if not shipment_ref:
        return None
    found = stream(cursor, StreamKey(StreamKind.SHIPMENT, shipment_ref))
    return found.state if found and isinstance(found.state, ShipmentState) else None


def _next(cursor: Rows, ref: str) -> str:
    row = cursor.execute(_SQL["next_stopped_bill"], {"ref": ref}).fetchone()
    return row[0] if row else ""
