"""The tables that a firm exports from its own systems: shipments, stops, events, approvals.

Proofs of delivery stand with their shipments, as the TMS keeps them: the last one that can be read.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from drawbar.world.carrier_api.voice import OFFSETS
from drawbar.world.plan import Acceptance, Drive, Json, OrderPlan
from drawbar.world.plan.business_day import wall

Row = dict[str, object]


def shipment_row(order: OrderPlan, taken: Acceptance, told: Drive) -> Row:
    """Return the row of a load, with the proof of its delivery where there is one."""
    said = order.revisions[-1].sales_order if order.revisions else order.sales_order
    (line,) = said["lines"]
    proof = _proof(told)
    return {
        "Load Number": taken.shipment,
        "Sales Order": order.number,
        "Customer": order.customer,
        "SCAC": taken.carrier,
        "BOL Number": said["bill_of_lading"],
        "Purchase Order": said["customer_po"],
        "PRO": taken.pro,
        "Tender ID": taken.tender,
        "Tendered At": _utc(taken.at),
        "Cancelled At": _utc(order.cancelled_at) if order.cancelled_at else "",
        "Item": line["item"],
        "Pieces": line["quantity"],
        "Weight Lbs": line["weight_lb"],
        "Signed By": proof.get("signer", ""),
        "Signed On": proof.get("signed_on", ""),
        "Pieces Received": proof.get("pieces", ""),
    }


def stop_rows(order: OrderPlan, taken: Acceptance) -> Iterator[Row]:
    """Yield the stops of a load as it was last agreed."""
    last = order.revisions[-1] if order.revisions else None
    said = last.sales_order if last else order.sales_order
    for leg, stop in zip(said["legs"], last.route if last else order.route, strict=True):
        address = leg["address"]
        yield {
            "Load Number": taken.shipment,
            "Stop": stop.number,
            "Stop Type": "Pickup" if stop.number == 1 else "Delivery",
            "Company": address["name"],
            "Street": address["street"],
            "City": address["city"],
            "State": address["state"],
            "Zip": address["zip"],
            "Time Zone": stop.zone,
            "Window Start": leg["window_from"],
            "Window End": leg["window_to"],
            "Appointment": leg["appointment"],
        }


def event_row(body: Json, order: OrderPlan, taken: Acceptance) -> Row:
    """Return what a carrier's report says, by the clock at the stop."""
    report = body["report"]
    stops = order.revisions[-1].route if order.revisions else order.route
    zone = OFFSETS.get(report["zone"], stops[report["stop"] - 1].zone)
    return {
        "Load Number": taken.shipment,
        "Carrier": taken.carrier,
        "Stop": report["stop"],
        "Status": report["status"],
        "Event Time": report["at"],
        "Time Zone": zone,
        "Reason": report.get("reason", ""),
        "Source": "carrier",
    }


def position_row(body: Json, order: OrderPlan) -> Row | None:
    """Return what telematics says of a stop: when the truck came, or left; None of the road."""
    if body["kind"] == "position":
        return None
    stops = order.revisions[-1].route if order.revisions else order.route
    zone = stops[body["stop"] - 1].zone
    at = wall(datetime.fromisoformat(body["at"]), zone).replace(tzinfo=None)
    first = body["stop"] == 1
    code = "X3" if first else "X1"
    if body["kind"] == "left":
        code = "AF" if first else "CD"
    return {
        "Load Number": body["load"],
        "Carrier": body["carrier"],
        "Stop": body["stop"],
        "Status": code,
        "Event Time": at.isoformat(),
        "Time Zone": zone,
        "Reason": "",
        "Source": "geofence",
    }


def approval_row(posted: Json) -> Row:
    """Return what somebody at the desk approved before the bill came."""
    return {
        "Load Number": posted["shipment_ref"],
        "Charge": posted["kind"],
        "Amount": posted["money"]["amount"],
        "Currency": posted["money"]["currency"],
        "Stop": posted["stop"],
        "Approved By": "dispatch desk",
        "Reason": posted["reason"],
        "Approved At": posted["approved_at"],
    }


def _proof(told: Drive) -> Json:
    """Return the last proof that can be read, empty where none came."""
    papers: Iterable[Any] = (
        one.body.get("pod") or one.body.get("body", {})
        for one in told.sayings
        if "/proof" in one.key
    )
    return next((one for one in reversed(list(papers)) if one.get("legible", True)), {})


def _utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
