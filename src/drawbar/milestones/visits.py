"""The visits of a shipment: when the truck was due at each stop, came and left.

A time that nobody reported stays unknown; an appointment is what both sides could rely on.
"""

from collections.abc import Sequence

from drawbar.freight.instant import Instant
from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.order import Stop, StopPurpose
from drawbar.freight.visit import Visit
from drawbar.milestones.account import Account, Actual
from drawbar.milestones.appointment import Appointment


def visits(account: Account, *, stops: Sequence[Stop]) -> tuple[Visit, ...]:
    """Return one visit for each stop, in driving order, its last one where there were more."""
    by_stop = {appointment.stop: appointment for appointment in account.appointments}
    return tuple(_visit(account, stop, by_stop.get(stop.number)) for stop in stops)


def _visit(account: Account, stop: Stop, appointment: Appointment | None) -> Visit:
    arrived, departed = arrival(account, stop), departure(account, stop)
    used = [one.key for one in (arrived, departed) if one is not None]
    if appointment is not None and appointment.key is not None:
        used.append(appointment.key)
    arrived_at = arrived.happened_at if arrived else None
    return Visit(
        stop=stop.number,
        zone=stop.place.zone,
        due_at=appointment.at if appointment else _due_in_window(stop, arrived_at),
        arrived_at=arrived_at,
        departed_at=departed.happened_at if departed else None,
        facts=tuple(used),
        purpose=stop.purpose,
        marks=stop.place.marks,
    )


def arrival(account: Account, stop: Stop) -> Actual | None:
    """Return the arrival at ``stop``."""
    pickup = stop.purpose is StopPurpose.PICKUP
    return account.of(K.ARRIVED_PICKUP if pickup else K.ARRIVED_DELIVERY, stop=stop.number)


def departure(account: Account, stop: Stop) -> Actual | None:
    """Return the departure; at a delivery the end of unloading (D1) where no other is reported."""
    if stop.purpose is StopPurpose.PICKUP:
        return account.of(K.DEPARTED_PICKUP, stop=stop.number)
    left = account.of(K.DEPARTED_DELIVERY, stop=stop.number)
    return left or account.of(K.DELIVERED, stop=stop.number)


def _due_in_window(stop: Stop, arrived_at: Instant | None) -> Instant:
    """Without an appointment any time in the window is in time: due is when it came, within it."""
    if arrived_at is None:
        return stop.due_at
    return min(max(arrived_at, stop.earliest_at), stop.latest_at)
