"""Which stop a report is about: the one it names, or the only one that it can mean.

Where several stops could be meant, none is guessed; a correction that names the stop settles it.
"""

from collections.abc import Sequence

from msgspec import Struct, structs

from drawbar.freight.instant import utc, zone
from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.order import Stop, StopPurpose
from drawbar.milestones.log import Report

AT_PICKUP = frozenset({K.ARRIVED_PICKUP, K.LOADED, K.DEPARTED_PICKUP, K.PICKUP_APPOINTMENT})
AT_DELIVERY = frozenset(
    {K.ARRIVED_DELIVERY, K.DELIVERED, K.DEPARTED_DELIVERY, K.REFUSED, K.DELIVERY_APPOINTMENT}
)
ON_THE_ROAD = frozenset({K.IN_TRANSIT, K.ESTIMATED, K.DELAYED})
"""Reports about the whole shipment; an attempt (AH) can be at either kind of stop."""


class Assigned(Struct, frozen=True, kw_only=True, tag=True):
    """The report is about this stop, or about the whole shipment for 0.

    ``report.happened_at`` is an instant: a clock on the wall was read in the zone of the stop.
    """

    report: Report
    stop: int


class Unassigned(Struct, frozen=True, kw_only=True, tag=True):
    """Nobody can say which stop it is about; ``text`` says why. It moves nothing."""

    report: Report
    text: str


def assign(report: Report, stops: Sequence[Stop]) -> Assigned | Unassigned:
    """Return the stop that ``report`` is about."""
    if report.kind in ON_THE_ROAD:
        return _assigned(report, stops, report.stop)
    purpose = StopPurpose.PICKUP if report.kind in AT_PICKUP else StopPurpose.DELIVERY
    if report.stop:
        return _named(report, stops, purpose)
    fitting = [stop.number for stop in stops if stop.purpose is purpose]
    if len(fitting) == 1:
        return _assigned(report, stops, fitting[0])
    numbers = ", ".join(str(number) for number in fitting)
    text = f"{_name(report)} without a stop could be at any of stops {numbers}"
    return Unassigned(report=report, text=text)


def _named(report: Report, stops: Sequence[Stop], purpose: StopPurpose) -> Assigned | Unassigned:
    stop = next((stop for stop in stops if stop.number == report.stop), None)
    if stop is None:
        text = f"{_name(report)} at stop {report.stop}, but there are {len(stops)} stops"
        return Unassigned(report=report, text=text)
    if stop.purpose is not purpose and report.kind is not K.ATTEMPTED:
        text = f"{_name(report)} at stop {stop.number}, which is a {stop.purpose.value}"
        return Unassigned(report=report, text=text)
    return _assigned(report, stops, stop.number)


def _assigned(report: Report, stops: Sequence[Stop], number: int) -> Assigned:
    stop = next((stop for stop in stops if stop.number == number), None)
    if stop is None or report.local_at is None:
        return Assigned(report=report, stop=number)
    happened_at = utc(report.local_at.replace(tzinfo=zone(stop.place.zone)))
    return Assigned(report=structs.replace(report, happened_at=happened_at), stop=number)


def _name(report: Report) -> str:
    return f'"{report.kind.value.replace("_", " ")}" from {report.source.value}'
