"""The stops of a shipment side by side: planned, estimated, and what each source says happened.

The report that counts stands first; the others stay beside it for ever.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from drawbar.flow.company import Company
from drawbar.flow.conclusion import Conclusion
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.contract import Contract
from drawbar.freight.instant import utc, zone
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.order import Stop
from drawbar.freight.visit import Visit
from drawbar.milestones.account import Actual
from drawbar.milestones.log import Report

_MINUTE = timedelta(minutes=1)


class Said(Struct, frozen=True, kw_only=True):
    """What one source says of one thing. ``counts`` says that this is the time that is used."""

    what: str
    at: datetime
    local_at: datetime | None
    source: str
    reported_by: str
    fact: str
    counts: bool


class StopStory(Struct, frozen=True, kw_only=True):
    """One stop. ``dwell`` and ``free`` are minutes; None where nobody knows them.

    ``dwell`` runs from the later of the due time and the arrival to the departure.
    """

    number: int
    purpose: str
    name: str
    label: str
    zone: str
    earliest_at: datetime
    latest_at: datetime
    due_at: datetime
    arrived_at: datetime | None
    departed_at: datetime | None
    late_minutes: int
    estimate: Said | None
    said: tuple[Said, ...]
    conflicts: tuple[str, ...]
    dwell: int | None
    free: int | None


def stop_stories(state: ShipmentState, seen: Conclusion, company: Company) -> list[StopStory]:
    """Return the stops in driving order."""
    reports = {one.key: one for one in state.log.reports}
    free = _free_minutes(state, company)
    return [
        _story(stop, visit, seen, reports, free)
        for stop, visit in zip(state.order.stops, seen.visits, strict=True)
    ]


def contract_of(state: ShipmentState, company: Company) -> Contract | None:
    """Return the contract version by which the load is priced, None while it has no price."""
    why = next((one.why for one in state.buy if one.why.contract_ref), None)
    if why is None:
        return None
    versions = (one for one in company.contracts if one.contract_ref == why.contract_ref)
    return next((one for one in versions if one.version == why.contract_version), None)


def _story(
    stop: Stop,
    visit: Visit,
    seen: Conclusion,
    reports: dict[str, Report],
    free: int | None,
) -> StopStory:
    at_stop = [one for one in seen.account.actuals if one.stop == stop.number]
    late = (visit.arrived_at - visit.due_at) // _MINUTE if visit.arrived_at else 0
    return StopStory(
        number=stop.number,
        purpose=stop.purpose.value,
        name=stop.place.name,
        label=stop.place.label,
        zone=stop.place.zone,
        earliest_at=stop.earliest_at,
        latest_at=stop.latest_at,
        due_at=visit.due_at,
        arrived_at=visit.arrived_at,
        departed_at=visit.departed_at,
        late_minutes=max(late, 0),
        estimate=_estimate(stop, reports),
        said=tuple(said for actual in at_stop for said in _said(actual, stop, reports)),
        conflicts=tuple(one.text for one in seen.account.conflicts if one.stop == stop.number),
        dwell=_dwell(visit),
        free=free,
    )


def _said(actual: Actual, stop: Stop, reports: dict[str, Report]) -> Iterator[Said]:
    for key in (actual.key, *actual.also):
        report = reports.get(key)
        if report is not None:
            yield _as_said(report, at=_read_at(report, stop), counts=key == actual.key)


def _read_at(report: Report, stop: Stop) -> datetime:
    """Return when it happened; a clock on the wall is read in the zone of its stop."""
    if report.local_at is None:
        return report.happened_at
    return utc(report.local_at.replace(tzinfo=zone(stop.place.zone)))


def _estimate(stop: Stop, reports: dict[str, Report]) -> Said | None:
    """Return what was estimated last for the stop."""
    told = [
        one
        for one in reports.values()
        if one.kind is MilestoneKind.ESTIMATED and one.stop in {0, stop.number}
    ]
    if not told:
        return None
    last = max(told, key=lambda one: (one.learned_at, one.key))
    return _as_said(last, at=_read_at(last, stop), counts=False)


def _as_said(report: Report, *, at: datetime, counts: bool) -> Said:
    return Said(
        what=report.kind.value,
        at=at,
        local_at=report.local_at,
        source=report.source.value,
        reported_by=report.reported_by,
        fact=report.key,
        counts=counts,
    )


def _dwell(visit: Visit) -> int | None:
    if visit.arrived_at is None or visit.departed_at is None:
        return None
    return max((visit.departed_at - max(visit.due_at, visit.arrived_at)) // _MINUTE, 0)


def _free_minutes(state: ShipmentState, company: Company) -> int | None:
    contract = contract_of(state, company)
    return contract.detention.free_time_minutes if contract and contract.detention else None
