"""The evidence packet of a bill: for each contested line what we rest on, and what would mend it.

It is what wins a dispute: clause and version, the events and who reported them, who approved what,
and, told first to ourselves, where our own case is weak.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from msgspec import Struct

from drawbar.flow.bill_state import BillState
from drawbar.flow.company import Company
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.approval import Approval
from drawbar.freight.charge import AgreedCharge, ChargeKind
from drawbar.freight.fact import FactKey
from drawbar.freight.instant import Instant
from drawbar.freight.milestone import MilestoneKind, Source
from drawbar.freight.money import Money
from drawbar.freight.verdict import Evaluation, LineVerdict, Reason
from drawbar.milestones.log import Report

LATE_REPORT = timedelta(hours=24)
"""A report that came later than this after the event is easy to doubt."""

_AT_STOPS = frozenset(
    {
        MilestoneKind.ARRIVED_PICKUP,
        MilestoneKind.DEPARTED_PICKUP,
        MilestoneKind.ARRIVED_DELIVERY,
        MilestoneKind.DELIVERED,
        MilestoneKind.DEPARTED_DELIVERY,
        MilestoneKind.PICKUP_APPOINTMENT,
        MilestoneKind.DELIVERY_APPOINTMENT,
        MilestoneKind.ATTEMPTED,
    }
)
_HANGS_ON_EVENTS = frozenset(
    {ChargeKind.DETENTION, ChargeKind.LAYOVER, ChargeKind.REDELIVERY, ChargeKind.STORAGE}
)
_ARRIVALS = frozenset({MilestoneKind.ARRIVED_PICKUP, MilestoneKind.ARRIVED_DELIVERY})
_DEPARTURES = frozenset(
    {
        MilestoneKind.DEPARTED_PICKUP,
        MilestoneKind.DELIVERED,
        MilestoneKind.DEPARTED_DELIVERY,
    }
)


class EventSeen(Struct, frozen=True, kw_only=True):
    """One report behind an answer; ``zone`` is that of its stop, ``fact`` leads to the bytes."""

    milestone: str
    stop: int
    happened_at: Instant
    zone: str
    learned_at: Instant
    source: str
    reported_by: str
    fact: FactKey


class WeakPoint(Struct, frozen=True, kw_only=True):
    """Where our own case can be doubted, and what would mend it."""

    text: str
    mend: str


class LineEvidence(Struct, frozen=True, kw_only=True):
    """What one contested line is answered with.

    ``agreed`` are the charges of its kind and stop, each with clause, version and steps; without
    any, ``nothing_agreed`` says so. ``no_approval`` says that nobody approved it, empty where
    somebody did.
    """

    line: int
    kind: str
    stop: int
    code: str
    reason: str
    billed: Money
    payable: Money
    disputed: Money
    said: str
    remedy: str
    agreed: tuple[AgreedCharge, ...]
    nothing_agreed: str
    events: tuple[EventSeen, ...]
    approvals: tuple[Approval, ...]
    no_approval: str
    weak_points: tuple[WeakPoint, ...]
    log: tuple[str, ...]


class Packet(Struct, frozen=True, kw_only=True):
    """Everything that a dispute about one bill rests on, as it is known now."""

    bill_ref: str
    carrier_ref: str
    invoice_number: str
    shipment_ref: str
    total: Money
    payable: Money
    disputed: Money
    received_at: Instant
    decided_at: Instant | None
    evaluations: tuple[Evaluation, ...]
    lines: tuple[LineEvidence, ...]


def packet(state: BillState, load: ShipmentState | None, company: Company) -> Packet:
    """Return the packet of a bill: a part for each line in dispute; none before it is judged."""
    billed = state.bill
    return Packet(
        bill_ref=billed.bill_ref,
        carrier_ref=billed.carrier_ref,
        invoice_number=billed.invoice_number,
        shipment_ref=state.shipment_ref,
        total=billed.total,
        payable=state.payable,
        disputed=state.disputed,
        received_at=state.received_at,
        decided_at=state.decided_at,
        evaluations=state.evaluations,
        lines=tuple(_line(one, load, company) for one in state.contested),
    )


def _line(verdict: LineVerdict, load: ShipmentState | None, company: Company) -> LineEvidence:
    line = verdict.line
    agreed = tuple(_agreed(verdict, load))
    events = tuple(_events(verdict, agreed, load, company))
    approvals = tuple(_approvals(verdict, load))
    what = line.kind.value.replace("_", " ")
    return LineEvidence(
        line=line.number,
        kind=line.kind.value,
        stop=line.stop,
        code=line.code,
        reason=verdict.reason.value if verdict.reason else "",
        billed=line.money,
        payable=verdict.payable,
        disputed=verdict.disputed,
        said=verdict.text,
        remedy=verdict.remedy,
        agreed=agreed,
        nothing_agreed="" if agreed else f"No charge for {what} is agreed for this load.",
        events=events,
        approvals=approvals,
        no_approval="" if approvals else f"Nobody approved {what} for this load.",
        weak_points=tuple(_weak(verdict, agreed, events, load)),
        log=verdict.log,
    )


def _fits(verdict: LineVerdict, kind: ChargeKind, stop: int) -> bool:
    line = verdict.line
    return kind is line.kind and (0 in {stop, line.stop} or stop == line.stop)


def _agreed(verdict: LineVerdict, load: ShipmentState | None) -> Iterator[AgreedCharge]:
    for one in load.buy if load else ():
        if _fits(verdict, one.charge.kind, one.charge.stop):
            yield one


def _approvals(verdict: LineVerdict, load: ShipmentState | None) -> Iterator[Approval]:
    for one in load.approvals if load else ():
        if _fits(verdict, one.kind, one.stop):
            yield one


def _events(
    verdict: LineVerdict,
    agreed: Iterable[AgreedCharge],
    load: ShipmentState | None,
    company: Company,
) -> Iterator[EventSeen]:
    """Yield the reports behind the agreed charges, and those of the stops that the line is about.

    A report that names no stop counts for the line too: which stop it means is in the timeline.
    """
    if load is None:
        return
    named = {fact for one in agreed for fact in one.why.facts}
    of_stops = verdict.line.kind in _HANGS_ON_EVENTS
    for report in load.counted_log(company.carriers).standing:
        at_stop = report.kind in _AT_STOPS and verdict.line.stop in {0, report.stop}
        if report.key in named or (of_stops and (at_stop or not report.stop)):
            yield _seen(report, load)


def _seen(report: Report, load: ShipmentState) -> EventSeen:
    zones = [stop.place.zone for stop in load.order.stops if stop.number == report.stop]
    return EventSeen(
        milestone=report.kind.value,
        stop=report.stop,
        happened_at=report.happened_at,
        zone=zones[0] if zones else "UTC",
        learned_at=report.learned_at,
        source=report.source.value,
        reported_by=report.reported_by,
        fact=report.key,
    )


def _weak(
    verdict: LineVerdict,
    agreed: tuple[AgreedCharge, ...],
    events: tuple[EventSeen, ...],
    load: ShipmentState | None,
) -> Iterator[WeakPoint]:
    yield from _weak_events(events)
    if verdict.line.kind in _HANGS_ON_EVENTS:
        yield from _weak_visit(events)
    if any(one.provisional for one in agreed):
        yield WeakPoint(
            text="What we agreed is provisional still.",
            mend="Wait for the index or the rate; it is judged again by itself.",
        )
    if verdict.reason is Reason.RATE and not agreed:
        yield WeakPoint(
            text="No clause of a contract names an amount for it.",
            mend="Attach the rate agreement, or the e-mail in which the rate was settled.",
        )
    if load is None or not load.pods:
        yield WeakPoint(
            text="No proof of delivery is on file.", mend="Attach the signed BOL or delivery note."
        )


def _weak_events(events: Iterable[EventSeen]) -> Iterator[WeakPoint]:
    for event in events:
        what = event.milestone.replace("_", " ")
        if event.source in {Source.MANUAL.value, Source.GEOFENCE.value}:
            yield WeakPoint(
                text=f"{what} at stop {event.stop} is known by {event.source} only.",
                mend="Attach the signed in and out times, or the carrier's own report.",
            )
        if event.learned_at - event.happened_at > LATE_REPORT:
            hours = (event.learned_at - event.happened_at) // timedelta(hours=1)
            yield WeakPoint(
                text=f"{what} at stop {event.stop} was reported {hours} hours later.",
                mend="Attach the driver's log or the position of that hour.",
            )


def _weak_visit(events: tuple[EventSeen, ...]) -> Iterator[WeakPoint]:
    kinds = {MilestoneKind(event.milestone) for event in events}
    for missing, what in ((_ARRIVALS, "arrival"), (_DEPARTURES, "departure")):
        if not kinds & missing:
            yield WeakPoint(
                text=f"No {what} is reported for the stop.",
                mend="Ask both sides for the signed in and out times.",
            )
