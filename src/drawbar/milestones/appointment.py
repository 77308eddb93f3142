"""The appointment in force at a stop, and who may move it.

Waiting time runs from it, so a carrier alone cannot move what the order names.
"""

from collections.abc import Sequence

from msgspec import Struct

from drawbar.freight.fact import FactKey
from drawbar.freight.instant import Instant
from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.milestone import Source
from drawbar.freight.order import Stop, StopPurpose
from drawbar.milestones.conflict import SourceConflict
from drawbar.milestones.log import Report
from drawbar.milestones.rules import MilestoneRules

OURS = frozenset({Source.WMS, Source.MANUAL})
"""Who may move an appointment that the order names: the dock and our own desk."""


class Appointment(Struct, frozen=True, kw_only=True):
    """The appointment in force at a stop. ``key`` is the report that set it, None for the order."""

    stop: int
    at: Instant
    key: FactKey | None = None


def in_force(stop: Stop, reports: Sequence[Report]) -> Appointment | None:
    """Return the appointment at ``stop``, None where there is none. ``reports`` are those of it.

    The dock's or our desk's word, else the order's, else the carrier's. Of several by one side the
    latest hour holds: the reports do not say when they were made, and appointments move back.
    """
    reported = _about_appointment(stop, reports)
    ours = [one for one in reported if one.source in OURS]
    if not ours and stop.appointment_at is not None:
        return Appointment(stop=stop.number, at=stop.appointment_at)
    candidates = ours or reported
    if not candidates:
        return None
    last = max(candidates, key=lambda one: (one.happened_at, one.key))
    return Appointment(stop=stop.number, at=last.happened_at, key=last.key)


def contradicted(
    appointment: Appointment, stop: Stop, reports: Sequence[Report], rules: MilestoneRules
) -> list[SourceConflict]:
    """Return the conflict where a carrier claims another appointment than the one in force."""
    claimed = [one for one in _about_appointment(stop, reports) if one.source not in OURS]
    if not claimed or any(rules.together(one.happened_at, appointment.at) for one in claimed):
        return []
    said = ", ".join(f"{one.happened_at:%Y-%m-%d %H:%M} UTC" for one in claimed)
    text = (
        f"the appointment at stop {stop.number} is {appointment.at:%Y-%m-%d %H:%M} UTC,"
        f" but {claimed[-1].source.value} says {said}"
    )
    keys = tuple(one.key for one in claimed)
    return [SourceConflict(stop=stop.number, kind=claimed[0].kind, keys=keys, text=text)]


def _about_appointment(stop: Stop, reports: Sequence[Report]) -> list[Report]:
    pickup = stop.purpose is StopPurpose.PICKUP
    kind = K.PICKUP_APPOINTMENT if pickup else K.DELIVERY_APPOINTMENT
    return [report for report in reports if report.kind is kind]
