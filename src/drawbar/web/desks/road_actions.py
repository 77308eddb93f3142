"""What a dispatcher records of a load, and its end: an event, an appointment, a cancellation.

What the person writes as the clock on a stop's wall becomes an instant in the zone of that stop.
"""

from datetime import datetime

from drawbar.flow.cancellation import owing
from drawbar.flow.order_state import OrderState, OrderStatus
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.identity import shipment_ref_of
from drawbar.freight.instant import Instant, utc, zone
from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.milestone import Source
from drawbar.freight.order import Stop, StopPurpose
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.stream import stream
from drawbar.web.api.v1.by_hand_check import load_called
from drawbar.web.api.v1.milestones import MilestonesV1
from drawbar.web.api.v1.orders import CancellationV1
from drawbar.web.auth.role import Scope
from drawbar.web.desks.action import Acting, Done, action, body_of
from drawbar.web.desks.dispatch_card import EVENTS
from drawbar.web.desks.form import unfilled
from drawbar.web.problem import Refusal, problem, unknown

_APPOINTMENT = {
    StopPurpose.PICKUP: K.PICKUP_APPOINTMENT,
    StopPurpose.DELIVERY: K.DELIVERY_APPOINTMENT,
}


def report_event(acting: Acting) -> Done:
    """Record what happened at a stop; whatever a system says of the same counts before it."""
    load, stop = _load_and_stop(acting)
    kind = acting.form.needed("milestone", "what happened")
    if kind not in {one.value for one in EVENTS}:
        raise unfilled(f"Nothing that happens is called {kind}.")
    at = _moment(acting, stop)
    _report(acting, load, kind, stop, at)
    ref = load.shipment_ref
    what = kind.replace("_", " ")
    return Done(says=f'{ref}: "{what}" is recorded by hand.', back=f"/shipments/{ref}")


def set_appointment(acting: Acting) -> Done:
    """Move the appointment of a stop; it takes the place of one that was set by hand before."""
    load, stop = _load_and_stop(acting)
    at = _moment(acting, stop)
    kind = _APPOINTMENT[stop.purpose]
    _report(acting, load, kind.value, stop, at, corrects=_set_before(load, kind, stop))
    ref = load.shipment_ref
    said = f"{at.astimezone(zone(stop.place.zone)):%a %d %b %H:%M}"
    return Done(
        says=f"{ref}: the appointment at stop {stop.number} is {said} there now.",
        back=f"/shipments/{ref}",
    )


def cancel_load(acting: Acting) -> Done:
    """Cancel the order of a load."""
    load = load_called(acting.inbound(_NO_BODY), acting.path["shipment_ref"])
    return _cancel(acting, load.order.order_ref, load)


def cancel_order(acting: Acting) -> Done:
    """Cancel an order, also one that is on hold."""
    ref = acting.path["order_ref"]
    with acting.reads.connection() as connection, connection.cursor() as cursor:
        placed = stream(cursor, StreamKey(StreamKind.ORDER, ref))
        load = stream(cursor, StreamKey(StreamKind.SHIPMENT, shipment_ref_of(ref)))
    if placed is None or not isinstance(placed.state, OrderState):
        raise unknown("order")
    if placed.state.status is OrderStatus.CANCELLED:
        raise _refused("It was cancelled before.")
    return _cancel(acting, ref, load.state if load else None)


def _cancel(acting: Acting, order_ref: str, load: ShipmentState | None) -> Done:
    company = acting.settings.company
    owed = owing(load, at=acting.settings.clock.now(), company=company)
    if owed.objection:
        raise _refused(f"Order {order_ref} cannot be cancelled: {owed.objection}.")
    shown = acting.form.text("shown")
    now = f"{owed.carrier.money or ''}"
    if "shown" in acting.form.fields and shown != now:
        raise _refused(f"It would cost {now or 'nothing'} now; look at the page again.")
    told = body_of(CancellationV1, {"order_ref": order_ref, "reason": acting.form.reason()})
    acting.take(told)
    cost = f"{owed.carrier.party_ref} is owed {now}" if now else "no carrier is owed anything"
    return Done(says=f"Order {order_ref} is cancelled; {cost}.", back=f"/orders/{order_ref}")


def _report(
    acting: Acting, load: ShipmentState, kind: str, stop: Stop, at: Instant, *, corrects: str = ""
) -> None:
    told = {
        "references": [{"kind": "shipment", "value": load.shipment_ref}],
        "milestone": kind,
        "happened_at": at,
        "stop": stop.number,
        "source": Source.MANUAL.value,
        "reported_by": acting.caller.name,
        "reason": acting.form.reason(),
        "corrects": corrects,
    }
    acting.take(body_of(MilestonesV1, {"milestones": [told]}))


def _load_and_stop(acting: Acting) -> tuple[ShipmentState, Stop]:
    load = load_called(acting.inbound(_NO_BODY), acting.path["shipment_ref"])
    number = acting.form.number("stop", "the stop")
    for stop in load.order.stops:
        if stop.number == number:
            return load, stop
    raise unfilled(f"There is no stop {number}.")


def _moment(acting: Acting, stop: Stop) -> Instant:
    """Return what a person read off the clock at the stop."""
    written = acting.form.needed("local_at", "when, by the clock there")
    try:
        local = datetime.fromisoformat(written)
    except ValueError as error:
        raise unfilled(f"{written} is no time such as 2026-03-09T15:00.") from error
    if local.tzinfo is not None:
        raise unfilled("Write the time on the clock at the stop, without a zone.")
    return utc(local.replace(tzinfo=zone(stop.place.zone)))


def _set_before(load: ShipmentState, kind: K, stop: Stop) -> str:
    """Return the appointment that our desk set last at the stop: the new one corrects it."""
    mine = [
        one
        for one in load.log.standing
        if one.kind is kind and one.source is Source.MANUAL and one.stop == stop.number
    ]
    return max(mine, key=lambda one: one.learned_at).key if mine else ""


def _refused(text: str) -> Refusal:
    return Refusal(problem(409, "wrong-state", text))


_NO_BODY = CancellationV1(order_ref="-")  # only looked at, never taken in

ROAD_ACTIONS = (
    action(
        "/shipments/{shipment_ref:str}/report-event",
        Scope.MILESTONE_REPORT,
        report_event,
        verb="report-milestones",
        back="/shipments",
    ),
    action(
        "/shipments/{shipment_ref:str}/set-appointment",
        Scope.MILESTONE_REPORT,
        set_appointment,
        verb="report-milestones",
        back="/shipments",
    ),
    action(
        "/shipments/{shipment_ref:str}/cancel",
        Scope.ORDER_WRITE,
        cancel_load,
        verb="cancel-order",
        back="/shipments",
    ),
    action(
        "/orders/{order_ref:str}/cancel",
        Scope.ORDER_WRITE,
        cancel_order,
        verb="cancel-order",
        back="/orders",
    ),
)
"""The forms that record and end."""
